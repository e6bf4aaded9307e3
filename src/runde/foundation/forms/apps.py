from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "runde.foundation.forms"
    label = "forms"
