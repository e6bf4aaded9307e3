from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "runde.grants.budget"
    label = "budget"

    def ready(self) -> None:
        from . import permissions  # noqa: F401 - registers rules
