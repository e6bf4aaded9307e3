"""Political treatment: lists laid before a body, taken out for its papers, and what it decided registered."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import amount_text, date_text, number_text
from runde.foundation.people.api import Role, may
from runde.foundation.trust.api import NotFound, Refused
from runde.grants.casework.api import (
    Approved,
    RecommendedLine,
    Treated,
    TreatedLine,
    TreatmentPage,
    TreatmentRow,
    export_list,
    list_treatments,
    register_treatment,
    treatment_page,
)
from runde.web.components.facts import Fact
from runde.web.components.fields import Choice, Field
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.board_list import as_csv, as_pdf, recommended_text
from runde.web.officer.calls import name_of
from runde.web.staff import (
    attempt,
    count_text,
    day_and_clock,
    key_of,
    new_key,
    read_amount,
    sent_as_file,
    work_page,
)

READERS = (Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.FINANCE, Role.AUDITOR)
Result = TreatedLine.Result
NO_PROTOCOL = "Skriv hvor vedtaket står, for eksempel «Formannskapet 8. desember 2026, sak 61/26»."
STATES = {"pending": "Venter på møtet", "approved": "Bestemt", "returned": "Trukket fra møtet"}


@entrance(staff(*READERS))
def index(request: Request) -> HttpResponse:
    rows = list_treatments(by=request.actor)
    waiting = [row for row in rows if row.state == "pending"]
    facts = {
        "h1": f"Politisk behandling: {count_text(len(waiting), 'liste venter', 'lister venter')}"
        if waiting
        else "Politisk behandling: ingen lister venter",
        "lists": _index_table(rows, request.tenant.slug) if rows else None,
        "lay_url": reverse("lay_before_board", args=[request.tenant.slug])
        if may(request.actor, "casework.propose")
        else "",
    }
    return work_page(request, "officer/boards.html", facts, room="proposals")


def _index_table(rows: list[TreatmentRow], slug: str) -> Table:
    columns = (
        Column("Liste"),
        Column("Møte"),
        Column("Status"),
        Column("Saker", "number"),
        Column("Innstilt (kr)", "number"),
    )
    made = tuple(
        Row(
            (
                Cell(
                    row.body,
                    url=reverse("treatment", args=[slug, row.proposal_id]),
                    note=_agenda(row.agenda_reference),
                ),
                Cell(date_text(row.meeting_date)),
                Cell(STATES[row.state], tag_color="warning" if row.state == "pending" else "neutral"),
                Cell(number_text(row.count)),
                Cell(number_text(row.sum_nok)),
            )
        )
        for row in rows
    )
    return Table("Lister", columns, made, hide_caption=True)


def _agenda(reference: str) -> str:
    return f"Sak {reference}" if reference else ""


@entrance(staff(*READERS))
def show(request: Request, proposal: UUID) -> HttpResponse:
    found = treatment_page(proposal, by=request.actor)
    if request.method != "POST":
        return _page(request, found, {})
    treated, errors = _typed(request, found)
    protocol = request.POST.get("protocol", "").strip()
    if not protocol:
        errors["protocol"] = NO_PROTOCOL
    if errors:
        return _page(request, found, errors)
    done: list[Approved] = []
    refusal = attempt(
        lambda: done.append(
            register_treatment(
                proposal_id=proposal,
                protocol=protocol,
                treated=treated,
                key=key_of(request),
                by=request.actor,
                at=request.at,
            )
        )
    )
    if refusal is not None:
        return _page(request, found, {}, refusal)
    made = count_text(len(done[0].decision_ids), "vedtak er", "vedtak er")
    messages.success(
        request, f"{made} registrert. {amount_text(done[0].sum_nok)} er satt av. Brevene blir skrevet nå."
    )
    return redirect("treatment", request.tenant.slug, proposal)


@entrance(staff(*READERS))
def take_out(request: Request, proposal: UUID, form: str) -> HttpResponse:
    """The list for the meeting's papers; that it was taken out is journaled."""
    if form not in ("csv", "pdf"):
        raise NotFound("Lista finnes som PDF og regneark.")
    found = export_list(proposal_id=proposal, form=form, by=request.actor, at=request.at)
    name = f"innstilling-{found.treatment.meeting_date:%Y-%m-%d}"
    if form == "csv":
        return sent_as_file(as_csv(found), media_type="text/csv; charset=utf-8", file_name=f"{name}.csv")
    paper = as_pdf(found, sender=request.tenant.name, at=request.at)
    return sent_as_file(paper, media_type="application/pdf", file_name=f"{name}.pdf")


