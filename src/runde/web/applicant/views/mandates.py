"""Say that one acts for a company. The municipality checks; the page says so."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runde.engine.reference.api import is_valid_orgnr
from runde.foundation.companies.api import CompanyFacts, find_company, find_sub_unit
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
        help_text=gettext_lazy("9 siffer. Mellomrom gjør ikke noe."),
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
    company: CompanyFacts

    def clean_organisation_number(self) -> str:
        digits = "".join(sign for sign in self.cleaned_data["organisation_number"] if sign.isdigit())
        if len(digits) != DIGITS:
            raise forms.ValidationError(_("Organisasjonsnummeret må ha 9 siffer."))
        if not is_valid_orgnr(digits):
            raise forms.ValidationError(
                _("Organisasjonsnummeret stemmer ikke. Sjekk at alle 9 sifrene er riktige.")
            )
        company = find_company(digits)
        if company is None:
            raise forms.ValidationError(_not_found(digits))
        if company.is_deleted:
            raise forms.ValidationError(trouble(company, page_language()))
        self.company = company
        return digits


def _not_found(digits: str) -> str:
    sub_unit = find_sub_unit(digits)
    if sub_unit is None:
        return _("Vi finner ikke nummeret i Enhetsregisteret. Sjekk at det er riktig.")
    return _("Nummeret hører til en avdeling. Skriv nummeret til hovedvirksomheten: %(number)s.") % {
        "number": sub_unit.parent_orgnr
    }


@entrance(SIGNED_IN)
def declare(request: Request) -> HttpResponse:
    onward = _onward(request)
    form = DeclarationForm(request.POST or None)
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
        choose(request, number, form.company.name)
        messages.success(request, _("Du kan nå søke for %(name)s.") % {"name": form.company.name})
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
