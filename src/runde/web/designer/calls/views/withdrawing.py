"""Withdrawing a call, or throwing a draft away: a legal act on a page of its own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from runde.foundation.people.api import authorise
from runde.grants.schemes.api import (
    Call,
    Phase,
    call_phase,
    get_call_by_id,
    withdraw_call,
)
from runde.web.components.facts import Fact
from runde.web.designer.access import WRITERS
from runde.web.designer.calls.views.act import LONGEST_REASON, Act, act_page, applied, done_once, reason_field
from runde.web.designer.calls.words import call_name, moment
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import key_of, missing_or_too_long, new_key


@entrance(staff(*WRITERS))
def withdraw(request: Request, call: UUID) -> HttpResponse:
    authorise(request.actor, "schemes.manage")
    found = get_call_by_id(call)
    if request.method != "POST":
        if found.state == Call.State.WITHDRAWN:
            return redirect("staff_call", request.tenant.slug, call)
        return _withdraw_page(request, found, "", key=new_key())
    reason = request.POST.get("reason", "").strip()
    wrong = missing_or_too_long(reason, if_empty="Skriv hvorfor utlysningen trekkes.", longest=LONGEST_REASON)
    if wrong:
        return _withdraw_page(request, found, wrong, key=key_of(request))
    refusal = done_once(
        request,
        "withdraw_call",
        found,
        {"reason": reason},
        lambda: withdraw_call(call=found, reason=reason, by=request.actor, at=request.at),
    )
    if refusal is not None:
        return _withdraw_page(request, found, refusal.sentence, key=key_of(request))
    messages.success(request, "Utlysningen er trukket." if found.published_at else "Kladden er forkastet.")
    return redirect("staff_call", request.tenant.slug, call)


def _withdraw_page(request: Request, call: Call, wrong: str, *, key: str) -> HttpResponse:
    is_draft = call_phase(call, request.at) is Phase.DRAFT
    reason = reason_field(
        "Hvorfor forkaster du kladden?" if is_draft else "Hvorfor trekkes utlysningen?",
        request.POST.get("reason", ""),
        wrong,
        "internal" if is_draft else "applicant",
    )
    act = Act(
        "designer/calls/withdraw.html",
        f"Forkast kladden «{call_name(call)}»" if is_draft else f"Trekk utlysningen «{call_name(call)}»",
        "Forkast kladden" if is_draft else "Trekk utlysningen",
        [Fact("Frist", moment(call.closes_at)), *applied(call)],
    )
    return act_page(request, call, act, [reason], {"is_draft": is_draft}, key=key, has_errors=bool(wrong))
