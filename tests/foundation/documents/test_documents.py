"""Sealed files: whole, unchanged, made once, judged by content, and read with a trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from runde.foundation.documents.api import (
    Document,
    FileDamaged,
    FileLost,
    FileRefused,
    Sealing,
    find_document,
    list_documents,
    open_version,
    read_version,
    receive_upload,
    seal_document,
    seal_documents,
)
from runde.foundation.documents.judging import LONGEST_NAME, safe_name
from runde.foundation.documents.store import path_of
from runde.foundation.journal.models import Event
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import fence

IDA = Actor(uuid4(), "Ida Lunde")
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20 + b"\xff\xd9"


@pytest.fixture
def tenant(db: None, settings: Any, tmp_path: Path) -> Iterator[UUID]:
    settings.FILES = tmp_path
    tenant_id = uuid4()
    with fence(tenant_id):
        yield tenant_id


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


def upload(content: bytes, name: str = "regnskap.pdf") -> Any:
    return SimpleUploadedFile(name, content, content_type="text/html")


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


@pytest.mark.parametrize(
    ("content", "media_type", "name"),
    [(PDF, "application/pdf", "a.pdf"), (PNG, "image/png", "a.png"), (JPEG, "image/jpeg", "a.jpg")],
)
def test_a_file_is_judged_by_its_content(
    tenant: UUID, at: datetime, content: bytes, media_type: str, name: str
) -> None:
    version = receive_upload(
        file=upload(content, "a.exe"),
        title="Regnskap",
        subject_kind="application",
        subject_id=uuid4(),
        by=IDA,
        at=at,
    )
    assert (version.media_type, version.file_name) == (media_type, name)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen er tom. Velg en fil med innhold."),
        (
            b"<html>",
            "Filen må være en PDF eller et bilde (PNG eller JPEG). Lagre den som PDF, og prøv igjen.",
        ),
        (b"%PDF-1.7 half", "Filen er ikke hel. Lagre den på nytt, og last den opp en gang til."),
        (PDF * 60_000, "Filen er 2 MB. Den kan være høyst 1 MB."),
    ],
)
def test_other_files_are_refused_with_the_cure(
    tenant: UUID, at: datetime, settings: Any, content: bytes, sentence: str
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1_000_000
    with pytest.raises(FileRefused) as refused:
        receive_upload(
            file=upload(content), title="x", subject_kind="application", subject_id=uuid4(), by=IDA, at=at
        )
    assert refused.value.sentence == sentence
    assert Document.objects.count() == 0


def taken(content: bytes, name: str = "a.pdf") -> Any:
    when = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    return receive_upload(
        file=upload(content, name),
        title="x",
        subject_kind="application",
        subject_id=uuid4(),
        by=IDA,
        at=when,
    )


@pytest.mark.parametrize(
    "content",
    [
        b"\n" + PDF,  # readers forgive what stands in front, and so do those who hide things there
        b"MZ\x90\x00" + PDF,
        b"PK\x03\x04" + PDF,
        b"<script>alert(1)</script>" + PDF,
        b"\xef\xbb\xbf%PDF-1.7 %%EOF",
        b"%pdf-1.7 %%EOF",
        b"%PDF",
        b"\x89PNG\r\n",
        b"\xff\xd8",
        b"GIF89a" + b"\0" * 40,
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40,
        b"PK\x03\x04" + b"\0" * 40,
        b"\x1f\x8b\x08" + b"\0" * 40,
        b"#!/bin/sh\necho %PDF- %%EOF",
        b"\0" * 100,
        PDF[:-7] + b"\0" * 4_000,  # the end is there, but far from the end
    ],
)
def test_what_is_not_wholly_what_we_take_is_refused(tenant: UUID, content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        taken(content)
    assert refused.value.sentence.endswith(".")
    assert Document.objects.count() == 0
    assert Event.objects.count() == 0


@pytest.mark.parametrize(
    "content",
    [
        PDF + b"PK\x03\x04" + b"\0" * 40 + b"PK\x05\x06",
        PDF[:9] + b"<script>alert(1)</script>" + PDF[9:],
        PNG[:-8] + b"<?php system($_GET['x']); ?>" + PNG[-8:],
        JPEG[:4] + b"*/=alert(1)/*" + JPEG[4:],
    ],
)
def test_a_file_that_is_two_things_is_only_ever_served_as_the_one_we_take(
    tenant: UUID, content: bytes
) -> None:
    version = taken(content, "bilde.html")
    assert version.media_type in ("application/pdf", "image/png", "image/jpeg")
    assert version.file_name.rpartition(".")[2] in ("pdf", "png", "jpg")
    assert read_version(version) == content


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
    ],
)
def test_names_are_made_harmless(tenant: UUID, name: str, kept: str) -> None:
    assert safe_name(name, ".pdf") == kept
    assert taken(PDF, name.replace("/", "∕")).file_name.endswith(".pdf")  # Django itself cuts paths off


@pytest.mark.parametrize(("over", "refused"), [(0, False), (1, True)])
def test_the_limit_is_exact(tenant: UUID, settings: Any, over: int, refused: bool) -> None:
    settings.UPLOAD_LIMIT_BYTES = len(PDF) + 100
    content = PDF[:9] + b" " * (100 + over) + PDF[9:]
    if refused:
        with pytest.raises(FileRefused):
            taken(content)
    else:
        assert taken(content).file_name == "a.pdf"


def test_a_file_that_lies_about_its_size_is_measured(tenant: UUID, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1_000
    lying = upload(PDF[:9] + b" " * 5_000 + PDF[9:])
    lying.size = 10
    with pytest.raises(FileRefused, match="høyst"):
        receive_upload(
            file=lying,
            title="x",
            subject_kind="application",
            subject_id=uuid4(),
            by=IDA,
            at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
        )


@given(st.text(max_size=300))
def test_a_safe_name_can_do_no_harm(name: str) -> None:
    safe = safe_name(name, ".pdf")
    assert safe.endswith(".pdf")
    assert len(safe) <= LONGEST_NAME
    assert not set(safe) & set("/\\\r\n\0\"';:<>|*?")
    assert not safe.startswith(".")


def test_norwegian_letters_stay_in_the_name() -> None:
    assert safe_name("C:\\tmp\\Årsregnskap søknad (2).docx", ".pdf") == "Årsregnskap søknad (2).pdf"


def test_another_tenant_has_its_own_store(db: None, settings: Any, tmp_path: Path, at: datetime) -> None:
    settings.FILES = tmp_path
    ours, theirs = uuid4(), uuid4()
    for tenant_id in (ours, theirs):
        with fence(tenant_id):
            seal_documents([letter()], by=None, at=at)
            assert Document.objects.count() == 1
    assert {path.name for path in tmp_path.iterdir()} == {str(ours), str(theirs)}
