"""Who may open a case: impartiality comes before anything else."""

from __future__ import annotations

from uuid import UUID

from runde.foundation.people.api import Actor, Role, authorise
from runde.grants.casework.api import Case, Impartiality, get_case

READERS = (Role.OFFICER, Role.APPROVER, Role.AUDITOR)
WORKERS = (Role.OFFICER, Role.APPROVER)


def declaration_of(actor: Actor, case: Case) -> Impartiality | None:
    """The actor's own word on the case. A declared interest wins over everything said before."""
    spoken = Impartiality.objects.filter(case=case, person_id=actor.person_id)
    return spoken.order_by("is_impartial", "-declared_at").first()


def word_in(case: Case, actor: Actor) -> Impartiality | None:
    """The same, from a case that came with its declarations (`case_to_read`). Asks nothing."""
    spoken = [one for one in case.declarations.all() if one.person_id == actor.person_id]
    return min(spoken, key=lambda one: one.is_impartial, default=None)


def must_declare(actor: Actor) -> bool:
    """Those who may act in cases speak before they read. An auditor only reads."""
    return actor.holds(*WORKERS)


def readable_case(case_id: UUID, actor: Actor) -> Case:
    """The case with its application, for its documents. Raises NotFound, NotAllowed."""
    case = get_case(case_id)
    authorise(actor, "casework.read", case)
    return case
