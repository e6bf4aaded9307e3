"""Sign-in by allauth, with our own limits: held in the database, checked before the password is hashed."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from runde.foundation.trust.api import take

from .visitors import address_of


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        address = address_of(request)
        take("sign_in_address", address)
        take("sign_in_account", f"{credentials.get('email', '').lower()}|{address}")

    def is_safe_url(self, url: str | None) -> bool:
        try:
            return bool(super().is_safe_url(url))
        except ValueError:  # no address at all, such as "http://["
            return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        take("account_mail", email.lower())
        super().send_mail(template_prefix, email, context)
