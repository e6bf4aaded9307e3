"""Sharing awards out over the sources: the whole way from what is asked to what is told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from runde.engine.allocation.asked import NO_TERMS, Award, Source, Terms, lapse_order
from runde.engine.allocation.bundling import Problem, bundle_up
from runde.engine.allocation.checking import check_asked
from runde.engine.allocation.choosing import Carried, choose
from runde.engine.allocation.control import check_allocation
from runde.engine.allocation.explaining import explain
from runde.engine.allocation.greedy import Parts
from runde.engine.allocation.told import Allocation, Part, SourceUse


def allocate(awards: Sequence[Award], sources: Sequence[Source], terms: Terms = NO_TERMS) -> Allocation:
    """Which source carries which award, in whole kroner, each award in full or not at all.

    As many kroner as possible are placed, never fewer than by taking the awards in order. Then as much as possible is
    taken from the source that lapses first, then from the next, and so on. Of awards that are alike in everything, the
    first are carried. The same input gives the same answer. An award may be divided among several sources.

    Twenty thousand awards over twelve sources take seconds, but thousands of different amounts take minutes where caps
    on each award can be felt. With very many different amounts and too little money the answer may lie a little below
    the best; `is_proven` and `bound_nok` say so.

    Raises InvalidAward, InvalidSource, InvalidTerm, LocksDoNotFit.
    """
    check_asked(awards, sources, terms)
    problem = bundle_up(awards, sources, terms)
    found = choose(problem)
    allocation = _told(problem, found)
    check_allocation(allocation, awards, sources, terms)
    return allocation


def _told(problem: Problem, found: Carried) -> Allocation:
    fixed = sum(problem.fixed.values())
    parts = _parts(problem, found.parts)
    return Allocation(
        {award.key: parts.get(place, ()) for place, award in enumerate(problem.awards)},
        _uses(problem, parts),
        explain(problem, found.parts),
        sum((award.amount_nok for award in problem.awards), Decimal(0)),
        Decimal(found.placed + fixed),
        Decimal(found.bound + fixed),
        None if found.greedy is None else Decimal(found.greedy + fixed),
        found.is_proven,
    )


def _parts(problem: Problem, carried: Parts) -> dict[int, tuple[Part, ...]]:
    """By place of the award, from what lapses first."""
    whole = {**problem.fixed, **carried}
    turn = {source: at for at, source in enumerate(lapse_order(problem.sources))}
    parts: dict[int, tuple[Part, ...]] = {}
    for place, source in sorted(whole, key=lambda pair: (pair[0], turn[pair[1]])):
        part = Part(problem.sources[source].key, Decimal(whole[place, source]))
        parts[place] = (*parts.get(place, ()), part)
    return parts


def _uses(problem: Problem, parts: dict[int, tuple[Part, ...]]) -> tuple[SourceUse, ...]:
    used: dict[str, Decimal] = {}
    for one in (part for held in parts.values() for part in held):
        used[one.source] = used.get(one.source, Decimal(0)) + one.amount_nok
    return tuple(
        SourceUse(one.key, one.name, one.left_nok, used.get(one.key, Decimal(0)), one.lapses_date)
        for one in problem.sources
    )
