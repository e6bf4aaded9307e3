"""What is scored: criteria with weights on one scale, the same for everybody in the call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

WHOLE = 100
"""Weights are whole per cent."""
MOST_CRITERIA = 12
STEPS = (2, 10)
"""A scale has at least this many steps above its lowest, and at most."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """`key` is what scores name it by; `help` says what gives many points and what gives few."""

    key: str
    label: str
    weight: int
    help: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole points, both ends included."""

    lowest: int
    highest: int

    @property
    def points(self) -> range:
        return range(self.lowest, self.highest + 1)


def criteria_from(rows: Iterable[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(str(row["key"]), str(row["label"]), int(row["weight"]), str(row.get("help", "")))
        for row in rows
    )


def as_rows(criteria: Iterable[Criterion]) -> list[dict[str, Any]]:
    return [asdict(one) for one in criteria]


def problems_with(criteria: Sequence[Criterion], scale: Scale) -> dict[str, str]:
    """Field name to a sentence that says how to mend it; empty when all holds. Criterion fields are "label_0", …"""
    problems: dict[str, str] = {}
    if not criteria:
        return {"label_0": "Skriv minst ett kriterium."}
    if len(criteria) > MOST_CRITERIA:
        return {f"label_{MOST_CRITERIA}": f"Bruk høyst {MOST_CRITERIA} kriterier. Slå sammen noen av dem."}
    seen: set[str] = set()
    for place, one in enumerate(criteria):
        name = one.label.strip().lower()
        if not name:
            problems[f"label_{place}"] = "Skriv hva som vurderes."
        elif name in seen:
            problems[f"label_{place}"] = f"Kriteriet «{one.label}» står to ganger. Gi det et annet navn."
        seen.add(name)
        if one.weight <= 0:
            problems[f"weight_{place}"] = "Skriv hvor mye kriteriet teller, i hele prosent over 0."
    total = sum(one.weight for one in criteria)
    if not problems and total != WHOLE:
        problems["weight_0"] = f"Vektene skal bli 100 prosent til sammen. Nå er de {total}."
    return problems | _scale_problem(scale)


def _scale_problem(scale: Scale) -> dict[str, str]:
    fewest, most = STEPS
    if fewest <= scale.highest - scale.lowest <= most:
        return {}
    return {"highest": f"Skalaen må ha fra {fewest + 1} til {most + 1} trinn."}


def weighted(points: Mapping[str, Fraction | int], criteria: Sequence[Criterion]) -> Fraction:
    """The points together, weighted, on the same scale. Exact."""
    total = sum((Fraction(points[one.key]) * one.weight for one in criteria), Fraction(0))
    return total / sum(one.weight for one in criteria)
