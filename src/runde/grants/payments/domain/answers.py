"""What the bank's answers about one payment come to, in whatever order they arrived. Pure."""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum


class BankState(StrEnum):
    """How a payment that has been sent stands at the bank."""

    SENT = "sent"
    ACCEPTED = "accepted"
    PAID = "paid"
    REJECTED = "rejected"
    RETURNED = "returned"
    UNSURE = "unsure"
    """Both paid and rejected: the bank must be asked, and nothing is paid anew before that."""


FAILED = frozenset({"rejected", "returned"})
"""The kinds of answers after which the money is owed anew."""


def bank_state(kinds: Set[str]) -> BankState:
    """The state the kinds of answers give. Money that came back came back, whatever else was said."""
    if "returned" in kinds:
        return BankState.RETURNED
    if "rejected" in kinds:
        return BankState.UNSURE if "paid" in kinds else BankState.REJECTED
    if "paid" in kinds:
        return BankState.PAID
    return BankState.ACCEPTED if "accepted" in kinds else BankState.SENT
