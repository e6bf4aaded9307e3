"""allauth's forms with sentences that say what to write and how to mend it."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, SignupForm
from django import forms
from django.utils.translation import gettext_lazy as _

Words = dict[str, Any]
"""Sentences by the name of the mistake; translated when shown."""

EMAIL: Words = {
    "required": _("Skriv e-postadressen din."),
    "invalid": _("E-postadressen må se ut som navn@eksempel.no."),
}
PASSWORD: Words = {"required": _("Skriv passordet ditt.")}
AGAIN: Words = {"required": _("Skriv passordet en gang til.")}
NEW: Words = {"required": _("Skriv et nytt passord på minst 15 tegn.")}


def say(form: forms.BaseForm, sentences: dict[str, Words]) -> None:
    """Give the fields their own words; fields the form does not have are passed over."""
    for name, words in sentences.items():
        field = form.fields.get(name)
        if field is None:
            continue
        field.error_messages.update(words)
        for validator in field.validators:
            if "invalid" in words and hasattr(validator, "message"):
                validator.message = words["invalid"]


class Login(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, {"login": EMAIL, "password": PASSWORD})


class Signup(SignupForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, {"email": EMAIL, "password1": NEW, "password2": AGAIN})


class ResetPassword(ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, {"email": EMAIL})


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, {"oldpassword": PASSWORD, "password1": NEW, "password2": AGAIN})
