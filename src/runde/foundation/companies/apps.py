from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "runde.foundation.companies"
    label = "companies"
