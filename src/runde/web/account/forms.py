"""What we ask a new account holder besides what allauth asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from runde.foundation.people.api import Person


class SignupName(forms.Form):
    """The base of allauth's sign-up form: a person's name, which letters and logs use."""

    name = forms.CharField(
        label=_("Navnet ditt"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Skriv navnet ditt."),
            "max_length": _("Navnet kan ha høyst 200 tegn."),
        },
    )
    field_order = ("name", "email", "password1", "password2")

    def signup(self, request: Any, user: Person) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
