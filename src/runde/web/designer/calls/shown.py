"""A call as rows and facts: the list, what is agreed, its money, its files, and what has happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.urls import reverse

from runde.engine.reference.api import amount_text, count_word, date_text, number_text, table_amount_text
from runde.foundation.documents.api import Version
from runde.grants.schemes.api import (
    Call,
    FundingSource,
    MoneyLeft,
    contact_of,
    sources_of,
)
from runde.web.components.facts import Fact, Task
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.designer.calls.words import call_name, moment, state_cell
from runde.web.staff import count_text, day_and_clock

State = FundingSource.State
STATE_WORDS = {
    State.APPLIED_FOR: "Søkt om",
    State.DECIDED: "Vedtatt",
    State.SUBJECT_TO_DECISION: "Ikke vedtatt ennå",
    State.WITHDRAWN: "Trukket",
}


def calls_table(calls: Sequence[Call], slug: str, at: datetime) -> Table:
    columns = (Column("Utlysning"), Column("Tilstand"), Column("Frist"), Column("Slag"))
    rows = tuple(
        Row(
            (
                Cell(
                    call_name(call),
                    url=reverse("staff_call", args=[slug, call.id]),
                    note=f"{call.slug}, versjon {call.scheme_version.number}",
                ),
                state_cell(call, at),
                Cell(day_and_clock(call.closes_at)),
                Cell(Call.Kind(call.kind).label),
            )
        )
        for call in calls
    )
    return Table("Utlysninger", columns, rows, hide_caption=True)


def clock_facts(call: Call) -> list[Fact]:
    """When, in the order it happens."""
    grace = f"{count_text(call.grace_minutes, 'minutt', 'minutter')} til de som har begynt"
    return [
        Fact("Slag", Call.Kind(call.kind).label),
        Fact("Åpner", moment(call.opens_at)),
        Fact("Frist", moment(call.closes_at)),
        Fact("Etter fristen", grace if call.grace_minutes else "Ingen ekstra tid"),
        *([Fact("De som kommer for sent", call.late_rule["nb"])] if call.late_rule.get("nb") else []),
        Fact("Svar senest", date_text(call.answer_by_date)),
    ]


def terms_facts(call: Call) -> list[Fact]:
    contact = contact_of(call)
    reached = ", ".join(one for one in (contact.name, contact.email, contact.phone) if one)
    accepts = f"Ja, innen {count_text(call.acceptance_days or 0, 'dag', 'dager')}"
    report = f"{count_text(call.report_due_days or 0, 'dag', 'dager')} etter at pengene er betalt"
    return [
        Fact("Kontakt", reached or "Ingen"),
        Fact("Må vilkårene godtas?", accepts if call.needs_acceptance else "Nei"),
        Fact("Rapport", report if call.report_due_days else "Ingen"),
        Fact("Kladder lagres", f"{count_text(call.keep_drafts_days, 'dag', 'dager')} etter fristen"),
        Fact(
            "Eurokurs",
            f"{number_text(call.euro_rate, decimals=4)} kroner",
            source=f"{call.euro_rate_source}, {date_text(call.euro_rate_date)}",
        ),
    ]


def money_facts(left: MoneyLeft) -> list[Fact]:
    """What is decided, what waits and what is left; nothing about what is not there."""
    facts = []
    if left.decided_nok:
        facts += [Fact("Vedtatt", amount_text(left.decided_nok)), Fact("Igjen", amount_text(left.left_nok))]
    if left.waiting_nok:
        facts.append(Fact("Under forutsetning av vedtak", amount_text(left.waiting_nok)))
    return facts


def sources_table(sources: Sequence[FundingSource]) -> Table:
    """In the order the money is used."""
    columns = (
        Column("Kilde"),
        Column("Beløp (kr)", "number"),
        Column("Gjelder"),
        Column("Vedtak"),
    )
    rows = tuple(_source_row(place, one) for place, one in enumerate(sources, start=1))
    return Table("Penger til utlysningen", columns, rows, hide_caption=True)


def _source_row(place: int, source: FundingSource) -> Row:
    waits = source.state == State.SUBJECT_TO_DECISION
    return Row(
        (
            Cell(f"{place}. {source.name}", note=source.giver),
            Cell(table_amount_text(source.amount_nok)),
            Cell(source.earmark_text or "Alle"),
            Cell(
                STATE_WORDS[State(source.state)],
                note=_decision_note(source),
                tag_color="warning" if waits else "",
            ),
        ),
        tone="warning" if waits else "",
    )


def _decision_note(source: FundingSource) -> str:
    if source.state == State.SUBJECT_TO_DECISION and source.decision_expected_date:
        return f"Ventes {date_text(source.decision_expected_date)}"
    return source.decision_document


def file_rows(call: Call, files: Sequence[Version], slug: str) -> Table:
    columns = (Column("Fil"), Column("Lagt til"), Column("Størrelse", "number"))
    rows = tuple(
        Row(
            (
                Cell(
                    one.document.title,
                    url=reverse("staff_call_file", args=[slug, call.id, one.id]),
                    note=one.file_name,
                ),
                Cell(day_and_clock(one.made_at)),
                Cell(size_text(one.size)),
            )
        )
        for one in files
    )
    return Table("Filer", columns, rows, hide_caption=True)


def size_text(size: int) -> str:
    """ "340 kB", "2,4 MB" """
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{number_text(Decimal(size) / 1_000_000, decimals=1)} MB"


def draft_tasks(call: Call, files: Sequence[Version], slug: str) -> list[Task]:
    """What is left before a draft can be published."""
    funded = len(sources_of(call))
    contact = contact_of(call)
    return [
        Task("Ordning, frist og vilkår", reverse("change_call", args=[slug, call.id]), "done"),
        Task(
            "Penger",
            reverse("staff_call_money", args=[slug, call.id]),
            "done" if funded else "waiting",
            f"{count_word(funded).capitalize()} {'kilde' if funded == 1 else 'kilder'}" if funded else "",
        ),
        Task(
            "Kontakt",
            reverse("staff_call_contact", args=[slug, call.id]),
            "done" if contact.email or contact.phone else "waiting",
            contact.name,
        ),
        Task(
            "Filer (valgfritt)",
            reverse("staff_call_files", args=[slug, call.id]),
            "done" if files else "waiting",
            count_text(len(files), "fil", "filer") if files else "",
        ),
    ]
