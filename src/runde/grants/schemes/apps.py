from django.apps import AppConfig


class SchemesConfig(AppConfig):
    name = "runde.grants.schemes"
    label = "schemes"

    def ready(self) -> None:
        from . import permissions, tasks  # noqa: F401 - registers rules and background work
