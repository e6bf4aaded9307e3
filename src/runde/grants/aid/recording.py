"""Writing down what decisions give, and taking it back when they no longer stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from uuid import UUID

from runde.foundation.trust.api import current_tenant

from .models import AidAward

CENT = Decimal("0.01")
Why = Literal["replaced", "declined", "lapsed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What one decision gives one undertaking. `basis` is the scheme's aid rule, empty when it names none.

    `right_arose_date` is the day the undertaking got its right, whenever the money is paid.
    """

    decision_id: UUID
    organisation_number: str
    giver: str
    scheme_name: str
    basis: str
    right_arose_date: date
    amount_nok: Decimal
    euro_rate: Decimal
    euro_rate_date: date
    euro_rate_source: str


def record_awards(given: Sequence[Given], *, at: datetime) -> None:
    """Write down aid, in the transaction of the decisions that give it. The euro amount is reckoned here, once."""
    AidAward.objects.bulk_create([_award(one, at) for one in given], batch_size=2000)


def reverse_awards(*, decision_ids: Collection[UUID], why: Why, at: datetime) -> int:
    """Mark aid as not given after all; gives how much of it stood. The rows stay, as a trace."""
    standing = AidAward.objects.filter(
        tenant_id=current_tenant(), decision_id__in=decision_ids, reversed_at__isnull=True
    )
    return standing.update(reversed_at=at, reversed_why=why)


def _award(given: Given, at: datetime) -> AidAward:
    return AidAward(
        tenant_id=current_tenant(),
        decision_id=given.decision_id,
        organisation_number=given.organisation_number,
        giver=given.giver,
        scheme_name=given.scheme_name,
        basis=given.basis,
        right_arose_date=given.right_arose_date,
        amount_nok=given.amount_nok,
        amount_eur=(given.amount_nok / given.euro_rate).quantize(CENT, rounding=ROUND_HALF_UP),
        euro_rate=given.euro_rate,
        euro_rate_date=given.euro_rate_date,
        euro_rate_source=given.euro_rate_source,
        recorded_at=at,
    )
