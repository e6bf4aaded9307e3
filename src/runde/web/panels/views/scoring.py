"""An assessor's own pages, made for a phone: the list, the question before it opens, and one sheet at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from runde.engine.reference.api import format_orgnr, weekday_date_text
from runde.foundation.documents.api import open_version
from runde.foundation.trust.api import NotAllowed, NotFound
from runde.grants.panels.api import (
    Assignment,
    MyCase,
    Score,
    ScoresRefused,
    SheetPage,
    declare,
    get_assignment,
    hand_in,
    my_panels,
    save_draft,
    sheet_page,
)
from runde.web.components.fields import Choice, Field
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.panels.access import SCORERS, readable_panel
from runde.web.panels.sheet import answers_for_assessor, sheet_fields, typed_scores
from runde.web.panels.words import name_of
from runde.web.staff import attempt, count_text, missing_or_too_long, version_as_file, work_page
from runde.web.verdicts import criteria_of as checks_of

YES, NO = "yes", "no"
CHOICES = (
    Choice(YES, "Ja, jeg kan vurdere søknaden", "Jeg har ingen egne interesser i den."),
    Choice(
        NO,
        "Nei, jeg kan ikke vurdere søknaden",
        "For eksempel fordi du eier en del av virksomheten, eller er i nær familie med noen som gjør det.",
    ),
)


@require_GET
@entrance(staff(*SCORERS))
def mine(request: Request, panel: UUID) -> HttpResponse:
    found = readable_panel(panel, request.actor)
    own = next((one for one in my_panels(by=request.actor) if one.panel.id == found.id), None)
    if own is None:
        raise NotAllowed("Du er ikke invitert til å vurdere i dette panelet.")
    done = own.left == 0
    facts = {
        "h1": "Du har levert alle vurderingene"
        if done
        else f"{count_text(own.left, 'søknad', 'søknader')} igjen å vurdere",
        "lead": f"{name_of(found)}. Frist {weekday_date_text(found.score_by_date, 'nb')}.",
        "back_url": reverse("panels", args=[request.tenant.slug]),
        "back_text": "Paneler",
        "cases": _mine_table(own.cases, request.tenant.slug),
        "is_open": found.opened_at is not None,
        "ranking_url": reverse("panel_ranking", args=[request.tenant.slug, found.id]),
        "waits": done and found.opened_at is None,
    }
    return work_page(request, "panels/mine.html", facts, room="panels")


def _mine_table(cases: tuple[MyCase, ...], slug: str) -> Table:
    rows = tuple(
        Row(
            (
                Cell(
                    one.assignment.panel_case.case.application.company_name,
                    url=reverse("panel_sheet", args=[slug, one.assignment.id]),
                    note=f"Sak {one.assignment.panel_case.case.number}",
                ),
                _state_cell(one),
            )
        )
        for one in cases
    )
    return Table("Søknader du vurderer", (Column("Virksomhet"), Column("Status")), rows, hide_caption=True)


def _state_cell(one: MyCase) -> Cell:
    if one.is_handed_in:
        return Cell("Levert")
    return Cell("Kladd", tag_color="info") if one.has_draft else Cell("Ikke vurdert", tag_color="neutral")


@entrance(staff(*SCORERS))
def sheet(request: Request, assignment: UUID) -> HttpResponse:
    found = get_assignment(assignment, by=request.actor)
    page = sheet_page(found, by=request.actor)
    if page.word is None:
        return _question(request, found)
    if page.word is False:
        raise NotAllowed("Du har meldt fra om at du ikke kan vurdere denne søknaden.")
    if request.method != "POST":
        return _sheet(request, page)
    return _take(request, page, typed_scores(request.POST, page.criteria))


def _take(request: Request, page: SheetPage, scores: list[Score]) -> HttpResponse:
    assignment, company = page.assignment, page.application.company_name
    if request.POST.get("go") == "save":
        save_draft(assignment_id=assignment.id, scores=scores, by=request.actor, at=request.at)
        messages.success(request, "Kladden er lagret. Ingen andre ser den.")
        return redirect("panel_sheet", request.tenant.slug, assignment.id)
    why = request.POST.get("changed_why", "")
    refusal = attempt(
        lambda: hand_in(
            assignment_id=assignment.id, scores=scores, changed_why=why, by=request.actor, at=request.at
        )
    )
    if isinstance(refusal, ScoresRefused):
        return _sheet(request, page, errors=refusal.problems)
    if refusal is not None:
        raise refusal
    messages.success(request, f"Poengene for {company} er levert.")
    return _onwards(request, page)


def _onwards(request: Request, page: SheetPage) -> HttpResponse:
    """To the next one that is not handed in; a change leads back to the scores it belongs to."""
    slug = request.tenant.slug
    if page.panel.opened_at is not None:
        return redirect("panel_case", slug, page.panel.id, page.assignment.panel_case.case_id)
    if page.next_one is not None:
        return redirect("panel_sheet", slug, page.next_one.id)
    return redirect("my_panel", slug, page.panel.id)


def _sheet(request: Request, page: SheetPage, *, errors: Mapping[str, str] | None = None) -> HttpResponse:
    slug, wrong, application = request.tenant.slug, errors or {}, page.application
    fields = sheet_fields(page, request.POST if request.method == "POST" else None, wrong)
    opened = page.panel.opened_at is not None
    facts = {
        "h1": f"Vurder {application.company_name}",
        "case_number": page.assignment.panel_case.case.number,
        "back_url": reverse("my_panel", args=[slug, page.panel.id]),
        "back_text": "Dine vurderinger",
        "company": application.company_name,
        "orgnr": format_orgnr(application.organisation_number),
        "left": count_text(page.left, "søknad igjen", "søknader igjen") if page.left else "",
        "sections": answers_for_assessor(application),
        **_checks(page),
        "documents": [
            {
                "title": one.document.title,
                "url": reverse("panel_document", args=[slug, page.assignment.id, one.id]),
            }
            for one in page.documents
        ],
        "fields": fields,
        "errors": fields if wrong else [],
        "has_errors": bool(wrong),
        "is_handed_in": page.mine is not None,
        "opened": opened,
        "act": "Endre poengene" if opened else "Lever på nytt" if page.mine else "Lever poengene",
    }
    return work_page(request, "panels/sheet.html", facts, room="panels", status=422 if wrong else 200)


def _checks(page: SheetPage) -> dict[str, Any]:
    """What the rules found: what is not met in full, the rest behind one line."""
    every = checks_of(page.verdict, "nb") if page.verdict else []
    met = [one for one in every if one.verdict == "met"]
    whole = "Alle" if len(met) == len(every) else f"{len(met)} av"
    return {
        "unmet": [one for one in every if one.verdict != "met"],
        "met": met,
        "met_text": f"{whole} {len(every)} krav er oppfylt" if every else "",
    }


@require_POST
@entrance(staff(*SCORERS))
def declare_word(request: Request, assignment: UUID) -> HttpResponse:
    found = get_assignment(assignment, by=request.actor)
    answer, reason = request.POST.get("impartial", ""), request.POST.get("reason", "").strip()
    errors: dict[str, str] = {}
    if answer not in (YES, NO):
        errors["impartial"] = "Velg om du kan vurdere søknaden."
    elif answer == NO:
        wrong = missing_or_too_long(
            reason, if_empty="Skriv hvorfor du ikke kan vurdere søknaden.", longest=300
        )
        errors = {"reason": wrong} if wrong else {}
    if not errors:
        refusal = attempt(
            lambda: declare(
                assignment_id=assignment,
                is_impartial=answer == YES,
                reason=reason,
                by=request.actor,
                at=request.at,
            )
        )
        errors = {"impartial": refusal.sentence} if refusal else {}
    if errors:
        return _question(request, found, errors=errors)
    if answer == YES:
        return redirect("panel_sheet", request.tenant.slug, assignment)
    messages.success(request, "Vi har notert det. Søknaden er tatt ut av lista di.")
    return redirect("panels", request.tenant.slug)


def _question(
    request: Request, found: Assignment, *, errors: Mapping[str, str] | None = None
) -> HttpResponse:
    """The question alone: company and number, nothing of what is in the application."""
    wrong, slug = errors or {}, request.tenant.slug
    case = found.panel_case.case
    fields = [
        Field(
            "impartial",
            "Kan du vurdere søknaden?",
            kind="radios",
            choices=CHOICES,
            value=request.POST.get("impartial", ""),
            error=wrong.get("impartial", ""),
        ),
        Field(
            "reason",
            "Hvorfor kan du ikke vurdere søknaden?",
            kind="textarea",
            rows=3,
            value=request.POST.get("reason", ""),
            description="Bare hvis du svarte nei. Den som leder panelet, ser dette.",
            audience="internal",
            error=wrong.get("reason", ""),
            optional=True,
        ),
    ]
    facts = {
        "h1": "Kan du vurdere denne søknaden?",
        "lead": "Svar før søknaden åpnes. Svaret står i journalen.",
        "case_number": case.number,
        "company": case.application.company_name,
        "orgnr": format_orgnr(case.application.organisation_number),
        "back_url": reverse("my_panel", args=[slug, found.panel_case.panel_id]),
        "back_text": "Dine vurderinger",
        "fields": fields,
        "errors": fields if wrong else [],
        "has_errors": bool(wrong),
        "action": reverse("panel_word", args=[slug, found.id]),
    }
    return work_page(request, "panels/impartial.html", facts, room="panels", status=422 if wrong else 200)


@require_GET
@entrance(staff(*SCORERS))
def document(request: Request, assignment: UUID, version: UUID) -> HttpResponse:
    """A document of the application, for who is to score it and has said they may."""
    page = sheet_page(get_assignment(assignment, by=request.actor), by=request.actor)
    wanted = next((one for one in page.documents if one.id == version), None)
    if wanted is None:
        raise NotFound("Vi finner ikke dokumentet. Gå tilbake til søknaden og åpne det derfra.")
    return version_as_file(wanted, open_version(wanted, by=request.actor, at=request.at))
