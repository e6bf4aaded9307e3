from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "runde.foundation.people"
    label = "people"
