"""HiGHS, asked the same way each time: one thread, one seed, no clock. Floats live here and nowhere else in the room;
what comes out is rounded to whole kroner and controlled by whole numbers before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

import highspy
import numpy as np

_OPTIONS: Mapping[str, bool | int | float | str] = {
    "output_flag": False, "threads": 1, "random_seed": 0, "parallel": "off",
    "mip_rel_gap": 0.0, "mip_abs_gap": 0.5, "mip_feasibility_tolerance": 1e-7,
}  # fmt: skip

_NEAR = 1e-4
"""Closer than this to a whole krone is that krone."""


@dataclass(slots=True)
class Programme:
    """Columns with limits and whole numbers where asked for, and rows between them."""

    upper: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: list[tuple[float, float, list[tuple[int, int | Fraction]]]] = field(default_factory=list)

    def column(self, lower: int, upper: int | None, *, is_whole: bool = False) -> int:
        self.lower.append(float(lower))
        self.upper.append(highspy.kHighsInf if upper is None else float(upper))
        if is_whole:
            self.whole.append(len(self.lower) - 1)
        return len(self.lower) - 1

    def row(self, lower: int | None, upper: int | None, terms: Iterable[tuple[int, int | Fraction]]) -> int:
        """`lower` <= the sum <= `upper`; None is without limit."""
        low = -highspy.kHighsInf if lower is None else float(lower)
        self.rows.append((low, highspy.kHighsInf if upper is None else float(upper), list(terms)))
        return len(self.rows) - 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver found, given out in whole kroner only. `is_best` when nothing better exists."""

    values: Sequence[float]
    objective: float
    is_best: bool

    def down(self, column: int) -> int:
        """Whole kroner of a column that are surely there."""
        return int(self.values[column] + _NEAR)

    def nearest(self, column: int) -> int:
        return round(self.values[column])

    @property
    def total_down(self) -> int:
        """The sum that was asked for, in whole kroner that are surely there."""
        return floor(self.objective + _NEAR)

    @property
    def total_up(self) -> int:
        return ceil(self.objective - _NEAR)


class Solver:
    """One programme, to be asked several times: each question starts where the last one ended."""

    def __init__(self, programme: Programme, *, nodes: int | None = None) -> None:
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in _OPTIONS.items():
            self._highs.setOptionValue(name, value)
        if nodes is not None:
            self._highs.setOptionValue("mip_max_nodes", nodes)
        self._count = len(programme.lower)
        self._pass(programme)

    def _pass(self, programme: Programme) -> None:
        nothing, ints = np.array([], dtype=np.float64), np.array([], dtype=np.int32)
        self._highs.addCols(
            self._count,
            np.zeros(self._count),
            np.array(programme.lower, dtype=np.float64),
            np.array(programme.upper, dtype=np.float64),
            0,
            ints,
            ints,
            nothing,
        )
        starts = np.cumsum([0, *(len(terms) for _, _, terms in programme.rows)])[:-1]
        self._highs.addRows(
            len(programme.rows),
            np.array([low for low, _, _ in programme.rows], dtype=np.float64),
            np.array([high for _, high, _ in programme.rows], dtype=np.float64),
            sum(len(terms) for _, _, terms in programme.rows),
            starts.astype(np.int32),
            np.array([column for _, _, terms in programme.rows for column, _ in terms], dtype=np.int32),
            np.array([weight for _, _, terms in programme.rows for _, weight in terms], dtype=np.float64),
        )
        if programme.whole:
            kinds = np.full(len(programme.whole), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
            columns = np.array(programme.whole, dtype=np.int32)
            self._highs.changeColsIntegrality(len(programme.whole), columns, kinds)

    def most(self, weights: Mapping[int, int]) -> Answer | None:
        """The largest sum of weight times column; None when nothing keeps all limits."""
        costs = np.zeros(self._count)
        for column, weight in weights.items():
            costs[column] = weight
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._highs.changeColsCost(self._count, np.arange(self._count, dtype=np.int32), costs)
        self._highs.run()
        return self._answer()

    def least(self, weights: Mapping[int, int]) -> Answer | None:
        found = self.most({column: -weight for column, weight in weights.items()})
        return None if found is None else Answer(found.values, -found.objective, found.is_best)

    def hold(self, row: int, lower: int | None, upper: int) -> None:
        """From now on the row stays between these."""
        self._highs.changeRowBounds(row, -highspy.kHighsInf if lower is None else float(lower), float(upper))

    def keep(self, column: int, lower: int, upper: int) -> None:
        """From now on the column stays between these."""
        self._highs.changeColBounds(column, float(lower), float(upper))

    def _answer(self) -> Answer | None:
        status = self._highs.getModelStatus()
        is_best = status == highspy.HighsModelStatus.kOptimal
        info = self._highs.getInfo()
        if not is_best and info.primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
            return None
        values = list(self._highs.getSolution().col_value)
        return Answer(values, info.objective_function_value, is_best)
