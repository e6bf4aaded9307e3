"""How the money of cases stands, for the applicant's pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from runde.engine.reference.api import mask_account
from runde.grants.casework.api import AccountState, MoneyState

from ..accounts import holdings_of
from ..domain.accounts import Holding
from ..models import BatchLine, Payment
from ..standing import STANDS


def money_states(case_ids: Collection[UUID], at: datetime) -> dict[UUID, MoneyState]:
    """The newest payment of each case and the account it goes to; cases where nothing is owed are not there.

    Three statements.
    """
    owed = _owed(case_ids)
    if not owed:
        return {}
    newest = {case_id: payments[0] for case_id, payments in owed.items()}
    lines = BatchLine.objects.filter(payment__in=newest.values(), is_live=True).select_related("batch")
    by_payment = {line.payment_id: line for line in lines}
    holdings = holdings_of(list(newest.values()), on=timezone.localdate(at))
    return {
        case_id: _state(payment, by_payment.get(payment.id), holdings[payment.id], owed[case_id][1:])
        for case_id, payment in newest.items()
    }


def _owed(case_ids: Collection[UUID]) -> dict[UUID, list[Payment]]:
    """By case, the newest first, without those that others have taken the place of."""
    found: dict[UUID, list[Payment]] = {}
    payments = Payment.objects.filter(STANDS, case_id__in=case_ids)
    for payment in payments.order_by("-made_at", "-reference"):
        found.setdefault(payment.case_id, []).append(payment)
    return found


def _state(
    payment: Payment, line: BatchLine | None, holding: Holding, earlier: Sequence[Payment]
) -> MoneyState:
    batch = line.batch if line else None
    is_sealed = batch is not None and batch.state in ("sealed", "sent")
    used = line.account_number if line and is_sealed and line.account_number else holding.number
    waiting = None if is_sealed else holding.waiting
    return MoneyState(
        state=batch.state if batch else "waiting",
        amount_nok=payment.amount_nok,
        earlier_nok=sum((one.amount_nok for one in earlier), Decimal(0)),
        due_date=payment.due_date,
        execution_date=batch.execution_date if batch else None,
        sent_at=batch.sent_at if batch else None,
        account=AccountState(
            masked=mask_account(used) if used else "",
            change_id=waiting.id if waiting else None,
            new_masked=mask_account(waiting.new_number) if waiting else "",
            effective_date=waiting.effective_date if waiting else None,
            can_change=not is_sealed,
        ),
    )
