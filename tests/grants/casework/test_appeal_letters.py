"""The letters of appeals: whole in three languages, with the day and the way on, and the same bytes each time."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest
from django.conf import settings

from runde.engine.reference.api import LANGUAGES
from runde.engine.typeset.api import Paragraph, Section, render_letter
from runde.grants.casework.domain.appeal_letters import Kind, Wanted, letter_for
from runde.grants.casework.domain.words import LISTS

SLOTS = {
    "body": "klagenemnda i kommunen",
    "day": "21. desember 2026",
    "decided": "1. desember 2026",
    "reference": "14/27",
}


def snapshot(language: str) -> dict[str, Any]:
    return {
        "applicant": {
            "language": language,
            "organisation_number": "310000027",
            "company_name": "Kafé Kanalen AS",
            "facts": {"address": ["Storgata 1", "1531 MOSS"]},
        },
        "authority": {
            "name": "Moss kommune",
            "contact_name": "Næringsavdelingen",
            "contact_phone": "00 00 00 00",
            "contact_email": "",
        },
        "scheme": {"legal_basis": {}, "texts": {"name": {"nb": "Tilskudd", "nn": "Tilskot", "en": "Grant"}}},
        "outcome": {"case_number": "26/1", "decided_date": "2026-11-23"},
    }


def wanted(kind: Kind, **more: Any) -> Wanted:
    return Wanted(
        kind=kind,
        said="Første avsnitt.\n\nAndre avsnitt.",
        signed_by="Eli Foss",
        made_at=datetime(2026, 11, 30, 10, tzinfo=UTC),
        made_date=date(2026, 11, 30),
        slots=SLOTS,
        **more,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_letter_is_whole_in_every_language(kind: Kind, language: str) -> None:
    letter = letter_for(snapshot(language), wanted(kind))
    texts = [one.text for one in letter.blocks if isinstance(one, Paragraph)]
    sections = {one.name: one.paragraphs for one in letter.blocks if isinstance(one, Section)}
    texts += [text for paragraphs in sections.values() for text in paragraphs]
    assert letter.language == language
    assert sections["reasons"] == ("Første avsnitt.", "Andre avsnitt.")
    assert sections["rules"][0]
    assert not [text for text in texts if "{" in text]
    assert "26/1" in sections["contact"][0]


def test_a_letter_has_the_same_bytes_each_time_and_goes_to_who_appealed() -> None:
    letter = letter_for(snapshot("nn"), wanted("dismiss", to_other="Nabo Kafé AS"))
    assert letter.recipient.name == "Nabo Kafé AS"
    first, second = (render_letter(letter, settings.FONT_DIRECTORY) for _ in range(2))
    assert first == second
    assert first.startswith(b"%PDF")


def test_the_words_stand_in_three_languages_with_the_same_slots() -> None:
    slot = re.compile(r"{(\w+)}")
    for path in LISTS:
        for key, texts in json.loads(path.read_text(encoding="utf-8")).items():
            if key == "header":
                continue
            assert set(texts) == set(LANGUAGES), key
            assert len({frozenset(slot.findall(text)) for text in texts.values()}) == 1, key
