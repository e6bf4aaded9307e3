"""Nothing is paid on a decision that waits for its appeal; others are not touched."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from runde.engine.reference.api import synthetic_account
from runde.grants.payments.domain.stops import Health, Known, Payable, StopKind, find_stops

ACCOUNTS = [synthetic_account(7), synthetic_account(8)]


def test_a_suspended_decision_stops_its_own_payment_alone() -> None:
    waits, other = (_payable(one) for one in ACCOUNTS)
    known = Known(health={"310000027": Health()}, suspended={waits.decision_id})
    [stop] = find_stops([waits, other], known)
    assert (stop.payment_id, stop.kind) == (waits.payment_id, StopKind.SUSPENDED)
    assert "klaget på" in stop.sentence


def _payable(account: str) -> Payable:
    return Payable(uuid4(), uuid4(), "26/1", "310000027", "Kafé AS", account, Decimal(100))
