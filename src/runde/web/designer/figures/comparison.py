"""Two drafts or versions side by side: what differs in words, requirement by requirement, and what it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from runde.engine.whatif import Reach
from runde.grants.designs.api import Change, compare_contents
from runde.web.components.charts import Figure, Pair, PairedDots, Words

from .amounts import WITHHELD, count_text, kroner_text
from .differences import arrow_text, differences_of, paired
from .dimensions import INDUSTRY, MUNICIPALITY, Dimension
from .drawings import MOST_BARS, source_text
from .planned import Planned, plan
from .reckoning import reckon
from .scope import Scope
from .subjects import Subject

PARTS = {
    "rules": "Krav og beregning",
    "assumptions": "Antakelser",
    "take_up": "Hvor mange som søker",
    "sources": "Penger",
    "texts": "Tekster",
    "form": "Skjema",
    "legal_basis": "Rettslig grunnlag",
}


@dataclass(frozen=True)
class Side:
    """One of the two, reckoned."""

    subject: Subject
    planned: Planned
    reach: Reach


@dataclass(frozen=True)
class Line:
    """A row of the columns: the same thing on both sides. `is_changed` makes it stand out in words too."""

    name: str
    before: str
    after: str
    is_changed: bool


@dataclass(frozen=True)
class FigureRow:
    """A figure on both sides, with the difference."""

    name: str
    before: str
    after: str
    difference: str


def compared(before: Subject, after: Subject, scope: Scope, on: date) -> dict[str, Any]:
    """Context for `designer/figures/compare.html`. Raises RuleError for content that cannot be reckoned."""
    old, new = (_side(subject, scope, on) for subject in (before, after))
    lines = (*_requirements(old.planned, new.planned), *_calculation(old.planned, new.planned))
    same = tuple(line for line in lines if not line.is_changed)
    return {
        "before": before,
        "after": after,
        "differences": differences_of(old.reach, new.reach),
        "changes": tuple(_by_part(compare_contents(before.content, after.content))),
        "changed_lines": tuple(line for line in lines if line.is_changed),
        "same_lines": same,
        "same_heading": f"Det som er likt ({len(same)})",
        "rows": tuple(figure_rows(old.reach, new.reach)),
        "figures": tuple(_figures(old, new, scope)),
    }


def _side(subject: Subject, scope: Scope, on: date) -> Side:
    return Side(subject, plan(subject.content, on), reckon(subject.content, on, scope.municipalities))


def _by_part(changes: tuple[Change, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part, name in PARTS.items():
        sentences = tuple(change.sentence for change in changes if change.part == part)
        if sentences:
            yield name, sentences


def _requirements(old: Planned, new: Planned) -> Iterator[Line]:
    for slug in (*new.requirements, *(slug for slug in old.requirements if slug not in new.requirements)):
        before, after = old.requirements.get(slug, ""), new.requirements.get(slug, "")
        number = new.number(slug) or old.number(slug)
        yield Line(f"Krav {number}", before or "Ikke med", after or "Ikke med", before != after)


def _calculation(old: Planned, new: Planned) -> Iterator[Line]:
    names = (*new.amount, *(name for name in old.amount if name not in new.amount))
    for number, name in enumerate(names, 1):
        before, after = old.amount.get(name, ""), new.amount.get(name, "")
        yield Line(f"Ledd {number}", before or "Ikke med", after or "Ikke med", before != after)


def figure_rows(old: Reach, new: Reach) -> Iterator[FigureRow]:
    counts = (
        ("Kan få støtte", old.eligible, new.eligible),
        ("Får avslag", old.refused, new.refused),
        ("Må vurderes", old.refer, new.refer),
        ("Vet ikke nok", old.unknown, new.unknown),
    )
    sums = (
        ("Kostnad, lavt anslag (kr)", old.cost.low_nok, new.cost.low_nok),
        ("Kostnad, middels anslag (kr)", old.cost.middle_nok, new.cost.middle_nok),
        ("Kostnad, høyt anslag (kr)", old.cost.high_nok, new.cost.high_nok),
        ("Kostnad hvis alle søker (kr)", old.full_cost_nok, new.full_cost_nok),
    )
    for name, before, after in counts:
        yield FigureRow(name, count_text(before), count_text(after), arrow_text(before, after))
    for label, first, last in sums:
        yield FigureRow(label, kroner_text(first), kroner_text(last), arrow_text(first, last))
    yield _typical(old.median_nok, new.median_nok)


def _typical(before: Decimal | None, after: Decimal | None) -> FigureRow:
    """Nobody gets anything, or it is withheld: there is no typical grant to tell."""
    first, last = ("–" if one is None else kroner_text(one) for one in (before, after))
    known = before is not None and after is not None
    return FigureRow("Typisk tilskudd (kr)", first, last, arrow_text(before, after) if known else "–")


def _figures(old: Side, new: Side, scope: Scope) -> Iterator[Figure]:
    for dimension in (MUNICIPALITY, INDUSTRY):
        figure = _paired_dots(dimension, old, new, scope)
        if figure is not None:
            yield figure


def _paired_dots(dimension: Dimension, old: Side, new: Side, scope: Scope) -> PairedDots | None:
    pairs = [
        Pair(dimension.name_of(code), before, after, _texts(before, after))
        for code, before, after in paired(dimension, old.reach, new.reach)
        if (before, after) != (0, 0)
    ]
    if len(pairs) < 2:  # noqa: PLR2004 - one pair is a sentence, not a chart
        return None
    return PairedDots(
        f"endret-{dimension.slug}",
        Words(
            _finding(dimension, pairs[:MOST_BARS]),
            f"Virksomheter som kan få støtte {scope.words}, {dimension.split}"
            + (f", de {MOST_BARS} største" if len(pairs) > MOST_BARS else ""),
            source_text(new.reach),
        ),
        dimension.head,
        ("Før", "Nå"),
        tuple(pairs[:MOST_BARS]),
    )


def _texts(before: int | None, after: int | None) -> tuple[str, str, str]:
    return (count_text(before), count_text(after), arrow_text(before, after))


def _finding(dimension: Dimension, pairs: list[Pair]) -> str:
    moved = [one for one in pairs if one.before != one.after and WITHHELD not in one.texts]
    if not moved:
        return f"Ingen forskjell {dimension.split}"
    most = max(moved, key=lambda one: abs(Decimal(one.after or 0) - Decimal(one.before or 0)))
    return f"Mest endret: {most.name}, {most.texts[2]}"
