"""What the applicant is told when the bank has answered: the money is paid, or did not get through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from django.utils import timezone

from runde.engine.reference.api import Language, amount_text, bank_reason, date_text, mask_account
from runde.foundation.notices.api import Outgoing
from runde.foundation.people.api import names_of

from .decided import Applicant, applicants
from .domain.answers import FAILED
from .models import BankAnswer, SealedPayment
from .notices import as_language

Told = Literal["paid", "account", "wait"]
SUBJECT: dict[Told, dict[Language, str]] = {
    "paid": {
        "nb": "Pengene er betalt, sak {case}",
        "nn": "Pengane er betalte, sak {case}",
        "en": "The money is paid, case {case}",
    },
    "account": {
        "nb": "Vi trenger nytt kontonummer, sak {case}",
        "nn": "Vi treng nytt kontonummer, sak {case}",
        "en": "We need a new account number, case {case}",
    },
    "wait": {
        "nb": "Pengene er forsinket, sak {case}",
        "nn": "Pengane er forseinka, sak {case}",
        "en": "The money is delayed, case {case}",
    },
}
BODY: dict[Told, dict[Language, str]] = {
    "paid": {
        "nb": "Hei.\n\nBanken har betalt {amount} til {company}, på konto {account}. Dagen var {day}.",
        "nn": "Hei.\n\nBanken har betalt {amount} til {company}, på konto {account}. Dagen var {day}.",
        "en": "Hello.\n\nThe bank has paid {amount} to {company}, account {account}, on {day}.",
    },
    "account": {
        "nb": (
            "Hei.\n\nBanken kunne ikke betale {amount} til {company}. Konto {account} tar ikke imot pengene.\n\n"
            "Logg inn og skriv et nytt kontonummer. Da betaler vi på nytt. Pengene er fortsatt deres."
        ),
        "nn": (
            "Hei.\n\nBanken kunne ikkje betale {amount} til {company}. Konto {account} tek ikkje imot pengane.\n\n"
            "Logg inn og skriv eit nytt kontonummer. Då betaler vi på nytt. Pengane er framleis dykkar."
        ),
        "en": (
            "Hello.\n\nThe bank could not pay {amount} to {company}. Account {account} does not take the money.\n\n"
            "Sign in and give a new account number. Then we pay again. The money is still yours."
        ),
    },
    "wait": {
        "nb": (
            "Hei.\n\nBanken har ikke betalt {amount} til {company} ennå. Vi ordner det og betaler på nytt.\n\n"
            "Dere trenger ikke gjøre noe. Pengene er fortsatt deres."
        ),
        "nn": (
            "Hei.\n\nBanken har ikkje betalt {amount} til {company} enno. Vi ordnar det og betaler på nytt.\n\n"
            "De treng ikkje gjere noko. Pengane er framleis dykkar."
        ),
        "en": (
            "Hello.\n\nThe bank has not paid {amount} to {company} yet. We sort it out and pay again.\n\n"
            "You do not need to do anything. The money is still yours."
        ),
    },
}


def notices_of_answers(answers: Sequence[BankAnswer]) -> list[Outgoing]:
    """One mail for each payment that is paid or failed, to who applied, in the language of the application."""
    told = [(one, one.sealed, kind) for one in answers if one.sealed and (kind := _told(one))]
    people = applicants(sealed.payment.decision_id for _, sealed, _ in told)
    known = names_of({one.person_id for one in people.values()})
    return [
        _notice(answer, sealed, kind, applicant)
        for answer, sealed, kind in told
        if (applicant := people.get(sealed.payment.decision_id)) and applicant.person_id in known
    ]


def _told(answer: BankAnswer) -> Told | None:
    if answer.kind == BankAnswer.Kind.PAID:
        return "paid"
    if answer.kind not in FAILED:
        return None
    effect = bank_reason(answer.reason_code, timezone.localdate(answer.at)).effect
    return "account" if effect == "account" else "wait"


def _notice(answer: BankAnswer, sealed: SealedPayment, kind: Told, applicant: Applicant) -> Outgoing:
    language, payment = as_language(applicant.language), sealed.payment
    words = {
        "case": payment.case_number,
        "amount": amount_text(payment.amount_nok, language),
        "company": payment.recipient_name,
        "account": mask_account(sealed.account_number or payment.account_number),
        "day": date_text(answer.booked_date or timezone.localdate(answer.at), language),
    }
    return Outgoing(
        key=f"payment_{answer.kind}:{payment.id}",
        language=language,
        subject=SUBJECT[kind][language].format(**words),
        body=BODY[kind][language].format(**words),
        subject_kind="payment",
        subject_id=payment.id,
        to_person=applicant.person_id,
    )
