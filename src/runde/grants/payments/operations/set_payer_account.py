from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from runde.engine.bank.api import FileVersion
from runde.engine.reference.api import ReferenceRefusal, clean_account, mask_account
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict

from ..errors import PaymentsRefused
from ..models import PayerAccount


def set_payer_account(
    *,
    account_number: str,
    bank_bic: str,
    valid_from: date,
    by: Actor,
    at: datetime,
    customer_id: str = "",
    division_id: str = "",
    file_version: FileVersion = "09",
    batch_booking: bool = True,
) -> PayerAccount:
    """Say which account the tenant pays from, from a day on, and the profile of its files as agreed with the bank.

    Earlier accounts stay on record, and sealed files stay as they are.
    """
    authorise(by, "payments.set_payer_account")
    try:
        number = clean_account(account_number)
    except ReferenceRefusal as refusal:
        raise PaymentsRefused(str(refusal)) from refusal
    with transaction.atomic():
        if PayerAccount.objects.filter(valid_from=valid_from).exists():
            raise Conflict("Det er allerede registrert en konto fra denne dagen. Velg en annen dag.")
        account = PayerAccount.objects.create(
            account_number=number,
            bank_bic=bank_bic,
            customer_id=customer_id,
            division_id=division_id,
            file_version=file_version,
            batch_booking=batch_booking,
            valid_from=valid_from,
        )
        record(
            action="payments.payer_account_set",
            subject_kind="payer_account",
            subject_id=account.id,
            by=by.person_id,
            at=at,
            account=mask_account(number),
            valid_from=valid_from,
            file_version=file_version,
            batch_booking=batch_booking,
        )
    return account
