"""What the clients ask of Runde, each as a request that may be sent again with the same key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from runde.foundation.trust.api import Conflict, fence
from runde.grants.applications.api import Application, NewApplication, start_many, submit_application
from runde.grants.casework.api import approve_proposal
from runde.grants.payments.api import BankFile, Batch, approve_batch, bank_file_bytes, get_batch, mark_sent
from runde.grants.schemes.api import get_call

from ..region import CALL, Town, answers
from .logbook import Request

Answer = dict[str, Any]


def submit(town: Town, request: Request) -> Answer:
    """Apply for a company. Its draft may stand from before a kill."""
    at, number = datetime.now(UTC), request.facts["company"]
    by = town.applying(at)
    with fence(town.id):
        draft = Application.objects.filter(organisation_number=number).first()
        if draft is None:
            new = NewApplication(number, answers(number, "deep", town.mark))
            [draft] = start_many(call=get_call(CALL), new=[new], by=by, at=at)
    with fence(town.id):
        sent = submit_application(application=draft, key=request.key, by=by, at=at)
        return {"application": str(sent.id), "number": sent.number, "seal": sent.seal}


def approve(town: Town, request: Request) -> Answer:
    at = datetime.now(UTC)
    with fence(town.id):
        done = approve_proposal(
            proposal_id=UUID(request.facts["proposal"]),
            key=request.key,
            by=town.actor("approver", at),
            at=at,
        )
        return {"decisions": sorted(map(str, done.decision_ids)), "sum_nok": str(done.sum_nok)}


def seal(town: Town, request: Request) -> Answer:
    at = datetime.now(UTC)
    with fence(town.id):
        by = town.actor("second_finance", at)
        file = approve_batch(batch_id=UUID(request.facts["batch"]), key=request.key, by=by, at=at)
        return _sealed(file)


def fetch(town: Town, request: Request) -> Answer:
    """Take the file out, as often as one likes: always the same bytes."""
    at = datetime.now(UTC)
    with fence(town.id):
        batch = UUID(request.facts["batch"])
        bank_file_bytes(batch_id=batch, by=town.actor("finance", at), at=at)
        return _sealed(BankFile.objects.get(batch_id=batch))


def send(town: Town, request: Request) -> Answer:
    """Say that the file is sent. There is no key: that it has been said before is the answer to a repeat."""
    at, batch = datetime.now(UTC), UUID(request.facts["batch"])
    with fence(town.id):
        try:
            mark_sent(batch_id=batch, by=town.actor("finance", at), at=at)
        except Conflict:
            if get_batch(batch).state != Batch.State.SENT:
                raise
        return {"sent": str(batch)}


def _sealed(file: BankFile) -> Answer:
    return {"file": str(file.id), "sha256": file.sha256, "sum_nok": str(file.sum_nok), "count": file.count}


ACTS: dict[str, Callable[[Town, Request], Answer]] = {
    "submit": submit,
    "approve": approve,
    "seal": seal,
    "fetch": fetch,
    "send": send,
}
