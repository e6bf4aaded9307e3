"""Which account each case's money goes to, as the database knows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from .domain.accounts import Holding, Wish, holding
from .models import AccountChange, Payment


def holdings_of(payments: Sequence[Payment], *, on: date) -> dict[UUID, Holding]:
    """What holds for each payment, by its id. One statement."""
    wishes = _wishes({payment.case_id for payment in payments})
    return {
        payment.id: holding(payment.account_number, wishes.get(payment.case_id, ()), on=on)
        for payment in payments
    }


def holding_of_case(case_id: UUID, own_number: str, *, on: date) -> Holding:
    return holding(own_number, _wishes([case_id]).get(case_id, ()), on=on)


def _wishes(case_ids: Iterable[UUID]) -> dict[UUID, list[Wish]]:
    found: dict[UUID, list[Wish]] = {}
    for one in AccountChange.objects.filter(case_id__in=list(case_ids)):
        wish = Wish(one.id, one.new_number, one.asked_at, one.effective_date, one.cancelled_at is not None)
        found.setdefault(one.case_id, []).append(wish)
    return found
