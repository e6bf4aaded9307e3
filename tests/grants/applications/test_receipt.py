"""The receipt: every question and answer, made once, the same bytes for ever."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from runde.foundation.documents.api import read_version
from runde.foundation.trust.api import NotAllowed, Refused
from runde.grants.applications.api import Application, get_receipt
from runde.grants.schemes.api import Call
from tests.factories import a_draft, a_submitted, an_applicant


@pytest.fixture(autouse=True)
def files(settings: object, tmp_path: Path) -> None:
    settings.FILES = tmp_path  # type: ignore[attr-defined]


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_it_holds_the_number_and_every_answer(call: Call, at: datetime) -> None:
    sent = a_submitted(call=call, at=at)
    by = an_applicant(sent.organisation_number, at=at)
    version = get_receipt(application=sent, by=by, at=at)
    text = text_of(read_version(version))
    assert version.file_name == "kvittering-26-1.pdf"
    assert "26/1" in text
    assert "Omsetning i mars, april og mai 2026" in text
    assert "320 000 kroner" in text.replace("\u00a0", " ")
    assert "Bekreftet" in text


def test_it_is_made_once(call: Call, at: datetime) -> None:
    sent = a_submitted(call=call, at=at)
    by = an_applicant(sent.organisation_number, at=at)
    first = get_receipt(application=sent, by=by, at=at)
    assert get_receipt(application=sent, by=by, at=at + timedelta(days=9)).id == first.id


def test_there_is_none_for_a_draft(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    with pytest.raises(Refused, match="ikke sendt ennå"):
        get_receipt(application=draft, by=an_applicant(draft.organisation_number, at=at), at=at)


def test_a_stranger_does_not_get_it(call: Call, at: datetime) -> None:
    sent: Application = a_submitted(call=call, at=at)
    with pytest.raises(NotAllowed):
        get_receipt(application=sent, by=an_applicant(at=at), at=at)
