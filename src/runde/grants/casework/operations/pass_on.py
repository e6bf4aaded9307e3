"""A case leaves whoever declares an interest in it, by itself: to another officer, or to the leader's queue."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from runde.foundation.people.api import Actor, Role, list_role_holders

from ..domain.sharing import shared_evenly
from ..models import Case
from ..queries.tallies import open_cases_of
from .bulk import interests_in
from .following import journal


def pass_on(case: Case, by: Actor, at: datetime) -> None:
    """For a case already held, which the person may no longer work on. Nothing happens when it is not theirs.

    It goes to the officer with the fewest open cases who has no interest in it; with nobody left it stands without
    anybody responsible, which is the leader's queue.
    """
    if case.assigned_to != by.person_id or case.state == Case.State.WITHDRAWN:
        return
    case.assigned_to = _next_officer(case, by, at)
    case.save(update_fields=["assigned_to"])
    journal("casework.passed_on", case.id, by.person_id, at, to=case.assigned_to, because="interest")


def _next_officer(case: Case, by: Actor, at: datetime) -> UUID | None:
    people = list_role_holders(Role.OFFICER, on=timezone.localdate(at))
    others = [person.id for person in people if person.id != by.person_id]
    standing = open_cases_of(others)
    before = {person: standing.get(person, 0) for person in others}
    return shared_evenly([case.id], before, interests_in([case], others))[case.id]
