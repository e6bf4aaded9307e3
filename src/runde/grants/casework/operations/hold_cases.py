from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import date_text
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Refused

from ..models import BulkAct
from ..queries.cases import lock_cases
from .bulk import Plan, carry_out, workable

LONGEST_REASON = 300


def hold_cases(
    *, case_ids: Collection[UUID], until_date: date, reason: str, by: Actor, at: datetime
) -> BulkAct:
    """Put open cases aside until a day: out of their lanes, and back by themselves that day. No deadline moves.

    Not done and listed: cases that are not open, and those the person has declared an interest in. Raises NotAllowed,
    NotFound, and Refused without a reason or a later day.
    """
    authorise(by, "casework.hold")
    reason = _sound(until_date, reason, timezone.localdate(at))
    with transaction.atomic():
        cases = lock_cases(case_ids)
        able, why = workable(cases, by)
        aside = {"hold_until_date": until_date, "hold_reason": reason}
        facts = {"until": until_date.isoformat(), "reason": reason}
        plan = Plan(BulkAct.Kind.HOLD, "casework.held", {case.id: aside for case in able}, why, facts)
        return carry_out(plan, cases, by, at)


def resume_cases(*, case_ids: Collection[UUID], by: Actor, at: datetime) -> BulkAct:
    """Take cases up again before their day. Raises as `hold_cases`."""
    authorise(by, "casework.hold")
    with transaction.atomic():
        cases = lock_cases(case_ids)
        able, why = workable(cases, by)
        back = {"hold_until_date": None, "hold_reason": ""}
        plan = Plan(BulkAct.Kind.RESUME, "casework.resumed", {case.id: back for case in able}, why)
        return carry_out(plan, cases, by, at)


def _sound(until_date: date, reason: str, today: date) -> str:
    reason = reason.strip()
    if until_date <= today:
        raise Refused(f"Velg en dag etter i dag, {date_text(today)}.")
    if not reason:
        raise Refused("Skriv hvorfor saken skal vente.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Skriv høyst {LONGEST_REASON} tegn. Nå er det {len(reason)}.")
    return reason
