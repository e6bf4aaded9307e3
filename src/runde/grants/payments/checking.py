"""Holds payments against accounts, register and decisions as they are now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .decided import health, replaced
from .domain.stops import Known, Payable, Stop, find_stops
from .models import PayerAccount, Payment


def stops_of(payments: Sequence[Payment], *, on: date) -> list[Stop]:
    """Everything that stops these payments today. A fixed number of queries."""
    if not payments:
        return []
    payer = find_payer_account(on)
    known = Known(
        owners=_owners(payments),
        health=health(payment.recipient_number for payment in payments),
        replaced=replaced(payment.decision_id for payment in payments),
        payer_account=payer.account_number if payer else "",
    )
    return find_stops([_payable(payment) for payment in payments], known)


def find_payer_account(on: date) -> PayerAccount | None:
    """The account the tenant pays from on a day."""
    return PayerAccount.objects.filter(valid_from__lte=on).order_by("-valid_from").first()


def _owners(payments: Sequence[Payment]) -> dict[str, set[str]]:
    """Everyone the accounts have been used for in this tenant, these payments included."""
    accounts = {payment.account_number for payment in payments if payment.account_number}
    owners: dict[str, set[str]] = {}
    rows = Payment.objects.filter(account_number__in=accounts)
    for account, owner in rows.values_list("account_number", "recipient_number").distinct():
        owners.setdefault(account, set()).add(owner)
    return owners


def _payable(payment: Payment) -> Payable:
    return Payable(
        payment_id=payment.id,
        decision_id=payment.decision_id,
        case_number=payment.case_number,
        recipient_number=payment.recipient_number,
        recipient_name=payment.recipient_name,
        account_number=payment.account_number,
        amount_nok=payment.amount_nok,
    )
