from django.apps import AppConfig


class DesignsConfig(AppConfig):
    name = "runde.grants.designs"
    label = "designs"

    def ready(self) -> None:
        from . import permissions, receivers  # noqa: F401 - registers the rules, listens to schemes
