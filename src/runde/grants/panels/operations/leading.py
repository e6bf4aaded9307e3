"""What a leader may not do: lead a competition where they have an interest in one of the cases."""

from __future__ import annotations

from runde.foundation.people.api import Actor, authorise

from ..errors import LeaderHasInterest
from ..models import Panel
from ..queries.panels import interests_in


def authorise_leader(panel: Panel, by: Actor) -> None:
    """Raises NotAllowed, LeaderHasInterest. A ranking weighs every case against every other, so one interest is
    enough.
    """
    authorise(by, "panels.lead", panel)
    if any(person == by.person_id for _, person in interests_in(panel)):
        raise LeaderHasInterest(
            "Du har meldt fra om at du ikke kan behandle en av sakene. Da kan du heller ikke lede rangeringen av dem. "
            "En annen saksbehandler må gjøre det."
        )
