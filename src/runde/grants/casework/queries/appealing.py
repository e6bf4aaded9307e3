"""When the appeal period of a decision runs out, and which appeals have come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from runde.foundation.documents.api import Version, find_document
from runde.foundation.notices.api import Notice, list_notices
from runde.foundation.people.api import Actor, authorise

from ..domain.appeal_period import AppealPeriod, appeal_period
from ..models import Appeal, Decision, DecisionReading


@dataclass(frozen=True, slots=True)
class AppealRow:
    """An appeal in the list, with its case."""

    appeal: Appeal
    case_number: str
    company: str


def appeal_period_of(decision: Decision) -> AppealPeriod:
    """When the period began and ends, by what is known now. Three statements."""
    letter = find_document(f"decision_letter:{decision.id}")
    reading = DecisionReading.objects.filter(decision_id=decision.id).first()
    return period_from(decision, letter, list_notices("case", decision.case_id), reading)


def period_from(
    decision: Decision, letter: Version | None, notices: Iterable[Notice], reading: DecisionReading | None
) -> AppealPeriod:
    return appeal_period(
        in_letter=decision.appeal_by_date,
        available_date=timezone.localdate(letter.made_at) if letter else None,
        notified_date=_notified(decision, notices),
        read_date=timezone.localdate(reading.read_at) if reading else None,
    )


def _notified(decision: Decision, notices: Iterable[Notice]) -> date | None:
    keys = (f"decision:{decision.id}", f"decision_again:{decision.id}")
    left = [one.sent_at for one in notices if one.key in keys and one.state == "sent" and one.sent_at]
    return timezone.localdate(min(left)) if left else None


def list_appeals(*, by: Actor) -> list[AppealRow]:
    """Every appeal that has come, those not settled first, oldest first. One statement."""
    authorise(by, "casework.list")
    found = Appeal.objects.filter(sent_at__isnull=False).select_related("decision__case__application")
    rows = found.defer("decision__snapshot").order_by("settled_at", "sent_at")
    in_order = sorted(rows, key=lambda one: one.settled_at is not None)
    return [
        AppealRow(one, one.decision.case.number, one.decision.case.application.company_name)
        for one in in_order
    ]
