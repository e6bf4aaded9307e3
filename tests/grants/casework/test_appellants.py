"""When the day an appeal was to be answered passes, the appellant is told, once for each day that passes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from runde.foundation.documents.api import list_documents
from runde.foundation.notices.api import Notice
from runde.grants.casework import api as casework
from runde.grants.casework.api import Appeal, AppealStep
from runde.grants.casework.operations.tell_appellants import (
    missing_interim_replies,
    tell_appellants,
    told_day,
    write_interim_reply,
)

from .appealing import Board, refused_yellow
from .conftest import Office


@pytest.fixture
def board(office: Office) -> Board:
    return refused_yellow(office)


def told(appeal: Appeal) -> list[AppealStep]:
    return list(AppealStep.objects.filter(appeal=appeal, event="told_waiting").order_by("number"))


def the_day_after(appeal: Appeal, at: datetime) -> datetime:
    assert appeal.reassess_by_date
    return at + timedelta(days=(appeal.reassess_by_date - timezone.localdate(at)).days + 1)


def test_nobody_is_told_before_the_day_has_passed_and_then_once(board: Board) -> None:
    appeal = board.appeal()
    late = the_day_after(appeal, board.at)
    assert tell_appellants(at=late - timedelta(days=1)) == 0
    assert [tell_appellants(at=late) for _ in range(2)] == [1, 0]
    [step] = told(appeal)
    assert (step.by, step.state) == (None, "received")
    assert step.words == "Klagen venter på at en som ikke var med på vedtaket, skal se på saken på nytt."
    notice = Notice.objects.get(key=f"appeal_step:{step.id}")
    assert notice.subject.startswith("Svaret på klagen tar lengre tid, sak ")
    assert step.words in notice.body


def test_the_promise_stands_and_the_next_day_that_passes_is_told_anew(board: Board) -> None:
    appeal = board.taken()
    late = the_day_after(appeal, board.at)
    tell_appellants(at=late)
    first = told_day(appeal)
    assert first
    assert first > timezone.localdate(late)
    assert tell_appellants(at=late + timedelta(days=(first - timezone.localdate(late)).days)) == 0
    assert tell_appellants(at=late + timedelta(days=(first - timezone.localdate(late)).days + 1)) == 1
    assert [one.words for one in told(appeal)] == ["Vi ser på saken på nytt, men er ikke ferdige."] * 2
    before = appeal.reassess_by_date
    appeal.refresh_from_db()
    assert appeal.reassess_by_date == before


def test_the_letter_is_written_once_and_asked_for_again(board: Board) -> None:
    appeal = board.appeal()
    late = the_day_after(appeal, board.at)
    tell_appellants(at=late)
    [step] = told(appeal)
    around = (late - timedelta(hours=1), late + timedelta(hours=1))
    before = len(list_documents("case", board.case.id))
    assert missing_interim_replies(*around) == [step.id]
    assert [write_interim_reply(step_id=step.id, at=late) for _ in range(2)] == [1, 0]
    assert missing_interim_replies(*around) == []
    assert len(list_documents("case", board.case.id)) == before + 1


def test_what_waits_on_the_party_or_is_over_is_left_alone(board: Board) -> None:
    appeal = board.taken()
    late = the_day_after(appeal, board.at)
    board.forward(appeal)
    assert tell_appellants(at=late) == 0
    assert told(appeal) == []


def test_the_party_sees_the_new_day(board: Board) -> None:
    appeal = board.appeal()
    late = the_day_after(appeal, board.at)
    tell_appellants(at=late)
    seen = casework.partys_appeal(appeal.id, of_case=board.case.id, by=board.party)
    assert [one.event for one in seen.told][-1] == "told_waiting"
