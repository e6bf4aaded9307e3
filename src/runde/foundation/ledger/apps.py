from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "runde.foundation.ledger"
    label = "ledger"
