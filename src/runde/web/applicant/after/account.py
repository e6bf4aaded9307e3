"""A new account number: only for one who has signed in, with time to stop a fraud."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from runde.foundation.people.api import names_of
from runde.grants.casework.api import contacts_of
from runde.grants.payments.api import (
    AccountRefused,
    AlreadyOnItsWay,
    account_sentence,
    ask_account_change,
    cancel_account_change,
)
from runde.web.applicant.after.errand import Errand, open_errand
from runde.web.applicant.progress import account_facts
from runde.web.components.fields import Field
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance

NAME = "account_number"


@entrance(SIGNED_IN)
def change(request: Request, application: UUID) -> HttpResponse:
    errand = open_errand(request, application)
    money = errand.view.money
    if money is None or not money.account.can_change:
        return errand.elsewhere(_("Kontonummeret kan ikke endres nå. Ta kontakt hvis det er feil."))
    if request.method != "POST":
        return _page(errand)
    if "stop" in request.POST:
        return _stop(errand, money.account.change_id)
    return _ask(errand)


def _ask(errand: Errand) -> HttpResponse:
    request = errand.request
    typed = str(request.POST.get(NAME, ""))[:40]
    errand.recheck()
    try:
        made = ask_account_change(
            case_id=errand.case.id, account_number=typed, by=request.actor, at=request.at
        )
    except (AccountRefused, AlreadyOnItsWay) as refusal:
        return _page(errand, typed, refusal.sentence)
    company = errand.application.company_name
    told = ", ".join(sorted(names_of(set(contacts_of(errand.case)) | {request.actor.person_id}).values()))
    sentence = account_sentence(made, company, "asked", page_language())
    return errand.done(f"{sentence} " + _("Vi har varslet %(names)s.") % {"names": told})


def _stop(errand: Errand, change_id: UUID | None) -> HttpResponse:
    if change_id is None:
        return errand.elsewhere(_("Det er ingen endring å stoppe."))
    request = errand.request
    try:
        made = cancel_account_change(change_id=change_id, by=request.actor, at=request.at)
    except AccountRefused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(request.path)
    company = errand.application.company_name
    return errand.done(account_sentence(made, company, "cancelled", page_language()))


def _page(errand: Errand, typed: str = "", error: str = "") -> HttpResponse:
    number = Field(
        NAME,
        _("Nytt kontonummer"),
        kind="account",
        value=typed,
        error=error,
        description=_("11 siffer. Kontoen må tilhøre virksomheten."),
    )
    money = errand.view.money
    return errand.page(
        "applicant/after/account.html",
        _("Endre kontonummeret"),
        number=number,
        facts=account_facts(money),
        waits=bool(money and money.account.change_id),
        may_commit=errand.view.may_commit,
        errors=[number] if error else [],
        has_errors=bool(error),
        status=422 if error else 200,
    )
