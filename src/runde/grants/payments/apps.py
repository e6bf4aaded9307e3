from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "runde.grants.payments"
    label = "payments"
