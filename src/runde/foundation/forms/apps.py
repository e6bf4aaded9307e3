from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "runde.foundation.forms"
    label = "forms"

    def ready(self) -> None:
        from . import permissions  # noqa: F401 - registers the rules
