"""allauth's forms for passkeys, which must hold against what no browser makes."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)
"""What the package raises for a key whose parts are missing or of the wrong kind."""


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except UNREADABLE as fault:
            raise get_adapter().validation_error("incorrect_code") from fault


class _Checked:
    """For the forms in which a key is used."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except UNREADABLE as fault:
            raise get_adapter().validation_error("incorrect_code") from fault


class UsePasskey(_Checked, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """As second factor."""


class SignInWithPasskey(_Checked, LoginWebAuthnForm):  # type: ignore[misc]
    """Instead of a password."""


class ConfirmWithPasskey(_Checked, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Once more, before something that matters."""
