"""A made-up grant letter of the usual length, different for each number."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from runde.engine.reference.api import amount_text, synthetic_account
from runde.engine.typeset.api import (
    Contact,
    Fact,
    GrantFacts,
    Letter,
    Person,
    Recipient,
    Sender,
    grant_letter,
)

MADE_AT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


def sample_letter(number: int) -> Letter:
    """The letter about case 26/`number`."""
    amount = Decimal(100_000 + 100 * number)
    return grant_letter(
        GrantFacts(
            language="nb",
            sender=Sender("Moss kommune"),
            recipient=Recipient(f"Prøvekafé {number} AS", ("Kanalgata 1", "1530 Moss")),
            contact=Contact("Næringsavdelingen", "00 00 00 00"),
            case_number=f"26/{number}",
            scheme="tilskudd til virksomheter rammet av smitteverntiltak",
            applied_date=date(2026, 11, 12),
            decided_date=date(2026, 11, 23),
            notified_date=date(2026, 11, 23),
            made_at=MADE_AT,
            officer=Person("Ida Lunde", "saksbehandler"),
            approver=Person("Per Strand", "næringssjef"),
            authority="kommunedirektøren",
            appeal_body="klagenemnda i kommunen",
            scheme_rules="Retningslinjer for ordningen.",
            reasons=("Omsetningen falt med 45,0 prosent. Kravet er minst 30 prosent.",) * 3,
            calculation=tuple(Fact(f"Ledd {step}", amount_text(amount / step)) for step in range(1, 6)),
            register_date=date(2026, 11, 20),
            amount_nok=amount,
            account=synthetic_account(number),
            conditions=("Pengene skal dekke faste kostnader i november 2026.",) * 3,
        )
    )
