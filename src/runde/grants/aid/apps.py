from django.apps import AppConfig


class AidConfig(AppConfig):
    name = "runde.grants.aid"
    label = "aid"

    def ready(self) -> None:
        from . import permissions  # noqa: F401 - registers the rules
