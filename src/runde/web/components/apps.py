from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    name = "runde.web.components"
    label = "web_components"
