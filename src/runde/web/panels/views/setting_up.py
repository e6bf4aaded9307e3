"""What the panel scores by: criteria, weights, scale, ties."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.foundation.people.api import authorise
from runde.foundation.trust.api import Refused
from runde.grants.panels.api import (
    Panel,
    SetUpRefused,
    change_panel,
    find_panel_of,
    make_panel,
)
from runde.grants.schemes.api import Call, list_calls, scheme_name
from runde.web.components.fields import Choice, ErrorLine, Field
from runde.web.entrance import Request, entrance, staff
from runde.web.panels.access import LEADERS, readable_panel
from runde.web.panels.typed import BEFORE, FEWEST_ROWS, TypedSetUp
from runde.web.panels.words import name_of
from runde.web.staff import attempt, day_and_clock, given_ids, work_page


@entrance(staff(*LEADERS))
def make(request: Request) -> HttpResponse:
    authorise(request.actor, "panels.lead")
    calls = [call for call in _ranked_calls() if find_panel_of(call.id) is None]
    if request.method != "POST":
        return _form(request, TypedSetUp(BEFORE, FEWEST_ROWS), calls=calls)
    typed = TypedSetUp.posted(request.POST.dict())
    if request.POST.get("go") == "more":
        return _form(request, typed.with_another_row(), calls=calls)
    chosen = given_ids([request.POST.get("call", "")])
    wrong = typed.reading_errors() | ({} if chosen else {"call": "Velg utlysningen panelet skal vurdere."})
    set_up = typed.read()
    if wrong or set_up is None:
        return _form(request, typed.with_errors(wrong), calls=calls)
    made: list[Panel] = []
    refusal = attempt(
        lambda: made.append(make_panel(call_id=chosen[0], set_up=set_up, by=request.actor, at=request.at))
    )
    if refusal is not None:
        return _form(request, typed.with_errors(_problems(refusal)), calls=calls)
    messages.success(request, "Panelet er laget. Inviter dem som skal vurdere.")
    return redirect("panel", request.tenant.slug, made[0].id)


@entrance(staff(*LEADERS))
def change(request: Request, panel: UUID) -> HttpResponse:
    authorise(request.actor, "panels.lead")
    found = readable_panel(panel, request.actor)
    if found.state != Panel.State.PREPARING:
        return redirect("panel", request.tenant.slug, panel)
    if request.method != "POST":
        return _form(request, TypedSetUp.of_panel(found), panel=found)
    typed = TypedSetUp.posted(request.POST.dict())
    if request.POST.get("go") == "more":
        return _form(request, typed.with_another_row(), panel=found)
    set_up = typed.read()
    if set_up is None:
        return _form(request, typed.with_errors(typed.reading_errors()), panel=found)
    refusal = attempt(lambda: change_panel(panel_id=panel, set_up=set_up, by=request.actor, at=request.at))
    if refusal is not None:
        return _form(request, typed.with_errors(_problems(refusal)), panel=found)
    messages.success(request, "Oppsettet er lagret.")
    return redirect("panel", request.tenant.slug, panel)


def _ranked_calls() -> list[Call]:
    """Published calls with a deadline: the others are not ranked."""
    return [
        call
        for call in list_calls()
        if call.state == Call.State.PUBLISHED and call.kind == Call.Kind.DEADLINE
    ]


def _problems(refusal: Refused) -> dict[str, str]:
    if isinstance(refusal, SetUpRefused):
        return refusal.problems
    return {"": refusal.sentence}


def _form(
    request: Request, typed: TypedSetUp, *, calls: list[Call] | None = None, panel: Panel | None = None
) -> HttpResponse:
    slug = request.tenant.slug
    which = [] if calls is None else [_call_field(typed, calls)]
    rows, others = typed.criterion_fields(), typed.other_fields()
    every = [*which, *(one for row in rows for one in row), *others]
    back = reverse("panel", args=[slug, panel.id]) if panel else reverse("panels", args=[slug])
    facts = {
        "h1": "Sett opp et panel" if panel is None else f"Endre panelet for {name_of(panel)}",
        "lead": "Flere vurderer de samme søknadene hver for seg. Poengene rangerer dem.",
        "back_url": back,
        "back_text": "Panelet" if panel else "Paneler",
        "which": which,
        "no_calls": calls is not None and not calls,
        "rows": rows,
        "others": others,
        "act": "Lagre" if panel else "Lag panelet",
        "errors": [*([ErrorLine(typed.errors[""])] if "" in typed.errors else []), *every]
        if typed.errors
        else [],
        "has_errors": bool(typed.errors),
    }
    return work_page(request, "panels/set_up.html", facts, room="panels", status=422 if typed.errors else 200)


def _call_field(typed: TypedSetUp, calls: list[Call]) -> Field:
    choices = tuple(
        Choice(
            str(one.id), scheme_name(one.scheme_version, "nb"), f"Søknadsfrist {day_and_clock(one.closes_at)}"
        )
        for one in calls
    )
    chosen = typed.get("call") or (choices[0].value if len(choices) == 1 else "")
    return Field(
        "call",
        "Hvilken utlysning gjelder det?",
        kind="radios",
        choices=choices,
        value=chosen,
        error=typed.errors.get("call", ""),
    )
