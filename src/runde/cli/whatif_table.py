"""The what-if's figures for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rich.console import Console
from rich.table import Table

from runde.engine.reference.api import Municipality, amount_text, date_text
from runde.engine.rules import Derived, Fact, compile_ruleset
from runde.engine.whatif import CriterionReach, Design, NearBand, Reach

WIDEST = 52
WIDE = 120
UNITS = {"share": "prosentpoeng", "days": "dager", "nok": "kroner"}


def show(design: Design, reach: Reach, place: Municipality | None, remark: str, milliseconds: float) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDE)
    for line in _finding(design, reach, place):
        console.print(line, markup=False, soft_wrap=True)
    console.print(_criteria(design, reach))
    console.print(_money(reach))
    for line in _footnotes(design, reach, remark, milliseconds):
        console.print(line, markup=False, soft_wrap=True)


def _finding(design: Design, reach: Reach, place: Municipality | None) -> Iterator[str]:
    where = place.name if place else "hele landet"
    yield f"{design.ruleset.title['nb']}, {where}, {date_text(reach.on)}"
    low, high = _kroner(reach.cost.low_nok), _kroner(reach.cost.high_nok)
    yield (
        f"{_count(reach.eligible)} av {_count(reach.companies)} virksomheter kan få støtte. "
        f"Forventet kostnad {low} til {high}. "
        f"Rammen på {_kroner(reach.budget_nok)} holder i {reach.holds_in} av 3 anslag."
    )
    yield (
        f"{_count(reach.refer)} må vurderes, {_count(reach.unknown)} mangler opplysninger, "
        f"{_count(reach.refused)} oppfyller ikke kravene."
    )
    yield ""


def _criteria(design: Design, reach: Reach) -> Table:
    table = Table(box=None, title_justify="left", pad_edge=False)
    for heading in ("Krav", "Ikke oppfylt", "Bare dette", "Også andre", "Ukjent", "Nesten innenfor"):
        table.add_column(heading, justify="left" if heading in ("Krav", "Nesten innenfor") else "right")
    requirements = compile_ruleset(design.ruleset).requirements(reach.on)
    for one in reach.criteria:
        sentence = requirements[one.slug]
        short = sentence if len(sentence) <= WIDEST else sentence[: WIDEST - 1] + "…"
        counts = (one.not_met, one.alone, one.together, one.unknown)
        table.add_row(short, *map(_count, counts), _near(one))
    return table


def _near(one: CriterionReach) -> str:
    return ", ".join(
        f"{_count(band.count)} innen {_distance(band, one.unit)}" for band in one.near if band.count
    )


def _distance(band: NearBand, unit: str) -> str:
    upto = band.upto * 100 if unit == "share" else band.upto
    number = format(upto.normalize(), "f").replace(".", ",")
    return f"{number} {UNITS.get(unit, unit)}".strip()


def _money(reach: Reach) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("Anslag", "Lavt", "Middels", "Høyt"):
        table.add_column(heading, justify="left" if heading == "Anslag" else "right")
    cost = reach.cost
    table.add_row("Søkere", *map(_count, reach.applicants))
    table.add_row("Kostnad", _kroner(cost.low_nok), _kroner(cost.middle_nok), _kroner(cost.high_nok))
    for one in reach.sources:
        row = (one.low_nok, one.middle_nok, one.high_nok)
        table.add_row(f"  {one.name} ({_kroner(one.amount_nok)})", *map(_kroner, row))
    return table


def _footnotes(design: Design, reach: Reach, remark: str, milliseconds: float) -> Iterator[str]:
    yield ""
    sentences = {
        slug: said.rstrip(".")
        for slug, said in compile_ruleset(design.ruleset).requirements(reach.on).items()
    }
    for one in design.assumptions:
        if one.name in reach.assumed:
            yield f"Antatt {_in_sentence(label_of(design, one.name))}: {one.source}"
    for name in reach.missing:
        yield f"Mangler {_in_sentence(label_of(design, name))}: det er verken i registeret eller antatt."
    for first, second in reach.contradictions:
        both = f"«{sentences.get(first, first)}» og «{sentences.get(second, second)}»"
        yield f"Ingen virksomheter kan oppfylle både {both}."
    for slug in reach.met_by_nobody:
        yield f"Ingen virksomheter oppfyller kravet «{sentences.get(slug, slug)}»."
    snapshot = reach.snapshot
    took = f"{milliseconds:.0f}"
    yield (
        f"Kilde: {snapshot.source} per {date_text(snapshot.as_of_date)}, "
        f"{_count(snapshot.companies)} virksomheter. Svaret tok {took} millisekunder."
    )
    if remark:
        yield remark


def label_of(design: Design, name: str) -> str:
    """What people call a fact or a value worked out; its own name when the rules lack it."""
    parts: tuple[Fact | Derived, ...] = (*design.ruleset.facts, *design.ruleset.derived)
    return next((one.label["nb"] for one in parts if one.name == name), name)


def _in_sentence(label: str) -> str:
    """Abbreviations keep their capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _count(count: int | None) -> str:
    return "–" if count is None else f"{count:,}".replace(",", "\u00a0")


def _kroner(amount: Decimal | None) -> str:
    return "–" if amount is None else amount_text(amount)
