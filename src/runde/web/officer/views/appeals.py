"""Every appeal, and one of them on its own page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import amount_text, date_text
from runde.foundation.people.api import Role
from runde.foundation.trust.api import NotFound
from runde.grants.casework.api import Appeal, AppealRow, list_appeals
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import day_and_clock, work_page

READERS = (Role.OFFICER, Role.APPROVER, Role.AUDITOR)
COLUMNS = ("Sak", "Virksomhet", "Kom", "Står som", "Ansvarlig", "Vurderes innen", "Satt av")


@entrance(staff(*READERS))
def index(request: Request) -> HttpResponse:
    found = list_appeals(by=request.actor)
    waiting = sum(one.appeal.settled_at is None for one in found)
    rows = tuple(_row(request, one) for one in found)
    columns = tuple(Column(name) for name in COLUMNS)
    facts = {
        "h1": "Ingen klager" if not found else f"{waiting} av {len(found)} klager venter",
        "table": Table("Klager", columns, rows, hide_caption=True) if rows else None,
    }
    return work_page(request, "officer/appeals.html", facts, room="worklist")


@entrance(staff(*READERS))
def show(request: Request, appeal: UUID) -> HttpResponse:
    found = Appeal.objects.select_related("decision").filter(id=appeal).first()
    if found is None:
        raise NotFound("Vi finner ikke klagen. Gå til lista over klager og åpne den derfra.")
    return redirect("case", request.tenant.slug, found.decision.case_id)


def _row(request: Request, one: AppealRow) -> Row:
    appeal = one.appeal
    held = amount_text(one.set_aside_nok) if one.set_aside_nok else ""
    due = date_text(appeal.reassess_by_date) if appeal.reassess_by_date and not appeal.settled_at else ""
    state = appeal.get_result_display() if appeal.result else appeal.get_state_display()
    return Row(
        (
            Cell(f"Sak {one.case_number}", url=reverse("appeal_case", args=[request.tenant.slug, appeal.id])),
            Cell(one.company),
            Cell(day_and_clock(appeal.sent_at) if appeal.sent_at else ""),
            Cell(state),
            Cell(one.reassessor),
            Cell(due),
            Cell(held),
        )
    )
