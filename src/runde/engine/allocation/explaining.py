"""Why awards are left without money, and which single change would carry them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from runde.engine.allocation.asked import Award
from runde.engine.allocation.bundling import Bundle, Limit, Problem
from runde.engine.allocation.greedy import Parts
from runde.engine.allocation.programme import draw
from runde.engine.allocation.solver import Solver
from runde.engine.allocation.told import Blocker, Remedy, Uncovered

_LOOKED_INTO = 12
"""So many gatherings, the largest, get remedies: a person reads no more, and each asks the solver anew."""


def explain(problem: Problem, parts: Parts) -> tuple[Uncovered, ...]:
    """Those left without, gathered by what stands in the way; the largest gathering first. The first twelve come with
    what would help."""
    rooms = rooms_left(problem, parts)
    carried = {place for place, _ in parts}
    gathered: dict[tuple[Blocker, ...], list[tuple[int, int]]] = {}
    for at, bundle in enumerate(problem.bundles):
        left = [one for one, place in enumerate(bundle.places) if place not in carried]
        if left:
            smallest = min(bundle.amounts[one] for one in left)
            blockers = _blockers(problem, at, smallest, rooms)
            gathered.setdefault(blockers, []).extend((at, one) for one in left)
    order = sorted(gathered.items(), key=lambda pair: (-len(pair[1]), _places(problem, pair[1])))
    return tuple(
        _told(problem, blockers, _places(problem, ones), carried if turn < _LOOKED_INTO else None)
        for turn, (blockers, ones) in enumerate(order)
    )


def _places(problem: Problem, ones: Sequence[tuple[int, int]]) -> list[int]:
    return sorted(problem.bundles[at].places[one] for at, one in ones)


def rooms_left(problem: Problem, parts: Parts) -> list[int]:
    """What is left within each limit, in its own measure: kroner, but for minimum shares."""
    bundle_of = {place: at for at, bundle in enumerate(problem.bundles) for place in bundle.places}
    flows: dict[tuple[int, int], int] = {}
    for (place, source), kroner in parts.items():
        pair = bundle_of[place], source
        flows[pair] = flows.get(pair, 0) + kroner
    return [
        limit.most - sum(weight * flows.get(pair, 0) for pair, weight in limit.weights.items())
        for limit in problem.limits
    ]


def _blockers(problem: Problem, at: int, amount: int, rooms: Sequence[int]) -> tuple[Blocker, ...]:
    bundle = problem.bundles[at]
    if not bundle.kind.sources:
        return (Blocker("period" if bundle.kind.fits_earmark else "earmark", "", "", Decimal(0)),)
    found = [_narrowest(problem, at, source, amount, rooms) for source in bundle.kind.sources]
    return tuple(dict.fromkeys(sorted(found, key=lambda one: (one.kind != "source", one.key))))


def _narrowest(problem: Problem, at: int, source: int, amount: int, rooms: Sequence[int]) -> Blocker:
    """What keeps the source from carrying more of the award."""
    bundle, narrow = problem.bundles[at], []
    for limit, room in zip(problem.limits, rooms, strict=True):
        weight = limit.weights.get((at, source), 0)
        if weight > 0:
            narrow.append((room // weight, limit))
    room, limit = min(narrow, key=lambda pair: (pair[0], pair[1].kind == "source"))
    cap = bundle.cap(source)
    if cap is not None and cap <= room and cap < amount:
        one = problem.sources[source]
        return Blocker("per_award", one.key, one.name, Decimal(cap))
    return Blocker(limit.kind, limit.key, limit.name, Decimal(max(room, 0)))


def _told(
    problem: Problem, blockers: tuple[Blocker, ...], places: Sequence[int], carried: set[int] | None
) -> Uncovered:
    awards: list[Award] = [problem.awards[place] for place in places]
    amount = sum((one.amount_nok for one in awards), Decimal(0))
    remedies = () if carried is None else _remedies(problem, blockers, carried.union(places))
    return Uncovered(tuple(one.key for one in awards), amount, blockers, remedies)


def _remedies(problem: Problem, blockers: Sequence[Blocker], wanted: set[int]) -> tuple[Remedy, ...]:
    return tuple(
        remedy
        for blocker in blockers
        for place, limit in enumerate(problem.limits)
        if (limit.kind, limit.key) == (blocker.kind, blocker.key)
        for remedy in _remedy(problem, place, limit, wanted)
    )


def _remedy(problem: Problem, place: int, limit: Limit, wanted: set[int]) -> list[Remedy]:
    """How much the limit must give for these awards to be carried, with all else as it is; nothing when it alone does
    not help."""
    carried = [(one, one) for one in (_wanted(bundle, wanted) for bundle in problem.bundles)]
    drawn = draw(problem, carried=carried, skip=place)
    used = {drawn.flows[pair]: weight for pair, weight in limit.weights.items()}
    answer = Solver(drawn.programme).least(used)
    if answer is None:
        return []
    extra = answer.total_up - limit.most
    if limit.kind == "minimum":
        return [Remedy("minimum", limit.key, limit.name, None)]
    return [Remedy(limit.kind, limit.key, limit.name, Decimal(extra))] if extra > 0 else []


def _wanted(bundle: Bundle, wanted: set[int]) -> int:
    return sum(amount for place, amount in zip(bundle.places, bundle.amounts, strict=True) if place in wanted)
