"""Sealed files: whole, unchanged, made once, and read with a trace."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from runde.foundation.documents.api import (
    Document,
    FileDamaged,
    FileLost,
    Sealing,
    find_document,
    list_documents,
    open_version,
    read_version,
    seal_document,
    seal_documents,
)
from runde.foundation.documents.store import path_of
from runde.foundation.journal.models import Event
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import fence

IDA = Actor(uuid4(), "Ida Lunde")
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


def letter(content: bytes = PDF, key: str = "", subject: UUID | None = None) -> Sealing:
    return Sealing(
        kind=Document.Kind.DECISION_LETTER,
        title="Vedtaksbrev",
        subject_kind="case",
        subject_id=subject or uuid4(),
        content=content,
        media_type="application/pdf",
        file_name="vedtak.pdf",
        key=key,
    )


def test_what_is_sealed_is_read_back(tenant: UUID, at: datetime) -> None:
    subject = uuid4()
    version = seal_document(
        kind=Document.Kind.RECEIPT,
        title="Kvittering",
        subject_kind="application",
        subject_id=subject,
        content=PDF,
        media_type="application/pdf",
        file_name="kvittering.pdf",
        by=None,
        at=at,
    )
    assert read_version(version) == PDF
    assert [found.id for found in list_documents("application", subject)] == [version.id]
    path = path_of(tenant, version.sha256)
    assert path.parent.name == version.sha256[:2]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_changed_file_is_never_shown(tenant: UUID, at: datetime) -> None:
    [version] = seal_documents([letter()], by=None, at=at)
    path_of(tenant, version.sha256).write_bytes(PDF + b"x")
    with pytest.raises(FileDamaged):
        read_version(version)
    path_of(tenant, version.sha256).unlink()
    with pytest.raises(FileLost):
        read_version(version)


def test_a_key_is_sealed_once(tenant: UUID, at: datetime) -> None:
    first = seal_documents([letter(key="letter:1"), letter(key="letter:2")], by=None, at=at)
    again = seal_documents([letter(PDF + b" ", "letter:2"), letter(key="letter:3")], by=None, at=at)
    assert again[0].id == first[1].id
    assert again[0].sha256 == first[1].sha256
    assert Document.objects.count() == 3
    assert find_document("letter:2") == first[1]
    assert find_document("letter:4") is None


@pytest.mark.parametrize("count", [1, 3])
def test_sealing_takes_the_same_statements_for_one_and_for_many(
    tenant: UUID, at: datetime, count: int, django_assert_num_queries: Any
) -> None:
    seal_documents([letter()], by=None, at=at)
    with django_assert_num_queries(8):
        seal_documents([letter(PDF + bytes([n]), f"k{n}") for n in range(count)], by=None, at=at)


def test_reading_leaves_a_trace(tenant: UUID, at: datetime) -> None:
    [version] = seal_documents([letter()], by=None, at=at)
    assert open_version(version, by=IDA, at=at) == PDF
    reading = Event.objects.get(chain="readings")
    assert (reading.actor_id, reading.subject_id) == (IDA.person_id, str(version.document_id))


def test_another_tenant_has_its_own_store(db: None, settings: Any, tmp_path: Path, at: datetime) -> None:
    settings.FILES = tmp_path
    ours, theirs = uuid4(), uuid4()
    for tenant_id in (ours, theirs):
        with fence(tenant_id):
            seal_documents([letter()], by=None, at=at)
            assert Document.objects.count() == 1
    assert {path.name for path in tmp_path.iterdir()} == {str(ours), str(theirs)}
