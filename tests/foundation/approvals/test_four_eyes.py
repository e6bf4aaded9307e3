"""Nobody decides what they prepared, and nobody decides twice."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from runde.foundation.approvals.api import (
    AlreadyDecided,
    AlreadyPending,
    Approval,
    OwnWork,
    approve,
    ask_approval,
    find_pending,
    list_pending,
    return_,
)
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Refused, fence

pytestmark = pytest.mark.django_db
IDA, PER = Actor(uuid4(), "Ida Lunde"), Actor(uuid4(), "Per Strand")


def test_another_person_approves(at: datetime) -> None:
    thing = uuid4()
    with fence(uuid4()):
        ask_approval(kind="thing", subject_id=thing, by=IDA, at=at)
        approval = approve(kind="thing", subject_id=thing, by=PER, at=at)
        assert (approval.outcome, approval.prepared_by, approval.decided_by) == (
            "approved",
            IDA.person_id,
            PER.person_id,
        )
        assert find_pending("thing", thing) is None


def test_the_preparer_is_refused(at: datetime) -> None:
    thing = uuid4()
    with fence(uuid4()):
        ask_approval(kind="thing", subject_id=thing, by=IDA, at=at)
        with pytest.raises(OwnWork):
            approve(kind="thing", subject_id=thing, by=IDA, at=at)
        with pytest.raises(OwnWork):
            return_(kind="thing", subject_id=thing, reason="Feil beløp", by=IDA, at=at)
        assert find_pending("thing", thing) is not None


def test_the_database_refuses_the_preparer_too(at: datetime) -> None:
    with fence(uuid4()):
        approval = ask_approval(kind="thing", subject_id=uuid4(), by=IDA, at=at)
        waiting = Approval.objects.filter(id=approval.id)
        with pytest.raises(IntegrityError, match="approvals_four_eyes"), transaction.atomic():
            waiting.update(outcome="approved", decided_by=IDA.person_id, decided_at=at)


def test_it_is_decided_once(at: datetime) -> None:
    thing = uuid4()
    with fence(uuid4()):
        ask_approval(kind="thing", subject_id=thing, by=IDA, at=at)
        approval = approve(kind="thing", subject_id=thing, by=PER, at=at)
        with pytest.raises(AlreadyDecided):
            return_(kind="thing", subject_id=thing, reason="Angret", by=PER, at=at)
        with pytest.raises(DatabaseError, match="decided once"), transaction.atomic():
            Approval.objects.filter(id=approval.id).update(outcome="returned")


def test_a_return_needs_a_reason_and_may_be_asked_again(at: datetime) -> None:
    thing = uuid4()
    with fence(uuid4()):
        ask_approval(kind="thing", subject_id=thing, by=IDA, at=at)
        with pytest.raises(AlreadyPending):
            ask_approval(kind="thing", subject_id=thing, by=PER, at=at)
        with pytest.raises(Refused, match="Skriv hvorfor"):
            return_(kind="thing", subject_id=thing, reason="  ", by=PER, at=at)
        return_(kind="thing", subject_id=thing, reason="Feil beløp", by=PER, at=at)
        again = ask_approval(kind="thing", subject_id=thing, by=IDA, at=at)
        assert [approval.id for approval in list_pending("thing")] == [again.id]
