"""What officers change most: where the templates should say it better."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from runde.grants.letters.api import ChangedText, ChangeReport, get_kind, most_changed
from runde.web.components.spreadsheet import spreadsheet
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.letters.access import READERS
from runde.web.letters.words import LANGUAGES
from runde.web.staff import count_text, sent_as_file, work_page

DAYS = 365
HEADS = (
    "Brev",
    "Del",
    "Språk",
    "Setningen i malen",
    "Brev som er endret",
    "Saksbehandlere",
    "Skrevet i stedet",
)


@require_GET
@entrance(staff(*READERS))
def show(request: Request) -> HttpResponse:
    report = _report(request)
    facts = {
        "h1": "Dette endrer saksbehandlerne mest",
        "lead": "Det siste året. Setninger som ofte blir skrevet om, bør stå bedre i malen.",
        "back_url": reverse("letters", args=[request.tenant.slug]),
        "back_text": "Brev",
        "count": count_text(report.letters, "brev er endret for hånd", "brev er endret for hånd"),
        "table": _table(report) if report.rows else None,
        "csv_url": reverse("letter_changes_csv", args=[request.tenant.slug]),
    }
    return work_page(request, "letters/changes.html", facts, room="letters")


@require_GET
@entrance(staff(*READERS))
def as_csv(request: Request) -> HttpResponse:
    rows = [
        (*_said(row), str(row.letters), str(row.people), " / ".join(row.examples))
        for row in _report(request).rows
    ]
    return sent_as_file(
        spreadsheet([HEADS, *rows]),
        media_type="text/csv; charset=utf-8",
        file_name="endringer-i-brev.csv",
    )


def _report(request: Request) -> ChangeReport:
    return most_changed(since=request.at - timedelta(days=DAYS), by=request.actor)


def _table(report: ChangeReport) -> Table:
    columns = (
        Column("Setningen i malen"),
        Column("Brev"),
        Column("Brev som er endret", "number"),
        Column("Saksbehandlere", "number"),
        Column("Skrevet i stedet"),
    )
    return Table(
        "Setninger som er endret", columns, tuple(_row(row) for row in report.rows), hide_caption=True
    )


def _row(row: ChangedText) -> Row:
    kind, block, language, pattern = _said(row)
    return Row(
        (
            Cell(pattern),
            Cell(kind, note=f"{block}, {language.lower()}"),
            Cell(str(row.letters)),
            Cell(str(row.people)),
            Cell(row.examples[0], note=" · ".join(row.examples[1:])),
        )
    )


def _said(row: ChangedText) -> tuple[str, str, str, str]:
    kind = get_kind(row.kind)
    block = kind.block("result" if row.block == "context" else row.block)
    title = block.title if block else row.block
    return kind.name, title, LANGUAGES[row.language], row.pattern or "(lagt til)"
