from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.people.api import Actor, authorise

from ..models import DecisionReading
from .following import hold_decision, journal


def confirm_reading(*, decision_id: UUID, by: Actor, at: datetime) -> DecisionReading:
    """Say, for the applicant, that the decision is read. The first time counts; saying it again changes nothing."""
    with transaction.atomic():
        decision = hold_decision(decision_id)
        authorise(by, "casework.follow", decision.case)
        reading, new = DecisionReading.objects.get_or_create(
            decision_id=decision.id, defaults={"read_by": by.person_id, "read_at": at}
        )
        if new:
            journal("casework.decision_read", decision.case_id, by.person_id, at, decision=decision.id)
    return reading
