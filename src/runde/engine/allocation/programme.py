"""The problem as columns and rows: kroner from each source to each bundle, and kroner carried of each bundle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from runde.engine.allocation.bundling import Bundle, Problem
from runde.engine.allocation.solver import Programme


@dataclass(slots=True)
class Drawn:
    """A programme and where its things are. `flows` are columns by bundle and source, `carried` one column a bundle;
    `counts` are the columns of how many awards, by bundle and amount, where they are counted."""

    programme: Programme = field(default_factory=Programme)
    flows: dict[tuple[int, int], int] = field(default_factory=dict)
    carried: list[int] = field(default_factory=list)
    limits: list[int] = field(default_factory=list)
    counts: dict[tuple[int, int], int] = field(default_factory=dict)


def draw(
    problem: Problem,
    *,
    carried: Sequence[tuple[int, int]],
    whole_flows: bool = False,
    counted: bool = False,
    skip: int | None = None,
) -> Drawn:
    """`carried` is the least and most kroner of each bundle. `counted` lets awards be carried only in full, and `skip`
    leaves out one limit."""
    drawn = Drawn()
    sheet = drawn.programme
    for at, bundle in enumerate(problem.bundles):
        drawn.carried.append(sheet.column(*carried[at]))
        for source in bundle.kind.sources:
            drawn.flows[at, source] = sheet.column(0, carried[at][1], is_whole=whole_flows)
        sums = [(drawn.flows[at, source], 1) for source in bundle.kind.sources]
        sheet.row(0, 0, [*sums, (drawn.carried[at], -1)])
        _cap(drawn, at, bundle)
        if counted:
            _count(drawn, at, bundle)
    for place, limit in enumerate(problem.limits):
        most = None if place == skip else limit.most
        terms = [(drawn.flows[pair], weight) for pair, weight in limit.weights.items()]
        drawn.limits.append(sheet.row(None, most, terms))
    return drawn


def _cap(drawn: Drawn, at: int, bundle: Bundle) -> None:
    """No source carries more of the bundle than its cap on each award that is carried."""
    for source in bundle.kind.sources:
        cap = bundle.cap(source)
        if cap is not None and cap < bundle.kind.amount:
            share = Fraction(cap, bundle.kind.amount)
            drawn.programme.row(None, 0, [(drawn.flows[at, source], 1), (drawn.carried[at], -share)])


def _count(drawn: Drawn, at: int, bundle: Bundle) -> None:
    terms: list[tuple[int, int | Fraction]] = [(drawn.carried[at], -1)]
    for amount, count in sorted(Counter(bundle.amounts).items()):
        least = count if bundle.kind.is_locked else 0
        column = drawn.programme.column(least, count, is_whole=True)
        drawn.counts[at, amount] = column
        terms.append((column, amount))
    drawn.programme.row(0, 0, terms)
