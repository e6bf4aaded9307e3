"""Sending: complete, sealed, numbered, confirmed by mail; once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from runde.engine.rules import Value
from runde.foundation.journal.models import Event
from runde.foundation.notices.models import Notice
from runde.foundation.trust.api import Conflict, NotAllowed
from runde.grants.applications.api import (
    Application,
    ChangedMeanwhile,
    Incomplete,
    NotOpen,
    application_submitted,
    assess,
    is_seal_whole,
    save_answers,
    submit_application,
    submit_many,
)
from runde.grants.schemes.api import Call
from tests.factories import ANSWERS, a_draft, a_submitted, an_applicant, submitted_applications


def owner(application: Application, at: datetime) -> Any:
    return an_applicant(application.organisation_number, at=at)


def test_a_sent_application_is_sealed_numbered_and_confirmed(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    sent = submit_application(application=draft, key="k1", by=owner(draft, at), at=at)
    assert (sent.state, sent.number, sent.submitted_at) == ("submitted", "26/1", at)
    assert len(sent.seal) == 64
    assert is_seal_whole(sent)
    mail = Notice.objects.get()
    assert mail.subject == "Søknaden er sendt, sak 26/1"
    assert "26/1" in mail.body
    assert "mandag 23. november 2026 kl. 10.00" in mail.body.replace("\u00a0", " ")
    events = Event.objects.filter(action="applications.submitted")
    assert [event.subject_id for event in events] == [str(sent.id)]


def test_the_same_key_again_changes_nothing(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    by = owner(draft, at)
    first = submit_application(application=draft, key="k1", by=by, at=at)
    again = submit_application(application=draft, key="k1", by=by, at=at + timedelta(minutes=1))
    assert (again.number, again.seal, again.submitted_at) == (first.number, first.seal, first.submitted_at)
    assert Event.objects.filter(action="applications.submitted").count() == 1


def test_another_key_for_a_sent_application_is_a_conflict(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    by = owner(draft, at)
    submit_application(application=draft, key="k1", by=by, at=at)
    with pytest.raises(Conflict, match="allerede sendt"):
        submit_application(application=draft, key="k2", by=by, at=at)


def test_what_somebody_else_has_changed_since_the_review_is_not_sent_unseen(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    by, other = owner(draft, at), owner(draft, at)
    save_answers(application=draft, raw={"fixed_costs": "1"}, expected_revision=0, by=other, at=at)
    with pytest.raises(ChangedMeanwhile) as refused:
        submit_application(application=draft, key="k1", by=by, at=at, expected_revision=0)
    assert refused.value.answers["fixed_costs"] == "1"
    sent = submit_application(application=draft, key="k2", by=by, at=at, expected_revision=1)
    assert sent.state == "submitted"


def test_missing_answers_are_named_each_with_a_sentence(call: Call, at: datetime) -> None:
    answers = {slug: raw for slug, raw in ANSWERS.items() if slug not in ("account_number", "declaration")}
    draft = a_draft(call=call, at=at, answers=answers)
    with pytest.raises(Incomplete) as refused:
        submit_application(application=draft, key="k", by=owner(draft, at), at=at)
    assert refused.value.errors == {
        "account_number": "Skriv kontonummeret til virksomheten.",
        "declaration": "Bekreft at opplysningene er riktige før du sender søknaden.",
    }


def test_missing_answers_are_told_in_the_language_of_the_application(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at, answers={**ANSWERS, "account_number": ""}, language="nn")
    with pytest.raises(Incomplete) as refused:
        submit_application(application=draft, key="k", by=owner(draft, at), at=at)
    assert refused.value.errors == {"account_number": "Skriv kontonummeret til verksemda."}


def test_nothing_can_be_sent_after_the_deadline_and_the_draft_is_kept(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    with pytest.raises(NotOpen, match="Fristen gikk ut"):
        submit_application(application=draft, key="k", by=owner(draft, at), at=call.closes_at)
    assert Application.objects.get(id=draft.id).answers == draft.answers


def test_it_can_be_sent_until_the_last_moment(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    last = call.closes_at - timedelta(microseconds=1)
    assert submit_application(application=draft, key="k", by=owner(draft, at), at=last).state == "submitted"


def test_a_stranger_cannot_send_it(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    with pytest.raises(NotAllowed):
        submit_application(application=draft, key="k", by=an_applicant("311000098", at=at), at=at)


def test_a_sent_application_cannot_be_saved(call: Call, at: datetime) -> None:
    sent = a_submitted(call=call, at=at)
    with pytest.raises(Conflict, match="allerede sendt"):
        save_answers(
            application=sent,
            raw={"fixed_costs": "1"},
            expected_revision=sent.revision,
            by=owner(sent, at),
            at=at,
        )


@pytest.mark.parametrize(
    "change",
    [
        'answers = answers || \'{"fixed_costs": "999999"}\'',
        "facts = '{}'",
        "seal = repeat('0', 64)",
        "number = '26/999'",
        "organisation_number = '310000000'",
        "submitted_at = now()",
        "state = 'draft', seal = '', number = ''",
        "state = 'draft'",
    ],
)
def test_a_sent_application_cannot_be_changed_by_sql_either(call: Call, at: datetime, change: str) -> None:
    sent = a_submitted(call=call, at=at)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE applications_application SET {change} WHERE id = %s", [sent.id])
    assert is_seal_whole(Application.objects.get(id=sent.id))


def test_a_sent_application_cannot_be_deleted_by_sql(call: Call, at: datetime) -> None:
    sent = a_submitted(call=call, at=at)
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM applications_application WHERE id = %s", [sent.id])


def test_applications_cannot_be_swept_away(call: Call, at: datetime) -> None:
    a_submitted(call=call, at=at)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE applications_application CASCADE")


def test_the_facts_under_the_seal_are_those_of_the_day_it_was_sent(call: Call, at: datetime) -> None:
    sent = a_submitted(call=call, at=at)
    from runde.foundation.companies.models import Company

    Company.objects.filter(orgnr=sent.organisation_number).update(bankrupt=True)
    values, verdict = assess(Application.objects.get(id=sent.id), at)
    assert values["bankrupt"] == Value(False, "Enhetsregisteret", values["bankrupt"].as_of)
    assert verdict.lane == "green"


@pytest.fixture
def nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rooms above do with a sent application is not counted here."""
    monkeypatch.setattr(application_submitted, "receivers", [])


