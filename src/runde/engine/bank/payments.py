"""What goes into a payment file: plain values, checked when the file is written."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, get_args

FileVersion = Literal["09", "03"]
FILE_VERSIONS: tuple[FileVersion, ...] = get_args(FileVersion)
"""The issues of pain.001.001 that are written. All Norwegian banks take 03; 09 is its successor."""


@dataclass(frozen=True, slots=True)
class Debtor:
    """Who pays. `customer_id` is the id in the bank agreement (by default the organisation number);
    `division_id` is only for banks that ask for one."""

    name: str
    organisation_number: str
    account: str
    bic: str
    customer_id: str | None = None
    division_id: str | None = None
    country: str = "NO"


@dataclass(frozen=True, slots=True)
class PaymentBatch:
    """One file with one payment block: one debit account, one day, one kind.

    `message_id` is the bank's control against duplicates: the same batch sent again keeps it, a corrected
    batch gets a new one. `payment_info_id` defaults to the message id with `-A`. `created_at` is aware.
    `version` and `batch_booking` (one sum on the payer's statement, or a line for each payment) are as agreed with
    the bank.
    """

    message_id: str
    created_at: datetime
    execution_date: date
    payment_info_id: str | None = None
    version: FileVersion = "09"
    batch_booking: bool = True


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One payment in NOK. Exactly one of `kid` and `text` is set; `reference` is unique in the batch."""

    reference: str
    amount_nok: Decimal
    creditor_name: str
    creditor_account: str
    text: str | None = None
    kid: str | None = None
    country: str = "NO"
