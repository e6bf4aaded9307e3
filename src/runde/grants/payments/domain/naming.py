"""References and texts that follow the money to the bank. Pure."""

from __future__ import annotations

from datetime import date

from runde.engine.reference.api import next_bank_day


def payment_reference(year: int, number: int) -> str:
    """The end-to-end id: unique in the tenant for ever, since the number never starts again within the year."""
    return f"U-{year}-{number:06d}"


def message_id(organisation_number: str, batch_number: int) -> str:
    """The bank's control against duplicates: one for each batch, for ever."""
    return f"RUNDE-{organisation_number}-{batch_number:06d}"


def remittance_text(case_number: str) -> str:
    """What the recipient reads in the bank statement."""
    return f"Tilskudd, sak {case_number}"


def due_date(decided_date: date) -> date:
    """The first bank day after the decision."""
    return next_bank_day(decided_date)
