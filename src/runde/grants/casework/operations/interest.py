"""For acts on several cases at once that cannot leave some of them out."""

from __future__ import annotations

from collections.abc import Collection

from runde.foundation.people.api import Actor

from ..errors import HasInterest, listed
from ..models import Case
from .bulk import interests_in


def refuse_interest(cases: Collection[Case], by: Actor) -> None:
    """Raises HasInterest when the person has declared one in any of the cases."""
    barred = {case_id for case_id, _ in interests_in(cases, [by.person_id])}
    numbers = [case.number for case in cases if case.id in barred]
    if numbers:
        raise HasInterest(
            f"Du har meldt fra om at du ikke kan behandle sak {listed(numbers)}. En annen må gjøre dette."
        )
