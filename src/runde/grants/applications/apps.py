from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "runde.grants.applications"
    label = "applications"

    def ready(self) -> None:
        from . import permissions, receivers  # noqa: F401 - registers the rules and listens
