"""How near is near: the distances that are told apart for each criterion with a threshold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from runde.engine.rules.arithmetic import EXACT
from runde.engine.rules.closures import closure
from runde.engine.rules.explaining import Measure, measure
from runde.engine.rules.model import CheckedRules, admission
from runde.engine.rules.tree import Name, Node, is_constant, walk
from runde.engine.rules.value_types import NOK, SHARE
from runde.engine.rules.widths import sum_type

POINTS = tuple(Decimal(step) for step in ("0.01", "0.05", "0.10"))
DAYS = tuple(Decimal(step) for step in (30, 90, 365))
WHOLE = tuple(Decimal(step) for step in (1, 2, 5))
PARTS = tuple(Decimal(step) for step in ("0.05", "0.10", "0.25"))
"""Of the threshold, for kroner and other numbers with decimals."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """The steps of one criterion, smallest first, and their unit. `scale`: decimals of the distance."""

    steps: tuple[Decimal, ...]
    unit: str
    scale: int


def nearness_of(node: Node, rules: CheckedRules, on: date) -> Nearness | None:
    """None for a criterion without one threshold, or whose threshold is not the same for everybody."""
    found = measure(node)
    if found is None or not found.fits() or not is_constant(found.limit):
        return None
    if found.is_date:
        return Nearness(DAYS, "days", 0)
    unit, scale = found.unit, sum_type(found.measured, found.limit, "-").scale
    if unit == SHARE:
        return Nearness(POINTS, unit, scale)
    if unit == "days":
        return Nearness(DAYS, unit, scale)
    if unit != NOK and scale == 0:
        return Nearness(WHOLE, unit, scale)
    steps = _parts_of_limit(found, rules, on)
    return Nearness(steps, unit, scale) if steps else None


def _parts_of_limit(found: Measure, rules: CheckedRules, on: date) -> tuple[Decimal, ...]:
    limit = abs(_constant(found.limit, rules, on))
    return tuple(EXACT.multiply(limit, part) for part in PARTS) if limit else ()


def _constant(node: Node, rules: CheckedRules, on: date) -> Any:
    names = [part.name for part in walk(node) if isinstance(part, Name)]
    places: Mapping[str, int] = {name: place for place, name in enumerate(dict.fromkeys(names))}
    values = rules.constants_on(on)
    slots = [admission(rules.types[name], name)(values[name].value) for name in places]
    return closure(node, places)(slots)
