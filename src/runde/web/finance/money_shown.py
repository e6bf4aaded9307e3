"""Sources, schemes and years in the words, bars and rows that the pages show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse

from runde.engine.reference.api import amount_text, date_text, number_text, weekday_date_text
from runde.grants.budget.api import Cockpit, SourceMoney, Standing
from runde.grants.schemes.api import FundingSource
from runde.web.components.charts import (
    Figure,
    Forecast,
    Level,
    Part,
    Series,
    StackedBar,
    StackedBars,
    StepLines,
    Words,
)
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.finance.shown import amount
from runde.web.staff import day_and_clock, million_text

State = FundingSource.State
THOUSAND = Decimal(1000)
TAGS = {State.APPLIED_FOR: "neutral", State.SUBJECT_TO_DECISION: "warning", State.WITHDRAWN: "neutral"}
NO_GROUND = "Alle i ordningen"


def heading_of(found: Cockpit) -> str:
    """ "8,0 mill. kroner, 2,1 igjen": what is decided, and what nobody has proposed yet."""
    if not found.sources:
        return "Ingen penger er registrert ennå"
    return f"{million_text(found.decided_nok)} mill. kroner vedtatt, {million_text(found.free_nok)} ledig"


def lapsing_sentences(found: Cockpit) -> list[str]:
    """What must be used soon, and what was not used in time: the first to lapse first."""
    hasty = [one for one in found.sources if one.is_decided and one.lapsing_nok]
    hasty.sort(key=lambda one: (one.source.use_by_date or date.max, one.source.name))
    return [_lapsing(one) for one in hasty]


def _lapsing(one: SourceMoney) -> str:
    last = one.source.use_by_date
    if last is None:
        return ""
    if one.has_lapsed:
        return f"{amount_text(one.lapsing_nok)} fra «{one.source.name}» skulle vært brukt innen {date_text(last)}."
    return (
        f"{amount_text(one.lapsing_nok)} fra «{one.source.name}» må brukes innen {weekday_date_text(last)}."
    )


def bars_of(found: Cockpit, *, at: datetime, csv_url: str) -> Figure | None:
    """One bar for each source that may be used; money that is not decided is hatched, and the word says so."""
    shown = [one for one in found.sources if one.source.state not in (State.WITHDRAWN, State.APPLIED_FOR)]
    if not shown:
        return None
    words = Words(
        f"{amount_text(found.free_nok)} er ledig",
        "Penger for hver kilde, i tusen kroner",
        f"Kilde: hovedboka, {day_and_clock(at)}",
        csv_url,
    )
    return StackedBars("kilder", words, "Kilde", tuple(_bar(one) for one in shown))


def _bar(one: SourceMoney) -> StackedBar:
    total = _thousands(one.source.amount_nok)
    if not one.is_decided:
        waits = Part("Ledig", one.source.amount_nok, total, tentative=True)
        return StackedBar(
            one.source.name,
            total,
            (*(Part(name, 0, "0") for name in ("Utbetalt", "Bundet", "Foreslått")), waits),
        )
    parts = (
        ("Utbetalt", one.paid_nok),
        ("Bundet", one.committed_nok),
        ("Foreslått", one.recommended_nok),
        ("Ledig", one.free_nok),
    )
    return StackedBar(
        one.source.name, total, tuple(Part(name, value, _thousands(value)) for name, value in parts)
    )


def _thousands(amount_nok: Decimal) -> str:
    thousands = amount_nok / THOUSAND
    return number_text(thousands, decimals=0 if thousands == thousands.to_integral_value() else 1)


def lines_of(
    timeline: Sequence[Standing], decided_nok: Decimal, proposed_nok: Decimal, *, at: datetime, today: date
) -> Figure | None:
    """What is used and what is paid, day by day, under what is decided; the band is what is proposed besides.

    One day alone is no line: then there is no figure.
    """
    if not timeline or max(today, timeline[-1].day) == timeline[0].day:
        return None
    last = timeline[-1]
    finding = f"{amount_text(last.used_nok)} er bundet eller utbetalt"
    forecast = None
    if proposed_nok:
        high = last.used_nok + proposed_nok
        text = f"{_thousands(last.used_nok)}–{_thousands(high)}"
        forecast = Forecast("Med det som er foreslått", last.used_nok, high, text)
    first, end = timeline[0].day, max(today, last.day)
    return StepLines(
        identity="over-tid",
        words=Words(finding, "Tusen kroner, dag for dag", f"Kilde: hovedboka, {day_and_clock(at)}"),
        first_day=first,
        last_day=end,
        day_texts=(date_text(first), date_text(end)),
        series=(
            Series("Bundet og utbetalt", tuple(_level(one.day, one.used_nok) for one in timeline)),
            Series("Utbetalt", tuple(_level(one.day, one.paid_nok) for one in timeline)),
        ),
        frame=_level(first, decided_nok),
        frame_name="Vedtatt",
        forecast=forecast,
    )


def _level(day: date, amount_nok: Decimal) -> Level:
    return Level(day, amount_nok, _thousands(amount_nok))


def sources_table(found: Cockpit, slug: str) -> Table:
    heads = ("Vedtatt", "Utbetalt", "Bundet", "Foreslått", "Ledig", "Kom tilbake")
    columns = (
        Column("Kilde"),
        Column("Status"),
        *(Column(f"{head} (kr)" if place == 0 else head, "number") for place, head in enumerate(heads)),
        Column("Brukes innen"),
    )
    rows = [_source_row(one, slug) for one in found.sources]
    decided = [one for one in found.sources if one.is_decided]
    if len(decided) > 1:
        rows.append(_total_row(decided))
    return Table("Penger for hver kilde", columns, tuple(rows), hide_caption=True, tight=True)


def _total_row(decided: Sequence[SourceMoney]) -> Row:
    sums = [sum(column, Decimal(0)) for column in zip(*(_amounts(one) for one in decided), strict=True)]
    return Row((Cell("Vedtatt til sammen"), Cell(""), *(Cell(amount(one)) for one in sums), Cell("")))


def _amounts(one: SourceMoney) -> tuple[Decimal, ...]:
    return (
        one.source.amount_nok,
        one.paid_nok,
        one.committed_nok,
        one.recommended_nok,
        one.free_nok,
        one.returned_nok,
    )


def _source_row(one: SourceMoney, slug: str) -> Row:
    source = one.source
    last = source.use_by_date
    figures = _amounts(one) if one.is_decided else (source.amount_nok,)
    cells = [Cell(amount(value)) for value in figures] + [Cell("")] * (6 - len(figures))
    return Row(
        (
            Cell(source.name, url=reverse("source", args=[slug, source.id]), note=source.giver),
            Cell(source.stands_as, tag_color=TAGS.get(State(source.state), "")),
            *cells,
            Cell(date_text(last) if last else "Ingen frist"),
        ),
        tone="warning" if one.has_lapsed and one.lapsing_nok else "",
    )


def schemes_table(found: Cockpit) -> Table:
    columns = (
        Column("Ordning"),
        Column("Utbetalt (kr)", "number"),
        Column("Bundet", "number"),
        Column("Foreslått", "number"),
        Column("Igjen hos kildene", "number"),
    )
    rows = tuple(
        Row(
            (
                Cell(one.name),
                Cell(amount(one.paid_nok)),
                Cell(amount(one.committed_nok)),
                Cell(amount(one.recommended_nok)),
                Cell(amount(one.available_nok)),
            )
        )
        for one in found.schemes
    )
    return Table("Penger for hver ordning", columns, rows, hide_caption=True)
