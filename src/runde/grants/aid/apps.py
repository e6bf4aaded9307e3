from django.apps import AppConfig


class AidConfig(AppConfig):
    name = "runde.grants.aid"
    label = "aid"
