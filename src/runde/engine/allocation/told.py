"""What comes out of an allocation. Amounts are Decimal NOK in whole kroner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

BlockerKind = Literal["source", "ceiling", "minimum", "per_award", "earmark", "period"]


@dataclass(frozen=True, slots=True)
class Part:
    """What one source carries of one award."""

    source: str
    amount_nok: Decimal


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source before and after. What is left is lost after `lapses_date` unless something else uses it."""

    key: str
    name: str
    before_nok: Decimal
    used_nok: Decimal
    lapses_date: date | None

    @property
    def left_nok(self) -> Decimal:
        return self.before_nok - self.used_nok


@dataclass(frozen=True, slots=True)
class Blocker:
    """What stands in the way: a source without money, a ceiling, a minimum share, a source's cap on each award, an
    earmark that fits none, a period that fits none. `room_nok` is what is left within it; `key` is empty for the last
    two."""

    kind: BlockerKind
    key: str
    name: str
    room_nok: Decimal


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change that alone would carry all of them, the others still carried: so much more money, or a ceiling so
    much higher. `extra_nok` None: the minimum share set aside."""

    kind: Literal["source", "ceiling", "minimum"]
    key: str
    name: str
    extra_nok: Decimal | None


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Awards nobody carries, for the same reasons."""

    awards: tuple[str, ...]
    amount_nok: Decimal
    blockers: tuple[Blocker, ...]
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True, slots=True)
class Allocation:
    """Each award's parts, summing to it; awards that are not carried have none and stand in `uncovered`.

    `bound_nok` is what no way of sharing out could pass, `is_proven` whether this one is proved to place the most, and
    `greedy_nok` what taking them in order would have placed (None: it found no way).
    """

    parts: Mapping[str, tuple[Part, ...]]
    sources: tuple[SourceUse, ...]
    uncovered: tuple[Uncovered, ...]
    wanted_nok: Decimal
    placed_nok: Decimal
    bound_nok: Decimal
    greedy_nok: Decimal | None
    is_proven: bool
