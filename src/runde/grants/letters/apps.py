from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "runde.grants.letters"
    label = "letters"

    def ready(self) -> None:
        from . import permissions  # noqa: F401 - registers the rules
