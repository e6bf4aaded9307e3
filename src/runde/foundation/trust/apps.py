from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "runde.foundation.trust"
    label = "trust"
