from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "runde.foundation.journal"
    label = "journal"
