"""The list a political body treats, as rows, as a spreadsheet's file and as a paper."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from runde.engine.reference.api import amount_text, date_text, number_text
from runde.engine.typeset.api import Fact, Grid, Letter, Paragraph, Recipient, Sender, Summary, render_letter
from runde.grants.casework.api import RecommendedLine, TreatmentPage, get_reason
from runde.web.components.spreadsheet import spreadsheet
from runde.web.officer.calls import name_of

MARK = "Demodata. Personer og virksomheter er oppdiktede."
HEAD = (
    "Sak",
    "Virksomhet",
    "Org.nr.",
    "Regnet ut (kr)",
    "Innstilling",
    "Beløp (kr)",
    "Begrunnelse",
    "Egne ord",
)
DECIDED = ("Bestemt", "Bestemt beløp (kr)", "Merknad")


def recommended_text(one: RecommendedLine) -> str:
    return "Tilskudd" if one.line.outcome == "granted" else "Avslag"


def as_csv(found: TreatmentPage) -> bytes:
    """Semicolons and a byte order mark, as a Norwegian spreadsheet expects; figures without spaces."""
    head = (*HEAD, *(DECIDED if not found.is_waiting else ()))
    return spreadsheet([head, *(_cells(one, found.is_waiting) for one in found.lines)])


def _cells(one: RecommendedLine, waiting: bool) -> list[str]:
    line, case = one.line, one.case
    calculated = "" if case.recommended_nok is None else format(case.recommended_nok.normalize(), "f")
    cells = [
        case.number,
        case.company_name,
        case.organisation_number,
        calculated,
        recommended_text(one),
        format(line.amount_nok.normalize(), "f"),
        get_reason(line.reason_code).label["nb"],
        line.reason_text,
    ]
    if waiting:
        return cells
    decided = "" if one.decided_nok is None else format(one.decided_nok.normalize(), "f")
    result = one.treated.get_result_display() if one.treated else ""
    return [*cells, result, decided, one.treated.words if one.treated else ""]


def as_pdf(found: TreatmentPage, *, sender: str, at: datetime) -> bytes:
    """The paper for the meeting."""
    treatment = found.treatment
    count = number_text(len(found.lines))
    letter = Letter(
        kind="document",
        language="nb",
        sender=Sender(sender),
        recipient=Recipient(treatment.body),
        letter_date=timezone.localdate(at),
        made_at=timezone.localtime(at),
        heading=f"Innstilling om {count} saker",
        blocks=(
            Paragraph(
                f"{name_of(found.call)}. Lista er en innstilling. Vedtak blir fattet av {treatment.body}."
            ),
            Summary("Kort fortalt", _summary(found)),
            _grid(found),
        ),
        mark=MARK if settings.DEMO else None,
    )
    return render_letter(letter, settings.FONT_DIRECTORY)


def _summary(found: TreatmentPage) -> tuple[Fact, ...]:
    treatment = found.treatment
    meeting = f"{treatment.body} {date_text(treatment.meeting_date)}"
    number = f", sak {treatment.agenda_reference}" if treatment.agenda_reference else ""
    return (
        Fact("Møte", f"{meeting}{number}"),
        Fact(
            "Innstilt til tilskudd", f"{number_text(found.granted)}, til sammen {amount_text(found.sum_nok)}"
        ),
        Fact("Innstilt til avslag", number_text(len(found.lines) - found.granted)),
        Fact("Forberedt av", found.names.get(found.proposal.prepared_by, "")),
    )


def _grid(found: TreatmentPage) -> Grid:
    rows = tuple(
        (
            f"{one.case.number} {one.case.company_name}",
            "–" if one.case.recommended_nok is None else number_text(one.case.recommended_nok),
            "Avslag" if one.line.outcome == "refused" else number_text(one.line.amount_nok),
        )
        for one in found.lines
    )
    return Grid("Sak for sak", ("Sak og virksomhet", "Regnet ut (kr)", "Innstilling (kr)"), rows)
