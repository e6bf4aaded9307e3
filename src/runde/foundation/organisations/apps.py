from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "runde.foundation.organisations"
    label = "organisations"
