"""What people hand in: whole or in parts, checked, sealed, opened by those who may, removed with its bytes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from runde.foundation.documents.api import (
    Attachment,
    FileDamaged,
    FileRefused,
    NotServed,
    Reason,
    Version,
    get_attachment,
    list_attachments,
    open_attachment,
    open_preview,
    read_version,
    receive_attachment,
    receive_upload,
    remove_all_attachments,
    remove_attachment,
    seal_attachments,
    sentence_of,
)
from runde.foundation.documents.handed_in import handed_in, incoming, preview_of
from runde.foundation.documents.judging import LONGEST_NAME, safe_name
from runde.foundation.journal.models import Event
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Conflict, NotFound
from tests.factories.files import a_jpeg, a_pdf, a_png, sent

IDA = Actor(uuid4(), "Ida Lunde")
PER = Actor(uuid4(), "Per Strand")
APPLICATION = uuid4()


def take(content: bytes, name: str = "regnskap.pdf", *, at: datetime, **more: Any) -> Attachment:
    facts = {"subject_kind": "application", "subject_id": APPLICATION, "question": "accounts", "by": IDA}
    return receive_attachment(file=sent(content, name), at=at, **{**facts, **more})


@pytest.mark.parametrize(
    ("content", "media_type", "name", "pages", "size"),
    [
        (a_pdf(3), "application/pdf", "a.pdf", 3, None),
        (a_png(60, 20), "image/png", "a.png", 1, (60, 20)),
        (a_jpeg(60, 20), "image/jpeg", "a.jpg", 1, (60, 20)),
        (a_jpeg(60, 20, progressive=True), "image/jpeg", "a.jpg", 1, (60, 20)),
    ],
)
def test_a_file_is_known_by_its_content(
    tenant: UUID,
    at: datetime,
    content: bytes,
    media_type: str,
    name: str,
    pages: int,
    size: tuple[int, int] | None,
) -> None:
    taken = take(content, "a.exe", at=at)
    assert (taken.state, taken.media_type, taken.name, taken.pages) == ("checked", media_type, name, pages)
    assert (taken.width, taken.height) == (size or (None, None))
    assert open_attachment(attachment=taken, by=IDA, at=at)[:4] == content[:4]
    assert open_preview(taken).startswith(b"\x89PNG")
    assert taken.size == handed_in(taken.id).stat().st_size
    assert handed_in(taken.id).stat().st_mode & 0o777 == 0o600


def test_a_pdf_stands_as_it_came_so_that_its_signatures_hold(tenant: UUID, at: datetime) -> None:
    taken = take(a_pdf(), at=at)
    assert open_attachment(attachment=taken, by=IDA, at=at) == a_pdf()
    assert taken.sha256 == taken.sent_sha256


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"<html>", Reason.WRONG_KIND),
        (b"%PDF-1.7 half", Reason.BROKEN),
        (a_pdf() + b" " * 1_000_000, Reason.TOO_LARGE),
    ],
)
def test_other_files_are_kept_as_refused_with_the_reason_only(
    tenant: UUID,
    at: datetime,
    settings: Settings,
    content: bytes,
    reason: Reason,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1_000_000
    with django_capture_on_commit_callbacks(execute=True):
        taken = take(content, at=at)
    assert (taken.state, taken.reason, taken.is_usable) == ("refused", reason.value, False)
    assert sentence_of(reason).endswith(".")
    assert not incoming(taken.id).exists()
    assert not handed_in(taken.id).exists()
    with pytest.raises(NotServed):
        open_attachment(attachment=taken, by=IDA, at=at)


def test_every_reason_has_a_sentence_with_its_limits() -> None:
    assert all("{" not in sentence_of(reason) for reason in Reason)
    assert sentence_of(Reason.TOO_LARGE) == "Filen er for stor. Den kan være høyst 20 MB."


def test_a_file_that_lies_about_its_size_is_measured(tenant: UUID, at: datetime, settings: Settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 500
    lying = sent(a_pdf(9))
    lying.size = 10
    taken = receive_attachment(file=lying, subject_kind="application", subject_id=APPLICATION, by=IDA, at=at)
    assert (taken.state, taken.reason) == ("refused", "too_large")


@pytest.mark.parametrize(("over", "state"), [(0, "checked"), (1, "refused")])
def test_the_limit_is_exact(tenant: UUID, at: datetime, settings: Settings, over: int, state: str) -> None:
    settings.UPLOAD_LIMIT_BYTES = len(a_pdf()) - over
    assert take(a_pdf(), at=at).state == state


def test_a_question_has_room_for_so_many(tenant: UUID, at: datetime, settings: Settings) -> None:
    assert take(a_pdf(), at=at, most=1).state == "checked"
    refused = take(a_pdf(), at=at, most=1)
    assert (refused.state, refused.reason) == ("refused", "too_many")
    assert take(a_pdf(), at=at, most=1, question="lease").state == "checked"
    settings.UPLOADS_FOR_EACH_SUBJECT = 2
    assert take(a_pdf(), at=at, question="other").reason == "too_many"


def test_a_new_try_takes_the_place_of_what_was_refused(tenant: UUID, at: datetime) -> None:
    take(b"<html>", at=at)
    take(b"<html>", at=at, by=PER)
    later = at + timedelta(minutes=1)
    good = take(a_pdf(), at=later)
    assert [(one.state, one.made_by) for one in list_attachments("application", APPLICATION)] == [
        ("refused", PER.person_id),
        ("checked", good.made_by),
    ]


def test_files_are_listed_in_the_order_they_came_and_by_question(tenant: UUID, at: datetime) -> None:
    first, second = take(a_pdf(), at=at), take(a_png(), at=at + timedelta(seconds=1), question="lease")
    assert [one.id for one in list_attachments("application", APPLICATION)] == [first.id, second.id]
    assert [one.id for one in list_attachments("application", APPLICATION, "lease")] == [second.id]
    assert list_attachments("application", uuid4()) == []


def test_a_file_is_removed_with_its_bytes(
    tenant: UUID, at: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    taken = take(a_pdf(), at=at)
    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(attachment=taken, by=IDA, at=at)
        remove_attachment(attachment=taken, by=IDA, at=at)
        assert handed_in(taken.id).exists(), "not before the row is gone for good"
    assert not handed_in(taken.id).exists()
    assert not preview_of(taken.id).exists()
    with pytest.raises(NotFound):
        get_attachment(taken.id)
    told = [event.action for event in Event.objects.order_by("seq") if event.subject_id == str(taken.id)]
    assert told == [
        "documents.attachment_received",
        "documents.attachment_removed",
    ]


def test_the_journal_never_holds_the_name(tenant: UUID, at: datetime) -> None:
    take(a_pdf(), "Oppsigelse Kari Nordmann.pdf", at=at)
    assert not any("Kari" in str(event.payload) for event in Event.objects.all())


def test_what_is_sealed_stands(tenant: UUID, at: datetime) -> None:
    good, bad = take(a_pdf(), at=at), take(b"<html>", at=at)
    sealed = seal_attachments(subject_kind="application", subject_id=APPLICATION, at=at)
    assert [(one.id, one.sha256) for one in sealed] == [(good.id, good.sha256)]
    with pytest.raises(Conflict):
        remove_attachment(attachment=good, by=IDA, at=at)
    with pytest.raises(Conflict):
        remove_all_attachments(subject_kind="application", subject_id=APPLICATION, by=IDA, at=at)
    for change in ({"sha256": "0" * 64}, {"name": "b.pdf"}, {"sealed_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attachment.objects.filter(id=good.id).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(id=good.id).delete()
    remove_attachment(attachment=bad, by=IDA, at=at)
    assert [one.id for one in list_attachments("application", APPLICATION)] == [good.id]


def test_an_erased_draft_takes_its_files_along(tenant: UUID, at: datetime) -> None:
    take(a_pdf(), at=at)
    take(a_png(), at=at)
    assert remove_all_attachments(subject_kind="application", subject_id=APPLICATION, by=None, at=at) == 2
    assert list_attachments("application", APPLICATION) == []


def test_opening_leaves_a_trace(tenant: UUID, at: datetime) -> None:
    taken = take(a_pdf(), at=at)
    open_attachment(attachment=taken, by=IDA, at=at)
    reading = Event.objects.get(chain="readings")
    assert (reading.actor_id, reading.subject_id) == (IDA.person_id, str(taken.id))


def test_a_changed_file_is_never_given(tenant: UUID, at: datetime) -> None:
    taken = take(a_pdf(), at=at)
    handed_in(taken.id).write_bytes(a_pdf(2))
    with pytest.raises(FileDamaged):
        open_attachment(attachment=taken, by=IDA, at=at)


def test_without_a_scanner_others_open_it_by_accepting_the_risk(tenant: UUID, at: datetime) -> None:
    taken = take(a_pdf(), at=at)
    with pytest.raises(NotServed) as refused:
        open_attachment(attachment=taken, by=PER, at=at)
    assert refused.value.facts == {"may_accept": True}
    assert open_attachment(attachment=taken, by=PER, at=at, unscanned_accepted=True) == a_pdf()


def test_a_file_of_the_house_is_checked_and_sealed_at_once(
    tenant: UUID, at: datetime, tmp_path: Path
) -> None:
    facts: dict[str, Any] = {"title": "Retningslinjer", "subject_kind": "call", "subject_id": uuid4()}
    version: Version = receive_upload(file=sent(a_pdf(), "a.exe"), by=IDA, at=at, **facts)
    assert (version.media_type, version.file_name, read_version(version)) == (
        "application/pdf",
        "a.pdf",
        a_pdf(),
    )
    with pytest.raises(FileRefused) as refused:
        receive_upload(file=sent(b"%PDF-1.7 half"), by=IDA, at=at, **facts)
    assert refused.value.facts == {"reason": "broken"}
    assert list((tmp_path / str(tenant) / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\system32\\cmd.exe", "cmd.pdf"),
        ("/dev/null", "null.pdf"),
        ("regnskap.pdf.exe", "regnskap.pdf.pdf"),
        ("regnskap\u202efdp.exe", "regnskapfdp.pdf"),
        ("regnskap.pdf\x00.html", "regnskap.pdf.pdf"),
        ("a\r\nContent-Type: text/html.pdf", "html.pdf"),
        ('bilde";filename=x.html', "bildefilenamex.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("...", "fil.pdf"),
        ("👩‍👩‍👧", "fil.pdf"),
        ("Å" * 500 + ".pdf", "Å" * 116 + ".pdf"),
        ("C:\\tmp\\Årsregnskap søknad (2).docx", "Årsregnskap søknad (2).pdf"),
    ],
)
def test_names_are_made_harmless(name: str, kept: str) -> None:
    assert safe_name(name, ".pdf") == kept


@given(st.text(max_size=300))
def test_a_safe_name_can_do_no_harm(name: str) -> None:
    safe = safe_name(name, ".pdf")
    assert safe.endswith(".pdf")
    assert len(safe) <= LONGEST_NAME
    assert not set(safe) & set("/\\\r\n\0\"';:<>|*?")
    assert not safe.startswith(".")
