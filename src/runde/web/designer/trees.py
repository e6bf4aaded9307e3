"""Long code lists as trees of boxes: industries under their sections, municipalities under their counties."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from runde.engine.reference.api import (
    Edition,
    list_counties,
    list_divisions,
    list_municipalities,
    list_sections,
)

EDITION: Edition = "SN2025"


@dataclass(frozen=True, slots=True)
class Box:
    code: str
    label: str
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """A group of boxes. With a `code` the whole group can be chosen at once."""

    code: str
    label: str
    boxes: tuple[Box, ...]
    is_checked: bool = False

    @property
    def count(self) -> int:
        return sum(box.is_checked for box in self.boxes)

    @property
    def summary(self) -> str:
        """What is chosen inside, for the closed group."""
        if self.is_checked:
            return "hele gruppa"
        return f"{self.count} valgt" if self.count else ""


def industry_tree(chosen: Collection[str]) -> tuple[Branch, ...]:
    return tuple(_marked(branch, chosen) for branch in _industries())


def municipality_tree(chosen: Collection[str], on: date) -> tuple[Branch, ...]:
    return tuple(_marked(branch, chosen) for branch in _municipalities(on))


def flat_tree(choices: Iterable[tuple[str, str]], chosen: Collection[str]) -> tuple[Branch, ...]:
    """A short list without groups."""
    boxes = tuple(Box(code, label, code in chosen) for code, label in choices)
    return (Branch("", "", boxes),)


def municipality_names(on: date) -> dict[str, str]:
    """Number to name; names that two municipalities share carry their county."""
    return {box.code: box.label for branch in _municipalities(on) for box in branch.boxes}


def industry_names() -> dict[str, str]:
    """Section letters and division numbers with their names."""
    names = {branch.code: branch.label for branch in _industries()}
    return names | {box.code: box.label for branch in _industries() for box in branch.boxes}


def _marked(branch: Branch, chosen: Collection[str]) -> Branch:
    boxes = tuple(Box(box.code, box.label, box.code in chosen) for box in branch.boxes)
    return Branch(branch.code, branch.label, boxes, bool(branch.code) and branch.code in chosen)


@lru_cache(maxsize=1)
def _industries() -> tuple[Branch, ...]:
    divisions = list_divisions(EDITION)
    return tuple(
        Branch(
            section.letter,
            f"{section.letter} {section.name}",
            tuple(
                Box(one.code, f"{one.code} {one.name}") for one in divisions if one.section == section.letter
            ),
        )
        for section in list_sections(EDITION)
    )


@lru_cache(maxsize=4)
def _municipalities(on: date) -> tuple[Branch, ...]:
    places, counties = list_municipalities(on), {one.number: one.name for one in list_counties(on)}
    seen: dict[str, int] = {}
    for place in places:
        seen[place.name] = seen.get(place.name, 0) + 1

    def label(name: str, county: str) -> str:
        return name if seen[name] == 1 else f"{name} ({counties[county]})"

    return tuple(
        Branch(
            "",
            name,
            tuple(
                Box(place.number, label(place.name, place.county_number))
                for place in sorted(places, key=lambda one: one.name)
                if place.county_number == number
            ),
        )
        for number, name in counties.items()
    )
