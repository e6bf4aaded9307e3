"""Ask to be vouched for, and answer one who asks."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runde.engine.reference.api import format_orgnr
from runde.foundation.companies.api import CompanyNotFound, find_company
from runde.foundation.people.api import (
    ActingRequest,
    Mandate,
    ask_to_act,
    authorise,
    consider_request,
    get_request,
    list_vouched_signers,
)
from runde.foundation.trust.api import NotFound, take
from runde.web.acting.caretaking import at_the_caretaker, caretaker_of, name_of
from runde.web.acting.forms import AnswerForm, RequestForm
from runde.web.acting.posting import tell_about_request, tell_answer
from runde.web.entrance import SIGNED_IN, Request, entrance


@entrance(SIGNED_IN)
def ask(request: Request, orgnr: str) -> HttpResponse:
    """Open to whoever has signed in: who asks need not act for the company yet."""
    company = find_company(orgnr)
    if company is None:
        raise CompanyNotFound(orgnr)
    if request.actor.is_vouched_for(orgnr):
        return redirect("company_people", orgnr)
    form = RequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _asked(request, orgnr, form)
    today = timezone.localdate(request.at)
    facts = {
        "h1": _("Be om å få handle for %(name)s") % {"name": company.name},
        "number": format_orgnr(orgnr),
        "form": form,
        "answerers": list_vouched_signers(orgnr, on=today),
        "caretaker": caretaker_of(orgnr),
        "back_url": reverse("companies"),
        "back_text": _("Virksomheter du handler for"),
    }
    return render(request, "acting/ask.html", facts, status=422 if form.errors else 200)


@entrance(SIGNED_IN)
def consider(request: Request, orgnr: str, asked: UUID) -> HttpResponse:
    """For one who is vouched for the company: who asks, why, and yes or no."""
    found = _asked_of(request, orgnr, asked)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answered(request, found, form)
        words = (
            _("%(name)s kan nå handle for virksomheten.")
            if found.scope
            else _("%(name)s fikk nei, med grunnen din.")
        )
        messages.success(request, words % {"name": found.person.name})
        return redirect("company_people", orgnr)
    names = {"person": found.person.name, "company": name_of(orgnr)}
    facts = {
        "h1": _("%(person)s vil handle for %(company)s") % names,
        "asked": found,
        "number": format_orgnr(orgnr),
        "form": form,
        "acting_for": names["company"],
        "switch_url": reverse("companies"),
        "back_url": reverse("company_people", args=[orgnr]),
        "back_text": names["company"],
    }
    return render(request, "acting/consider.html", facts, status=422 if form.errors else 200)


def answered(request: Request, found: ActingRequest, form: AnswerForm) -> None:
    """Give the answer and tell the one who asked. `found` knows the answer afterwards."""
    given = form.cleaned_data
    approve = given["answer"] != "no"
    number = found.organisation_number
    with at_the_caretaker(number):
        consider_request(
            request=found,
            approve=approve,
            scope=Mandate.Scope(given["answer"]) if approve else Mandate.Scope.ALL,
            reason=given["reason"],
            by=request.actor,
            on=timezone.localdate(request.at),
            at=request.at,
        )
        found.refresh_from_db()
        tell_answer(found, name_of(number), at=request.at)


def _asked_of(request: Request, orgnr: str, asked: UUID) -> ActingRequest:
    if not request.actor.is_vouched_for(orgnr):
        raise NotFound(_("Vi finner ikke spørsmålet."))
    found = get_request(asked)
    if found.organisation_number != orgnr:
        raise NotFound(_("Vi finner ikke spørsmålet."))
    if found.answer:
        raise NotFound(_("Spørsmålet er besvart."))
    authorise(request.actor, "people.consider_request", found)
    return found


def _asked(request: Request, orgnr: str, form: RequestForm) -> HttpResponse:
    take("acting_mail", str(request.actor.person_id))
    today = timezone.localdate(request.at)
    with at_the_caretaker(orgnr) as caretaker:
        asked = ask_to_act(
            person=request.user,
            organisation_number=orgnr,
            role=form.cleaned_data["role"],
            message=form.cleaned_data["message"],
            caretaker=caretaker,
            at=request.at,
        )
        signers = list_vouched_signers(orgnr, on=today)
        tell_about_request(asked, name_of(orgnr), signers, caretaker, at=request.at)
    messages.success(request, _("Spørsmålet er sendt. Du får svar på e-post."))
    return redirect("companies")
