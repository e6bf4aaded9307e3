"""Who may do what with a panel. Scores are hidden by `queries.sheets`, not here: blindness holds for every role."""

from __future__ import annotations

from runde.foundation.people.api import Actor, Role, permission

from .models import Assignment, Panel


@permission("panels.lead", who="saksbehandlere og ordningsansvarlige")
def can_lead(actor: Actor, panel: Panel | None) -> bool:
    return actor.holds(Role.OFFICER, Role.SCHEME_MANAGER)


@permission("panels.read", who="saksbehandlere, godkjennere, ordningsansvarlige, revisor og panelet selv")
def can_read(actor: Actor, panel: Panel) -> bool:
    if actor.holds(Role.OFFICER, Role.SCHEME_MANAGER, Role.APPROVER, Role.AUDITOR):
        return True
    return panel.assessors.filter(person_id=actor.person_id, left_at__isnull=True).exists()


@permission("panels.assess", who="den som er invitert til å vurdere saken")
def can_assess(actor: Actor, assignment: Assignment) -> bool:
    assessor = assignment.assessor
    return assessor.person_id == actor.person_id and assessor.left_at is None and not assignment.end
