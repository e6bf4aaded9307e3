from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "runde.foundation.notices"
    label = "notices"
