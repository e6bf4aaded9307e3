from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "runde.grants.casework"
    label = "casework"

    def ready(self) -> None:
        from . import permissions, receivers  # noqa: F401 - registers rules and listeners
