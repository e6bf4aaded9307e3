"""Sending many cases to approval as a job, when one request would keep the officer waiting."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from runde.foundation.jobs.api import Job, defer_in_transaction
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise

from ..errors import NothingLeft
from ..models import BatchOrder, Case
from .laying import refuse_several_calls

ONE_REQUEST = 500
"""How many cases are proposed while the officer waits; more than this are laid before the approver by a job."""
USUALLY_DONE_BY = timedelta(minutes=10)
TASK = "casework.carry_out_order"


def order_batch(*, case_ids: Collection[UUID], way: str = "", by: Actor, at: datetime) -> BatchOrder:
    """Have these cases of one call laid before an approver by a job, which counts as it looks them over.

    The officer's word that they may work on every one of them is given here, as for `propose_as_checked`. `way` is
    what to do when the money is short, as `ways_out` offers it; empty when it reaches. Raises NotAllowed,
    NothingLeft, Refused for several calls.
    """
    authorise(by, "casework.propose")
    with transaction.atomic():
        cases = list(Case.objects.filter(id__in=case_ids).order_by("ordinal"))
        if not cases:
            raise NothingLeft("Ingen saker er valgt. Gå til lista og velg saker.", left_out=[])
        refuse_several_calls(cases)
        order = BatchOrder.objects.create(
            call_id=cases[0].call_id,
            case_ids=[case.id for case in cases],
            way=way,
            asked_by=by.person_id,
            asked_at=at,
        )
        record(
            action="casework.batch_ordered",
            subject_kind="batch_order",
            subject_id=order.id,
            by=by.person_id,
            at=at,
            cases=len(cases),
            way=way,
        )
        defer_in_transaction([Job(TASK, {"order_id": str(order.id)})])
    return order


def ask_again_for_orders(at: datetime) -> int:
    """Ask again for orders that should have been done by now; gives how many. Harmless: an order ends once.

    A job whose workers were killed again and again is given up, and nobody's batch must be left lying.
    """
    left = BatchOrder.objects.filter(ended_at__isnull=True, asked_at__lt=at - USUALLY_DONE_BY)
    jobs = [Job(TASK, {"order_id": str(one)}) for one in left.values_list("id", flat=True)]
    defer_in_transaction(jobs)
    return len(jobs)
