"""Who may see where the money stands, and hand it over to the municipality's accounts."""

from __future__ import annotations

from runde.foundation.people.api import Actor, Role, permission

READERS = (Role.FINANCE, Role.SCHEME_MANAGER, Role.OFFICER, Role.APPROVER, Role.AUDITOR)
FINANCE = "en som har rollen økonomi"


@permission("budget.see", who="de som arbeider med tilskudd i kommunen")
def can_see(actor: Actor, thing: object) -> bool:
    return actor.holds(*READERS)


@permission("budget.export", who="en som har rollen økonomi eller revisor")
def can_export(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.FINANCE, Role.AUDITOR)


@permission("budget.code", who=FINANCE)
def can_code(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.FINANCE)


@permission("budget.settle", who=FINANCE)
def can_settle(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.FINANCE)


@permission("budget.approve_settling", who="en annen som har rollen økonomi eller godkjenner")
def can_approve_settling(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.FINANCE, Role.APPROVER)
