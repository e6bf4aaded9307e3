"""The legal acts of a call, each on a page of its own: publish, move the deadline, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.foundation.people.api import authorise
from runde.foundation.trust.api import Refused
from runde.grants.applications.api import count_by_state
from runde.grants.schemes.api import (
    Call,
    Phase,
    call_phase,
    contact_of,
    extend_call,
    get_call_by_id,
    money_left,
    publish_call,
    sources_of,
    withdraw_call,
)
from runde.web.components.facts import Fact
from runde.web.components.fields import ErrorLine, Field
from runde.web.designer.access import WRITERS
from runde.web.designer.calls.form import typed_of
from runde.web.designer.calls.reading import moment_of, read_clock, read_needed_day
from runde.web.designer.calls.shown import clock_facts, money_facts
from runde.web.designer.calls.views.listing import MOVABLE, ROOM, crumbs
from runde.web.designer.calls.words import call_name, moment
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import attempt, count_text, key_of, missing_or_too_long, new_key, pressed_once, work_page


@dataclass(frozen=True)
class Act:
    """What a page of an act says besides the fields."""

    template: str
    h1: str
    button: str
    facts: list[Fact]


@entrance(staff(*WRITERS))
def publish(request: Request, call: UUID) -> HttpResponse:
    authorise(request.actor, "schemes.manage")
    found = get_call_by_id(call)
    if request.method != "POST":
        if found.state != Call.State.DRAFT:
            return redirect("staff_call", request.tenant.slug, call)
        return _publish_page(request, found, key=new_key())
    refusal = _done(
        request, "publish_call", found, {}, lambda: publish_call(call=found, by=request.actor, at=request.at)
    )
    if refusal is not None:
        return _publish_page(request, get_call_by_id(call), key=key_of(request), refusal=refusal)
    messages.success(request, f"Utlysningen er publisert. Fristen er {moment(found.closes_at)}.")
    return redirect("staff_call", request.tenant.slug, call)


def _publish_page(request: Request, call: Call, *, key: str, refusal: Refused | None = None) -> HttpResponse:
    slug = request.tenant.slug
    lacks = _lacks(request, call)
    contact, left = contact_of(call), money_left(call)
    opened = call.opens_at <= request.at
    act = Act(
        "designer/calls/publish.html",
        f"Publiser utlysningen «{call_name(call)}»",
        "" if lacks else "Publiser utlysningen",
        [
            Fact("Adresse", reverse("call", args=[slug, call.slug])),
            Fact("Versjon av ordningen", str(call.scheme_version.number)),
            *clock_facts(call),
            *money_facts(left),
            Fact("Kontakt", contact.email or contact.phone or "Ingen"),
        ],
    )
    more = {
        "lacks": lacks,
        "is_conditional": left.waiting_nok > 0,
        "opens": "Det går an å søke med en gang."
        if opened
        else f"Det går an å søke fra {moment(call.opens_at)}.",
        "closes": f"Ingen kan begynne på en søknad etter {moment(call.closes_at)}.",
    }
    return _page(request, call, act, [], more, key=key, refusal=refusal)


def _lacks(request: Request, call: Call) -> list[tuple[str, str, str]]:
    """What must be in place first: a sentence, where it is mended, and what that page is called."""
    args = [request.tenant.slug, call.id]
    found = []
    if not sources_of(call):
        found.append(("Utlysningen har ingen penger.", reverse("staff_call_money", args=args), "Penger"))
    if call.closes_at <= request.at:
        found.append(("Fristen er allerede ute.", reverse("change_call", args=args), "Frist og vilkår"))
    return found


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
    refusal = _done(
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
LONGEST_REASON = 2_000


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
        [Fact("Fristen nå", moment(call.closes_at)), *_applied(call)],
    )
    loose = [ErrorLine(words) for name, words in wrong.items() if not name]
    return _page(request, call, act, fields, {}, key=key, wrong=loose, has_errors=bool(wrong))


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
    refusal = _done(
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
        [Fact("Frist", moment(call.closes_at)), *_applied(call)],
    )
    return _page(request, call, act, [reason], {"is_draft": is_draft}, key=key, has_errors=bool(wrong))


def reason_field(label: str, value: str, error: str, audience: str) -> Field:
    return Field("reason", label, kind="textarea", rows=3, value=value, error=error, audience=audience)


def _applied(call: Call) -> list[Fact]:
    """How many would notice. Nothing before anybody could apply."""
    if call.published_at is None:
        return []
    counts = count_by_state(call)
    drafts = counts.pop("draft", 0)
    return [
        Fact("Kladder", count_text(drafts, "søknad", "søknader")),
        Fact("Sendt inn", count_text(counts.get("submitted", 0), "søknad", "søknader")),
    ]


def _done(
    request: Request, operation: str, call: Call, body: dict[str, Any], work: Callable[[], Call]
) -> Refused | None:
    """Do it once for each page shown; gives the refusal, if any."""
    what = {"call": str(call.id), **body}
    return attempt(lambda: pressed_once(request, operation, what, lambda: str(work().id)))


def _page(
    request: Request,
    call: Call,
    act: Act,
    fields: list[Field],
    more: dict[str, Any],
    *,
    key: str,
    refusal: Refused | None = None,
    wrong: list[ErrorLine] | None = None,
    has_errors: bool = False,
) -> HttpResponse:
    loose = [*(wrong or []), *([ErrorLine(refusal.sentence)] if refusal else [])]
    failed = bool(loose) or has_errors
    facts: dict[str, Any] = {
        "h1": act.h1,
        "crumbs": crumbs(request.tenant.slug, call),
        "facts": act.facts,
        "fields": fields,
        "act": act.button,
        "key": key,
        "errors": [*loose, *fields] if failed else [],
        "has_errors": failed,
        **more,
    }
    return work_page(request, act.template, facts, room=ROOM, status=422 if failed else 200)
