"""«Likebehandling»: pairs of like cases that went two ways, and how groups of applicants came out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import (
    EDITIONS,
    UnknownIndustry,
    UnknownMunicipality,
    amount_text,
    date_text,
    municipality,
    number_text,
    section,
)
from runde.grants.casework.api import RoundFairness
from runde.grants.precedents.api import (
    Comparison,
    CriterionEffect,
    Fairness,
    GroupShare,
    Pair,
    Spread,
    Treated,
    measures,
)
from runde.web.components.charts.bars import Bar, HorizontalBars
from runde.web.components.charts.figure import Figure, Words
from runde.web.components.facts import Fact
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.staff import count_text

UNKNOWN = "Ikke kjent"
TOO_FEW = "færre enn {}"
Name = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two cases of a pair."""

    number: str
    url: str
    outcome: str


@dataclass(frozen=True, slots=True)
class ShownPair:
    first: Side
    second: Side
    alike: tuple[str, ...]
    differs: tuple[tuple[str, str], ...]
    is_explained: bool


def heading_of(found: RoundFairness) -> str:
    """The answer: how many like cases have gone two ways without a reason."""
    if not found.report.cases:
        return "Ingen saker er foreslått eller avgjort ennå"
    if not found.pairs_in_all:
        return "Ingen like saker har fått ulikt svar"
    if not found.unexplained:
        return f"{count_text(found.pairs_in_all, 'par', 'par')} av like saker fikk ulikt svar, alle med begrunnelse"
    return f"{count_text(found.unexplained, 'par', 'par')} av like saker fikk ulikt svar uten begrunnelse"


def key_facts_of(report: Fairness) -> list[Fact]:
    proposed = report.cases - report.decided
    return [
        Fact("Saker", number_text(report.cases)),
        Fact("Avgjort", number_text(report.decided)),
        Fact("Foreslått", number_text(proposed)),
        Fact("Får tilskudd", f"{number_text(report.granted)} ({_percent(report.granted, report.cases)})"),
    ]


def pairs_of(found: RoundFairness, slug: str) -> list[ShownPair]:
    return [_pair(one, slug) for one in found.pairs]


def _pair(pair: Pair, slug: str) -> ShownPair:
    told = pair.comparisons
    differs = tuple((one.label, f"{one.ours} mot {one.theirs}") for one in told if not one.is_alike)
    return ShownPair(
        _side(pair.first, slug),
        _side(pair.second, slug),
        tuple(_both(one) for one in told if one.is_alike),
        (*_levels(pair), *differs),
        pair.is_explained,
    )


def _levels(pair: Pair) -> tuple[tuple[str, str], ...]:
    """How much of what the rules calculate each was given, when that is what differs."""
    first, second = pair.first.level, pair.second.level
    if pair.unlike != "amount" or first is None or second is None:
        return ()
    return (("Av beløpet reglene gir", f"{_whole(first)} prosent mot {_whole(second)} prosent"),)


def _side(one: Treated, slug: str) -> Side:
    outcome = f"Tilskudd, {amount_text(one.amount_nok)}" if one.is_granted else "Avslag"
    return Side(
        one.case_number, _case_url(slug, one.case_id), outcome if one.is_decided else f"{outcome} (forslag)"
    )


def _case_url(slug: str, case_id: UUID) -> str:
    return reverse("case", args=[slug, case_id])


def _both(one: Comparison) -> str:
    return (
        f"{one.label}: {one.ours}" if one.ours == one.theirs else f"{one.label}: {one.ours} mot {one.theirs}"
    )


def figures_of(report: Fairness, *, at: datetime, csv_url: Callable[[str], str]) -> list[Figure]:
    """One chart for each way of grouping that has at least two groups large enough to show."""
    return [
        _figure(kind, found, name, at, csv_url(kind))
        for kind, found, name in _groupings(report)
        if len(found.groups) > 1
    ]


def figure_of(report: Fairness, kind: str, *, at: datetime) -> Figure | None:
    """The chart of one grouping, for its table; None for an unknown one."""
    for known, found, name in _groupings(report):
        if known == kind:
            return _figure(kind, found, name, at, "")
    return None


def _groupings(report: Fairness) -> tuple[tuple[str, Spread, Name], ...]:
    return (
        ("kommune", report.municipality, municipality_name),
        ("naering", report.industry, section_name),
        ("storrelse", report.size, lambda key: _range_name(key, "ansatt", "ansatte")),
        ("alder", report.age, lambda key: _range_name(key, "år", "år")),
    )