@pytest.mark.parametrize("count", [1, 3])
def test_sending_several_takes_a_fixed_number_of_queries(
    call: Call, at: datetime, nobody_listens: None, count: int
) -> None:
    drafts = [a_draft(call=call, at=at) for _ in range(count)]
    by = an_applicant(*[draft.organisation_number for draft in drafts], at=at)
    with CaptureQueriesContext(connection) as queries:
        sent = submit_many(applications=drafts, by=by, at=at)
    assert len(queries) == 16
    assert [one.number for one in sent] == [f"26/{place}" for place in range(1, count + 1)]


def test_all_or_none_of_several_are_sent(call: Call, at: datetime) -> None:
    good, bad = a_draft(call=call, at=at), a_draft(call=call, at=at, answers={})
    by = an_applicant(good.organisation_number, bad.organisation_number, at=at)
    with pytest.raises(Incomplete) as refused:
        submit_many(applications=[good, bad], by=by, at=at)
    assert refused.value.facts["application"] == bad.id
    assert set(Application.objects.values_list("state", flat=True)) == {"draft"}


def test_those_above_hear_of_it_in_the_same_transaction(call: Call, at: datetime) -> None:
    heard: list[list[str]] = []

    def listen(applications: list[Application], **_: object) -> None:
        heard.append([one.number for one in applications])

    application_submitted.connect(listen)
    try:
        submitted_applications(call=call, count=2, at=at)
    finally:
        application_submitted.disconnect(listen)
    assert heard == [["26/1", "26/2"]]
