"""Holds payments against accounts, register and decisions as they are now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from runde.grants.casework.api import suspended

from .accounts import holdings_of
from .decided import health, replaced
from .domain.accounts import Holding
from .domain.stops import Known, Payable, Stop, find_stops
from .models import AccountChange, PayerAccount, Payment
from .standing import failures_of


def stops_of(
    payments: Sequence[Payment], *, on: date, gathered: Mapping[UUID, str] | None = None
) -> list[Stop]:
    """Everything that stops these payments today. A fixed number of queries.

    `gathered` is the account each was gathered on, by payment, once they lie in a batch.
    """
    if not payments:
        return []
    accounts, lines = holdings_of(payments, on=on), gathered or {}
    payer, failures = find_payer_account(on), failures_of(payments)
    known = Known(
        owners=_owners(payments, accounts),
        health=health(payment.recipient_number for payment in payments),
        replaced=replaced(payment.decision_id for payment in payments),
        payer_account=payer.account_number if payer else "",
        suspended=suspended(payment.decision_id for payment in payments),
        refused_accounts=failures.refused,
        bank_unsure=failures.unsure,
    )
    payables = [_payable(one, accounts[one.id], lines.get(one.id, "")) for one in payments]
    return find_stops(payables, known)


def find_payer_account(on: date) -> PayerAccount | None:
    """The account the tenant pays from on a day."""
    return PayerAccount.objects.filter(valid_from__lte=on).order_by("-valid_from").first()


def _owners(payments: Sequence[Payment], holdings: Mapping[UUID, Holding]) -> dict[str, set[str]]:
    """Everyone the accounts have been named for in this tenant, in applications or changes, these included."""
    accounts = {holding.number for holding in holdings.values() if holding.number}
    owners: dict[str, set[str]] = {}
    for payment in payments:
        owners.setdefault(holdings[payment.id].number, set()).add(payment.recipient_number)
    named = Payment.objects.filter(account_number__in=accounts).values_list(
        "account_number", "recipient_number"
    )
    asked = AccountChange.objects.filter(new_number__in=accounts, cancelled_at__isnull=True)
    asked_for = asked.values_list("new_number", "organisation_number")
    for account, owner in named.union(asked_for):
        owners.setdefault(account, set()).add(owner)
    return owners


def _payable(payment: Payment, holding: Holding, gathered_on: str) -> Payable:
    return Payable(
        payment_id=payment.id,
        decision_id=payment.decision_id,
        case_number=payment.case_number,
        recipient_number=payment.recipient_number,
        recipient_name=payment.recipient_name,
        account_number=holding.number,
        amount_nok=payment.amount_nok,
        gathered_on=gathered_on,
        waits_until=holding.waiting.effective_date if holding.waiting else None,
    )
