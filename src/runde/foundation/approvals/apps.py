from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "runde.foundation.approvals"
    label = "approvals"
