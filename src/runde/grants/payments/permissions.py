"""Who may do what with the money on its way to the bank."""

from __future__ import annotations

from runde.foundation.people.api import Actor, Role, may, permission
from runde.grants.casework.api import Case

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


@permission("payments.read_answer", who=FINANCE)
def can_read_answer(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.FINANCE)


@permission("payments.fetch_file", who=FINANCE)
def can_fetch_file(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.FINANCE)


@permission("payments.see", who="en som har rollen økonomi, godkjenner eller revisor")
def can_see(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.FINANCE, Role.APPROVER, Role.AUDITOR)


@permission("payments.change_account", who="den som kan skrive under for virksomheten")
def can_change_account(actor: Actor, case: Case) -> bool:
    """Only who is vouched for, or applied themselves, and never from a link: this is what frauds are after."""
    return actor.only is None and may(actor, "casework.commit", case)


@permission("payments.set_payer_account", who=FINANCE)
def can_set_payer_account(actor: Actor, thing: object) -> bool:
    return actor.holds(Role.FINANCE)