HEADS = {
    "kommune": "Kommune",
    "naering": "Næring",
    "storrelse": "Antall ansatte",
    "alder": "Virksomhetens alder",
}


def _figure(kind: str, found: Spread, name: Name, at: datetime, csv_url: str) -> Figure:
    ordered = sorted(found.groups, key=lambda one: (-one.percent, -one.cases, one.key))
    words = Words(
        _finding(ordered, name),
        f"Andel som får tilskudd, etter {HEADS[kind].lower()}, i prosent av sakene som er foreslått eller avgjort",
        f"Saksbehandlingen per {date_text(timezone.localdate(at))}.{_withheld(found)}",
        csv_url,
    )
    bars = tuple(_bar(one, name) for one in ordered)
    return HorizontalBars(
        f"fairness-{kind}",
        words,
        HEADS[kind],
        "Får tilskudd",
        bars,
        ("Saker", "Vanlig andel av beregnet beløp"),
    )


def _bar(one: GroupShare, name: Name) -> Bar:
    usual = "" if one.usual_level is None else f"{_whole(one.usual_level)} prosent"
    return Bar(name(one.key), one.percent, f"{one.percent} prosent", more=(number_text(one.cases), usual))


def _finding(ordered: list[GroupShare], name: Name) -> str:
    most, least = ordered[0], ordered[-1]
    if most.percent == least.percent:
        return f"Like stor andel får tilskudd i alle gruppene: {most.percent} prosent"
    return (
        f"{name(most.key)}: {most.percent} prosent får tilskudd. {name(least.key)}: {least.percent} prosent"
    )


def _withheld(found: Spread) -> str:
    if not found.withheld:
        return ""
    fewest = measures().report["fewest_in_group"]
    return (
        f" {count_text(found.withheld, 'gruppe', 'grupper')} med {number_text(found.withheld_cases)} saker til sammen "
        f"er ikke vist, fordi grupper med færre enn {fewest} kan vise hvem det gjelder."
    )


def criteria_table(report: Fairness) -> Table | None:
    """What missing each criterion meant."""
    if not report.criteria:
        return None
    columns = (
        Column("Krav"),
        Column("Mangler kravet", "number"),
        Column("Mangler bare dette", "number"),
        Column("Får likevel tilskudd", "number"),
    )
    rows = tuple(_criterion_row(one) for one in report.criteria)
    return Table("Hva hvert krav har hatt å si", columns, rows, hide_caption=True)


def _criterion_row(one: CriterionEffect) -> Row:
    few = TOO_FEW.format(measures().report["fewest_in_group"])
    counts = [few if value is None else number_text(value) for value in (one.missed, one.alone, one.granted)]
    return Row((Cell(one.label), *(Cell(text) for text in counts)))


def outliers_table(report: Fairness, slug: str) -> Table | None:
    """Grants far from what others who missed the same were given."""
    if not report.outliers:
        return None
    columns = (
        Column("Sak"),
        Column("Beløp (kr)", "number"),
        Column("Av beregnet", "number"),
        Column("Vanlig for like", "number"),
    )
    rows = tuple(
        Row(
            (
                Cell(f"Sak {one.treated.case_number}", url=_case_url(slug, one.treated.case_id)),
                Cell(number_text(one.treated.amount_nok)),
                Cell(f"{_whole(one.treated.level or Decimal(0))} prosent"),
                Cell(f"{_whole(one.usual_level)} prosent"),
            )
        )
        for one in report.outliers
    )
    return Table("Beløp som skiller seg ut", columns, rows, hide_caption=True)


def municipality_name(number: str) -> str:
    if not number:
        return UNKNOWN
    try:
        return municipality(number).name
    except UnknownMunicipality:
        return number


def section_name(letter: str) -> str:
    """By the newest edition that has the letter."""
    for edition in reversed(EDITIONS):
        try:
            return section(letter, edition).name
        except UnknownIndustry:
            continue
    return letter or UNKNOWN


def _range_name(key: str, one: str, several: str) -> str:
    if not key:
        return UNKNOWN
    low, high = key.split("-")
    if not high:
        return f"{low} {several} eller mer"
    if low == high:
        return f"{low} {one if low == '1' else several}"
    return f"{low}–{high} {several}"


def _percent(part: int, whole: int) -> str:
    return f"{round(part * 100 / whole)} prosent" if whole else "ingen"


def _whole(value: Decimal) -> str:
    return number_text(value.quantize(Decimal(1)))
