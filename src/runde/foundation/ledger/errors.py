"""What the books refuse, by name, with a sentence for the person at the screen."""

from __future__ import annotations

from django.db import IntegrityError

from runde.foundation.trust.api import Conflict, Refused


class LedgerRefused(Refused):
    """The base of every refusal to post."""

    code = "ledger_refused"


class InvalidAmount(LedgerRefused):
    """An amount is not a Decimal above zero with at most two decimals and twelve digits."""

    code = "ledger_amount"


class NotEnoughMoney(LedgerRefused):
    """A funding source would fall below zero. Facts: `source_id`, `short_nok`."""

    code = "ledger_not_enough"


class NotThatMuchOnCase(LedgerRefused):
    """More is to be moved for a case than stands there. Facts: `case_id`, `source_id`, `short_nok`."""

    code = "ledger_case"


class OutOfBalance(LedgerRefused):
    """The legs of an entry do not sum to zero: a programming error that the database stopped."""

    code = "ledger_out_of_balance"


class UnknownSource(LedgerRefused):
    """A funding source has no accounts in this tenant's books. Fact: `source_id`."""

    code = "ledger_source"


class PostedOtherwise(Conflict, LedgerRefused):
    """An entry with this key stands in the books with other amounts. Fact: `key`."""

    code = "ledger_posted_otherwise"


NOT_ENOUGH = "Det er ikke nok penger igjen i finansieringskilden. Andre kan ha brukt av den mens du arbeidet."
NOT_ON_CASE = (
    "Det står ikke så mye penger på saken som du prøver å flytte. Last siden på nytt og se hva som er gjort."
)
UNBALANCED = (
    "Bilaget går ikke i null og er stoppet. Ingenting er bokført. Meld fra til den som drifter løsningen."
)
TWICE = "Dette er allerede bokført av noen andre. Last siden på nytt og se hva som er gjort."

CONSTRAINTS: dict[str, tuple[type[LedgerRefused], str]] = {
    "ledger_account_floor": (NotEnoughMoney, NOT_ENOUGH),
    "ledger_subject_floor": (NotThatMuchOnCase, NOT_ON_CASE),
    "ledger_entry_balanced": (OutOfBalance, UNBALANCED),
    "ledger_entry_complete": (OutOfBalance, UNBALANCED),
    "ledger_leg_place_fits": (OutOfBalance, UNBALANCED),
    "ledger_entry_once": (PostedOtherwise, TWICE),
}


def refusal_for(error: IntegrityError) -> LedgerRefused | None:
    """The refusal that answers to the broken constraint; None when it is not one of the ledger's."""
    broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    if broken not in CONSTRAINTS:
        return None
    refusal, sentence = CONSTRAINTS[broken]
    return refusal(sentence, constraint=broken)
