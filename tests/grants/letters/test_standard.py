"""Where nothing of their own is written, letters are the standard ones: word for word, byte for byte."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from runde.engine.typeset.api import render_letter
from runde.engine.typeset.plain_values import plain_values
from runde.grants.casework.domain.letters import letter_of
from runde.grants.letters.api import decision_kind, letter_part

ON = date(2026, 11, 23)
SNAPSHOTS = Path(__file__).parent / "snapshots"
RECORDED: dict[str, str] = json.loads((SNAPSHOTS / "todays_letters.json").read_text(encoding="utf-8"))


def snapshot_of(name: str, language: str) -> dict[str, Any]:
    snapshot: dict[str, Any] = json.loads((SNAPSHOTS / f"{name}.json").read_text(encoding="utf-8"))
    snapshot["applicant"]["language"] = language
    return snapshot


def with_part(snapshot: dict[str, Any], **own: Any) -> dict[str, Any]:
    kind = decision_kind(outcome=snapshot["outcome"]["outcome"], number=1)
    return {**snapshot, "letter": letter_part(kind=kind, language=snapshot["applicant"]["language"], **own)}


def words_in(snapshot: dict[str, Any]) -> str:
    plain = plain_values(letter_of(snapshot, is_demo=True), lambda text: text)
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@pytest.mark.parametrize("key", sorted(RECORDED))
def test_a_letter_without_own_words_says_what_it_said_before_there_were_templates(key: str) -> None:
    snapshot = snapshot_of(*key.split("."))
    assert words_in(snapshot) == RECORDED[key]
    assert words_in(with_part(snapshot)) == RECORDED[key]


@pytest.mark.parametrize("name", ["granted", "refused"])
def test_the_same_bytes_with_and_without_an_empty_part(name: str) -> None:
    snapshot = snapshot_of(name, "nb")
    plain = render_letter(letter_of(snapshot), settings.FONT_DIRECTORY)
    assert render_letter(letter_of(with_part(snapshot)), settings.FONT_DIRECTORY) == plain


def test_other_words_give_another_letter() -> None:
    """The comparison above can fail."""
    own = with_part(snapshot_of("granted", "nb"), texts={"context": "Dere søkte om {scheme}."})
    assert words_in(own) != RECORDED["granted.nb"]
