"""A call's money as heading, rows and one drawn bar for each source."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from runde.engine.reference.api import amount_text, number_text
from runde.grants.casework.api import FundingPreview, Lateness, Overview, SourceStanding
from runde.grants.schemes.api import FundingSource
from runde.web.components.charts import Part, StackedBar, StackedBars, Words
from runde.web.components.facts import Fact
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.staff import count_text, day_and_clock, million_text

THOUSAND = Decimal(1000)
STATES = {
    "applied_for": "Søkt om",
    "decided": "Vedtatt",
    "subject_to_decision": "Ikke vedtatt",
    "withdrawn": "Trukket",
}
NOT_COMING = (FundingSource.State.APPLIED_FOR, FundingSource.State.WITHDRAWN)


def standing_sources(found: Overview) -> list[SourceStanding]:
    """Those whose money is decided, or has a day when it will be."""
    return [one for one in found.sources if one.source.state not in NOT_COMING]


def heading_of(found: Overview) -> str:
    sources = standing_sources(found)
    if not sources:
        return "Ingen penger til utlysningen ennå"
    decided = sum((one.source.amount_nok for one in sources if one.is_decided), Decimal(0))
    return f"{million_text(decided)} mill. kroner vedtatt, {million_text(found.left_nok)} igjen"


def counts(found: Overview, preview: FundingPreview) -> list[Fact]:
    """From applied to granted: how many and how much."""
    proposed = sum((one.taken_nok for one in preview.sources), Decimal(0))
    weighing = sum(lane.count for lane in found.lanes.values())
    return [
        Fact("Søkt", _cases(found.applied)),
        Fact("Åpne", _cases(weighing), source=f"Reglene gir {amount_text(found.recommended_nok)}"),
        *_late(found),
        Fact("Venter på godkjenning", _cases(found.states.get("proposed", 0)), source=_sum(proposed)),
        Fact("Innvilget", _cases(found.granted), source=_sum(found.granted_nok)),
        Fact("Avslag", _cases(found.refused)),
    ]


def _late(found: Overview) -> list[Fact]:
    """What has passed its deadline, open or before an approver."""
    late = found.late + found.late_proposed
    if not late:
        return []
    before = f"{_cases(found.late_proposed)} venter på godkjenning" if found.late_proposed else ""
    return [Fact("Over fristen", _cases(late), source=before)]


def told_fact(lateness: Lateness | None) -> list[Fact]:
    """How many of those who wait have been told that it takes longer; nothing while none has."""
    told = lateness.told if lateness else 0
    return [Fact("Venter, med foreløpig svar", _cases(told))] if told else []


def _cases(count: int) -> str:
    return count_text(count, "sak", "saker")


def _sum(amount_nok: Decimal) -> str:
    return f"Til sammen {amount_text(amount_nok)}" if amount_nok else ""


def funds_figure(
    found: Overview, preview: FundingPreview, *, at: datetime, csv_url: str
) -> StackedBars | None:
    """Paid, bound, proposed and free for each source; undecided money is hatched and said."""
    sources = standing_sources(found)
    if not sources:
        return None
    taken = preview.taken
    return StackedBars(
        identity="kilder",
        words=Words(
            finding_of(found),
            "Penger for hver kilde, i tusen kroner",
            f"Kilde: hovedboka, {day_and_clock(at)}",
            csv_url,
        ),
        name_head="Kilde",
        bars=tuple(_bar(one, taken.get(one.source.id, Decimal(0))) for one in sources),
    )


def finding_of(found: Overview) -> str:
    waiting = [one for one in standing_sources(found) if not one.is_decided]
    finding = f"{amount_text(found.left_nok)} er ledig"
    if waiting:
        undecided = sum((one.source.amount_nok for one in waiting), Decimal(0))
        finding += f", og {amount_text(undecided)} venter på vedtak"
    return finding


def _bar(one: SourceStanding, proposed: Decimal) -> StackedBar:
    if not one.is_decided:
        parts = (_part("Utbetalt", 0), _part("Bundet", 0), _part("Foreslått", 0))
        free = _part("Ledig", one.source.amount_nok, tentative=True)
        return StackedBar(one.source.name, _thousands(one.source.amount_nok), (*parts, free))
    return StackedBar(
        one.source.name,
        _thousands(one.source.amount_nok),
        (
            _part("Utbetalt", one.paid_nok),
            _part("Bundet", one.committed_nok + one.in_bank_file_nok),
            _part("Foreslått", proposed),
            _part("Ledig", one.available_nok - proposed),
        ),
    )


def _part(name: str, amount_nok: Decimal | int, *, tentative: bool = False) -> Part:
    return Part(name, Decimal(amount_nok), _thousands(Decimal(amount_nok)), tentative=tentative)


def _thousands(amount_nok: Decimal) -> str:
    thousands = amount_nok / THOUSAND
    return number_text(thousands, decimals=0 if thousands == thousands.to_integral_value() else 1)


def sources_table(found: Overview) -> Table:
    columns = (
        Column("Kilde"),
        Column("Status"),
        Column("Kan brukes til"),
        Column("Vedtak"),
        Column("Beløp (kr)", "number"),
    )
    rows = tuple(
        Row(
            (
                Cell(one.source.name, note=one.source.giver),
                Cell(STATES[one.source.state], tag_color="" if one.is_decided else "warning"),
                Cell(one.source.earmark_text or "Alle i ordningen"),
                Cell(one.source.decision_document or "–"),
                Cell(number_text(one.source.amount_nok)),
            )
        )
        for one in found.sources
    )
    return Table("Kilder", columns, rows, hide_caption=True)


def round_table(found: Overview, proposed: FundingPreview, ready: FundingPreview | None) -> Table | None:
    """From granted to what is left, for each decided source. `ready` also counts what the rules alone lead to.

    Without `ready` (too many cases to share out on a page, or too little money) that column is left out.
    """
    sources = [one for one in standing_sources(found) if one.is_decided]
    if not sources:
        return None
    counted = ready if ready and not ready.short else None
    waiting, all_taken = proposed.taken, counted.taken if counted else {}
    columns = [Column("Kilde"), Column("Ramme (kr)", "number"), Column("Innvilget i runden (kr)", "number")]
    columns += [Column("Foreslått (kr)", "number")]
    columns += [Column("Beregnet for klare (kr)", "number")] if counted else []
    columns += [Column("Igjen (kr)", "number")]
    rows = []
    for one in sources:
        asked = waiting.get(one.source.id, Decimal(0))
        coming = all_taken.get(one.source.id, asked) - asked
        amounts = [one.source.amount_nok, one.granted_nok, asked]
        amounts += [coming] if counted else []
        amounts += [one.available_nok - asked - coming]
        rows.append(amounts)
    shown = tuple(
        Row((Cell(one.source.name), *(Cell(number_text(amount)) for amount in amounts)))
        for one, amounts in zip(sources, rows, strict=True)
    )
    total = ("Til sammen", *(number_text(sum(column, Decimal(0))) for column in zip(*rows, strict=True)))
    return Table("Fra ramme til igjen", tuple(columns), shown, total=total, hide_caption=True)
