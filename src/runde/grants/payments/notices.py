"""What the applicant is told when the money has left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from runde.engine.reference.api import Language, amount_text, date_text, mask_account
from runde.foundation.notices.api import Outgoing
from runde.foundation.people.api import names_of

from .decided import applicants
from .models import Payment

SUBJECT: dict[Language, str] = {
    "nb": "Pengene er på vei, sak {case}",
    "nn": "Pengane er på veg, sak {case}",
    "en": "The money is on its way, case {case}",
}
BODY: dict[Language, str] = {
    "nb": (
        "Hei.\n\nVi har bedt banken betale {amount} til {company}, på konto {account}.\n"
        "Banken betaler {day}. Det kan ta en bankdag til før pengene står på kontoen.\n\n"
        "Stemmer ikke kontonummeret? Ring oss med en gang."
    ),
    "nn": (
        "Hei.\n\nVi har bede banken betale {amount} til {company}, på konto {account}.\n"
        "Banken betaler {day}. Det kan ta ein bankdag til før pengane står på kontoen.\n\n"
        "Stemmer ikkje kontonummeret? Ring oss med ein gong."
    ),
    "en": (
        "Hello.\n\nWe have asked the bank to pay {amount} to {company}, account {account}.\n"
        "The bank pays on {day}. It may take one more bank day before the money is in the account.\n\n"
        "Is the account number wrong? Call us at once."
    ),
}


def notices_for(
    payments: Sequence[Payment], accounts: Mapping[UUID, str], execution_date: date
) -> list[Outgoing]:
    """One message for each payment to the person who applied, in the application's language."""
    found = applicants(payment.decision_id for payment in payments)
    known = names_of({applicant.person_id for applicant in found.values()})
    return [
        _notice(
            payment,
            accounts[payment.id],
            found[payment.decision_id].person_id,
            as_language(found[payment.decision_id].language),
            execution_date,
        )
        for payment in payments
        if payment.decision_id in found and found[payment.decision_id].person_id in known
    ]


def as_language(code: str) -> Language:
    return "nn" if code == "nn" else "en" if code == "en" else "nb"


def _notice(payment: Payment, account: str, person_id: UUID, language: Language, day: date) -> Outgoing:
    words = {
        "case": payment.case_number,
        "amount": amount_text(payment.amount_nok, language),
        "company": payment.recipient_name,
        "account": mask_account(account),
        "day": date_text(day, language),
    }
    return Outgoing(
        key=f"payment_sent:{payment.id}",
        language=language,
        subject=SUBJECT[language].format(**words),
        body=BODY[language].format(**words),
        subject_kind="payment",
        subject_id=payment.id,
        to_person=person_id,
    )
