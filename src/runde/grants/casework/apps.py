from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "runde.grants.casework"
    label = "casework"
