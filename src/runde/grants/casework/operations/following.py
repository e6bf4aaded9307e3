"""What the acts after sending share: the case under lock, and what is refused."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runde.foundation.journal.api import record
from runde.foundation.trust.api import NotFound

from ..errors import Unsaid
from ..models import Case, Decision
from ..queries.cases import latest_decisions

LONGEST = 10_000


def hold_case(case_id: UUID) -> Case:
    """The case with its application, held until the transaction ends. Raises NotFound."""
    held = Case.objects.select_for_update(of=("self",)).filter(id=case_id)
    case = held.select_related("application__call", "application__scheme_version").first()
    if case is None:
        raise NotFound("Vi finner ikke saken. Gå tilbake til lista og åpne den derfra.")
    return case


def hold_decision(decision_id: UUID) -> Decision:
    """A decision of the tenant with its case held. Raises NotFound."""
    case_id = Decision.objects.filter(id=decision_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound("Vi finner ikke vedtaket. Gå tilbake til saken og åpne det derfra.")
    case = hold_case(case_id)
    decision = Decision.objects.get(id=decision_id)
    decision.case = case
    return decision


def is_in_force(decision: Decision) -> bool:
    newest = latest_decisions([decision.case_id]).get(decision.case_id)
    return newest is not None and newest.id == decision.id


def said(text: str, *, if_empty: str) -> str:
    """The words somebody must write. Raises Unsaid."""
    found = text.strip()
    if not found:
        raise Unsaid(if_empty)
    if len(found) > LONGEST:
        raise Unsaid(f"Teksten er for lang. Skriv høyst {LONGEST} tegn, eller legg den ved som fil.")
    return found


def journal(action: str, case_id: UUID, by: UUID | None, at: datetime, **facts: object) -> None:
    record(action=action, subject_kind="case", subject_id=case_id, by=by, at=at, **facts)
