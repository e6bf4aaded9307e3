"""What deciding anew does to the appeals and reversals that asked for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from runde.engine.reference.api import deadline
from runde.foundation.people.api import Actor

from ..domain.appeal_states import LAID_BEFORE, AppealEvent, AppealState
from ..domain.reversal_states import ReversalEvent, ReversalState
from ..models import Appeal, Decision, ProposalLine, Reversal
from .appeal_money import end_set_aside
from .appealing import move, refuse_who_took_part
from .following import journal
from .telling_of_appeals import tell_of_step


def refuse_barred_by_appeals(lines: Collection[ProposalLine], by: Actor) -> None:
    """Raises TookPart when the approver took part in a decision one of the lines answers an appeal against."""
    for appeal in _laid_before([line for line in lines if line.replaces_id]):
        refuse_who_took_part(appeal.decision, by)


def settle_decided(decisions: Sequence[Decision], *, by: Actor, at: datetime) -> None:
    """The new decisions are made: their appeals and reversals have come to their end, or to the party again."""
    anew = {(one.proposal_id, one.case_id): one for one in decisions if one.replaces_id}
    if not anew:
        return
    proposals = {proposal_id for proposal_id, _ in anew}
    for appeal in _waiting_appeals(proposals):
        made = anew.get((appeal.proposal_id, appeal.decision.case_id))  # type: ignore[arg-type]
        if made is not None:
            _settle(appeal, made, by, at)
    for reversal in Reversal.objects.filter(proposal_id__in=proposals, state=ReversalState.PROPOSED):
        made = next((one for one in decisions if one.replaces_id == reversal.decision_id), None)
        if made is not None:
            _end(reversal, made, by, at)


def take_back_returned(lines: Collection[ProposalLine], *, by: Actor, at: datetime) -> None:
    """A proposal was returned: whoever made it for an appeal or a reversal has it again."""
    for appeal in _laid_before([line for line in lines if line.replaces_id]):
        move(appeal, AppealEvent.RETURNED, by=by, at=at)
    for reversal in Reversal.objects.filter(
        proposal_id__in={line.proposal_id for line in lines}, state=ReversalState.PROPOSED
    ).select_related("decision"):
        reversal.state = ReversalState.READY
        reversal.save(update_fields=["state"])
        _journal(reversal, ReversalEvent.RETURNED, by, at)


def _laid_before(lines: Collection[ProposalLine]) -> list[Appeal]:
    if not lines:
        return []
    cases = {line.case_id for line in lines}
    return [
        one for one in _waiting_appeals({line.proposal_id for line in lines}) if one.decision.case_id in cases
    ]


def _waiting_appeals(proposal_ids: Collection[UUID]) -> list[Appeal]:
    found = Appeal.objects.filter(proposal_id__in=proposal_ids, state__in=LAID_BEFORE)
    return list(found.select_related("decision__case__application__call").order_by("id"))


def _settle(appeal: Appeal, made: Decision, by: Actor, at: datetime) -> None:
    if appeal.state == AppealState.CHANGING and appeal.is_partial:
        due = deadline("comment", timezone.localdate(at))
        step = move(appeal, AppealEvent.DECIDED_PARTLY, by=by, at=at, due_date=due, new_decision=made)
        tell_of_step(appeal, step, "appeal_partly", at, day=due)
        return
    result = appeal.body_result or (Appeal.Result.PARTLY if appeal.is_partial else Appeal.Result.UPHELD)
    end_set_aside([appeal], "released", by=by, at=at)
    step = move(appeal, AppealEvent.DECIDED, by=by, at=at, new_decision=made, result=result)
    if not appeal.body_result:
        tell_of_step(appeal, step, "appeal_upheld", at)


def _end(reversal: Reversal, made: Decision, by: Actor, at: datetime) -> None:
    reversal.state, reversal.new_decision = ReversalState.ENDED, made
    reversal.result, reversal.ended_by, reversal.ended_at = Reversal.Result.CHANGED, by.person_id, at
    reversal.save(update_fields=["state", "new_decision", "result", "ended_by", "ended_at"])
    _journal(reversal, ReversalEvent.DECIDED, by, at)


def _journal(reversal: Reversal, event: ReversalEvent, by: Actor, at: datetime) -> None:
    journal(f"casework.reversal_{event}", reversal.decision.case_id, by.person_id, at, reversal=reversal.id)
