"""How the money of one case stands, for the applicant's page."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from runde.engine.reference.api import mask_account
from runde.grants.casework.api import AccountState, MoneyState

from ..accounts import holdings_of
from ..models import BatchLine, Payment


def money_state(case_id: UUID, at: datetime) -> MoneyState | None:
    """The newest payment of the case and the account it goes to; None when nothing is owed. Three statements."""
    owed = list(
        Payment.objects.filter(case_id=case_id, superseded__isnull=True).order_by("-made_at", "-reference")
    )
    if not owed:
        return None
    payment = owed[0]
    line = BatchLine.objects.filter(payment=payment, is_live=True).select_related("batch").first()
    batch = line.batch if line else None
    holding = holdings_of([payment], on=timezone.localdate(at))[payment.id]
    is_sealed = batch is not None and batch.state in ("sealed", "sent")
    used = line.account_number if line and is_sealed and line.account_number else holding.number
    waiting = None if is_sealed else holding.waiting
    return MoneyState(
        state=batch.state if batch else "waiting",
        amount_nok=payment.amount_nok,
        earlier_nok=sum((one.amount_nok for one in owed[1:]), Decimal(0)),
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
