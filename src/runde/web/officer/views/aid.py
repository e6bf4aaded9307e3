"""What counts against an undertaking's ceiling: where it is told of, who is counted together, and setting it right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from runde.engine.reference.api import date_text, format_orgnr
from runde.foundation.companies.api import facts_of_many
from runde.foundation.people.api import Role
from runde.foundation.trust.api import NotFound
from runde.grants.aid.api import rule_on_undertaking, withdraw_aid, write_down_aid
from runde.grants.casework.api import EarlierSupport, earlier_support
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.access import READERS
from runde.web.officer.aid_fields import (
    aid_fields,
    aid_told,
    ruling_fields,
    ruling_said,
    withdraw_fields,
)
from runde.web.officer.opened import Opened
from runde.web.officer.parts.aid_shown import declared_text, room_text, support_table, total_text
from runde.web.officer.views.cases import opened_case
from runde.web.staff import attempt, new_key, pressed_once, work_page

TIES = (Column("Virksomhet"), Column("Regnes sammen med"), Column("Hvorfor"))
DONE = {
    "stotte": "Støtten er ført opp og teller med for alle kommuner.",
    "fjern": "Støtten teller ikke lenger med.",
    "foretak": "Det er ført opp hvem som regnes sammen.",
}


@entrance(staff(*READERS))
def show(request: Request, case: UUID) -> HttpResponseBase:
    """Everything that counts, and for an officer the forms that set it right."""
    opened = opened_case(request, case)
    return opened if isinstance(opened, HttpResponse) else _page(request, opened)


@require_POST
@entrance(staff(Role.OFFICER))
def act(request: Request, case: UUID, step: str) -> HttpResponseBase:
    """Write down aid ("stotte"), take it away ("fjern"), or say who is one undertaking ("foretak")."""
    opened = opened_case(request, case)
    if isinstance(opened, HttpResponse):
        return opened
    if step not in DONE:
        raise NotFound("Fant ikke siden.")
    body = {"case": str(case), "step": step, **_typed(request.POST)}
    refusal = attempt(
        lambda: pressed_once(request, "case_aid", body, lambda: _carry_out(request, opened, step))
    )
    if refusal is not None:
        about = str(refusal.facts.get("about", "reason"))
        return _page(request, opened, step=step, typed=request.POST, errors={about: refusal.sentence})
    messages.success(request, DONE[step])
    return redirect("case_aid", request.tenant.slug, case)


def _typed(given: QueryDict) -> dict[str, str]:
    return {name: given.get(name, "") for name in sorted(given) if name not in ("csrfmiddlewaretoken", "key")}


def _carry_out(request: Request, opened: Opened, step: str) -> str:
    given, case_id, by, at = request.POST, opened.page.case.id, request.actor, request.at
    if step == "stotte":
        return str(write_down_aid(case_id=case_id, told=aid_told(given, opened), by=by, at=at))
    if step == "foretak":
        return str(
            rule_on_undertaking(case_id=case_id, said=ruling_said(given, opened, request), by=by, at=at)
        )
    withdraw_aid(aid_id=_chosen(given), why=given.get("reason", ""), by=by, at=at)
    return ""


def _chosen(given: QueryDict) -> UUID:
    try:
        return UUID(given.get("aid", ""))
    except ValueError:
        raise NotFound("Velg hvilken støtte som ikke skal telle med.", about="aid") from None


def _page(
    request: Request,
    opened: Opened,
    *,
    step: str = "",
    typed: QueryDict | None = None,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    on = timezone.localdate(request.at)
    found = earlier_support(opened.page.application, on)
    number = opened.page.application.organisation_number
    names = _names(found)
    facts: dict[str, Any] = {
        "h1": "Støtte som teller mot taket",
        "case_number": opened.page.case.number,
        "company": opened.page.application.company_name,
        "back_url": reverse("case", args=[opened.slug, opened.page.case.id]),
        "back_text": "Saken",
        "room": room_text(found),
        "total": total_text(found.entries),
        "declared": declared_text(found),
        "table": support_table(found.entries, number, names=names),
        "ties": _ties(found, names),
        "same_costs": found.same_costs_nok,
        "forms": _forms(opened, found, step, typed or QueryDict(), errors or {}),
    }
    facts["errors"] = [one for form in facts["forms"] for one in form["fields"] if one.error]
    facts["has_errors"] = bool(facts["errors"])
    return work_page(request, "officer/aid.html", facts, room="worklist", status=422 if errors else 200)


def _names(found: EarlierSupport) -> dict[str, str]:
    known = facts_of_many(found.undertaking.members)
    return {
        number: f"{known[number].name} ({format_orgnr(number)})" if number in known else format_orgnr(number)
        for number in found.undertaking.members
    }


def _ties(found: EarlierSupport, names: dict[str, str]) -> Table | None:
    rows = tuple(
        Row(
            (
                Cell(names.get(tie.number, tie.number)),
                Cell(names.get(tie.other, tie.other)),
                Cell(
                    tie.reason, note="" if tie.is_by_register else f"Ført her fra {date_text(tie.since_date)}"
                ),
            )
        )
        for tie in found.undertaking.ties
    )
    return Table("Hvem som regnes sammen", TIES, rows, hide_caption=True) if rows else None


def _forms(
    opened: Opened, found: EarlierSupport, step: str, typed: QueryDict, errors: dict[str, str]
) -> list[dict[str, Any]]:
    """The forms an officer may use; the one just sent keeps what was typed, and stands open."""
    if not opened.request.actor.holds(Role.OFFICER):
        return []
    made = (
        ("stotte", "Før opp støtte fra andre", "Før opp støtten", aid_fields),
        ("foretak", "Si hvem som eies eller styres sammen", "Lagre", ruling_fields),
        ("fjern", "Ta bort støtte som er ført feil", "Ta bort", withdraw_fields),
    )
    forms = []
    for name, heading, button, fields_of in made:
        mine = name == step
        fields = fields_of(typed if mine else QueryDict(), errors if mine else {}, found)
        if fields:
            url = reverse("case_aid_act", args=[opened.slug, opened.page.case.id, name])
            forms.append(
                {
                    "heading": heading,
                    "button": button,
                    "fields": fields,
                    "url": url,
                    "open": mine,
                    "key": new_key(),
                }
            )
    return forms
