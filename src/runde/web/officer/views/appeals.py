"""Every appeal, one of them on its own page, and each act in it on a page of its own."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import amount_text, date_text, format_orgnr
from runde.foundation.people.api import Role
from runde.foundation.trust.api import Conflict, NotAllowed, NotFound
from runde.grants.casework.api import (
    APPEALS,
    AppealPage,
    AppealRow,
    AppealState,
    ReasonsDemand,
    Reversal,
    TookPart,
    appeal_page,
    list_appeals,
    list_second_looks,
)
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.access import declaration_of, must_declare
from runde.web.officer.appeal_acts import BY_SLUG, Act, acts_for
from runde.web.officer.appeal_fields import Wrong, with_error
from runde.web.officer.appeal_shown import facts_of, files_shown, heading_of, steps_of
from runde.web.officer.views.impartiality import closed_page, question_page
from runde.web.staff import attempt, day_and_clock, work_page

READERS = (Role.OFFICER, Role.APPROVER, Role.AUDITOR)
COLUMNS = ("Sak", "Virksomhet", "Kom", "Står som", "Ansvarlig", "Svar innen", "Satt av")
TAGS = {
    "ended": "neutral",
    "dismissed": "neutral",
    "late": "warning",
    "defect": "warning",
    "partly": "warning",
}


@entrance(staff(*READERS))
def index(request: Request) -> HttpResponse:
    found = list_appeals(by=request.actor)
    today = timezone.localdate(request.at)
    waiting = sum(one.appeal.settled_at is None for one in found)
    rows = tuple(_row(request, one, today) for one in found)
    demands, reversals = list_second_looks(by=request.actor)
    columns = tuple(Column(name) for name in COLUMNS)
    facts = {
        "h1": "Ingen klager" if not found else f"{waiting} av {len(found)} klager venter",
        "table": Table("Klager", columns, rows, hide_caption=True) if rows else None,
        "demands": [_demand(request, one) for one in demands],
        "reversals": [_reversal(request, one) for one in reversals],
    }
    return work_page(request, "officer/appeals.html", facts, room="appeals")


@entrance(staff(*READERS))
def show(request: Request, appeal: UUID) -> HttpResponse:
    page = appeal_page(appeal, by=request.actor)
    stopped = _not_spoken(request, page)
    if stopped is not None:
        return stopped
    slug, acts = request.tenant.slug, acts_for(page)
    facts = {
        **_frame(request, page),
        "h1": heading_of(page),
        "facts": facts_of(page),
        "text": page.appeal.text,
        "late_words": page.appeal.late_words,
        "files": files_shown(page, slug),
        "steps": steps_of(page, slug),
        "acts": [(one.link, reverse("appeal_act", args=[slug, appeal, one.slug])) for one in acts],
        "is_barred": page.is_barred,
        "proposal_url": _proposal_url(request, page),
        "case_url": reverse("case", args=[slug, page.case.id]),
    }
    return work_page(request, "officer/appeal.html", facts, room="appeals")


@entrance(staff(Role.OFFICER))
def act(request: Request, appeal: UUID, step: str) -> HttpResponse:
    chosen = BY_SLUG.get(step)
    if chosen is None:
        raise NotFound("Vi finner ikke siden. Gå til klagen og velg derfra.")
    page = appeal_page(appeal, by=request.actor)
    stopped = _not_spoken(request, page)
    if stopped is not None:
        return stopped
    if chosen not in acts_for(page):
        return _out_of_turn(request, page)
    if request.method != "POST":
        return _act_page(request, page, chosen, QueryDict())
    return _press(request, page, chosen)


def _press(request: Request, page: AppealPage, chosen: Act) -> HttpResponse:
    try:
        refusal = attempt(lambda: chosen.press(request, page, request.POST))
    except Wrong as wrong:
        return _act_page(request, page, chosen, request.POST, wrong.field, wrong.sentence)
    if isinstance(refusal, Conflict | NotAllowed):
        raise refusal
    if refusal is not None:
        return _act_page(request, page, chosen, request.POST, chosen.main_field, refusal.sentence)
    messages.success(request, chosen.done)
    return redirect("appeal_case", request.tenant.slug, page.appeal.id)


def _act_page(
    request: Request, page: AppealPage, chosen: Act, posted: QueryDict, wrong: str = "", sentence: str = ""
) -> HttpResponse:
    fields = with_error(chosen.fields(page, posted), wrong, sentence)
    effect = APPEALS.effect_of("appeal", chosen.event, body=page.body) if chosen.event else None
    facts = {
        **_frame(request, page),
        "h1": chosen.h1,
        "back_url": reverse("appeal_case", args=[request.tenant.slug, page.appeal.id]),
        "back_text": "Klagen",
        "facts": facts_of(page)[:3],
        "text": page.appeal.text,
        "fields": fields,
        "effect": effect or beside(chosen),
        "act": chosen.text,
        "errors": [one for one in fields if one.error],
        "has_errors": bool(sentence),
    }
    return work_page(
        request, "officer/appeal_act.html", facts, room="appeals", status=422 if sentence else 200
    )


def beside(chosen: Act) -> dict[str, Any]:
    """What happens on acts that are not one row in the table."""
    lines = {
        "utfall": [
            "Søkeren får brev og e-post om hva klageinstansen har kommet til.",
            "Blir vedtaket stående, frigis penger satt av til klagen.",
            "Er vedtaket endret eller opphevet, er neste steg et nytt vedtak.",
        ],
        "ga-videre": ["Klagen behandles slik den er. Søkeren får ikke flere frister."],
        "vent": [
            "Venter dere, betales ingenting på vedtaket før klagen er avgjort. Andre saker er som før.",
            "Søkeren får svaret og begrunnelsen.",
        ],
        "sett-av": ["Beløpet kan ikke brukes til andre så lenge klagen ikke er avgjort."],
    }
    undo = "" if chosen.slug == "sett-av" else "Dette kan ikke gjøres om."
    return {
        "lines": lines[chosen.slug],
        "undo": undo or "Du kan endre beløpet så lenge klagen ikke er avgjort.",
    }


def _out_of_turn(request: Request, page: AppealPage) -> HttpResponse:
    """Who only looks is led back with the reason; a press is refused."""
    why: Conflict | NotAllowed = Conflict(
        "Det kan ikke gjøres slik klagen står nå. Gå til klagen og se hva som er gjort."
    )
    if page.is_barred:
        why = TookPart(
            "Du var med på vedtaket det er klaget på, og kan ikke behandle klagen. En annen må gjøre det."
        )
    if request.method == "POST":
        raise why
    messages.info(request, why.sentence)
    return redirect("appeal_case", request.tenant.slug, page.appeal.id)


def _not_spoken(request: Request, page: AppealPage) -> HttpResponse | None:
    """Impartiality comes before anything else, as on the case itself."""
    declared = declaration_of(request.actor, page.case)
    if declared is not None and not declared.is_impartial:
        return closed_page(request, page.case, declared)
    if declared is None and must_declare(request.actor):
        return question_page(request, page.case)
    return None


def _frame(request: Request, page: AppealPage) -> dict[str, Any]:
    application, state = page.case.application, str(page.appeal.state)
    label = page.appeal.get_result_display() if page.appeal.result else page.appeal.get_state_display()
    return {
        "case_number": page.case.number,
        "company": application.company_name,
        "identity": [f"Org.nr. {format_orgnr(application.organisation_number)}"],
        "state": (label, TAGS.get(state, "info")),
        "back_url": reverse("appeals", args=[request.tenant.slug]),
        "back_text": "Klager",
    }


def _proposal_url(request: Request, page: AppealPage) -> str:
    if (
        page.appeal.state not in (AppealState.CHANGING, AppealState.CARRYING_OUT)
        or not page.appeal.proposal_id
    ):
        return ""
    return reverse("proposal", args=[request.tenant.slug, page.appeal.proposal_id])


def _demand(request: Request, one: ReasonsDemand) -> tuple[str, str]:
    case = one.decision.case
    text = f"Sak {case.number}, {case.application.company_name}, spurt {day_and_clock(one.asked_at)}"
    return text, reverse("case", args=[request.tenant.slug, case.id])


def _reversal(request: Request, one: Reversal) -> tuple[str, str]:
    case = one.decision.case
    text = f"Sak {case.number}, {case.application.company_name}: {one.get_state_display().lower()}"
    return text, reverse("reversal", args=[request.tenant.slug, one.id])


def _row(request: Request, one: AppealRow, today: date) -> Row:
    appeal = one.appeal
    held = amount_text(one.set_aside_nok) if one.set_aside_nok else ""
    by_date = appeal.reassess_by_date if not appeal.settled_at else None
    late = "Forsinket, " if by_date and by_date < today else ""
    due = f"{late}{date_text(by_date)}" if by_date else ""
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