def _typed(request: Request, found: TreatmentPage) -> tuple[list[Treated], dict[str, str]]:
    treated, errors = [], {}
    for one in found.lines:
        case = str(one.case.id)
        result = request.POST.get(f"utfall_{case}", Result.AS_PROPOSED)
        amount, wrong = read_amount(request.POST.get(f"belop_{case}", "").strip())
        words = request.POST.get(f"ord_{case}", "").strip()
        if result == Result.OTHER_AMOUNT and (wrong or not amount):
            errors[f"belop_{case}"] = wrong or f"Skriv beløpet som ble bestemt i sak {one.case.number}."
        if result != Result.AS_PROPOSED:
            given = amount if result == Result.OTHER_AMOUNT else None
            treated.append(Treated(one.case.id, result, given, words))
    return treated, errors


def _page(
    request: Request, found: TreatmentPage, errors: dict[str, str], refusal: Refused | None = None
) -> HttpResponse:
    slug, treatment = request.tenant.slug, found.treatment
    can = _can_register(request, found)
    lines = [(one, _line_fields(request, one, errors)) for one in found.lines] if can else []
    protocol = Field(
        "protocol",
        "Hvor står vedtaket?",
        value=request.POST.get("protocol", ""),
        description="Søkerne ser dette i brevet. For eksempel «Formannskapet 8. desember 2026, sak 61/26»",
        audience="applicant",
        error=errors.get("protocol", ""),
    )
    fields = [*(field for _one, asked in lines for field in asked), protocol]
    wrong = [field for field in fields if field.error]
    facts = {
        "h1": _heading(found),
        "back_url": reverse("boards", args=[slug]),
        "back_text": "Politisk behandling",
        "facts": _facts(found),
        "refusal": refusal.sentence if refusal else "",
        "why_not": "" if can else _why_not(request, found),
        "list": _lines_table(found, slug),
        "csv_url": reverse("treatment_file", args=[slug, treatment.proposal_id, "csv"]),
        "pdf_url": reverse("treatment_file", args=[slug, treatment.proposal_id, "pdf"]),
        "can": can,
        "lines": [
            {
                "name": _line_name(one),
                "fields": asked,
                "is_open": any(field.error for field in asked),
            }
            for one, asked in lines
        ],
        "protocol": protocol,
        "happens": _happens(found) if can else [],
        "act": f"Registrer utfallet for {count_text(len(found.lines), 'sak', 'saker')}",
        "errors": wrong,
        "has_errors": bool(wrong or refusal),
        "key": request.POST.get("key") or new_key(),
    }
    status = 422 if wrong or refusal else 200
    return work_page(request, "officer/treatment.html", facts, room="proposals", status=status)


def _can_register(request: Request, found: TreatmentPage) -> bool:
    return (
        found.is_waiting
        and may(request.actor, "casework.approve")
        and found.proposal.prepared_by != request.actor.person_id
        and timezone.localdate(request.at) >= found.treatment.meeting_date
    )


def _why_not(request: Request, found: TreatmentPage) -> str:
    treatment = found.treatment
    if not found.is_waiting:
        return ""
    if timezone.localdate(request.at) < treatment.meeting_date:
        return (
            f"{treatment.body} møtes {date_text(treatment.meeting_date)}. Utfallet kan registreres fra da av."
        )
    return "En godkjenner som ikke har forberedt lista, registrerer hva som ble bestemt."


def _heading(found: TreatmentPage) -> str:
    count, body = count_text(len(found.lines), "sak", "saker"), found.treatment.body
    if found.is_waiting:
        return f"Innstilling til {body}: {count}, {amount_text(found.sum_nok)}"
    if found.proposal.state == "returned":
        return f"Trukket fra møtet: {count}"
    decided = sum((one.decided_nok or Decimal(0) for one in found.lines), Decimal(0))
    return f"{body} har bestemt: {count}, {amount_text(decided)}"


