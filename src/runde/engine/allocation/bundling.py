"""Alike awards put in bundles, and every limit as whole numbers: the problem the solver is given.

Awards that fit the same sources and stand in the same groups may be carried by the same mixture, whatever their
amounts: twenty thousand awards become a few hundred bundles. Where a source carries only part of each award, the
mixture depends on the amount, and then only awards of the same amount are alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from runde.engine.allocation.asked import Award, Lock, Source, Terms, fits_period, most_of

LimitKind = Literal["source", "ceiling", "minimum"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What makes awards alike. `caps` are kroner of each award by source, and `amount` the award's; empty and zero
    where no source has a cap that can be felt. `fits_earmark` tells whether any source would have it, were it not for
    its period and what is locked."""

    sources: tuple[int, ...]
    groups: frozenset[str]
    caps: tuple[int, ...]
    amount: int
    is_locked: bool
    fits_earmark: bool


@dataclass(slots=True)
class Bundle:
    """Places of alike awards in the order given, and what each still needs carried."""

    kind: Kind
    places: list[int] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)

    @property
    def wanted(self) -> int:
        return sum(self.amounts)

    def cap(self, source: int) -> int | None:
        """The most the source may carry of each award here; None where it may carry all."""
        return self.kind.caps[self.kind.sources.index(source)] if self.kind.caps else None


@dataclass(frozen=True, slots=True)
class Limit:
    """The sum of weight times kroner may not pass `most`; `weights` are by bundle and source."""

    kind: LimitKind
    key: str
    name: str
    weights: Mapping[tuple[int, int], int]
    most: int


@dataclass(frozen=True, slots=True)
class Problem:
    """`fixed` is what locks have settled, by place of the award and of the source. Limits have it taken off already;
    the first limits are the sources, in their order."""

    awards: Sequence[Award]
    sources: Sequence[Source]
    bundles: Sequence[Bundle]
    fixed: Mapping[tuple[int, int], int]
    limits: Sequence[Limit]

    @property
    def wanted(self) -> int:
        return sum(bundle.wanted for bundle in self.bundles)

    @property
    def is_network(self) -> bool:
        """Only amounts of sources: whole numbers in give whole numbers out."""
        return all(limit.kind == "source" for limit in self.limits)


def bundle_up(awards: Sequence[Award], sources: Sequence[Source], terms: Terms) -> Problem:
    """The problem in whole kroner."""
    locks: dict[str, list[Lock]] = {}
    for lock in terms.locks:
        locks.setdefault(lock.award, []).append(lock)
    spoken_of = {one.group for one in terms.limits if one.group is not None}
    place_of = {source.key: place for place, source in enumerate(sources)}
    bundles: dict[Kind, Bundle] = {}
    fixed: dict[tuple[int, int], int] = {}
    for place, award in enumerate(awards):
        settled = _settled(award, locks.get(award.key, ()), place_of)
        fixed.update({(place, source): amount for source, amount in settled.items() if amount})
        left = int(award.amount_nok) - sum(settled.values())
        if left:
            kind = _kind(award, sources, settled, left, spoken_of)
            bundle = bundles.setdefault(kind, Bundle(kind))
            bundle.places.append(place)
            bundle.amounts.append(left)
    ordered = list(bundles.values())
    return Problem(awards, sources, ordered, fixed, _limits(awards, sources, terms, ordered, fixed))


def _settled(award: Award, locks: Sequence[Lock], place_of: Mapping[str, int]) -> dict[int, int]:
    """Kroner by source where a lock says how many."""
    whole = award.amount_nok
    return {place_of[one.source]: int(whole if one.amount_nok is None else one.amount_nok) for one in locks}


def _kind(
    award: Award, sources: Sequence[Source], settled: Mapping[int, int], left: int, spoken_of: set[str]
) -> Kind:
    open_to = tuple(
        place
        for place, source in enumerate(sources)
        if source.key in award.eligible and place not in settled and fits_period(award, source)
    )
    caps = tuple(min(left, most_of(award, sources[place])) for place in open_to)
    is_alike = all(cap == left for cap in caps)
    return Kind(
        open_to,
        award.groups & spoken_of,
        () if is_alike else caps,
        0 if is_alike else left,
        any(settled.values()),
        bool(award.eligible),
    )


def _limits(
    awards: Sequence[Award],
    sources: Sequence[Source],
    terms: Terms,
    bundles: Sequence[Bundle],
    fixed: Mapping[tuple[int, int], int],
) -> list[Limit]:
    pairs = [
        (at, source, bundle.kind.groups)
        for at, bundle in enumerate(bundles)
        for source in bundle.kind.sources
    ]
    held = [(place, source, awards[place].groups, amount) for (place, source), amount in fixed.items()]
    limits = []
    for place, one in enumerate(sources):
        used = sum(amount for _, source, _, amount in held if source == place)
        weights = {(at, source): 1 for at, source, _ in pairs if source == place}
        limits.append(Limit("source", one.key, one.name, weights, int(one.left_nok) - used))
    for ceiling in terms.ceilings:
        inside = _Scope(ceiling.source, ceiling.group, sources)
        used = sum(amount for _, source, groups, amount in held if inside.has(source, groups))
        weights = {(at, source): 1 for at, source, groups in pairs if inside.has(source, groups)}
        limits.append(Limit("ceiling", ceiling.key, ceiling.name, weights, int(ceiling.amount_nok) - used))
    for one_share in terms.minimum_shares:
        above, below = one_share.share.as_integer_ratio()
        whole = _Scope(one_share.source if one_share.group is not None else None, None, sources)
        part = _Scope(one_share.source, one_share.group, sources)

        def weigh(source: int, groups: frozenset[str]) -> int:
            return above * whole.has(source, groups) - below * part.has(source, groups)  # noqa: B023

        used = sum(weigh(source, groups) * amount for _, source, groups, amount in held)
        weights = {
            (at, source): weigh(source, groups) for at, source, groups in pairs if weigh(source, groups)
        }
        limits.append(Limit("minimum", one_share.key, one_share.name, weights, -used))
    return limits


@dataclass(frozen=True, slots=True)
class _Scope:
    source: str | None
    group: str | None
    sources: Sequence[Source]

    def has(self, source: int, groups: frozenset[str]) -> bool:
        is_from = self.source is None or self.sources[source].key == self.source
        return is_from and (self.group is None or self.group in groups)
