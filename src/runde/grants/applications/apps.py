from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "runde.grants.applications"
    label = "applications"
