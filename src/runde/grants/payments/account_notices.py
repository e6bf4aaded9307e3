"""What everybody who has acted for an applicant is told when the account changes. No link: a mail may be forged."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal
from uuid import UUID

from runde.engine.reference.api import Language, date_text, mask_account
from runde.foundation.notices.api import Outgoing, queue_notices
from runde.foundation.people.api import names_of
from runde.grants.casework.api import Case

from .models import AccountChange
from .notices import as_language

Kind = Literal["asked", "cancelled"]
SUBJECT: dict[Kind, dict[Language, str]] = {
    "asked": {
        "nb": "Nytt kontonummer, sak {case}",
        "nn": "Nytt kontonummer, sak {case}",
        "en": "New account number, case {case}",
    },
    "cancelled": {
        "nb": "Kontonummeret blir ikke endret, sak {case}",
        "nn": "Kontonummeret blir ikkje endra, sak {case}",
        "en": "The account number stays, case {case}",
    },
}
SENTENCE: dict[Kind, dict[Language, str]] = {
    "asked": {
        "nb": "Kontonummeret for {company} blir endret fra {old} til {new}. Vi betaler ikke noe før {day}.",
        "nn": "Kontonummeret for {company} blir endra frå {old} til {new}. Vi betaler ikkje noko før {day}.",
        "en": "The account number of {company} changes from {old} to {new}. Nothing is paid before {day}.",
    },
    "cancelled": {
        "nb": "Endringen av kontonummer for {company} er stoppet. Pengene går til {old}.",
        "nn": "Endringa av kontonummer for {company} er stoppa. Pengane går til {old}.",
        "en": "The change of account number of {company} is called off. The money goes to {old}.",
    },
}
BODY: dict[Language, str] = {
    "nb": "Hei.\n\n{sentence}\n\nStemmer ikke dette? Ring oss med en gang, eller logg inn og stopp endringen.",
    "nn": "Hei.\n\n{sentence}\n\nStemmer ikkje dette? Ring oss med ein gong, eller logg inn og stopp endringa.",
    "en": "Hello.\n\n{sentence}\n\nIs this wrong? Call us at once, or sign in and stop the change.",
}


def account_sentence(change: AccountChange, company: str, kind: Kind, language: Language) -> str:
    """The same words on the page and in the mail."""
    return SENTENCE[kind][language].format(
        company=company,
        old=mask_account(change.old_number),
        new=mask_account(change.new_number),
        day=date_text(change.effective_date, language),
    )


def tell_of_account(
    case: Case, change: AccountChange, kind: Kind, people: Collection[UUID], *, at: datetime
) -> None:
    """One mail to each, in the transaction of the change."""
    language = as_language(case.application.language)
    sentence = account_sentence(change, case.application.company_name, kind, language)
    known = names_of(set(people))
    queue_notices(
        [
            Outgoing(
                key=f"account_{kind}:{change.id}:{person_id}",
                language=language,
                subject=SUBJECT[kind][language].format(case=case.number),
                body=BODY[language].format(sentence=sentence),
                subject_kind="account_change",
                subject_id=change.id,
                to_person=person_id,
            )
            for person_id in sorted(people, key=str)
            if person_id in known
        ],
        at=at,
    )
