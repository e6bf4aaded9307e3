from __future__ import annotations

from runde.foundation.people.api import Actor, Role, permission


@permission("forms.publish", who="ordningsansvarlig")
def can_publish(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.SCHEME_MANAGER)
