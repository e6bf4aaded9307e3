from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "runde.grants.payments"
    label = "payments"

    def ready(self) -> None:
        from . import permissions, receivers  # noqa: F401 - registers rules and listeners
