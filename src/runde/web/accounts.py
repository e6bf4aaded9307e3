"""Sign-in by allauth, with our own limits: held in the database, checked before the password is hashed."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from runde.foundation.trust.api import take


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        address = request.META.get("REMOTE_ADDR", "")
        take("sign_in_address", address)
        take("sign_in_account", f"{credentials.get('email', '').lower()}|{address}")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        take("account_mail", email.lower())
        super().send_mail(template_prefix, email, context)
