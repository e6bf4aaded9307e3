"""A file in parts: any order, any repeats, any breaks give the same file, or a clear refusal."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from runde.foundation.documents.api import (
    FileRefused,
    OutOfStep,
    Upload,
    add_chunk,
    cancel_upload,
    finish_upload,
    get_upload,
    list_attachments,
    list_uploads,
    open_attachment,
    remove_all_attachments,
    start_upload,
    sweep_uploads,
)
from runde.foundation.documents.handed_in import handed_in, incoming
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Conflict, NotFound
from tests.factories.files import a_pdf

IDA = Actor(uuid4(), "Ida Lunde")
PER = Actor(uuid4(), "Per Strand")
FILE = a_pdf(2)
SUBJECT = uuid4()


def begin(at: datetime, **changes: Any) -> Upload:
    facts = {
        "subject_kind": "application",
        "subject_id": SUBJECT,
        "name": "a.pdf",
        "size": len(FILE),
        "by": IDA,
    }
    return start_upload(**{**facts, **changes}, at=at)


def parts() -> st.SearchStrategy[list[tuple[int, int]]]:
    """Where each part begins and how long it is: in any order, with repeats and overlaps."""
    return st.lists(st.tuples(st.integers(0, len(FILE)), st.integers(0, len(FILE))), max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=parts(), spoiled=st.integers(0, 11))
def test_parts_in_any_order_give_the_same_file_or_a_refusal(
    tenant: UUID, at: datetime, sent: list[tuple[int, int]], spoiled: int
) -> None:
    with transaction.atomic():
        upload = begin(at, subject_id=uuid4())
        received = 0
        for number, (offset, length) in enumerate(sent):
            content = FILE[offset : offset + length]
            if number == spoiled and offset < received and content:
                with pytest.raises(Conflict):
                    add_chunk(upload=upload, offset=offset, content=flipped(content), by=IDA, at=at)
            if offset > received:
                with pytest.raises(OutOfStep) as far:
                    add_chunk(upload=upload, offset=offset, content=content, by=IDA, at=at)
                assert far.value.facts["received"] == received
                continue
            received = max(received, offset + len(content))
            assert (
                add_chunk(upload=upload, offset=offset, content=content, by=IDA, at=at).received == received
            )
        if received < len(FILE):
            with pytest.raises(OutOfStep):
                finish_upload(upload_id=upload.id, by=IDA, at=at)
            add_chunk(upload=upload, offset=received, content=FILE[received:], by=IDA, at=at)
        done = finish_upload(upload_id=upload.id, by=IDA, at=at)
        assert finish_upload(upload_id=upload.id, by=IDA, at=at).id == done.id == upload.id
        assert open_attachment(attachment=done, by=IDA, at=at) == FILE


def flipped(content: bytes) -> bytes:
    return bytes([content[0] ^ 1]) + content[1:]


def test_a_part_whose_row_was_undone_is_written_over(tenant: UUID, at: datetime) -> None:
    """The process died between the file and the commit: the file is longer than the row says."""
    upload = begin(at)
    incoming(upload.id).write_bytes(b"x" * 500)
    add_chunk(upload=upload, offset=0, content=FILE[:100], by=IDA, at=at)
    add_chunk(upload=upload, offset=100, content=FILE[100:], by=IDA, at=at)
    done = finish_upload(upload_id=upload.id, by=IDA, at=at)
    assert open_attachment(attachment=done, by=IDA, at=at) == FILE


@pytest.mark.parametrize("offset", [-1, 10**18])
def test_a_place_outside_the_file_is_refused(tenant: UUID, at: datetime, offset: int) -> None:
    with pytest.raises(OutOfStep):
        add_chunk(upload=begin(at), offset=offset, content=b"x", by=IDA, at=at)


def test_more_than_was_told_is_refused(tenant: UUID, at: datetime) -> None:
    with pytest.raises(Conflict):
        add_chunk(upload=begin(at), offset=0, content=FILE + b"x", by=IDA, at=at)


def test_the_same_file_goes_on_and_another_does_not(tenant: UUID, at: datetime) -> None:
    upload = begin(at, mark="1")
    add_chunk(upload=upload, offset=0, content=FILE[:50], by=IDA, at=at)
    again = begin(at, mark="1")
    assert (again.id, again.received) == (upload.id, 50)
    for other in ({"mark": "2"}, {"name": "b.pdf"}, {"size": len(FILE) + 1}, {"question": "q"}, {"by": PER}):
        assert begin(at, **{"mark": "1", **other}).id != upload.id


def test_the_size_is_judged_at_the_start_and_at_the_finish(
    tenant: UUID, at: datetime, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT_BYTES = len(FILE)
    with pytest.raises(FileRefused):
        begin(at, size=len(FILE) + 1)
    upload = begin(at)
    add_chunk(upload=upload, offset=0, content=FILE, by=IDA, at=at)
    settings.UPLOAD_LIMIT_BYTES = len(FILE) - 1
    assert finish_upload(upload_id=upload.id, by=IDA, at=at).reason == "too_large"


def test_room_is_judged_at_the_start_and_at_the_finish(tenant: UUID, at: datetime) -> None:
    first, second = begin(at, most=1), begin(at, most=1, name="b.pdf")
    for upload in (first, second):
        add_chunk(upload=upload, offset=0, content=FILE, by=IDA, at=at)
    assert finish_upload(upload_id=first.id, most=1, by=IDA, at=at).state == "checked"
    assert finish_upload(upload_id=second.id, most=1, by=IDA, at=at).reason == "too_many"
    with pytest.raises(FileRefused):
        begin(at, most=1, name="c.pdf")


def test_an_upload_belongs_to_the_one_who_began_it(tenant: UUID, at: datetime) -> None:
    upload = begin(at)
    with pytest.raises(NotFound):
        get_upload(upload.id, PER)
    with pytest.raises(NotFound):
        add_chunk(upload=upload, offset=0, content=FILE, by=PER, at=at)
    with pytest.raises(NotFound):
        finish_upload(upload_id=upload.id, by=PER, at=at)
    cancel_upload(upload=upload, by=PER)
    assert [one.id for one in list_uploads("application", SUBJECT, IDA)] == [upload.id]


def test_what_nobody_goes_on_with_is_swept(
    tenant: UUID, at: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    old, fresh = begin(at), begin(at + timedelta(hours=20), name="b.pdf")
    for upload in (old, fresh):
        add_chunk(upload=upload, offset=0, content=FILE[:50], by=IDA, at=upload.started_at)
    stray = handed_in(uuid4())
    stray.write_bytes(b"x")
    long_ago = (at - timedelta(days=9)).timestamp()
    os.utime(stray, (long_ago, long_ago))
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_uploads(at=at + timedelta(hours=25)) == 1
    assert not incoming(old.id).exists()
    assert incoming(fresh.id).exists()
    assert not stray.exists()


def test_an_erased_subject_takes_half_files_along(
    tenant: UUID, at: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    upload = begin(at)
    add_chunk(upload=upload, offset=0, content=FILE[:50], by=IDA, at=at)
    with django_capture_on_commit_callbacks(execute=True):
        remove_all_attachments(subject_kind="application", subject_id=SUBJECT, by=IDA, at=at)
    assert not incoming(upload.id).exists()
    assert list_attachments("application", SUBJECT) == list_uploads("application", SUBJECT, IDA) == []
