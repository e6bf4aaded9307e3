"""One case in the panel: what each gave and why, what they came to together, and the amount."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from runde.engine.reference.api import amount_text, number_text
from runde.foundation.people.api import may
from runde.grants.casework.api import Proposal
from runde.grants.panels.api import (
    Assignment,
    CaseScores,
    Panel,
    case_scores,
    criteria_of,
    note_discussion,
    points_text,
    set_amount,
)
from runde.web.components.fields import Field
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.panels.access import LEADERS, READERS, SCORERS, readable_panel
from runde.web.panels.words import company_of, spread_text
from runde.web.staff import attempt, day_and_clock, missing_or_too_long, read_amount, work_page


@require_GET
@entrance(staff(*READERS))
def show(request: Request, panel: UUID, case: UUID) -> HttpResponse:
    return _page(request, readable_panel(panel, request.actor), case)


@require_POST
@entrance(staff(*SCORERS))
def discuss(request: Request, panel: UUID, case: UUID) -> HttpResponse:
    found = readable_panel(panel, request.actor)
    text = request.POST.get("text", "").strip()
    wrong = missing_or_too_long(text, if_empty="Skriv hva panelet kom fram til.")
    if wrong:
        return _page(request, found, case, errors={"text": wrong})
    note_discussion(panel_id=panel, case_id=case, text=text, by=request.actor, at=request.at)
    messages.success(request, "Det panelet kom fram til, er lagret.")
    return redirect("panel_case", request.tenant.slug, panel, case)


@require_POST
@entrance(staff(*LEADERS))
def amount(request: Request, panel: UUID, case: UUID) -> HttpResponse:
    found = readable_panel(panel, request.actor)
    value, wrong = read_amount(request.POST.get("amount", ""))
    why = request.POST.get("why", "").strip()
    errors = {"amount": wrong} if wrong else {}
    if value is None and not wrong:
        errors["amount"] = "Skriv hvor mye virksomheten skal få."
    no_why = missing_or_too_long(why, if_empty="Skriv hvorfor beløpet skal være dette.", longest=500)
    if no_why:
        errors["why"] = no_why
    if errors or value is None:
        return _page(request, found, case, errors=errors)
    refusal = attempt(
        lambda: set_amount(
            panel_id=panel, case_id=case, amount_nok=value, why=why, by=request.actor, at=request.at
        )
    )
    if refusal is not None:
        return _page(request, found, case, errors={"amount": refusal.sentence})
    messages.success(request, "Beløpet er lagret.")
    return redirect("panel_case", request.tenant.slug, panel, case)


def _page(
    request: Request, panel: Panel, case_id: UUID, *, errors: dict[str, str] | None = None
) -> HttpResponse:
    slug, wrong = request.tenant.slug, errors or {}
    page = case_scores(panel, case_id, by=request.actor)
    text, amounts = _text_field(request, wrong), _amount_fields(request, page, wrong)
    facts = {
        "h1": _heading(page),
        "case_number": page.panel_case.case.number,
        "back_url": reverse("panel_ranking", args=[slug, panel.id]),
        "back_text": "Rangeringen",
        "scores": _scores_table(page),
        "words": _words(page),
        "changes": [one for one in page.history if one.changed_why],
        "change_lines": [
            f"{page.names.get(one.given_by, '')} endret poengene {day_and_clock(one.handed_in_at)}: {one.changed_why}"
            for one in page.history
            if one.changed_why
        ],
        "far_apart": page.ranked is not None and page.ranked.far_apart,
        "is_discussed": bool(page.discussions),
        "notes": [
            {
                "text": one.text,
                "who": page.names.get(one.written_by, ""),
                "when": day_and_clock(one.written_at),
            }
            for one in page.discussions
        ],
        "amount_text": amount_text(page.panel_case.amount_nok) if page.panel_case.amount_nok else "",
        "amount_why": page.panel_case.amount_why,
        "text": text,
        "amounts": amounts,
        "errors": [text, *amounts] if wrong else [],
        "has_errors": bool(wrong),
        **_ways(request, page),
    }
    return work_page(request, "panels/case.html", facts, room="panels", status=422 if wrong else 200)


def _heading(page: CaseScores) -> str:
    name = company_of(page.panel_case)
    if page.ranked is None:
        return f"{name} er ikke rangert"
    count = len(page.found.ranking.ranked)
    return (
        f"{name} fikk {points_text(page.ranked.mean)} av {page.found.panel.highest} poeng, "
        f"nummer {page.ranked.place} av {count}"
    )


def _scores_table(page: CaseScores) -> Table | None:
    if page.ranked is None:
        return None
    people = [one.given_by for one in page.sheets]
    columns = (
        Column("Kriterium"),
        *(Column(page.names.get(who, ""), "number") for who in people),
        Column("Snitt", "number"),
    )
    points = {one.given_by: one.points for one in page.sheets}
    rows = [
        Row(
            (
                Cell(one.label, note=f"Teller {one.weight} prosent"),
                *(Cell(str(points[who][one.key])) for who in people),
                Cell(points_text(page.ranked.by_criterion[one.key])),
            )
        )
        for one in criteria_of(page.found.panel)
    ]
    totals = (
        Cell("Samlet", note=f"Fra {spread_text(page.ranked)}" if page.ranked.spread else ""),
        *(Cell(points_text(page.ranked.totals[who]), note=_far(page, who)) for who in people),
        Cell(points_text(page.ranked.mean)),
    )
    return Table("Poengene", columns, (*rows, Row(totals)), hide_caption=True)


def _far(page: CaseScores, who: UUID) -> str:
    return "Skiller seg ut" if page.ranked and who in page.ranked.outliers else ""


def _words(page: CaseScores) -> list[dict[str, Any]]:
    labels = {one.key: one.label for one in criteria_of(page.found.panel)}
    return [
        {
            "who": page.names.get(one.given_by, ""),
            "lines": [(labels.get(score.key, score.key), score.points, score.words) for score in one.scores],
        }
        for one in page.sheets
    ]


def _text_field(request: Request, wrong: dict[str, str]) -> Field:
    return Field(
        "text",
        "Hva kom panelet fram til?",
        kind="textarea",
        rows=4,
        value=request.POST.get("text", ""),
        audience="internal",
        error=wrong.get("text", ""),
    )


def _amount_fields(request: Request, page: CaseScores, wrong: dict[str, str]) -> list[Field]:
    held = page.panel_case
    standing = "" if held.amount_nok is None else number_text(held.amount_nok)
    return [
        Field(
            "amount",
            "Beløp hvis søknaden får tilskudd",
            kind="money",
            value=request.POST.get("amount", standing),
            error=wrong.get("amount", ""),
        ),
        Field(
            "why",
            "Hvorfor dette beløpet?",
            kind="textarea",
            rows=2,
            value=request.POST.get("why", held.amount_why),
            audience="internal",
            error=wrong.get("why", ""),
        ),
    ]


def _ways(request: Request, page: CaseScores) -> dict[str, Any]:
    slug, panel, case = request.tenant.slug, page.found.panel, page.panel_case.case
    standing = page.found.proposal
    is_open = standing is None or standing.state == Proposal.State.RETURNED
    own = Assignment.objects.filter(
        panel_case=page.panel_case, assessor__person_id=request.actor.person_id, end=""
    )
    assignment = own.first() if is_open else None
    leads = may(request.actor, "panels.lead", panel)
    return {
        "discuss_url": reverse("panel_discuss", args=[slug, panel.id, case.id])
        if leads or assignment
        else "",
        "amount_url": reverse("panel_amount", args=[slug, panel.id, case.id]) if leads and is_open else "",
        "change_url": reverse("panel_sheet", args=[slug, assignment.id]) if assignment else "",
        "case_url": reverse("case", args=[slug, case.id])
        if may(request.actor, "casework.read", case)
        else "",
    }
