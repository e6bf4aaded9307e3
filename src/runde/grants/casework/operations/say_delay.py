from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Refused
from runde.grants.schemes.api import Call

from ..domain.delay_reasons import find_delay_reason
from ..domain.state_table import TABLE
from ..errors import CaseDecided, Unsaid
from ..models import Case, Delay
from .following import hold_case, journal

LONGEST = 500


def say_delay(
    *, case_id: UUID, expected_date: date, reason_code: str, reason_text: str = "", by: Actor, at: datetime
) -> Delay:
    """Say that the answer in a case comes later than said, with a new day and why. The applicant sees it at once.

    The promise stands: the case's own deadline is not moved, and it stays overdue. Raises NotAllowed, CaseDecided,
    Unsaid, Refused for a day that is not ahead.
    """
    with transaction.atomic():
        case = hold_case(case_id)
        authorise(by, TABLE.who_may("case", "delay"), case)
        if not TABLE.fits("case", "delay", case.state):
            raise CaseDecided("Saken er ikke lenger under behandling. Det er ingenting å utsette.")
        delay = _delay(case.call_id, case, expected_date, reason_code, reason_text, by, at)
        journal("casework.delayed", case.id, by.person_id, at, **_facts(delay))
    return delay


def say_delay_of_call(
    *, call: Call, expected_date: date, reason_code: str, reason_text: str = "", by: Actor, at: datetime
) -> Delay:
    """The same for every undecided case of a call that has no day of its own. Raises NotAllowed, Unsaid, Refused."""
    authorise(by, "casework.assign")
    with transaction.atomic():
        delay = _delay(call.id, None, expected_date, reason_code, reason_text, by, at)
        facts = _facts(delay)
        record(
            action="casework.delayed",
            subject_kind="call",
            subject_id=call.id,
            by=by.person_id,
            at=at,
            **facts,
        )
    return delay


def _delay(
    call_id: UUID, case: Case | None, day: date, code: str, text: str, by: Actor, at: datetime
) -> Delay:
    if day <= timezone.localdate(at):
        raise Refused("Dagen må være fra i morgen av. Velg en senere dag.")
    words = _reason(code, text)
    return Delay.objects.create(
        call_id=call_id,
        case=case,
        expected_date=day,
        reason_code=code,
        reason_text=words,
        said_by=by.person_id,
        said_at=at,
    )


def _reason(code: str, text: str) -> str:
    """The officer's own words, when the code stands in the list. Raises Refused, Unsaid."""
    reason, words = find_delay_reason(code), text.strip()
    if reason is None or not reason.is_chosen:
        raise Refused("Velg en årsak fra lista.")
    if reason.needs_words and not words:
        raise Unsaid("Skriv hvorfor svaret tar lengre tid. Søkeren får lese det.")
    if len(words) > LONGEST:
        raise Unsaid(f"Teksten er for lang. Skriv høyst {LONGEST} tegn.")
    return words


def _facts(delay: Delay) -> dict[str, object]:
    return {
        "expected_date": delay.expected_date,
        "reason_code": delay.reason_code,
        "reason_text": delay.reason_text,
    }
