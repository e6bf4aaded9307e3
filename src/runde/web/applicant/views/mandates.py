"""Say that one acts for a company. The municipality checks; the page says so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runde.engine.reference.api import format_orgnr, is_valid_orgnr
from runde.foundation.companies.api import (
    CompanyFacts,
    CompanyNotFound,
    IsSubUnit,
    NoLookUp,
    RegisterUnavailable,
    fetch_company,
    register_standing,
)
from runde.foundation.people.api import Mandate, give_mandate, was_ended_by_another
from runde.web.acting.choosing import choose
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance
from runde.web.public.companies import trouble

ROLES = (
    ("daglig leder", gettext_lazy("Daglig leder")),
    ("styreleder", gettext_lazy("Styreleder")),
    ("innehaver", gettext_lazy("Innehaver")),
    ("fullmektig", gettext_lazy("Jeg har fullmakt fra virksomheten")),
)
DIGITS = 9
LONGEST_WAY = 500


class DeclarationForm(forms.Form):
    """For whom, in what role, and that it is true."""

    organisation_number = forms.CharField(
        label=gettext_lazy("Organisasjonsnummer"),
        help_text=gettext_lazy("9 siffer. Bruk nummeret til hovedvirksomheten, ikke til en avdeling."),
        error_messages={"required": gettext_lazy("Skriv organisasjonsnummeret til virksomheten.")},
        max_length=100,
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Hva er du i virksomheten?"),
        choices=ROLES,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Velg hva du er i virksomheten."),
            "invalid_choice": gettext_lazy("Velg et av svarene."),
        },
    )
    is_true = forms.BooleanField(
        label=gettext_lazy("Jeg har rett til å søke for virksomheten"),
        error_messages={"required": gettext_lazy("Kryss av for at du har rett til å søke for virksomheten.")},
    )
    company: CompanyFacts | None = None

    def __init__(self, data: Any, *, at: datetime) -> None:
        super().__init__(data)
        self.at = at

    def clean_organisation_number(self) -> str:
        digits = "".join(sign for sign in self.cleaned_data["organisation_number"] if sign.isdigit())
        if len(digits) != DIGITS:
            raise forms.ValidationError(_("Organisasjonsnummeret må ha 9 siffer."))
        if not is_valid_orgnr(digits):
            raise forms.ValidationError(
                _("Organisasjonsnummeret stemmer ikke. Sjekk at alle 9 sifrene er riktige.")
            )
        self.company = _company(digits, self.at)
        if self.company and self.company.is_deleted:
            raise forms.ValidationError(trouble(self.company, page_language()))
        return digits


def _company(digits: str, at: datetime) -> CompanyFacts | None:
    """None when nobody can say now whether there is one: then one may go on, and it is looked up later."""
    missing = _("Vi finner ikke nummeret i Enhetsregisteret. Sjekk at det er riktig.")
    try:
        return fetch_company(digits, at=at)
    except IsSubUnit as found:
        raise forms.ValidationError(_main_unit(found)) from None
    except CompanyNotFound:
        raise forms.ValidationError(missing) from None
    except NoLookUp:
        if register_standing(at).is_stale:
            return None
        raise forms.ValidationError(missing) from None
    except RegisterUnavailable:
        return None


def _main_unit(found: IsSubUnit) -> str:
    number = format_orgnr(found.branch.parent_orgnr)
    if found.company is None:
        words = _("Nummeret hører til en avdeling. Skriv nummeret til hovedvirksomheten: %(number)s.")
        return words % {"number": number}
    words = _("Nummeret hører til en avdeling. Hovedvirksomheten er %(name)s. Skriv nummeret %(number)s.")
    return words % {"number": number, "name": found.company.name}


@entrance(SIGNED_IN)
def declare(request: Request) -> HttpResponse:
    onward = _onward(request)
    form = DeclarationForm(request.POST or None, at=request.at)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["organisation_number"]
        if was_ended_by_another(request.user, number):
            return redirect("ask_to_act", number)  # one's own word does not undo what the company has said
        give_mandate(
            person=request.user,
            organisation_number=number,
            source=Mandate.Source.DECLARED,
            evidence=form.cleaned_data["role"],
            valid_from=timezone.localdate(request.at),
        )
        name = form.company.name if form.company else format_orgnr(number)
        choose(request, number, name)
        messages.success(request, _("Du kan nå søke for %(name)s.") % {"name": name})
        if form.company is None:
            words = _("Du kan fortsette. Vi henter opplysningene senere og sier fra hvis noe endrer seg.")
            messages.warning(request, f"{_('Vi får ikke kontakt med Enhetsregisteret')}. {words}")
        return redirect(onward)
    facts = {
        "h1": _("Hvilken virksomhet handler du for?"),
        "form": form,
        "onward": onward,
        "back_url": onward,
        "back_text": _("Tilbake"),
    }
    return render(request, "applicant/declare.html", facts, status=422 if form.errors else 200)


def _onward(request: Request) -> str:
    """Where the person came from, when that is a page of ours."""
    wanted = request.POST.get("til") or request.GET.get("til") or ""
    fine = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if fine and wanted.startswith("/") and len(wanted) < LONGEST_WAY else reverse("my_page")
