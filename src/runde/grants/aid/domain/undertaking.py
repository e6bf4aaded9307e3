"""Which units are one undertaking: by the register, and by what people have found out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Tie:
    """Two units that belong together, since a day: by the register, or because somebody found that they do.

    `is_branch`: the first is a part of the other, and no company of its own.
    """

    number: str
    other: str
    since_date: date
    reason: str
    is_by_register: bool = True
    is_branch: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """Somebody's word on two units: that they are one undertaking from a day, or that they are not.

    `to_date` is the last day it holds, None when it holds until further. Of two about the same pair, the one
    further on in the list prevails.
    """

    number: str
    other: str
    is_linked: bool
    from_date: date
    to_date: date | None
    reason: str

    def holds_on(self, on: date) -> bool:
        return self.from_date <= on and (self.to_date is None or on <= self.to_date)

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.number, self.other))


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A single undertaking on a day: its units by number, and the ties that make them one."""

    members: frozenset[str]
    ties: tuple[Tie, ...] = ()

    @property
    def other_companies(self) -> int:
        """How many it is besides one; branches are no companies."""
        branches = {tie.number for tie in self.ties if tie.is_branch}
        return len(self.members - branches) - 1


def ruled(ties: Iterable[Tie], rulings: Sequence[Ruling], on: date) -> list[Tie]:
    """The ties that hold that day, when the register's are set right by what people have found out."""
    said = {one.pair: one for one in rulings if one.holds_on(on)}
    kept = [one for one in ties if frozenset((one.number, one.other)) not in said]
    found = [
        Tie(one.number, one.other, one.from_date, one.reason, is_by_register=False)
        for one in said.values()
        if one.is_linked
    ]
    return sorted([*kept, *found], key=lambda one: (one.number, one.other))


def undertakings(numbers: Collection[str], ties: Sequence[Tie]) -> dict[str, Undertaking]:
    """By number, the undertaking each is part of; one alone when nothing ties it to others."""
    group: dict[str, set[str]] = {number: {number} for number in numbers}
    for tie in ties:
        joined = group.get(tie.number, {tie.number}) | group.get(tie.other, {tie.other})
        group.update(dict.fromkeys(joined, joined))
    made: dict[int, Undertaking] = {}
    for members in (group[number] for number in numbers):
        if id(members) not in made:
            own = tuple(tie for tie in ties if tie.number in members)
            made[id(members)] = Undertaking(frozenset(members), own)
    return {number: made[id(group[number])] for number in numbers}
