"""A round judged by another version: who would come out another way, and moving the open cases for good."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import amount_text, number_text
from runde.foundation.people.api import authorise
from runde.foundation.trust.api import NotFound, Refused
from runde.grants.casework.api import Moved, MovePreview, Replay, move_cases, preview_move, replay
from runde.grants.designs.api import get_version
from runde.grants.schemes.api import Call, SchemeVersion, list_calls
from runde.web.components.facts import Fact
from runde.web.components.fields import Field
from runde.web.components.navigation import Crumb
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.designer.access import READERS, WRITERS
from runde.web.designer.versions_shown import judged_text, lane_facts
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import attempt, count_text, key_of, new_key, work_page

ON_A_PAGE = 50


@entrance(staff(*READERS))
def replayed(request: Request, version: UUID, call: UUID) -> HttpResponse:
    found, round_ = get_version(version), _call(call)
    told = replay(round_, found, by=request.actor)
    page = Paginator(told.changed, ON_A_PAGE).get_page(request.GET.get("side"))
    facts: dict[str, Any] = {
        "h1": _replayed_heading(told, found),
        "lead": f"Sakene i «{round_.slug}», vurdert på nytt. Ingenting er endret.",
        "crumbs": _crumbs(request, found),
        "facts": lane_facts(told.before, told.after),
        "difference": _difference(told),
        "not_asked": told.not_asked,
        "table": _replayed_table(list(page)),
        "page": page,
        "cases": told.cases,
    }
    return work_page(request, "designer/replayed.html", facts, room="schemes")


def _call(call_id: UUID) -> Call:
    found = next((one for one in list_calls() if one.id == call_id), None)
    if found is None:
        raise NotFound("Vi finner ikke utlysningen.")
    return found


def _crumbs(request: Request, version: SchemeVersion) -> list[Crumb]:
    slug = request.tenant.slug
    return [
        Crumb("Ordninger", reverse("schemes", args=[slug])),
        Crumb(f"Versjon {version.number}", reverse("scheme_version", args=[slug, version.id])),
    ]


def _replayed_heading(told: Replay, version: SchemeVersion) -> str:
    changed = len(told.changed)
    if not changed:
        return f"Ingen av {count_text(told.cases, 'sak', 'saker')} blir annerledes etter versjon {version.number}"
    return f"{number_text(changed)} av {count_text(told.cases, 'sak', 'saker')} blir annerledes"


def _difference(told: Replay) -> str:
    difference = told.difference_nok
    if not difference:
        return "Reglene gir like mye penger i alt."
    more = "mer" if difference > 0 else "mindre"
    return (
        f"{count_text(len(told.gained()), 'virksomhet', 'virksomheter')} får mer og "
        f"{count_text(len(told.lost()), 'virksomhet', 'virksomheter')} får mindre. "
        f"I alt {amount_text(abs(difference))} {more}."
    )


def _replayed_table(rows: list[Any]) -> Table:
    columns = (Column("Virksomhet"), Column("Før"), Column("Etter"), Column("Hvorfor"))
    return Table(
        "Saker som blir annerledes",
        columns,
        tuple(
            Row(
                (
                    Cell(row.company_name, note=row.number),
                    Cell(judged_text(row.before)),
                    Cell(judged_text(row.after)),
                    Cell(" ".join(row.why)),
                )
            )
            for row in rows
        ),
        hide_caption=True,
    )


@entrance(staff(*WRITERS))
def move(request: Request, version: UUID, call: UUID) -> HttpResponse:
    """Who would change, and the press that moves the open cases. What was looked at travels with the form."""
    authorise(request.actor, "schemes.manage")
    found, round_ = get_version(version), _call(call)
    if request.method != "POST":
        return _move_page(request, found, round_, key=new_key())
    done: list[Moved] = []
    refusal = attempt(lambda: done.append(_moved(request, found, round_)))
    if refusal is not None:
        return _move_page(request, found, round_, key=key_of(request), refusal=refusal)
    left = len(done[0].left_out)
    words = f"{count_text(len(done[0].case_ids), 'sak', 'saker')} er flyttet til versjon {found.number}."
    messages.success(
        request, words + (f" {count_text(left, 'sak', 'saker')} ble ikke flyttet." if left else "")
    )
    return redirect("scheme_version", request.tenant.slug, version)


def _moved(request: Request, version: SchemeVersion, call: Call) -> Moved:
    seen = _seen(request.POST.getlist("seen"))
    return move_cases(
        call=call,
        version=version,
        case_ids=list(seen),
        key=key_of(request),
        reason=request.POST.get("reason", ""),
        by=request.actor,
        at=request.at,
        seen=seen,
    )


def _seen(lines: list[str]) -> dict[UUID, UUID]:
    """ "<case> <check>" for each case that was shown; what is no such line is left out."""
    found = {}
    for line in lines:
        case, _, check = line.partition(" ")
        try:
            found[UUID(case)] = UUID(check)
        except ValueError:
            continue
    return found


def _move_page(
    request: Request, version: SchemeVersion, call: Call, *, key: str, refusal: Refused | None = None
) -> HttpResponse:
    preview = preview_move(call, version, by=request.actor, at=request.at)
    count, changed = len(preview.rows), len(preview.changed)
    reason = Field(
        "reason",
        "Hvorfor skal sakene vurderes etter en annen versjon?",
        kind="textarea",
        rows=3,
        value=request.POST.get("reason", ""),
        description="Det står i historikken til hver sak.",
        audience="internal",
        error=refusal.sentence if refusal else "",
    )
    facts: dict[str, Any] = {
        "h1": f"Flytt {count_text(count, 'sak', 'saker')} til versjon {version.number}"
        if count
        else "Ingen saker kan flyttes",
        "lead": f"{count_text(changed, 'sak', 'saker')} får et annet svar eller et annet beløp.",
        "crumbs": _crumbs(request, version),
        "facts": _move_facts(preview),
        "table": _replayed_table(list(preview.changed)),
        "stays": [(one.number, one.why) for one in preview.stays],
        "seen": [f"{case} {check}" for case, check in preview.seen.items()],
        "reason": reason,
        "act": f"Flytt {count_text(count, 'sak', 'saker')}" if count else "",
        "changed_text": count_text(changed, "sak", "saker"),
        "key": key,
        "errors": [reason] if refusal else [],
        "has_errors": bool(refusal),
    }
    return work_page(request, "designer/move.html", facts, room="schemes", status=422 if refusal else 200)


def _move_facts(preview: MovePreview) -> list[Fact]:
    return [
        Fact("Kan flyttes", count_text(len(preview.rows), "sak", "saker")),
        *lane_facts(preview.before, preview.after),
        Fact("Blir der de er", count_text(len(preview.stays), "sak", "saker")),
    ]
