"""Who may do what in a case. A declared interest closes the case for that person, whatever their role."""

from __future__ import annotations

from typing import Any

from runde.foundation.people.api import Actor, Role, permission

from .models import Case, Impartiality


@permission("casework.list", who="saksbehandlere, godkjennere, ordningsansvarlige, økonomi og revisor")
def can_list(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.FINANCE, Role.AUDITOR)


@permission("casework.read", who="saksbehandlere, godkjennere og revisor uten egne interesser i saken")
def can_read(actor: Actor, case: Case | None) -> bool:
    return actor.holds(Role.OFFICER, Role.APPROVER, Role.AUDITOR) and not has_interest(actor, case)


@permission("casework.check", who="saksbehandlere uten egne interesser i saken")
def can_check(actor: Actor, case: Case | None) -> bool:
    return actor.holds(Role.OFFICER) and not has_interest(actor, case)


@permission("casework.declare", who="saksbehandlere og godkjennere")
def can_declare(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.OFFICER, Role.APPROVER)


@permission("casework.propose", who="saksbehandlere")
def can_propose(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.OFFICER)


@permission("casework.approve", who="godkjennere")
def can_approve(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.APPROVER)


def has_interest(actor: Actor, case: Case | None) -> bool:
    """Whether the person has declared an interest in the case."""
    if case is None:
        return False
    declared = Impartiality.objects.filter(case=case, person_id=actor.person_id, is_impartial=False)
    return declared.exists()
