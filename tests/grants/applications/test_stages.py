"""Questions of later stages: asked then, saved as carefully, and sealed on their own."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from runde.foundation.forms.api import Stage
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Conflict, NotAllowed, Refused
from runde.grants.applications.api import (
    Application,
    Incomplete,
    StageAnswers,
    asked_questions,
    find_stage_answers,
    is_stage_seal_whole,
    save_stage_answers,
    stage_answers_submitted,
    submit_stage_answers,
)
from runde.grants.schemes.api import Call
from tests.factories import a_draft, a_submitted, an_applicant

from .papers import MORE, a_call_with


@pytest.fixture
def call(tenant: object, at: datetime) -> Call:
    return a_call_with(at, *MORE)


@pytest.fixture
def sent(call: Call, at: datetime) -> Application:
    return a_submitted(call=call, at=at)


@pytest.fixture
def owner(sent: Application, at: datetime) -> Actor:
    return an_applicant(sent.organisation_number, at=at)


def test_each_stage_asks_its_own(sent: Application) -> None:
    assert [one.slug for one in asked_questions(sent, Stage.ACCEPTANCE)] == ["bank_ok", "thanks"]
    assert [one.slug for one in asked_questions(sent, Stage.REPORT)] == ["spent"]


def test_it_is_saved_complete_sealed_and_told_once(sent: Application, owner: Actor, at: datetime) -> None:
    heard = []

    def listen(sheet: StageAnswers, **_: object) -> None:
        heard.append(sheet.stage)

    stage_answers_submitted.connect(listen)
    facts = {"application": sent, "stage": Stage.REPORT, "by": owner, "at": at}
    try:
        with pytest.raises(Incomplete):
            submit_stage_answers(**facts)  # type: ignore[arg-type]
        saved = save_stage_answers(raw={"spent": "40 000"}, expected_revision=0, **facts)  # type: ignore[arg-type]
        first = submit_stage_answers(expected_revision=saved.page_revision, **facts)  # type: ignore[arg-type]
        again = submit_stage_answers(**facts)  # type: ignore[arg-type]
    finally:
        stage_answers_submitted.disconnect(listen)
    assert (heard, again.seal, first.answers) == (["report"], first.seal, {"spent": "40000"})
    assert is_stage_seal_whole(sent, find_stage_answers(sent, Stage.REPORT) or first)
    with pytest.raises(Conflict, match="allerede sendt"):
        save_stage_answers(raw={"spent": "1"}, expected_revision=1, **facts)  # type: ignore[arg-type]
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE applications_stageanswers SET answers = '{}'")


def test_two_writers_are_merged_here_too(sent: Application, owner: Actor, at: datetime) -> None:
    other = an_applicant(sent.organisation_number, at=at)
    facts = {"application": sent, "stage": Stage.ACCEPTANCE, "at": at, "expected_revision": 0}
    save_stage_answers(raw={"bank_ok": "yes"}, by=owner, page="a", **facts)  # type: ignore[arg-type]
    saved = save_stage_answers(
        raw={"bank_ok": "no", "thanks": "Takk"},
        by=other,
        page="b",
        **facts,  # type: ignore[arg-type]
    )
    assert [one.slug for one in saved.conflicts] == ["bank_ok"]
    assert saved.sheet.answers == {"bank_ok": True, "thanks": "Takk"}


def test_it_comes_after_sending_and_is_the_companys_own(call: Call, sent: Application, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    by = an_applicant(draft.organisation_number, at=at)
    facts = {"raw": {"spent": "1"}, "expected_revision": 0, "by": by, "at": at}
    with pytest.raises(Refused, match="ikke sendt"):
        save_stage_answers(application=draft, stage=Stage.REPORT, **facts)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        save_stage_answers(application=sent, stage=Stage.REPORT, **facts)  # type: ignore[arg-type]
    own = an_applicant(sent.organisation_number, at=at)
    with pytest.raises(Refused, match="selve søknaden"):
        save_stage_answers(application=sent, stage=Stage.SUBMIT, **(facts | {"by": own}))  # type: ignore[arg-type]
