"""Payments in the words and rows that the pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from runde.engine.reference.api import (
    amount_text,
    date_text,
    format_orgnr,
    mask_account,
    number_text,
    weekday_date_text,
)
from runde.grants.payments.api import Batch, BatchPage, BatchRow, Payment, Stop, Totals
from runde.web.components.facts import Fact
from runde.web.components.navigation import Step
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.staff import count_text, day_and_clock

STATE_TAGS = {"prepared": "warning", "returned": "neutral", "sealed": "info", "sent": ""}
STATE_WORDS = {
    "prepared": "Venter på godkjenning",
    "returned": "Sendt tilbake",
    "sealed": "Bankfil er laget",
    "sent": "Sendt til bank",
}


def recipients(count: int) -> str:
    return count_text(count, "mottaker", "mottakere")


def payments_text(count: int) -> str:
    return count_text(count, "betaling", "betalinger")


def amount(value: Decimal) -> str:
    """For a column that names the unit: øre only when there are any."""
    return number_text(value, decimals=0 if value == value.to_integral_value() else 2)


def payments_table(
    payments: Iterable[Payment],
    caption: str,
    *,
    accounts: Mapping[UUID, str],
    case_slug: str = "",
    total: Sequence[str] = (),
) -> Table:
    """One row for each payment, with the account it goes to. With `case_slug` (a tenant's) it leads to its case."""
    columns = (
        Column("Mottaker"),
        Column("Sak"),
        Column("Konto"),
        Column("Referanse"),
        Column("Beløp (kr)", "number"),
    )
    rows = tuple(
        Row(
            (
                Cell(payment.recipient_name, note=format_orgnr(payment.recipient_number)),
                Cell(
                    payment.case_number,
                    url=reverse("case", args=[case_slug, payment.case_id]) if case_slug else "",
                ),
                Cell(mask_account(accounts[payment.id]) if accounts[payment.id] else "Mangler"),
                Cell(payment.reference),
                Cell(amount(payment.amount_nok)),
            )
        )
        for payment in payments
    )
    return Table(caption, columns, rows, tuple(total), hide_caption=True)


def stops_table(stops: Iterable[Stop]) -> Table:
    rows = tuple(Row((Cell(f"Sak {stop.case_number}"), Cell(stop.sentence)), tone="danger") for stop in stops)
    columns = (Column("Sak"), Column("Hvorfor"))
    return Table("Disse betalingene er stoppet", columns, rows, hide_caption=True)


def batches_table(rows: Iterable[BatchRow], slug: str) -> Table:
    columns = (
        Column("Betaling"),
        Column("Status"),
        Column("Betalingsdag"),
        Column("Mottakere", "number"),
        Column("Sum (kr)", "number"),
    )
    lines = tuple(_batch_row(row, slug) for row in rows)
    return Table("Betalinger, nyeste først", columns, lines, hide_caption=True)


def _batch_row(row: BatchRow, slug: str) -> Row:
    batch = row.batch
    return Row(
        (
            Cell(f"Betaling {batch.number}", url=reverse("batch", args=[slug, batch.id])),
            Cell(STATE_WORDS[batch.state], tag_color=STATE_TAGS[batch.state]),
            Cell(date_text(batch.execution_date)),
            Cell(number_text(row.count)),
            Cell(amount(row.sum_nok)),
        )
    )


def totals_facts(totals: Totals) -> list[Fact]:
    """The three totals that must always be seen together."""
    return [
        Fact("Vedtatt", amount_text(totals.decided_nok)),
        Fact("I bankfil", amount_text(totals.in_file_nok)),
        Fact("Sendt til bank", amount_text(totals.sent_nok)),
    ]


def totals_sentence(totals: Totals) -> str:
    """How the three stand to each other, with what remains and where it is."""
    if totals.agree:
        return "Alle tre er like: Vedtatt er det samme som i bankfil og sendt til bank."
    parts = []
    if totals.decided_nok > totals.in_file_nok:
        parts.append(f"{amount_text(totals.decided_nok - totals.in_file_nok)} er ikke lagt i bankfil ennå.")
    if totals.in_file_nok > totals.sent_nok:
        parts.append(
            f"{amount_text(totals.in_file_nok - totals.sent_nok)} ligger i bankfil og er ikke sendt."
        )
    if totals.in_file_nok > totals.decided_nok or totals.sent_nok > totals.in_file_nok:
        parts.append("Tallene stemmer ikke. Stopp betalingen og meld fra til den som drifter løsningen.")
    return " ".join(parts)


def batch_heading(page: BatchPage) -> str:
    return f"Betaling {page.batch.number}: {recipients(page.count)}, {amount_text(page.sum_nok)}"


def batch_lead(batch: Batch) -> str:
    week = batch.execution_date.isocalendar().week
    return f"Skal betales {weekday_date_text(batch.execution_date)}, uke {week}."


def batch_steps(page: BatchPage) -> list[Step]:
    """Klargjort, godkjent, fil laget, sendt: with who and when for what is done."""
    batch, names = page.batch, page.names
    prepared = Step("Klargjort", "done", _who_when(names.get(batch.prepared_by), batch.prepared_at))
    if batch.state == Batch.State.RETURNED:
        return [prepared, Step("Sendt tilbake", "now")]
    approved = _who_when(names.get(batch.approved_by) if batch.approved_by else None, batch.approved_at)
    sent = _who_when(names.get(batch.sent_by) if batch.sent_by else None, batch.sent_at)
    order = {"prepared": 1, "sealed": 3, "sent": 4}[batch.state]
    steps = [prepared, Step("Godkjent", note=approved), Step("Fil laget"), Step("Sendt til bank", note=sent)]
    return [
        Step(step.text, "done" if place < order else "now" if place == order else "later", step.note)
        for place, step in enumerate(steps)
    ]


def _who_when(name: str | None, at: datetime | None) -> str:
    if at is None:
        return ""
    return f"{name or 'Ukjent'}, {day_and_clock(at)}"


def file_facts(page: BatchPage) -> list[Fact]:
    """The sealed file: what it is called, how large, and the checksum the bank can be asked about."""
    if page.file is None:
        return []
    return [
        Fact("Fil", f"{page.file.message_id}.xml", source=f"Laget {day_and_clock(page.file.sealed_at)}"),
        Fact("Innhold", f"{recipients(page.file.count)}, {amount_text(page.file.sum_nok)}"),
        Fact("Kontrollsum (SHA-256)", page.file.sha256),
    ]


def day_text(day: date) -> str:
    return f"{day:%d.%m.%Y}"
