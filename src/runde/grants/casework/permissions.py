"""Who may do what in a case. A declared interest closes the case for that person, whatever their role."""

from __future__ import annotations

from typing import Any

from runde.foundation.people.api import Actor, Role, may, permission

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


@permission("casework.declare", who="saksbehandlere, godkjennere, ordningsansvarlige og fagvurderere")
def can_declare(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.ASSESSOR)


@permission("casework.note", who="saksbehandlere og godkjennere uten egne interesser i saken")
def can_note(actor: Actor, case: Case | None) -> bool:
    """Write internal notes, and say what is public."""
    return actor.holds(Role.OFFICER, Role.APPROVER) and not has_interest(actor, case)


@permission("casework.propose", who="saksbehandlere")
def can_propose(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.OFFICER)


@permission("casework.assign", who="saksbehandlere og ordningsansvarlige")
def can_assign(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.OFFICER, Role.SCHEME_MANAGER)


@permission("casework.hold", who="saksbehandlere")
def can_hold(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.OFFICER)


@permission("casework.approve", who="godkjennere")
def can_approve(actor: Actor, thing: Any) -> bool:
    return actor.holds(Role.APPROVER)


def has_interest(actor: Actor, case: Case | None) -> bool:
    """Whether the person has declared an interest in the case."""
    if case is None:
        return False
    if "declarations" in getattr(case, "_prefetched_objects_cache", {}):
        spoken = case.declarations.all()  # the page has them already, and asks several times
        return any(one.person_id == actor.person_id and not one.is_impartial for one in spoken)
    declared = Impartiality.objects.filter(case=case, person_id=actor.person_id, is_impartial=False)
    return declared.exists()


@permission("casework.correspond", who="saksbehandlere uten egne interesser i saken")
def can_correspond(actor: Actor, case: Case | None) -> bool:
    return actor.holds(Role.OFFICER) and not has_interest(actor, case)


@permission("casework.follow", who="den som kan opptre for virksomheten, eller er invitert til søknaden")
def can_follow(actor: Actor, case: Case) -> bool:
    """The applicant's own side: read the case, write and answer in it, confirm that the decision is read."""
    return may(actor, "applications.change", case.application)


@permission("casework.commit", who="den som kan skrive under for virksomheten")
def can_commit(actor: Actor, case: Case) -> bool:
    """What binds the company: accept or decline, and appeal."""
    return may(actor, "applications.submit", case.application)


@permission(
    "casework.appeals", who="saksbehandlere uten egne interesser i saken, som ikke var med på vedtaket"
)
def can_handle_appeals(actor: Actor, case: Case | None) -> bool:
    """Who took part in the decision appealed is refused besides, in each operation."""
    return actor.holds(Role.OFFICER) and not has_interest(actor, case)


@permission("casework.edit_letter", who="saksbehandlere og godkjennere uten egne interesser i saken")
def can_edit_letter(actor: Actor, case: Case | None) -> bool:
    """Change one letter before it is sent."""
    return actor.holds(Role.OFFICER, Role.APPROVER) and not has_interest(actor, case)
