"""Who may do what with the money on its way to the bank."""

from __future__ import annotations

from runde.foundation.people.api import Actor, Role, permission

FINANCE = "en som har rollen økonomi"
FINANCE_OR_APPROVER = "en annen som har rollen økonomi eller godkjenner"


@permission("payments.prepare", who=FINANCE)
def can_prepare(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.FINANCE)


@permission("payments.approve", who=FINANCE_OR_APPROVER)
def can_approve(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.FINANCE, Role.APPROVER)


@permission("payments.mark_sent", who=FINANCE)
def can_mark_sent(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.FINANCE)


@permission("payments.fetch_file", who=FINANCE)
def can_fetch_file(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.FINANCE)


@permission("payments.see", who="en som har rollen økonomi, godkjenner eller revisor")
def can_see(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.FINANCE, Role.APPROVER, Role.AUDITOR)


@permission("payments.set_payer_account", who=FINANCE)
def can_set_payer_account(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.FINANCE)
