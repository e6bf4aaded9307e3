"""What every act in an appeal shares: held, allowed, moved one step by the table, written down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound

from ..domain.appeal_states import LABELS, OVER, AppealEvent, find_after
from ..errors import NotWaiting, TookPart
from ..models import Appeal, AppealStep, Decision, Suspension
from ..queries.appealing import took_part
from .following import hold_decision, journal

MARKS = (
    "state",
    "reassess_by_date",
    "reassessor",
    "due_date",
    "is_partial",
    "is_contested",
    "body_result",
    "proposal",
    "new_decision",
    "result",
    "result_text",
    "settled_by",
    "settled_at",
)


def hold_appeal(appeal_id: UUID) -> Appeal:
    """The appeal with its decision and case, held until the transaction ends. Raises NotFound."""
    decision_id = Appeal.objects.filter(id=appeal_id).values_list("decision_id", flat=True).first()
    if decision_id is None:
        raise NotFound("Vi finner ikke klagen. Gå tilbake til saken og åpne den derfra.")
    decision = hold_decision(decision_id)
    appeal = Appeal.objects.get(id=appeal_id)
    appeal.decision = decision
    return appeal


def hold_for_officer(appeal_id: UUID, by: Actor) -> Appeal:
    """The appeal, for one who may work on it. Raises NotAllowed, TookPart, NotFound."""
    appeal = hold_appeal(appeal_id)
    authorise(by, "casework.appeals", appeal.decision.case)
    refuse_who_took_part(appeal.decision, by)
    return appeal


def hold_for_party(appeal_id: UUID, by: Actor) -> Appeal:
    """The appeal, for one who can bind the company. Raises NotAllowed, NotFound."""
    appeal = hold_appeal(appeal_id)
    authorise(by, "casework.commit", appeal.decision.case)
    return appeal


def refuse_who_took_part(decision: Decision, by: Actor) -> None:
    if by.person_id in took_part(decision):
        raise TookPart(
            "Du var med på vedtaket det er klaget på, og kan ikke behandle klagen. En annen må gjøre det. "
            "Er alle her med på vedtaket, må noen fra en annen kommune få rollen."
        )


def move(
    appeal: Appeal,
    event: AppealEvent,
    *,
    by: Actor,
    at: datetime,
    words: str = "",
    due_date: date | None = None,
    facts: Mapping[str, Any] | None = None,
    **marks: Any,
) -> AppealStep:
    """One step by the table, with its marks, written down. A step that ends the appeal ends the waiting too.

    The caller holds the appeal and has released its money before the end. Raises NotWaiting.
    """
    after = find_after(appeal.state, event)
    if after is None:
        raise NotWaiting(
            f"Klagen står nå som «{LABELS[appeal.state]}». Last siden på nytt og se hva som er gjort."
        )
    ends = after in OVER
    over = (
        {"settled_by": by.person_id, "settled_at": at} if ends else {"settled_by": None, "settled_at": None}
    )
    for name, value in {"due_date": due_date, **over, **marks}.items():
        setattr(appeal, name, value)
    appeal.state = after
    if not ends:
        appeal.result = ""
    appeal.save(update_fields=MARKS)
    if ends:
        Suspension.objects.filter(appeal=appeal, ended_at__isnull=True).update(ended_at=at)
    step = write_step(appeal, event, by=by, at=at, words=words, due_date=due_date, facts=facts)
    journal(
        f"casework.appeal_{event}", appeal.decision.case_id, by.person_id, at, appeal=appeal.id, step=step.id
    )
    return step


def write_step(
    appeal: Appeal,
    event: str,
    *,
    by: Actor | None,
    at: datetime,
    words: str = "",
    due_date: date | None = None,
    facts: Mapping[str, Any] | None = None,
) -> AppealStep:
    return AppealStep.objects.create(
        appeal=appeal,
        number=AppealStep.objects.filter(appeal=appeal).count() + 1,
        event=event,
        state=appeal.state,
        words=words,
        due_date=due_date,
        facts=dict(facts or {}),
        by=by.person_id if by else None,
        at=at,
    )
