"""The figures behind likeness, kept as data with their source: weights, limits and groups."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("measures.json")
Groups = tuple[tuple[int, int | None], ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """`weights` add up to 100; points are 0 to 100 in each field, likeness 0 to 10 000. Groups include both ends."""

    weights: Mapping[str, int]
    industry_points: Mapping[str, int]
    same_distance_points: int
    same_size_points: int
    alike_from: int
    departure: Mapping[str, int]
    pairs: Mapping[str, int]
    elsewhere: Mapping[str, int]
    report: Mapping[str, int]
    size_groups: Groups
    age_groups: Groups


@cache
def measures() -> Measures:
    content = json.loads(LIST.read_text(encoding="utf-8"))
    del content["header"]
    for groups in ("size_groups", "age_groups"):
        content[groups] = tuple((low, high) for low, high in content[groups])
    return Measures(**content)


def group_of(number: int, groups: Groups) -> tuple[int, int | None]:
    """The group a number lies in. Raises ValueError below the first."""
    for low, high in groups:
        if low <= number and (high is None or number <= high):
            return low, high
    raise ValueError(f"No group holds {number}")
