from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "runde.foundation.documents"
    label = "documents"
