from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from runde.engine.rules import Value
from runde.foundation.ledger.api import balances

from ..domain.earmarks import fits
from ..models import Call, FundingSource

State = FundingSource.State


@dataclass(frozen=True, slots=True)
class MoneyLeft:
    """The money of a call's sources, in NOK. `awarded_nok` is what has been promised or paid from them.

    A source that pays for several calls counts whole in each. `is_used_up` speaks of decided money only: more
    may come where `waiting_nok` is above zero.
    """

    decided_nok: Decimal
    waiting_nok: Decimal
    awarded_nok: Decimal
    left_nok: Decimal

    @property
    def is_used_up(self) -> bool:
        return self.decided_nok > 0 and self.left_nok <= 0


def money_left(call: Call) -> MoneyLeft:
    """What has been decided for the call, what still waits for a decision, and what is left now."""
    sources = sources_of(call)
    decided = _given(sources, State.DECIDED)
    standing = balances(one.id for one in sources if one.state == State.DECIDED)
    left = sum((one.available for one in standing.values()), Decimal(0))
    return MoneyLeft(decided, _given(sources, State.SUBJECT_TO_DECISION), decided - left, left)


def _given(sources: list[FundingSource], state: str) -> Decimal:
    return sum((one.amount_nok for one in sources if one.state == state), Decimal(0))


def sources_of(call: Call) -> list[FundingSource]:
    """The sources that pay for the call, those used first first."""
    return list(FundingSource.objects.filter(calls__call=call).order_by("calls__rank", "id"))


def earmark_fits(source: FundingSource, values: Mapping[str, Value], on: date) -> bool:
    """Whether the source's money may go to the company with these register facts. Unknown does not fit."""
    return fits(source.earmark, values, on)


def list_sources() -> list[FundingSource]:
    return list(FundingSource.objects.order_by("name", "id"))
