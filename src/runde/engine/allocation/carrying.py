"""Which source carries what, when it is settled which awards are carried: money that lapses first is used first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from runde.engine.allocation.asked import lapse_order
from runde.engine.allocation.bundling import Problem
from runde.engine.allocation.greedy import Parts
from runde.engine.allocation.programme import Drawn, draw
from runde.engine.allocation.solver import Answer, Solver

Flows = dict[tuple[int, int], int]
"""Kroner by bundle and source."""
Chosen = Sequence[Sequence[int]]
"""By bundle, which of its awards are carried, as positions in it, in order."""


def carry(problem: Problem, chosen: Chosen) -> Parts | None:
    """The parts that use most of the source that lapses first, then most of the next, and so on. None when no whole
    kroner keep all limits."""
    sums = [
        sum(bundle.amounts[one] for one in places)
        for bundle, places in zip(problem.bundles, chosen, strict=True)
    ]
    flows = _in_turn(problem, sums, whole=False)
    if flows is None or not keeps(problem, flows, sums):
        flows = None if problem.is_network else _in_turn(problem, sums, whole=True)
    if flows is None or not keeps(problem, flows, sums):
        return None
    return hand_out(problem, chosen, flows)


def _in_turn(problem: Problem, sums: Sequence[int], *, whole: bool) -> Flows | None:
    drawn = draw(problem, carried=[(one, one) for one in sums], whole_flows=whole)
    solver = Solver(drawn.programme)
    answer = None
    for source in lapse_order(problem.sources):
        limit = problem.limits[source]
        used = {drawn.flows[pair]: 1 for pair in limit.weights}
        answer = solver.most(used)
        if answer is None:
            return None
        reached = answer.total_down
        solver.hold(drawn.limits[source], reached, limit.most)
    return {} if answer is None else _rounded(drawn, answer)


def _rounded(drawn: Drawn, answer: Answer) -> Flows:
    """Nearest whole kroner; what was not near comes out wrong, and is found by the control."""
    return {pair: answer.nearest(column) for pair, column in drawn.flows.items()}


def keeps(problem: Problem, flows: Mapping[tuple[int, int], int], sums: Sequence[int]) -> bool:
    """The control, in whole numbers: sums are met and no limit is passed."""
    carried = [0] * len(sums)
    for (at, source), kroner in flows.items():
        bundle = problem.bundles[at]
        cap, amount = bundle.cap(source), bundle.kind.amount
        if kroner < 0 or (cap is not None and kroner * amount > cap * sums[at]):
            return False
        carried[at] += kroner
    return carried == list(sums) and all(
        sum(weight * flows[pair] for pair, weight in limit.weights.items()) <= limit.most
        for limit in problem.limits
    )


def hand_out(problem: Problem, chosen: Chosen, flows: Flows) -> Parts:
    """Each award its parts: in order, from what lapses first, so that few awards are divided."""
    parts: Parts = {}
    order = lapse_order(problem.sources)
    for at, places in enumerate(chosen):
        bundle = problem.bundles[at]
        left = {source: flows[at, source] for source in order if flows.get((at, source))}
        for turn, one in enumerate(places):
            later = len(places) - turn - 1
            took = _of_one(bundle.amounts[one], left, {source: bundle.cap(source) for source in left}, later)
            for source, kroner in took.items():
                left[source] -= kroner
                parts[bundle.places[one], source] = kroner
    return parts


def _of_one(
    amount: int, left: Mapping[int, int], caps: Mapping[int, int | None], later: int
) -> dict[int, int]:
    """One award's parts: at least what the later ones have no room for, at most the cap, in the order given."""
    took = {}
    for source, kroner in left.items():
        cap = caps[source]
        took[source] = 0 if cap is None else max(0, kroner - later * cap)
    missing = amount - sum(took.values())
    for source, kroner in left.items():
        cap = caps[source]
        more = min(missing, kroner - took[source] if cap is None else min(cap, kroner) - took[source])
        took[source], missing = took[source] + more, missing - more
    return {source: kroner for source, kroner in took.items() if kroner}
