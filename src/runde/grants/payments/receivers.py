"""What payments does when casework has decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from runde.grants.casework.api import Decision, decisions_made, grant_accepted, show_money_by

from .operations.make_payments import make_payments
from .queries.money_state import money_states

show_money_by(money_states)


@receiver(decisions_made, dispatch_uid="payments.make_payments")
def owe_what_was_granted(*, decisions: Sequence[Decision], at: datetime, **_: Any) -> None:
    make_payments(decision_ids=[decision.id for decision in decisions], at=at)


@receiver(grant_accepted, dispatch_uid="payments.pay_accepted")
def owe_what_was_accepted(*, decision: Decision, at: datetime, **_: Any) -> None:
    make_payments(decision_ids=[decision.id], at=at)
