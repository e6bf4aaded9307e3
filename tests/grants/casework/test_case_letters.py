"""Letters that are no decision: whole in three languages, with the day and the way on, and the same bytes each time."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from runde.engine.reference.api import LANGUAGES, date_text
from runde.engine.typeset.api import Paragraph, Section, Summary, render_letter
from runde.grants.casework.domain.case_letters import Kind, Wanted, letter_for, template_of
from runde.grants.casework.domain.words import LISTS
from runde.grants.letters.api import get_kind

SLOTS = {
    "appeal_body": "klagenemnda i kommunen",
    "answer_day": "fredag 18. desember 2026",
    "due_day": "mandag 21. desember 2026",
    "came_day": "fredag 27. november 2026",
    "last_day": "mandag 14. desember 2026",
    "body_day": "1. desember 2026",
    "reference": "14/27",
    "appellant": "Kafé Kanalen AS",
}


def snapshot(language: str) -> dict[str, Any]:
    return {
        "applicant": {
            "language": language,
            "submitted_date": "2026-11-12",
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


@pytest.mark.parametrize("kind", get_args(Kind))
def test_the_room_for_letters_has_a_template_for_every_kind(kind: Kind) -> None:
    assert get_kind(template_of(kind)).variant == kind


@pytest.mark.parametrize("kind", ["provisional", "delayed"])
def test_before_a_decision_the_letter_tells_of_the_application(kind: Kind) -> None:
    before = snapshot("nb")
    before["outcome"] = {"case_number": "26/1"}
    letter = letter_for(before, wanted(kind))
    [first, *_] = [one.text for one in letter.blocks if isinstance(one, Paragraph)]
    [box] = [one for one in letter.blocks if isinstance(one, Summary)]
    day = date_text(date(2026, 11, 12), "nb")
    assert first == f"Det gjelder søknaden dere sendte {day} om «Tilskudd»."
    assert [one.value for one in box.facts][0] == "fredag 18. desember 2026"


def test_signs_no_letter_can_show_do_not_keep_an_appeal_from_its_receipt() -> None:
    letter = letter_for(snapshot("nb"), replace(wanted("received"), said="Vi er\x00 uenige.\r\n\x07\nFordi."))
    [reasons] = [one for one in letter.blocks if isinstance(one, Section) and one.name == "reasons"]
    assert reasons.paragraphs == ("Vi er uenige.", "Fordi.")
    assert render_letter(letter, settings.FONT_DIRECTORY).startswith(b"%PDF")


@given(st.text(max_size=200))
@hypothesis_settings(max_examples=60)
def test_whatever_somebody_writes_it_is_set_as_text_or_falls_out(text: str) -> None:
    letter = letter_for(snapshot("nb"), replace(wanted("received"), said=text))
    said = [one.paragraphs for one in letter.blocks if isinstance(one, Section) and one.name == "reasons"]
    kept = "".join("".join(paragraphs) for paragraphs in said)
    assert set(kept) <= set(text)
    assert not any(unicodedata.category(sign) == "Cc" for sign in kept)
    assert letter == letter_for(snapshot("nb"), replace(wanted("received"), said=text))


def test_the_words_stand_in_three_languages_with_the_same_slots() -> None:
    slot = re.compile(r"{(\w+)}")
    for path in LISTS:
        for key, texts in json.loads(path.read_text(encoding="utf-8")).items():
            if key == "header":
                continue
            assert set(texts) == set(LANGUAGES), key
            assert len({frozenset(slot.findall(text)) for text in texts.values()}) == 1, key
