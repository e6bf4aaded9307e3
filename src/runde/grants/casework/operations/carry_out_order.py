"""The job that lays a large set of cases before an approver: looked over some at a time, proposed all at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, get_actor, get_person
from runde.foundation.trust.api import Refused
from runde.grants.schemes.api import Call

from ..domain.state_table import TABLE
from ..errors import NothingLeft
from ..models import BatchOrder, Case, Proposal
from ..queries.batching import reasons_apart
from .laying import listed_cases
from .propose import propose_as_checked
from .propose_short import propose_short
from .telling_staff import tell_of_order

LOOKED_AT_ONCE = 250
LONGEST = 500  # as the column
NOBODY_LEFT = "Ingen av sakene kan sendes til godkjenning nå. Se hvorfor i lista."


def carry_out_order(*, order_id: UUID, at: datetime) -> None:
    """Look the cases over, then propose those that still go along; what does not is listed with why.

    Harmless to run again, also at the same time: each part is counted with its own transaction, and an order ends
    once, in the transaction that makes the proposal. A refusal ends it too, and says why.
    """
    while _look_over(order_id, at):
        pass
    _end(order_id, at)


def _look_over(order_id: UUID, at: datetime) -> bool:
    """The next part of the set; False when there is none."""
    with transaction.atomic():
        order = _hold(order_id)
        part = order.case_ids[order.looked : order.looked + LOOKED_AT_ONCE]
        if order.ended_at or not part:
            return False
        order.apart = [*order.apart, *_apart(order, part, at)]
        order.looked += len(part)
        order.save(update_fields=["apart", "looked"])
    return True


def _apart(order: BatchOrder, part: Sequence[UUID], at: datetime) -> list[dict[str, Any]]:
    """Cases something has happened to since the officer sent them. What is no longer open falls out by itself."""
    found = Case.objects.filter(id__in=part).select_related("application").order_by("ordinal")
    cases = [case for case in found if TABLE.fits("case", "propose", case.state)]
    call = Call.objects.select_related("scheme_version").get(id=order.call_id)
    return listed_cases(cases, reasons_apart(cases, call, since=order.asked_at, at=at))


def _end(order_id: UUID, at: datetime) -> None:
    with transaction.atomic():
        order = _hold(order_id)
        if order.ended_at:
            return
        try:
            with transaction.atomic():
                _proposed(order, at)
        except Refused as refusal:
            _refused(order, refusal, at)
        order.ended_at = at
        order.save(update_fields=["apart", "refusal", "proposal", "ended_at"])
        tell_of_order(order, at=at)


def _hold(order_id: UUID) -> BatchOrder:
    return BatchOrder.objects.select_for_update().get(id=order_id)


def _proposed(order: BatchOrder, at: datetime) -> None:
    out = {one["case_id"] for one in order.apart}
    kept = [one for one in order.case_ids if str(one) not in out]
    if not kept:
        raise NothingLeft(NOBODY_LEFT, left_out=[])
    by = get_actor(get_person(order.asked_by), on=timezone.localdate(at))
    proposal = _propose(order, kept, by, at)
    order.apart = proposal.left_out = [*order.apart, *proposal.left_out]
    proposal.save(update_fields=["left_out"])
    order.proposal = proposal


def _propose(order: BatchOrder, kept: Sequence[UUID], by: Actor, at: datetime) -> Proposal:
    if order.way:
        return propose_short(case_ids=kept, way=order.way, by=by, at=at, declares_impartial=True)
    return propose_as_checked(case_ids=kept, by=by, at=at, declares_impartial=True)


def _refused(order: BatchOrder, refusal: Refused, at: datetime) -> None:
    """Nothing was proposed; the officer is told why, and finds the cases where they were."""
    order.refusal = refusal.sentence[:LONGEST]
    fell_out = refusal.facts.get("left_out")
    order.apart = [*order.apart, *(fell_out if isinstance(fell_out, list) else [])]
    record(
        action="casework.batch_refused",
        subject_kind="batch_order",
        subject_id=order.id,
        by=None,
        at=at,
        why=refusal.sentence,
    )
