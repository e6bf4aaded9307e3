"""Every way of sharing out a few awards, tried one by one in whole kroner. It knows nothing of the room's own code but
what is asked and what is answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from runde.engine.allocation.api import Allocation, Award, Source, Terms

Ways = tuple[tuple[int, ...], ...]
"""Kroner by award and source."""


@dataclass(frozen=True, slots=True)
class Best:
    """The most kroner that can be placed, and what the sources in lapse order give for each set of awards."""

    placed: int
    by_set: dict[frozenset[int], tuple[int, ...]]


def best_of(awards: Sequence[Award], sources: Sequence[Source], terms: Terms) -> Best | None:
    """None when what is locked fits in no way."""
    placed, by_set = -1, dict[frozenset[int], tuple[int, ...]]()
    order = lapse_order(sources)
    for way in product(*(list(ways_of(award, sources, terms)) for award in awards)):
        if not holds(way, awards, sources, terms):
            continue
        total = sum(map(sum, way))
        carried = frozenset(place for place, parts in enumerate(way) if any(parts))
        used = tuple(sum(parts[source] for parts in way) for source in order)
        placed = max(placed, total)
        by_set[carried] = max(by_set.get(carried, used), used)
    return None if placed < 0 else Best(placed, by_set)


def lapse_order(sources: Sequence[Source]) -> list[int]:
    return sorted(range(len(sources)), key=lambda place: (sources[place].lapses_date or date.max, place))


def ways_of(award: Award, sources: Sequence[Source], terms: Terms) -> Iterator[tuple[int, ...]]:
    """Nothing, and every division of the whole award among sources that may carry it."""
    whole = int(award.amount_nok)
    locks = {lock.source: lock for lock in terms.locks if lock.award == award.key}
    demanded = any(lock.amount_nok is None or lock.amount_nok for lock in locks.values())
    if not demanded:
        yield (0,) * len(sources)
    for parts in _divisions(whole, len(sources)):
        pairs = list(zip(parts, sources, strict=True))
        if all(_may(part, award, source) for part, source in pairs) and all(
            source.key not in locks
            or part == (whole if locks[source.key].amount_nok is None else locks[source.key].amount_nok)
            for part, source in pairs
        ):
            yield parts


def _divisions(whole: int, among: int) -> Iterator[tuple[int, ...]]:
    if among == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        yield from ((first, *rest) for rest in _divisions(whole - first, among - 1))


def _may(part: int, award: Award, source: Source) -> bool:
    if not part:
        return True
    too_early = award.paid_from and source.usable_from and award.paid_from < source.usable_from
    last = award.paid_by or award.paid_from
    too_late = last and source.lapses_date and last > source.lapses_date
    too_much = source.per_award_nok is not None and part > source.per_award_nok
    too_large = source.per_award_share is not None and part > source.per_award_share * award.amount_nok
    return source.key in award.eligible and not (too_early or too_late or too_much or too_large)


def holds(way: Ways, awards: Sequence[Award], sources: Sequence[Source], terms: Terms) -> bool:
    def total(source: str | None, group: str | None) -> int:
        return sum(
            part
            for award, parts in zip(awards, way, strict=True)
            for one, part in zip(sources, parts, strict=True)
            if source in (None, one.key) and (group is None or group in award.groups)
        )

    return (
        all(total(one.key, None) <= one.left_nok for one in sources)
        and all(total(one.source, one.group) <= one.amount_nok for one in terms.ceilings)
        and all(
            total(one.source, one.group)
            >= one.share * total(one.source if one.group is not None else None, None)
            for one in terms.minimum_shares
        )
    )


def way_of(found: Allocation, awards: Sequence[Award], sources: Sequence[Source]) -> Ways:
    amounts = [{part.source: int(part.amount_nok) for part in found.parts[award.key]} for award in awards]
    return tuple(tuple(held.get(source.key, 0) for source in sources) for held in amounts)


def faults_in(
    found: Allocation, awards: Sequence[Award], sources: Sequence[Source], terms: Terms
) -> list[str]:
    """What is wrong with an answer, by trying everything."""
    best, way = best_of(awards, sources, terms), way_of(found, awards, sources)
    if best is None:
        return ["an answer where there is none"]
    faults = []
    allowed = all(
        parts in set(ways_of(award, sources, terms)) for award, parts in zip(awards, way, strict=True)
    )
    if not allowed or not holds(way, awards, sources, terms):
        faults.append("breaks a limit")
        return faults
    if sum(map(sum, way)) != best.placed:
        faults.append("places too little")
    carried = frozenset(place for place, parts in enumerate(way) if any(parts))
    used = tuple(sum(parts[source] for parts in way) for source in lapse_order(sources))
    if used != best.by_set[carried]:
        faults.append("lets money lapse that could be used")
    return faults
