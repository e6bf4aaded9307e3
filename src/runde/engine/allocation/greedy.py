"""The simplest way to share out: each award in order, from the sources that lapse first. What the solver must beat."""

from __future__ import annotations

from collections.abc import Sequence

from runde.engine.allocation.asked import lapse_order
from runde.engine.allocation.bundling import Bundle, Limit, Problem

Parts = dict[tuple[int, int], int]
"""Kroner by place of the award and of the source, what is locked not counted."""


def greedy_parts(problem: Problem) -> Parts | None:
    """Awards in order, what is locked first, each in full or not at all; None when a locked award finds no room."""
    rooms = [limit.most for limit in problem.limits]
    if min(rooms, default=0) < 0:
        return None
    parts: Parts = {}
    order = lapse_order(problem.sources)
    touched = _touched(problem)
    for at, bundle, place, amount in _in_order(problem):
        took = _take(at, bundle, amount, order, problem.limits, touched, rooms)
        if took is None:
            if bundle.kind.is_locked:
                return None
            continue
        parts.update({(place, source): kroner for source, kroner in took.items()})
    return parts


def _in_order(problem: Problem) -> list[tuple[int, Bundle, int, int]]:
    rows = [
        (at, bundle, place, amount)
        for at, bundle in enumerate(problem.bundles)
        for place, amount in zip(bundle.places, bundle.amounts, strict=True)
    ]
    return sorted(rows, key=lambda row: (not row[1].kind.is_locked, row[2]))


def _touched(problem: Problem) -> dict[tuple[int, int], list[int]]:
    """The limits that a krone from a source to a bundle counts in."""
    touched: dict[tuple[int, int], list[int]] = {}
    for place, limit in enumerate(problem.limits):
        for pair in limit.weights:
            touched.setdefault(pair, []).append(place)
    return touched


def _take(
    at: int,
    bundle: Bundle,
    amount: int,
    order: list[int],
    limits: Sequence[Limit],
    touched: dict[tuple[int, int], list[int]],
    rooms: list[int],
) -> dict[int, int] | None:
    """What each source carries of one award, written off the rooms; None, and nothing written, without room."""
    took: dict[int, int] = {}
    left, after = amount, dict[int, int]()
    for source in order:
        if source not in bundle.kind.sources or not left:
            continue
        near = touched[at, source]
        caps = [after.get(one, rooms[one]) for one in near if limits[one].kind != "minimum"]
        cap = bundle.cap(source)
        kroner = min([left, *caps, *([] if cap is None else [cap])])
        if kroner > 0:
            took[source], left = kroner, left - kroner
            for one in near:
                after[one] = after.get(one, rooms[one]) - limits[one].weights[at, source] * kroner
    if left or any(room < 0 for room in after.values()):
        return None
    for one, room in after.items():
        rooms[one] = room
    return took
