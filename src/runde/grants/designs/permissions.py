from __future__ import annotations

from runde.foundation.people.api import Actor, Role, permission

# Writing is "schemes.manage": who may publish a scheme may draft one.


@permission("designs.read", who="ansatte som arbeider med tilskudd, og revisor")
def can_read(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.SCHEME_MANAGER, Role.OFFICER, Role.APPROVER, Role.FINANCE, Role.AUDITOR)


@permission("designs.try", who="ordningsansvarlig eller saksbehandler")
def can_try(actor: Actor, thing: object) -> bool:
    """See the reach and cost of a change that is not saved."""
    return actor.holds(Role.SCHEME_MANAGER, Role.OFFICER, Role.APPROVER)
