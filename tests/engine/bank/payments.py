"""A payer, a batch and payments to test with; none of the numbers belongs to anyone."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from runde.engine.bank.api import Debtor, PaymentBatch, PaymentLine, write_pain001

DEBTOR = Debtor("Eksempel kommune", "310000019", "12345600009", "TESTNOKKXXX")
BATCH = PaymentBatch(
    "RUNDE-20260512-0001",
    datetime(2026, 5, 12, 9, 30, tzinfo=timezone(timedelta(hours=2))),
    date(2026, 5, 13),
)
LINE = PaymentLine(
    "U-2026-0001",
    Decimal("150000.00"),
    "Eksempelbedrift AS",
    "12345600017",
    text="Tilskudd sak 26/00123 utbetaling 1",
)
KID_LINE = PaymentLine("U-2026-0002", Decimal("25000.00"), "Prøvebedrift DA", "12345600025", kid="12345674")


def line(**changes: Any) -> PaymentLine:
    """The first payment with changes."""
    return replace(LINE, **changes)


def written(*lines: PaymentLine) -> bytes:
    """A file with these payments."""
    return write_pain001(DEBTOR, BATCH, lines)
