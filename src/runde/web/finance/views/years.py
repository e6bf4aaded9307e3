"""The year of one source, for the accounts and for the giver: on screen, on paper, and as figures."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import amount_text, date_text
from runde.foundation.trust.api import NotFound
from runde.grants.budget.api import Statement, year_statement
from runde.web.components.spreadsheet import spreadsheet
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.finance.shown import amount
from runde.web.finance.views.cockpit import READERS, ROOM
from runde.web.finance.views.sources import period_text
from runde.web.staff import sent_as_file, work_page

PLACES = {
    "giver": "Bevilget",
    "available": "Ledig",
    "committed": "Bundet",
    "in_bank_file": "I bankfil",
    "paid": "Utbetalt",
}
FIRST, LAST = 2000, 2100


@entrance(staff(*READERS))
def show(request: Request, source: UUID, year: int) -> HttpResponse:
    found = _found(request, source, year)
    args = [request.tenant.slug, source]
    facts = {
        "h1": f"{found.source.name} i {year}: {amount_text(found.sums.left_after_nok)} igjen",
        "lead": _lead(request, found),
        "back_url": reverse("source", args=args),
        "back_text": found.source.name,
        "sums": _sums(found),
        "adds_up": found.sums.adds_up,
        "carried": [
            f"{amount_text(change.carried_nok or Decimal(0))} er overført og kan brukes til "
            f"{date_text(change.use_by_date)}: {change.document}."
            for change in found.carried
            if change.use_by_date
        ],
        "terms": f"Kan brukes: {period_text(found.source.use_from_date, found.source.use_by_date)}. "
        f"Vedtak: {found.source.decision_document or 'ikke vedtatt'}.",
        "postings": _postings(found) if found.postings else None,
        "csv_url": reverse("source_year_csv", args=[*args, year]),
    }
    return work_page(request, "finance/year.html", facts, room=ROOM)


def _lead(request: Request, found: Statement) -> str:
    lead = f"Årsoppgave fra {request.tenant.name}. Giver: {found.source.giver}."
    is_over = timezone.localdate(request.at).year > found.sums.year
    return lead if is_over else f"{lead} Året er ikke over. Tallene er til og med i dag."


def _found(request: Request, source: UUID, year: int) -> Statement:
    if not FIRST <= year <= LAST:
        raise NotFound("Vi har ingen tall for dette året.")
    return year_statement(source, year, by=request.actor)


def _lines(found: Statement) -> list[tuple[str, Decimal]]:
    sums = found.sums
    return [
        (f"Igjen fra {sums.year - 1}", sums.left_before_nok),
        ("Bevilget i året, etter endringer", sums.given_nok),
        ("Utbetalt i året", -sums.paid_nok),
        ("Kom tilbake fra banken", sums.returned_nok),
        ("Igjen ved utgangen av året", sums.left_after_nok),
    ]


def _sums(found: Statement) -> Table:
    sums = found.sums
    more = (
        ("Av det som er igjen: bundet", sums.bound_after_nok),
        ("Av det som er igjen: ledig", sums.free_after_nok),
        ("Bundet til nye vedtak i året", sums.committed_nok),
        ("Frigitt i året", sums.released_nok),
    )
    rows = tuple(Row((Cell(name), Cell(amount(value)))) for name, value in (*_lines(found), *more))
    return Table(
        f"Året {sums.year}", (Column("Post"), Column("Beløp (kr)", "number")), rows, hide_caption=True
    )


def _postings(found: Statement) -> Table:
    columns = (Column("Hva"), Column("Dato"), Column("Sak"), Column("Hvor"), Column("Beløp (kr)", "number"))
    rows = tuple(
        Row(
            (
                Cell(posted.text),
                Cell(date_text(timezone.localdate(posted.at))),
                Cell(found.case_numbers.get(posted.case_id, "–") if posted.case_id else "–"),
                Cell(PLACES[posted.place]),
                Cell(amount(posted.amount_nok)),
            )
        )
        for posted in found.postings
        if posted.amount_nok > 0
    )
    return Table("Bilag i året", columns, rows, hide_caption=True, tight=True)


@entrance(staff(*READERS))
def as_csv(request: Request, source: UUID, year: int) -> HttpResponse:
    """The sums, and every leg behind them, as a spreadsheet reads them."""
    found = _found(request, source, year)
    rows: list[tuple[str, ...]] = [("Post", "Beløp")]
    rows += [(name, _figure(value)) for name, value in _lines(found)]
    rows += [(), ("Bilag", "Dato", "Hva", "Sak", "Hvor", "Beløp")]
    for posted in found.postings:
        case = found.case_numbers.get(posted.case_id, "") if posted.case_id else ""
        day = f"{timezone.localdate(posted.at):%d.%m.%Y}"
        where = PLACES[posted.place]
        rows.append((str(posted.number), day, posted.text, case, where, _figure(posted.amount_nok)))
    return sent_as_file(
        spreadsheet(rows), media_type="text/csv; charset=utf-8", file_name=f"arsoppgave-{year}-{source}.csv"
    )


def _figure(value: Decimal) -> str:
    return f"{value:.2f}".replace(".", ",")
