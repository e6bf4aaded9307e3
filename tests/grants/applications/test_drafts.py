"""How drafts end: warned, deleted, erased or taken along; and what is left."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from runde.foundation.documents.models import Attachment
from runde.foundation.journal.models import Event
from runde.foundation.notices.models import Notice
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Conflict, NotAllowed, NotFound
from runde.grants.applications.api import (
    AnswerChange,
    Application,
    DraftRemnant,
    Incomplete,
    Participant,
    delete_old_drafts,
    erase_draft,
    export_application,
    invite_participant,
    save_answers,
    submit_application,
    warn_drafts,
)
from runde.grants.applications.domain.drafts import day_told, delete_now, deletion_date, warn_now
from runde.grants.schemes.api import Call
from tests.factories import a_draft, a_submitted, an_applicant

from .papers import MORE, a_call_with, attach


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def call(tenant: object, at: datetime) -> Call:
    return a_call_with(at, *MORE)


def written(call: Call, at: datetime) -> tuple[Application, Actor]:
    """A draft with history, a file and an invitation."""
    draft = a_draft(call=call, at=at, answers={"contact": "Kari"})
    by = an_applicant(draft.organisation_number, at=at)
    file = attach(draft.id, by=by, at=at)
    raw = {"contact": "Kari Nordmann", "plan": [str(file.id)]}
    saved = save_answers(application=draft, raw=raw, expected_revision=0, by=by, at=at)
    invite_participant(application=draft, email="ola@example.no", role="fills_in", by=by, at=at)
    return saved.application, by


def nothing_left() -> bool:
    kinds = (Application, AnswerChange, Participant, Attachment)
    return not any(kind.objects.exists() for kind in kinds)  # type: ignore[attr-defined]


def test_one_erases_ones_own_draft_with_everything_in_it(call: Call, at: datetime) -> None:
    draft, by = written(call, at)
    erase_draft(application=draft, by=by, at=at)
    assert nothing_left()
    remnant = DraftRemnant.objects.get()
    assert (remnant.municipality, remnant.month_date.isoformat(), remnant.end) == (
        "3407",
        "2026-11-01",
        "erased",
    )
    assert remnant.tenths == 1  # two of fourteen
    kept = json.dumps(list(DraftRemnant.objects.values()), default=str)
    for known in (draft.organisation_number, draft.company_name, str(draft.id), str(by.person_id), "Kari"):
        assert known not in kept
    event = Event.objects.get(action="applications.draft_forgotten")
    assert "Kari" not in str(event.payload)
    with pytest.raises(NotFound):
        erase_draft(application=draft, by=by, at=at)


def test_what_is_sent_is_not_erased_and_strangers_erase_nothing(call: Call, at: datetime) -> None:
    sent, draft = a_submitted(call=call, at=at), a_draft(call=call, at=at)
    with pytest.raises(Conflict, match="en del av saken"):
        erase_draft(application=sent, by=an_applicant(sent.organisation_number, at=at), at=at)
    with pytest.raises(NotAllowed):
        erase_draft(application=draft, by=an_applicant(at=at), at=at)


def test_drafts_are_warned_of_and_deleted_on_the_day_that_was_told(call: Call, at: datetime) -> None:
    draft, _by = written(call, at)
    sent = a_submitted(call=call, at=at)
    end = call.closes_at + timedelta(days=call.keep_drafts_days)
    assert warn_drafts(at=end - timedelta(days=15)) == 0
    assert delete_old_drafts(at=end) == 0  # nobody has been warned
    assert warn_drafts(at=end - timedelta(days=14)) == 1
    assert warn_drafts(at=end - timedelta(days=13)) == 0
    mail = Notice.objects.get(key__startswith="draft_deleted_soon")
    assert (mail.to_person_id, "Vi sletter kladden" in mail.body) == (draft.applicant_id, True)
    assert delete_old_drafts(at=end - timedelta(days=1)) == 0
    assert delete_old_drafts(at=end) == 1
    assert delete_old_drafts(at=end) == 0
    assert [one.id for one in Application.objects.all()] == [sent.id]
    assert DraftRemnant.objects.get().end == "expired"


def test_the_applicant_always_gets_two_weeks_also_when_the_job_was_late(at: datetime) -> None:
    today = at.date()
    gone = deletion_date(today - timedelta(days=100), 90)
    assert warn_now(today, gone, None)
    told = day_told(today, gone)
    assert told == today + timedelta(days=14)
    assert not delete_now(today + timedelta(days=13), gone, told)
    assert delete_now(told, gone, told)


def test_a_call_that_is_extended_warns_again(at: datetime) -> None:
    today = at.date()
    told, later = today, today + timedelta(days=30)
    assert not delete_now(today, later, told)
    assert not warn_now(today, later, told)
    assert warn_now(later - timedelta(days=14), later, told)
    assert not warn_now(later - timedelta(days=14), later, later)


def test_one_takes_everything_along(call: Call, at: datetime) -> None:
    draft, by = written(call, at)
    export = export_application(application=draft, by=by, at=at)
    with zipfile.ZipFile(BytesIO(export.content)) as archive:
        told = json.loads(archive.read("soknad.json"))
        assert sorted(archive.namelist()) == ["soknad.json", "vedlegg/01-plan.pdf"]
        assert archive.read("vedlegg/01-plan.pdf").startswith(b"%PDF")
    assert told["answers"]["contact"] == "Kari Nordmann"
    assert {"part": "Mer", "question": "contact", "answer": "Kari Nordmann"} in told["shown"]
    assert told["history"][0]["changed"]["contact"] == ["Kari", "Kari Nordmann"]
    assert told["history"][0]["by"] == by.name
    assert told["participants"][0]["email"] == "ola@example.no"
    with pytest.raises(NotAllowed):
        export_application(application=draft, by=an_applicant(at=at), at=at)


def test_the_files_lie_under_the_seal_by_their_content(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    by = an_applicant(draft.organisation_number, at=at)
    file = attach(draft.id, by=by, at=at)
    raw = {"plan": [str(file.id)]}
    saved = save_answers(application=draft, raw=raw, expected_revision=0, by=by, at=at).application
    sent = submit_application(application=saved, key="k", by=by, at=at)
    kept = Attachment.objects.get()
    assert sent.facts["attachments"] == [
        {
            "id": str(kept.id),
            "question": "plan",
            "name": "plan.pdf",
            "sha256": kept.sha256,
            "size": kept.size,
        }
    ]
    assert kept.sealed_at == at


def test_a_file_that_is_gone_is_missed_before_anything_is_sent(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    by = an_applicant(draft.organisation_number, at=at)
    file = attach(draft.id, by=by, at=at)
    raw = {"plan": [str(file.id)]}
    saved = save_answers(application=draft, raw=raw, expected_revision=0, by=by, at=at).application
    Attachment.objects.all().delete()
    with pytest.raises(Incomplete) as refused:
        submit_application(application=saved, key="k", by=by, at=at)
    assert set(refused.value.errors) == {"plan"}
