from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "runde.web"
    label = "web"
