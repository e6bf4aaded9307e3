"""Makes the bytes for the bank from a batch: written, read back, and valid against the schema, or refused."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from runde.engine.bank.api import (
    BankFileRefusal,
    Debtor,
    PaymentBatch,
    PaymentLine,
    validate_bank_file,
    write_pain001,
)
from runde.foundation.organisations.api import get_tenant
from runde.foundation.trust.api import current_tenant

from .checking import find_payer_account
from .domain.naming import message_id, remittance_text
from .errors import BankFileRefused, NoPayerAccount
from .models import Batch, PayerAccount, Payment


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A valid payment file, not yet sealed."""

    message_id: str
    content: bytes
    sum_nok: Decimal


def write_file(
    batch: Batch, payments: Sequence[Payment], accounts: Mapping[UUID, str], *, at: datetime
) -> MadeFile:
    """The bytes for the bank, on the accounts given by payment.

    Raises NoPayerAccount, or BankFileRefused with the bank room's own sentence.
    """
    payer = _payer(at)
    debtor = _debtor(payer)
    message = message_id(debtor.organisation_number, batch.number)
    header = PaymentBatch(
        message,
        timezone.localtime(at),
        batch.execution_date,
        version="03" if payer.file_version == PayerAccount.FileVersion.OLDER else "09",
        batch_booking=payer.batch_booking,
    )
    try:
        content = write_pain001(debtor, header, [_line(one, accounts[one.id]) for one in payments])
        breaches = validate_bank_file(content)
    except BankFileRefusal as refusal:
        raise BankFileRefused(str(refusal)) from refusal
    if breaches:
        raise BankFileRefused(f"Filen følger ikke bankenes skjema: {breaches[0]}. Ingenting er sendt.")
    return MadeFile(message, content, sum((one.amount_nok for one in payments), Decimal(0)))


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _payer(at: datetime) -> PayerAccount:
    payer = find_payer_account(timezone.localdate(at))
    if payer is None:
        raise NoPayerAccount(
            "Kommunens konto for utbetalinger er ikke registrert. Registrer den før du godkjenner."
        )
    return payer


def _debtor(payer: PayerAccount) -> Debtor:
    tenant = get_tenant(current_tenant())
    return Debtor(
        name=tenant.name,
        organisation_number=tenant.organisation_number,
        account=payer.account_number,
        bic=payer.bank_bic,
        customer_id=payer.customer_id or None,
        division_id=payer.division_id or None,
    )


def _line(payment: Payment, account_number: str) -> PaymentLine:
    return PaymentLine(
        reference=payment.reference,
        amount_nok=payment.amount_nok,
        creditor_name=payment.recipient_name,
        creditor_account=account_number,
        text=remittance_text(payment.case_number),
    )
