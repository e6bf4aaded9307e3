"""What a decision does to the one before it, for its snapshot."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from ..domain.changed import Change, replaced_by_hand
from ..domain.settling import IN_FULL
from ..models import Decision, Proposal, ProposalLine

if TYPE_CHECKING:
    from .making import Making

Kind = Proposal.Kind


def change_of(decision: Decision, line: ProposalLine, making: Making) -> Change | None:
    """None for a first decision by the usual way."""
    told = _told(decision, line, making)
    if told is None:
        return None
    before, terms = line.replaces, making.proposal.terms
    return Change(
        told=told,
        before_nok=before.amount_nok if before else None,
        before_date=timezone.localdate(before.decided_at) if before else None,
        before_outcome=before.outcome if before else "",
        **_source(decision, making),
        share=terms.get("share", ""),
        left_over=terms.get("left_over", 0),
        lowest_nok=Decimal(terms.get("lowest_nok", 0)),
        reserve_rank=making.ranks.get(line.case_id),
        reserve_nok=line.reserve_nok,
    )


def _told(decision: Decision, line: ProposalLine, making: Making) -> str | None:
    kind = making.proposal.kind
    if decision.is_conditional:
        return "conditional"
    if line.case_id in making.ranks:
        return "listed"
    if line.replaces is None:
        return None
    if kind == Kind.BUDGET:
        return _told_of_budget(decision, making.proposal)
    if kind == Kind.TOP_UP:
        return "topped_up"
    if kind == Kind.RESERVE and decision.outcome == "granted":
        return "reserve"
    before = line.replaces.amount_nok if line.case_id in making.standing else Decimal(0)
    return replaced_by_hand(before, decision.amount_nok, decision.outcome)


def _told_of_budget(decision: Decision, proposal: Proposal) -> str:
    choice = proposal.terms["choice"]
    if choice == IN_FULL:
        return "effective"
    if choice == "lapsed":
        return "lapsed"
    return "scaled" if decision.outcome == "granted" else "below_lowest"


def _source(decision: Decision, making: Making) -> dict[str, Any]:
    """The source it waits for, or the one that has been decided with its document."""
    named = making.proposal.terms.get("source_id")
    source_id = decision.depends_on or (UUID(named) if named else None)
    source = making.sources.get(source_id) if source_id else None
    if source is None:
        return {}
    document = source.decision_document or making.proposal.terms.get("document", "")
    found = {"source_id": source.id, "source_name": source.name, "document": document}
    return found | ({"expected_date": source.decision_expected_date} if decision.depends_on else {})
