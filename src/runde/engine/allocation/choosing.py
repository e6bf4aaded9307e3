"""Which awards are carried when the money does not reach all: as many kroner as possible, each award in full.

First the same question with awards that may be carried in part, which is quick and gives a bound nobody can pass. Then
one bundle at a time, the smallest first, is filled with whole awards from the front, the last ones chosen so that the
sum comes as near as it can; what is missing moves on to the bundles after it. Only when that does not reach the bound,
and the awards are few, is the whole question put to the solver, with a stated number of steps rather than seconds, so
that the same input gives the same answer on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd
from operator import itemgetter

from runde.engine.allocation.bundling import Bundle, Problem
from runde.engine.allocation.carrying import carry
from runde.engine.allocation.errors import LocksDoNotFit
from runde.engine.allocation.greedy import Parts, greedy_parts
from runde.engine.allocation.programme import draw
from runde.engine.allocation.solver import Solver

_FEW, _NODES = 60, 200
"""With so few counts of awards the solver is let try whole awards, in so many steps at most."""
_LARGEST = 24
"""So many bundles are filled a second time."""
_TAKEN_BACK, _TRIED, _WIDEST = 12, 60, 4_000_000


@dataclass(frozen=True, slots=True)
class Carried:
    """Parts of awards, what no answer can pass, and whether this one is proved best. `greedy` is what the simplest
    way places, None when it finds no way."""

    parts: Parts
    placed: int
    bound: int
    is_proven: bool
    greedy: int | None


def choose(problem: Problem) -> Carried:
    """Raises LocksDoNotFit."""
    bound = _bound(problem)
    everything = [range(len(bundle.amounts)) for bundle in problem.bundles]
    simple = greedy_parts(problem)
    greedy = None if simple is None else sum(simple.values())
    if bound == problem.wanted and (parts := carry(problem, everything)) is not None:
        return Carried(parts, problem.wanted, bound, True, greedy)
    tried = [carry(problem, _filled(problem, bound)), _again(problem, simple)]
    best = max((one for one in tried if one is not None), key=_sum, default=None)
    is_proven = best is not None and _sum(best) == bound
    if not is_proven:
        best, is_proven = _solved(problem, best)
    if best is None:
        raise _no_way(problem)
    return Carried(best, _sum(best), bound, is_proven, greedy)


def _again(problem: Problem, simple: Parts | None) -> Parts | None:
    """The awards of the simple way, carried anew so that what lapses first is used first."""
    if simple is None:
        return None
    held = {place for place, _ in simple}
    chosen = [[one for one, place in enumerate(bundle.places) if place in held] for bundle in problem.bundles]
    return carry(problem, chosen) or simple


def _bound(problem: Problem) -> int:
    """The most kroner when awards may be carried in part."""
    if any(limit.most < 0 and not limit.weights for limit in problem.limits):
        raise _no_way(problem)
    if not problem.bundles:
        return 0
    drawn = draw(problem, carried=_free(problem))
    answer = Solver(drawn.programme).most(dict.fromkeys(drawn.carried, 1))
    if answer is None:
        raise _no_way(problem)
    return _reachable(problem, answer.total_down)


def _reachable(problem: Problem, kroner: int) -> int:
    """Where all amounts are whole thousands, no sum of them ends in anything else."""
    step = gcd(*(amount for bundle in problem.bundles for amount in bundle.amounts))
    return kroner - kroner % step


def _free(problem: Problem) -> list[tuple[int, int]]:
    return [(bundle.wanted if bundle.kind.is_locked else 0, bundle.wanted) for bundle in problem.bundles]


def _filled(problem: Problem, bound: int) -> list[list[int]]:
    """Whole awards of each bundle, as near the bound as one bundle after the other brings it; then the largest bundles
    once more, now that the others are settled."""
    filling = _Filling(problem)
    few_first = sorted(range(len(problem.bundles)), key=lambda one: (len(problem.bundles[one].amounts), one))
    for at in few_first:
        filling.settle(at)
    for at in few_first[: -_LARGEST - 1 : -1]:
        if sum(filling.reached) == bound:
            break
        filling.open_again(at)
        filling.settle(at)
    return filling.chosen


class _Filling:
    """Bundles settled one by one; `answer` holds what the solver would do with those still open."""

    def __init__(self, problem: Problem) -> None:
        self._bundles, self._free = problem.bundles, _free(problem)
        drawn = draw(problem, carried=self._free)
        self._solver, self._columns = Solver(drawn.programme), drawn.carried
        self._ask()
        self.chosen: list[list[int]] = [[] for _ in self._free]
        self.reached = [0] * len(self._free)

    def _ask(self) -> None:
        self._answer = self._solver.most(dict.fromkeys(self._columns, 1))

    def open_again(self, at: int) -> None:
        self._solver.keep(self._columns[at], *self._free[at])
        self._ask()

    def settle(self, at: int) -> None:
        """The solver is asked again only when whole awards do not come out at what it gave the bundle."""
        budget, bundle = (
            0 if self._answer is None else self._answer.down(self._columns[at]),
            self._bundles[at],
        )
        if budget >= self.reached[at]:
            self.chosen[at] = _fill(bundle, budget)
            self.reached[at] = sum(bundle.amounts[one] for one in self.chosen[at])
        self._solver.keep(self._columns[at], self.reached[at], self.reached[at])
        if self.reached[at] != budget:
            self._ask()


def _fill(bundle: Bundle, budget: int) -> list[int]:
    """Positions of awards that sum to the budget, or as near below as is found; the first ones as far as possible."""
    taken, left = [], budget
    passed: list[int] = []
    for one, amount in enumerate(bundle.amounts):
        if amount <= left and not passed:
            taken.append(one)
            left -= amount
        else:
            passed.append(one)
    if not left or not passed:
        return taken
    back: list[int] = []
    while taken and len(back) < _TAKEN_BACK and left + bundle.amounts[taken[-1]] <= _WIDEST:
        back.append(taken.pop())
        left += bundle.amounts[back[-1]]
    return sorted([*taken, *_nearest([*reversed(back), *passed][:_TRIED], bundle.amounts, left)])


def _nearest(candidates: Sequence[int], amounts: Sequence[int], room: int) -> list[int]:
    """Those of the candidates whose sum comes nearest to the room from below. Bit n of a number says that n kroner can
    be reached."""
    mask = (1 << (room + 1)) - 1
    reached = [1]
    for one in candidates:
        reached.append(reached[-1] | (reached[-1] << amounts[one]) & mask)
    total, found = reached[-1].bit_length() - 1, []
    for turn in range(len(candidates), 0, -1):
        if not reached[turn - 1] >> total & 1:
            found.append(candidates[turn - 1])
            total -= amounts[candidates[turn - 1]]
    return found


def _solved(problem: Problem, best: Parts | None) -> tuple[Parts | None, bool]:
    """The best of what stands and what the solver finds with awards counted in full."""
    carried = [(0, bundle.wanted) for bundle in problem.bundles]
    drawn = draw(problem, carried=carried, counted=True, whole_flows=not problem.is_network)
    if best is not None and len(drawn.counts) > _FEW:
        return best, False
    answer = Solver(drawn.programme, nodes=_NODES).most(dict.fromkeys(drawn.carried, 1))
    if answer is None:
        return best, False
    counts = {key: answer.nearest(column) for key, column in drawn.counts.items()}
    parts = carry(problem, [_first(bundle, at, counts) for at, bundle in enumerate(problem.bundles)])
    if parts is None:
        return best, False
    return (
        (best, answer.is_best) if best is not None and _sum(best) >= _sum(parts) else (parts, answer.is_best)
    )


def _first(bundle: Bundle, at: int, counts: dict[tuple[int, int], int]) -> list[int]:
    """Of awards with the same amount, the first ones."""
    left = {amount: count for (bundle_at, amount), count in counts.items() if bundle_at == at}
    chosen = []
    for one, amount in enumerate(bundle.amounts):
        if left[amount]:
            left[amount] -= 1
            chosen.append(one)
    return chosen


def _sum(parts: Parts) -> int:
    return sum(parts.values())


def _no_way(problem: Problem) -> LocksDoNotFit:
    short = [limit for limit in problem.limits if limit.most < 0]
    keys = sorted({problem.awards[place].key for place in map(itemgetter(0), problem.fixed)})
    if not short:
        return LocksDoNotFit("Det som er låst for hånd, går ikke opp med pengene, takene og andelene.", keys)
    names = " og ".join(f"«{limit.name}»" for limit in short)
    return LocksDoNotFit(f"Det er låst mer for hånd enn {names} gir rom for. Løs opp noe av det.", keys)
