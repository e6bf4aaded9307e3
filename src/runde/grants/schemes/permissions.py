from __future__ import annotations

from runde.foundation.people.api import Actor, Role, permission


@permission("schemes.manage", who="ordningsansvarlig")
def can_manage(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.SCHEME_MANAGER)


@permission("schemes.fund", who="ordningsansvarlig eller økonomi")
def can_fund(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.SCHEME_MANAGER, Role.FINANCE)
