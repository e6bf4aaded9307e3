"""The likeness in words: which fields are alike and which differ, with both values. Bokmål, for officers."""

from __future__ import annotations

from dataclasses import dataclass

from runde.engine.reference.api import UnknownIndustry, editions_of, industry_group, number_text
from runde.engine.rules import Distance

from .features import Features, Missed
from .likeness import Likeness, nearness
from .measures import measures

UNKNOWN = "ukjent"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One named field of two cases: `ours` is the case looked at, `theirs` the one it is compared with."""

    field: str
    label: str
    ours: str
    theirs: str
    is_alike: bool


def compare(ours: Features, theirs: Features, found: Likeness) -> tuple[Comparison, ...]:
    """Every field that counts towards likeness, each once for each criterion it is about."""
    industry_alike = found.industry >= measures().industry_points["division"]
    return (
        *_criteria(ours, theirs),
        Comparison(
            "industry", "Næring", industry_text(ours.industry), industry_text(theirs.industry), industry_alike
        ),
        Comparison(
            "size",
            "Størrelse",
            size_text(ours.employees),
            size_text(theirs.employees),
            found.size >= measures().same_size_points,
        ),
    )


def _criteria(ours: Features, theirs: Features) -> tuple[Comparison, ...]:
    mine = {one.token: one for one in ours.missed}
    others = {one.token: one for one in theirs.missed}
    if not mine and not others:
        return (Comparison("criteria", "Krav", "oppfyller alle", "oppfyller alle", True),)
    return tuple(_criterion(mine.get(token), others.get(token)) for token in sorted({*mine, *others}))


def _criterion(mine: Missed | None, other: Missed | None) -> Comparison:
    label = (mine or other or Missed("")).label
    alike = mine is not None and other is not None and _near(mine, other)
    return Comparison("criteria", label, gap_text(mine), gap_text(other), alike)


def _near(mine: Missed, other: Missed) -> bool:
    if mine.gap is None or other.gap is None:
        return mine.gap is other.gap
    return nearness(mine.gap.steps, other.gap.steps) >= measures().same_distance_points


def gap_text(missed: Missed | None) -> str:
    """ "mangler 3,6 prosentpoeng", "ikke oppfylt", "kan ikke avgjøres", "oppfylt" """
    if missed is None:
        return "oppfylt"
    if missed.is_unknown:
        return "kan ikke avgjøres"
    if missed.gap is None:
        return "ikke oppfylt"
    gap = missed.gap
    return Distance(gap.name, gap.size, gap.unit, gap.low, gap.is_date).sentence("nb")


def industry_text(code: str) -> str:
    """The name of the division the code is in, with the code; a code nobody holds stands alone."""
    for edition in reversed(editions_of(code)):
        try:
            return f"{industry_group(code[:2], edition).name} ({code})"
        except UnknownIndustry:
            continue
    return code or UNKNOWN


def size_text(employees: int | None) -> str:
    if employees is None:
        return UNKNOWN
    return "1 ansatt" if employees == 1 else f"{number_text(employees)} ansatte"
