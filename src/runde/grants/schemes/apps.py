from django.apps import AppConfig


class SchemesConfig(AppConfig):
    name = "runde.grants.schemes"
    label = "schemes"
