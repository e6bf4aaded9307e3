"""What a planned scheme is, beside its rules: assumptions, take-up and money. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from runde.engine.rules import Problem, RuleError, RuleSet

ESTIMATES = ("low", "middle", "high")


class DesignError(RuleError):
    """A design cannot be used. Carries every problem found, each with where, what and how to mend it."""

    def __init__(self, problems: Problem | tuple[Problem, ...] | list[Problem]) -> None:
        super().__init__(problems)


@dataclass(frozen=True, slots=True)
class Band:
    """A share of the companies, and the value assumed for them.

    `share` has at most three decimals: 0.4 is forty per cent. `value` is written as in rules JSON:
    "0.45", "true", "420000", "2026-03-01".
    """

    share: Decimal
    value: str


@dataclass(frozen=True, slots=True)
class AssumptionLine:
    """What is assumed for some industries and sizes. The first line that fits a company is used.

    `sections` () means every industry. `employees_from` and `employees_to` are both inclusive; None is open.
    The register withholds numbers from one to four, so a bound may not fall inside that range. The shares of
    the bands sum to 1.
    """

    bands: tuple[Band, ...]
    sections: tuple[str, ...] = ()
    employees_from: int | None = None
    employees_to: int | None = None


@dataclass(frozen=True, slots=True)
class Assumption:
    """Stated values for a fact that no register holds, with where the figures come from.

    `name` is a fact that is not the register's, or a derived value, which it then replaces.
    A company that no line fits has no value: what rests on it is unknown.
    """

    name: str
    lines: tuple[AssumptionLine, ...]
    source: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class TakeUp:
    """The share of the eligible companies that apply, in three estimates; 0.5 is half of them."""

    low: Decimal
    middle: Decimal
    high: Decimal

    def shares(self) -> tuple[Decimal, Decimal, Decimal]:
        return self.low, self.middle, self.high


@dataclass(frozen=True, slots=True)
class PlannedSource:
    """Money set aside. `earmark` is a rule expression over register facts; "" goes to everyone."""

    name: str
    amount_nok: Decimal
    earmark: str = ""


@dataclass(frozen=True, slots=True)
class Design:
    """A scheme as planned: its rules, what is assumed, how many will apply, and the money in order of use."""

    ruleset: RuleSet
    assumptions: tuple[Assumption, ...]
    take_up: TakeUp
    sources: tuple[PlannedSource, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe data under "rules", "assumptions", "take_up" and "sources"; decimals are text."""
        from runde.engine.whatif.loading import dump_design

        return dump_design(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], ruleset: RuleSet | None = None) -> Design:
        """Read and check a design; keys other than the four are left alone. `ruleset` is its rules, if already read.

        Raises RuleError or DesignError listing every problem found.
        """
        from runde.engine.whatif.loading import load_design

        return load_design(data, ruleset)
