"""Whom a design reaches and what it costs: the answer, as plain data.

Counts and sums are exact. `None` in a count or a sum means withheld, and stands only in what `public` gives.
Figures rest on the register snapshot that is named, and on the design's assumptions.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

Count = int | None
"""A number of companies; None when withheld."""
Money = Decimal | None
"""Whole kroner; None when withheld."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The register the figures rest on: its name, the day it tells about, and all its companies."""

    source: str
    as_of_date: date
    companies: int


@dataclass(frozen=True, slots=True)
class NearBand:
    """Companies that miss by at most `upto` and by more than the band before, in the criterion's unit."""

    upto: Decimal
    count: Count


@dataclass(frozen=True, slots=True)
class CriterionReach:
    """One criterion in force, and whom it stops.

    `not_met`: companies that do not meet it. `alone`: those of them that meet every other criterion, or
    for which the others are not known. `unknown`: companies for which it cannot be judged.
    `near`: how far off those in `alone` are, for a criterion with a threshold. `unit` of the distance:
    "share" (0.01 is one percentage point), "nok", "days", or the fact's own unit.
    """

    slug: str
    not_met: Count
    alone: Count
    unknown: Count
    near: tuple[NearBand, ...] = ()
    unit: str = ""
    when_not_met: str = "refuse"

    @property
    def together(self) -> Count:
        """Companies that do not meet this and at least one other criterion."""
        return None if self.not_met is None or self.alone is None else self.not_met - self.alone


@dataclass(frozen=True, slots=True)
class Group:
    """Companies of one municipality, industry section, size or age class; cost at full take-up.

    `code` is the municipality number, the section letter, or the class ("5-9", "3-5"); "" is not known.
    """

    code: str
    companies: Count
    eligible: Count
    cost_nok: Money


@dataclass(frozen=True, slots=True)
class Cell:
    """Eligible companies of one section in one municipality; cost at full take-up."""

    municipality: str
    section: str
    eligible: Count
    cost_nok: Money


@dataclass(frozen=True, slots=True)
class Cost:
    """Full cost times take-up, each rounded to whole kroner, half away from zero."""

    low_nok: Money
    middle_nok: Money
    high_nok: Money


class Applicants(NamedTuple):
    """Eligible companies times take-up, each rounded to whole companies, half away from zero."""

    low: Count
    middle: Count
    high: Count


@dataclass(frozen=True, slots=True)
class SourceReach:
    """What a source would pay at each take-up, in whole kroner; `companies`: the eligible it may go to."""

    name: str
    amount_nok: Decimal
    low_nok: Money
    middle_nok: Money
    high_nok: Money
    companies: Count = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything the what-if tells of one design on one day.

    `municipalities` () is the whole register. Every company in scope is in exactly one lane:
    eligible (everything met and the amount known), refer (only criteria that go to discretion are not met),
    unknown (something is not known, and nothing refuses), refused (a criterion that refuses is not met).
    `holds_in`: in how many of the three estimates the sources cover the cost.
    `missing`: facts in use that have neither a register column nor an assumption.
    `contradictions`: pairs of criteria that somebody in scope meets, but nobody both; `met_by_nobody`:
    criteria that nobody in scope meets. `assumed`: names the assumptions gave values to.
    """

    snapshot: Snapshot
    on: date
    municipalities: tuple[str, ...]
    companies: Count
    eligible: Count
    refer: Count
    unknown: Count
    refused: Count
    criteria: tuple[CriterionReach, ...]
    by_municipality: tuple[Group, ...]
    by_industry: tuple[Group, ...]
    by_size: tuple[Group, ...]
    by_age: tuple[Group, ...]
    cells: tuple[Cell, ...]
    full_cost_nok: Money
    median_nok: Money
    cost: Cost
    applicants: Applicants
    sources: tuple[SourceReach, ...]
    budget_nok: Decimal
    holds_in: int
    missing: tuple[str, ...]
    contradictions: tuple[tuple[str, str], ...]
    met_by_nobody: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    def criterion(self, slug: str) -> CriterionReach:
        """Raises KeyError for a criterion that was not in force."""
        for one in self.criteria:
            if one.slug == slug:
                return one
        raise KeyError(slug)

    def public(self) -> Reach:
        """The same with counts from 1 to 4 withheld, and enough besides that none can be worked out."""
        from runde.engine.whatif.withholding import withhold

        return withhold(self)

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe data; decimals are text, dates ISO."""
        plain = _plain(self)
        assert isinstance(plain, dict)  # noqa: S101 - a dataclass becomes a dict
        return plain


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Applicants):
        return value._asdict()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value
