from django.apps import AppConfig


class PanelsConfig(AppConfig):
    name = "runde.grants.panels"
    label = "panels"

    def ready(self) -> None:
        from . import permissions  # noqa: F401 - registers the rules
