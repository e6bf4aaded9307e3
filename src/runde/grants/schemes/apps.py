from django.apps import AppConfig


class SchemesConfig(AppConfig):
    name = "runde.grants.schemes"
    label = "schemes"

    def ready(self) -> None:
        from . import permissions  # noqa: F401 - registers the rules
