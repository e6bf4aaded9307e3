"""What can be taken back is done at once to all that are chosen: give out, share out, put on hold; and undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from runde.engine.reference.api import number_text
from runde.foundation.people.api import Role, authorise, list_role_holders
from runde.foundation.trust.api import NotFound
from runde.grants.casework.api import (
    BulkAct,
    assign_cases,
    choose_cases,
    find_bulk_act,
    hold_cases,
    list_case_ids,
    officers_by_municipality,
    resume_cases,
    share_by_municipality,
    share_evenly,
    undo_bulk,
)
from runde.grants.schemes.api import Call, get_call
from runde.web.components.fields import ErrorLine, Field
from runde.web.entrance import Request, entrance, staff
from runde.web.officer import frozen
from runde.web.officer.asked import Asked
from runde.web.officer.giving import BY_PLACE, EVENLY, ONE, Given, giving_fields
from runde.web.officer.views.following import read_day
from runde.web.staff import attempt, work_page

WORKERS = (Role.OFFICER, Role.SCHEME_MANAGER)
A_WEEK = timedelta(days=7)


@require_POST
@entrance(staff(Role.OFFICER, Role.SCHEME_MANAGER))
def choose(request: Request) -> HttpResponse:
    """Freeze the whole list as it stands, or the marks made so far, and go on looking."""
    call, asked = _call(request), _asked(request)
    whole = request.POST.get("go") == "alle"
    ids = _whole(request, call, asked) if whole else frozen.read(request.POST)
    if not ids:
        return redirect(_onward(request, asked, call))
    words = asked.words if whole else ""
    made = choose_cases(call_id=call.id, case_ids=ids, words=words, by=request.actor, at=request.at)
    return redirect(_onward(request, asked, call, valg=str(made.id)))


def _whole(request: Request, call: Call, asked: Asked) -> list[UUID]:
    return list_case_ids(
        call.id,
        at=request.at,
        lane=asked.lane_code,
        state=asked.state_code,
        filters=asked.filters(request.actor),
        order=asked.order_code,
    )


def _onward(request: Request, asked: Asked, call: Call, **more: str) -> str:
    """The list again; the button may ask for another page of it."""
    wanted = request.POST.get("go", "").removeprefix("side-")
    page = {"side": wanted} if wanted.isdecimal() else {}
    return asked.url(request.tenant.slug, call, **page, **more)


@require_POST
@entrance(staff(Role.OFFICER, Role.SCHEME_MANAGER))
def give(request: Request) -> HttpResponse:
    """Give the chosen to oneself at once; or ask to whom, and do it."""
    authorise(request.actor, "casework.assign")
    ids = frozen.read(request.POST)
    if not ids:
        return redirect(_back(request))
    if request.POST.get("go") == "meg":
        return _do(request, lambda: _assign(request, ids, request.actor.person_id))
    given = Given.of(request.POST)
    errors = given.problems()
    if errors or not given.is_asked:
        return _giving_page(request, ids, given, errors)
    return _do(
        request, lambda: _given(request, ids, given), lambda wrong: _giving_page(request, ids, given, wrong)
    )


def _given(request: Request, ids: list[UUID], given: Given) -> BulkAct:
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if given.way == EVENLY:
        return share_evenly(case_ids=ids, among=given.people, **by)
    if given.way == BY_PLACE:
        return share_by_municipality(case_ids=ids, officers=given.places, **by)
    return assign_cases(case_ids=ids, to=given.person, **by)


def _assign(request: Request, ids: list[UUID], to: UUID | None) -> BulkAct:
    return assign_cases(case_ids=ids, to=to, by=request.actor, at=request.at)


def _giving_page(
    request: Request, ids: list[UUID], given: Given, errors: dict[str, str] | None = None
) -> HttpResponse:
    officers = list_role_holders(Role.OFFICER, on=timezone.localdate(request.at))
    ways = giving_fields(given, officers, ids, officers_by_municipality(), errors or {})
    asked = [one for fields in ways.values() for one in fields]
    heading = f"Hvem skal ha de {number_text(len(ids))} sakene?" if len(ids) > 1 else "Hvem skal ha saken?"
    act_url = reverse("give_cases", args=[request.tenant.slug])
    more = {
        "h1": heading,
        "act_url": act_url,
        "one": ways[ONE],
        "evenly": ways[EVENLY],
        "by_place": ways[BY_PLACE],
    }
    return _page(request, ids, "officer/give.html", asked, more, errors)


@require_POST
@entrance(staff(Role.OFFICER))
def hold(request: Request) -> HttpResponse:
    """Put the chosen on hold until a day; or take them up again."""
    authorise(request.actor, "casework.hold")
    ids = frozen.read(request.POST)
    if not ids:
        return redirect(_back(request))
    if request.POST.get("go") == "ta-opp":
        return _do(request, lambda: resume_cases(case_ids=ids, by=request.actor, at=request.at))
    if request.POST.get("go") != "vent":
        return _hold_page(request, ids)
    until = read_day(request.POST.get("until", ""))
    if until is None:
        return _hold_page(
            request, ids, {"until": "Skriv dagen sakene skal komme tilbake, for eksempel 14.12.2026."}
        )
    reason = request.POST.get("reason", "")
    return _do(
        request,
        lambda: hold_cases(case_ids=ids, until_date=until, reason=reason, by=request.actor, at=request.at),
        lambda wrong: _hold_page(request, ids, wrong),
    )


def _hold_page(
    request: Request,
    ids: list[UUID],
    errors: dict[str, str] | None = None,
    said: Mapping[str, str] | None = None,
) -> HttpResponse:
    """`said` stands in the fields, else what was typed."""
    wrong, usual = errors or {}, timezone.localdate(request.at) + A_WEEK
    typed = said or request.POST
    fields = [
        Field(
            "until",
            "Når skal de tilbake i lista?" if len(ids) > 1 else "Når skal saken tilbake i lista?",
            kind="date",
            value=typed.get("until") or usual.strftime("%d.%m.%Y"),
            error=wrong.get("until", ""),
        ),
        Field(
            "reason",
            "Hvorfor skal de vente?" if len(ids) > 1 else "Hvorfor skal saken vente?",
            value=typed.get("reason", ""),
            description="Står i lista og i sakens historikk. Søkeren ser det ikke.",
            answer="l",
            audience="internal",
            error=wrong.get("", ""),
        ),
    ]
    more = {
        "h1": f"Legg {number_text(len(ids))} saker på vent" if len(ids) > 1 else "Legg saken på vent",
        "act_url": reverse("hold_cases", args=[request.tenant.slug]),
        "fields": fields,
    }
    return _page(request, ids, "officer/hold.html", fields, more, errors)


@require_POST
@entrance(staff(Role.OFFICER, Role.SCHEME_MANAGER))
def undo(request: Request, act: UUID) -> HttpResponse:
    undo_bulk(act_id=act, by=request.actor, at=request.at)
    return redirect(_back(request, gjort=str(act)))


@require_POST
@entrance(staff(Role.OFFICER, Role.SCHEME_MANAGER))
def retry(request: Request, act: UUID) -> HttpResponse:
    """The same again, for the cases that did not come along; what is refused is asked anew, with the reason."""
    found = find_bulk_act(act, by=request.actor)
    if found is None:
        raise NotFound(
            "Vi finner ikke det du gjorde, så det kan ikke prøves igjen. Gå til sakene og velg på nytt."
        )
    if not found.not_done:
        return redirect(_back(request, gjort=str(act)))
    ids = [UUID(one["case_id"]) for one in found.not_done]
    asks_nothing = found.kind == BulkAct.Kind.RESUME
    return _do(
        request,
        lambda: _again(request, found, ids),
        None if asks_nothing else lambda wrong: _asked_again(request, found, ids, wrong),
    )


def _asked_again(request: Request, act: BulkAct, ids: list[UUID], wrong: dict[str, str]) -> HttpResponse:
    """The page where the act is asked for, with what was said then, and why it did not go."""
    if act.kind == BulkAct.Kind.HOLD:
        until = date.fromisoformat(act.facts["until"]).strftime("%d.%m.%Y")
        return _hold_page(request, ids, wrong, {"until": until, "reason": act.facts["reason"]})
    return _giving_page(request, ids, Given(), wrong)


def _again(request: Request, act: BulkAct, ids: list[UUID]) -> BulkAct:
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    match act.kind:
        case BulkAct.Kind.HOLD:
            until = date.fromisoformat(act.facts["until"])
            return hold_cases(case_ids=ids, until_date=until, reason=act.facts["reason"], **by)
        case BulkAct.Kind.RESUME:
            return resume_cases(case_ids=ids, **by)
        case BulkAct.Kind.SHARE if "places" in act.facts:
            places = {number: UUID(one) for number, one in act.facts["places"].items()}
            return share_by_municipality(case_ids=ids, officers=places, **by)
        case BulkAct.Kind.SHARE:
            return share_evenly(case_ids=ids, among=[UUID(one) for one in act.facts["to"]], **by)
    return assign_cases(case_ids=ids, to=UUID(act.facts["to"]) if act.facts["to"] else None, **by)


def _do(
    request: Request,
    work: Callable[[], BulkAct],
    refused: Callable[[dict[str, str]], HttpResponse] | None = None,
) -> HttpResponse:
    """Do it and show the list with what was done; a refusal goes back to the page that asked."""
    made: list[BulkAct] = []
    refusal = attempt(lambda: made.append(work()))
    if refusal is None:
        return redirect(_back(request, gjort=str(made[0].id)))
    if refused is None:
        raise refusal
    return refused({"": refusal.sentence})


def _page(
    request: Request,
    ids: list[UUID],
    template: str,
    asked: list[Field],
    more: dict[str, Any],
    errors: dict[str, str] | None,
) -> HttpResponse:
    wrong = errors or {}
    facts = {
        "back_url": _back(request),
        "back_text": "Saker",
        "frozen": frozen.written(ids),
        "call_slug": request.POST.get("utlysning", ""),
        "query": request.POST.get("sporring", ""),
        "errors": [*(one for one in asked if one.error), *_loose(asked, wrong)] if wrong else [],
        "has_errors": bool(wrong),
        **more,
    }
    return work_page(request, template, facts, room="worklist", status=422 if wrong else 200)


def _loose(fields: list[Field], wrong: dict[str, str]) -> list[ErrorLine]:
    said = {one.error for one in fields}
    return [ErrorLine(text) for text in wrong.values() if text not in said]


def _call(request: Request) -> Call:
    return get_call(request.POST.get("utlysning", ""))


def _asked(request: Request) -> Asked:
    return Asked.of(QueryDict(request.POST.get("sporring", "")))


def _back(request: Request, **more: str) -> str:
    """The list the form came from."""
    slug = request.tenant.slug
    call_slug = request.POST.get("utlysning", "")
    query = dict(parse_qsl(request.POST.get("sporring", ""))) | more
    asked = ({"utlysning": call_slug} if call_slug else {}) | query
    text = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('worklist', args=[slug])}?{text}" if text else reverse("worklist", args=[slug])
