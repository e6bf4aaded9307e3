from __future__ import annotations

from runde.foundation.people.api import Actor, Role, permission


@permission("letters.read", who="ansatte som arbeider med tilskudd, og revisor")
def can_read(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.SCHEME_MANAGER, Role.OFFICER, Role.APPROVER, Role.FINANCE, Role.AUDITOR)


@permission("letters.write", who="ordningsansvarlig eller saksbehandler")
def can_write(actor: Actor, thing: object) -> bool:
    """Write templates and the texts in the bank."""
    return actor.holds(Role.SCHEME_MANAGER, Role.OFFICER)


@permission("letters.approve", who="ordningsansvarlig eller godkjenner som ikke har skrevet malen selv")
def can_approve(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.SCHEME_MANAGER, Role.APPROVER)
