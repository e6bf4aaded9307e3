from django.apps import AppConfig


class PrecedentsConfig(AppConfig):
    name = "runde.grants.precedents"
    label = "precedents"

    def ready(self) -> None:
        from . import permissions  # noqa: F401 - registers the rules
