"""Whether a proposed outcome goes another way than the most alike decided cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Literal
from uuid import UUID

from runde.engine.reference.api import amount_text

from .measures import measures

PERCENT = 100
WHOLE = Decimal(PERCENT)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decided case says: outcome, amount, and what the rules alone would have given (None: unknown)."""

    decision_id: UUID
    outcome: str
    amount_nok: Decimal
    calculated_nok: Decimal | None


@dataclass(frozen=True, slots=True)
class Departure:
    """Alike cases were decided otherwise. `from_decisions` are the alike ones, most alike first."""

    kind: Literal["outcome", "amount"]
    alike: int
    unlike: int
    sentence: str
    from_decisions: tuple[UUID, ...]


def departure_from(
    alike: Sequence[Decided], outcome: str, amount_nok: Decimal, calculated_nok: Decimal | None
) -> Departure | None:
    """None when too few are alike to tell, or most went the same way by about as much."""
    limits = measures().departure
    if len(alike) < limits["fewest_alike"]:
        return None
    unlike = [one for one in alike if one.outcome != outcome]
    if len(unlike) * PERCENT >= len(alike) * limits["majority_percent"]:
        return _by_outcome(alike, unlike, outcome)
    same = [one for one in alike if one.outcome == outcome]
    if outcome != "granted" or len(same) < limits["fewest_alike"]:
        return None
    return _by_amount(same, amount_nok, calculated_nok)


def _by_outcome(alike: Sequence[Decided], unlike: Sequence[Decided], outcome: str) -> Departure:
    theirs, ours = ("avslag", "tilskudd") if outcome == "granted" else ("tilskudd", "avslag")
    sentence = f"{len(unlike)} av {len(alike)} lignende saker fikk {theirs}. Du foreslår {ours}."
    return Departure("outcome", len(alike), len(unlike), sentence, tuple(one.decision_id for one in alike))


def _by_amount(
    same: Sequence[Decided], amount_nok: Decimal, calculated_nok: Decimal | None
) -> Departure | None:
    """By the share of the calculated amount where all have one, else by the amount itself."""
    measured = calculated_nok is not None and all(one.calculated_nok for one in same)
    ours = level(amount_nok, calculated_nok if measured else None)
    theirs = [level(one.amount_nok, one.calculated_nok if measured else None) for one in same]
    usual = Decimal(median(theirs))
    if not is_far(ours, usual, measures().departure["amount_percent"]):
        return None
    unlike = sum(is_far(ours, one, measures().departure["amount_percent"]) for one in theirs)
    return Departure(
        "amount",
        len(same),
        unlike,
        _amount_sentence(same, amount_nok, usual if measured else None, ours),
        tuple(one.decision_id for one in same),
    )


def _amount_sentence(
    same: Sequence[Decided], amount_nok: Decimal, usual: Decimal | None, ours: Decimal
) -> str:
    if usual is not None:
        return f"Lignende saker fikk {usual:.0f} prosent av det reglene gir. Du foreslår {ours:.0f} prosent."
    middle = Decimal(median(one.amount_nok for one in same))
    return f"Lignende saker fikk rundt {amount_text(middle)}. Du foreslår {amount_text(amount_nok)}."


def level(amount_nok: Decimal, calculated_nok: Decimal | None) -> Decimal:
    """The amount as per cent of what the rules alone give; the amount itself where they give nothing."""
    return amount_nok * WHOLE / calculated_nok if calculated_nok else amount_nok


def is_far(one: Decimal, other: Decimal, percent: int) -> bool:
    """Whether two amounts or levels lie more than so many per cent of the larger apart. Symmetric."""
    return abs(one - other) * PERCENT > percent * max(one, other)
