"""Moving the deadline of a call to a later time: a legal act on a page of its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from runde.foundation.people.api import authorise
from runde.grants.schemes.api import (
    Call,
    call_phase,
    extend_call,
    get_call_by_id,
)
from runde.web.components.facts import Fact
from runde.web.components.fields import ErrorLine, Field
from runde.web.designer.access import WRITERS
from runde.web.designer.calls.form import typed_of
from runde.web.designer.calls.reading import moment_of, read_clock, read_needed_day
from runde.web.designer.calls.views.act import LONGEST_REASON, Act, act_page, applied, done_once, reason_field
from runde.web.designer.calls.views.listing import MOVABLE
from runde.web.designer.calls.words import call_name, moment
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import key_of, missing_or_too_long, new_key


@entrance(staff(*WRITERS))
def extend(request: Request, call: UUID) -> HttpResponse:
    authorise(request.actor, "schemes.manage")
    found = get_call_by_id(call)
    if request.method != "POST":
        if call_phase(found, request.at) not in MOVABLE:
            return redirect("staff_call", request.tenant.slug, call)
        return _extend_page(request, found, typed_of(found) | {"reason": ""}, {}, key=new_key())
    typed = {name: request.POST.get(name, "").strip() for name in EXTENDING}
    facts, wrong = _read_extension(typed)
    if wrong:
        return _extend_page(request, found, typed, wrong, key=key_of(request))
    refusal = done_once(
        request,
        "extend_call",
        found,
        typed,
        lambda: extend_call(call=found, **facts, by=request.actor, at=request.at),
    )
    if refusal is not None:
        wrong = {PLACES.get(str(refusal.facts.get("place", "")), ""): refusal.sentence}
        return _extend_page(request, found, typed, wrong, key=key_of(request))
    messages.success(request, f"Fristen er utsatt til {moment(facts['closes_at'])}.")
    return redirect("staff_call", request.tenant.slug, call)


EXTENDING = ("closes_date", "closes_clock", "answer_by_date", "reason")
PLACES = {"closes_at": "closes_date", "answer_by_date": "answer_by_date", "reason": "reason"}


def _read_extension(typed: dict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    day, no_day = read_needed_day(typed["closes_date"], "den nye fristen")
    clock, no_clock = read_clock(typed["closes_clock"])
    closes_at, no_moment = moment_of(day, clock) if day and clock else (None, "")
    answer, no_answer = read_needed_day(typed["answer_by_date"], "når søkerne får svar senest")
    no_reason = missing_or_too_long(
        typed["reason"], if_empty="Skriv hvorfor fristen flyttes.", longest=LONGEST_REASON
    )
    told = {
        "closes_date": no_day,
        "closes_clock": no_clock or no_moment,
        "answer_by_date": no_answer,
        "reason": no_reason,
    }
    facts = {"closes_at": closes_at, "answer_by_date": answer, "reason": typed["reason"]}
    return facts, {name: words for name, words in told.items() if words}


def _extend_page(
    request: Request, call: Call, typed: dict[str, str], wrong: dict[str, str], *, key: str
) -> HttpResponse:
    fields = [
        Field(
            "closes_date",
            "Ny frist",
            kind="date",
            value=typed["closes_date"],
            description="Skriv datoen slik: 15.11.2026",
            error=wrong.get("closes_date", ""),
        ),
        Field(
            "closes_clock",
            "Fristen går ut klokka",
            value=typed["closes_clock"],
            description="Norsk tid, for eksempel 23.59",
            answer="xs",
            error=wrong.get("closes_clock", ""),
        ),
        Field(
            "answer_by_date",
            "Når får alle svar senest?",
            kind="date",
            value=typed["answer_by_date"],
            error=wrong.get("answer_by_date", ""),
        ),
        reason_field("Hvorfor flyttes fristen?", typed["reason"], wrong.get("reason", ""), "internal"),
    ]
    act = Act(
        "designer/calls/extend.html",
        f"Utsett fristen for «{call_name(call)}»",
        "Utsett fristen",
        [Fact("Fristen nå", moment(call.closes_at)), *applied(call)],
    )
    loose = [ErrorLine(words) for name, words in wrong.items() if not name]
    return act_page(request, call, act, fields, {}, key=key, wrong=loose, has_errors=bool(wrong))