def _facts(found: TreatmentPage) -> list[Fact]:
    treatment, refused = found.treatment, len(found.lines) - found.granted
    facts = [
        Fact("Ordning", name_of(found.call)),
        Fact("Møte", date_text(treatment.meeting_date), source=_agenda(treatment.agenda_reference)),
        Fact("Innstilt", f"{number_text(found.granted)} får tilskudd, {number_text(refused)} får avslag"),
        Fact("Forberedt av", found.names.get(found.proposal.prepared_by, "")),
    ]
    if treatment.protocol and treatment.registered_by:
        facts.append(Fact("Vedtaket står i", treatment.protocol))
        when = day_and_clock(treatment.registered_at) if treatment.registered_at else ""
        facts.insert(3, Fact("Bestemt", _decided_words(found)))
        facts.append(Fact("Registrert av", found.names.get(treatment.registered_by, ""), source=when))
    return facts


def _decided_words(found: TreatmentPage) -> str:
    """How many got money, were refused or were put off, as the body decided."""
    postponed = [one for one in found.lines if one.treated and one.treated.result == Result.POSTPONED]
    granted = [one for one in found.lines if one.decided_nok]
    refused = len(found.lines) - len(granted) - len(postponed)
    words = f"{number_text(len(granted))} får tilskudd, {number_text(refused)} får avslag"
    return f"{words}, {number_text(len(postponed))} er utsatt" if postponed else words


def _line_name(one: RecommendedLine) -> str:
    return f"Sak {one.case.number}, {one.case.company_name}: {_recommended(one)}"


def _recommended(one: RecommendedLine) -> str:
    return amount_text(one.line.amount_nok) if one.line.outcome == "granted" else "avslag"


def _happens(found: TreatmentPage) -> list[str]:
    return [
        "Innstillingen blir til vedtak, slik det ble bestemt.",
        f"Brevene sier at {found.treatment.body} har bestemt, når, og hvor det står.",
        "Pengene blir satt av, og søkerne får e-post.",
        "Saker som ble utsatt, er åpne igjen.",
    ]


def _line_fields(request: Request, one: RecommendedLine, errors: dict[str, str]) -> list[Field]:
    case = str(one.case.id)
    return [
        Field(
            f"utfall_{case}",
            "Hva ble bestemt?",
            kind="radios",
            value=request.POST.get(f"utfall_{case}", Result.AS_PROPOSED),
            choices=tuple(Choice(value, label) for value, label in Result.choices),
        ),
        Field(
            f"belop_{case}",
            "Beløp, hvis et annet enn innstilt",
            kind="money",
            value=request.POST.get(f"belop_{case}", ""),
            optional=True,
            error=errors.get(f"belop_{case}", ""),
        ),
        Field(
            f"ord_{case}",
            "Begrunnelse fra møtet",
            kind="textarea",
            rows=2,
            value=request.POST.get(f"ord_{case}", ""),
            optional=True,
            audience="applicant",
        ),
    ]


def _lines_table(found: TreatmentPage, slug: str) -> Table:
    columns = [
        Column("Virksomhet"),
        Column("Regnet ut (kr)", "number"),
        Column("Innstilling"),
        Column("Innstilt (kr)", "number"),
    ]
    decided = not found.is_waiting and found.proposal.state == "approved"
    columns += [Column("Bestemt"), Column("Bestemt (kr)", "number")] if decided else []
    rows = tuple(Row(tuple(_line_cells(one, slug, decided)), tone=_tone(one)) for one in found.lines)
    return Table("Sakene", tuple(columns), rows, hide_caption=True, tight=True)


def _tone(one: RecommendedLine) -> Literal["", "warning"]:
    return "warning" if one.treated and one.treated.result != Result.AS_PROPOSED else ""


def _line_cells(one: RecommendedLine, slug: str, decided: bool) -> list[Cell]:
    case = one.case
    cells = [
        Cell(case.company_name, url=reverse("case", args=[slug, case.id]), note=f"Sak {case.number}"),
        Cell("–" if case.recommended_nok is None else number_text(case.recommended_nok)),
        Cell(recommended_text(one)),
        Cell(number_text(one.line.amount_nok)),
    ]
    if decided and one.treated:
        amount = "–" if one.decided_nok is None else number_text(one.decided_nok)
        cells += [Cell(one.treated.get_result_display(), note=one.treated.words), Cell(amount)]
    return cells
