"""What is asked about roles."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runde.foundation.people.api import Mandate

LONGEST_MESSAGE = 500
LONGEST_ROLE = 80
SCOPES = (
    (Mandate.Scope.ALL.value, gettext_lazy("Fyller ut, sender inn og godtar")),
    (Mandate.Scope.FILLS_IN.value, gettext_lazy("Fyller ut")),
)
CHOOSE_SCOPE = {
    "required": gettext_lazy("Velg hva personen kan gjøre."),
    "invalid_choice": gettext_lazy("Velg et av svarene."),
}


class InvitationForm(forms.Form):
    """To whom, how far, how long."""

    email = forms.EmailField(
        label=gettext_lazy("E-postadressen til den du inviterer"),
        help_text=gettext_lazy("Invitasjonen virker bare for denne adressen."),
        error_messages={
            "required": gettext_lazy("Skriv e-postadressen til den du inviterer."),
            "invalid": gettext_lazy("E-postadressen må se ut som navn@firma.no."),
        },
        max_length=254,
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("Hva kan personen gjøre?"),
        choices=SCOPES,
        widget=forms.RadioSelect,
        error_messages=CHOOSE_SCOPE,
    )
    last_day = forms.DateField(
        label=gettext_lazy("Siste dag (kan stå tom)"),
        help_text=gettext_lazy("Skriv dato som 31.12.2026. Uten dato gjelder rollen til noen avslutter den."),
        required=False,
        input_formats=["%d.%m.%Y"],
        error_messages={"invalid": gettext_lazy("Skriv datoen som 31.12.2026.")},
    )


class RequestForm(forms.Form):
    """In what role, and a word to the one who answers."""

    role = forms.CharField(
        label=gettext_lazy("Hva er du i virksomheten?"),
        help_text=gettext_lazy("For eksempel styreleder, regnskapsfører eller rådgiver."),
        max_length=LONGEST_ROLE,
        error_messages={
            "required": gettext_lazy("Skriv hva du er i virksomheten."),
            "max_length": gettext_lazy("Skriv høyst 80 tegn."),
        },
    )
    message = forms.CharField(
        label=gettext_lazy("Melding til den som svarer (kan stå tom)"),
        widget=forms.Textarea,
        required=False,
        max_length=LONGEST_MESSAGE,
        error_messages={"max_length": gettext_lazy("Skriv høyst 500 tegn.")},
    )


class AnswerForm(forms.Form):
    """Yes with a scope, or no with a reason."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Hva svarer du?"),
        choices=(
            (Mandate.Scope.ALL.value, gettext_lazy("Ja, personen kan fylle ut, sende inn og godta")),
            (Mandate.Scope.FILLS_IN.value, gettext_lazy("Ja, men bare fylle ut")),
            ("no", gettext_lazy("Nei")),
        ),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Velg ja eller nei."),
            "invalid_choice": gettext_lazy("Velg et av svarene."),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("Grunn, hvis du svarer nei"),
        help_text=gettext_lazy("Den som spurte, får lese dette."),
        widget=forms.Textarea,
        required=False,
        max_length=LONGEST_MESSAGE,
        error_messages={"max_length": gettext_lazy("Skriv høyst 500 tegn.")},
    )

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"]).strip()
        if self.cleaned_data.get("answer") == "no" and not reason:
            raise forms.ValidationError(_("Skriv hvorfor du svarer nei."))
        return reason
