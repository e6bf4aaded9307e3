"""Templates for letters that are no decision: written and approved as the others, and the same letter afterwards."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from runde.engine.reference.api import LANGUAGES, Language
from runde.engine.typeset.api import AS_FIXED, Letter, Paragraph, Section
from runde.engine.typeset.plain_values import plain_values
from runde.grants.letters.api import (
    LetterKind,
    LockedText,
    SampleFrame,
    TextRefused,
    back_to_standard,
    empty_content,
    fields_of,
    get_kind,
    list_kinds,
    own_wording,
    sample_letter,
    standard_text,
    wording_of,
    write_paragraph,
    write_text,
)

from .conftest import Desk

ON = date(2026, 11, 23)
KINDS = [kind for kind in list_kinds() if not kind.is_decision]
RECORDED: dict[str, str] = json.loads(
    (Path(__file__).parent / "snapshots" / "case_letters.json").read_text(encoding="utf-8")
)
FRAME = SampleFrame("Moss kommune", "Næringsavdelingen", "00 00 00 00", "tilskudd til kafeer")


def sample(kind: LetterKind, language: Language) -> Letter:
    wording = wording_of(empty_content(), kind, language, ON, "template:1")
    return sample_letter(kind, language, wording, FRAME)


def digest(letter: Letter) -> str:
    plain = plain_values(letter, lambda text: text)
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_a_letter_without_own_words_says_what_it_said(kind: LetterKind, language: Language) -> None:
    """A changed text is a new version with a day: what is written before that day stays word for word."""
    assert digest(sample(kind, language)) == RECORDED[f"{kind.slug}.{language}"]


def test_every_kind_is_recorded() -> None:
    assert set(RECORDED) == {f"{kind.slug}.{language}" for kind in KINDS for language in LANGUAGES}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_what_a_text_must_name_it_names(kind: LetterKind) -> None:
    for key in kind.text_keys():
        text = standard_text(kind.slug, key, "nb", ON)
        named = text.slots | {field.slot for field in fields_of(kind, "nb", text.slots)}
        assert set(kind.required(key)) <= named
        assert set(kind.required(key)) <= text.slots


def test_the_day_cannot_be_written_out_of_a_provisional_reply(desk: Desk) -> None:
    version = desk.draft("provisional")
    with pytest.raises(TextRefused, match="dagen for svaret"):
        write_text(
            version_id=version.id,
            key="lead",
            language="nb",
            typed="Vent litt.",
            by=desk.writer,
            at=desk.at,
        )


@pytest.mark.parametrize("kind", ["appeal_dismiss", "appeal_reasons", "appeal_notice", "appeal_outcome"])
def test_rights_and_their_days_are_locked(desk: Desk, kind: str) -> None:
    version = desk.draft(kind)
    with pytest.raises(LockedText):
        write_text(
            version_id=version.id, key="next.body", language="nb", typed="Ring.", by=desk.writer, at=desk.at
        )


def test_an_approved_template_words_the_letter_from_the_moment_it_is_in_use(desk: Desk) -> None:
    at = desk.at

    def wording_at(moment: object = at) -> object:
        return own_wording(kind="provisional", language="nb", scheme_id=desk.scheme.id, at=moment)  # type: ignore[arg-type]

    version = desk.draft("provisional", lead="«virksomhet» får svar innen «dagen for svaret».")
    texts = {"nb": "Ring «avdeling».", "nn": "Ring «avdeling».", "en": "Call «department»."}
    write_paragraph(version_id=version.id, block="next", texts=texts, by=desk.writer, at=at)
    assert wording_at() == AS_FIXED
    version = desk.in_use(version)
    wording = own_wording(kind="provisional", language="nb", scheme_id=desk.scheme.id, at=at)
    letter = sample_letter(get_kind("provisional"), "nb", wording, FRAME)
    assert [one.text for one in letter.blocks if isinstance(one, Paragraph)][1] == (
        "Kafé Kanalen AS får svar innen fredag 18. desember 2026."
    )
    [after] = [one for one in letter.blocks if isinstance(one, Section) and one.name == "next"]
    assert after.paragraphs[-1] == "Ring Næringsavdelingen."
    assert wording_at(at - timedelta(seconds=1)) == AS_FIXED

    later = at + timedelta(days=1)
    back_to_standard(version_id=version.id, by=desk.approver, at=later)
    assert wording_at(later) == AS_FIXED
    assert wording_at(at) == wording, "a letter made late says what it would have said then"


def test_the_schemes_own_template_goes_before_the_one_for_all(desk: Desk) -> None:
    from runde.grants.letters.api import start_template

    for_all = start_template(kind="delayed", scheme=None, by=desk.writer, at=desk.at)
    typed = "Nytt svar kommer «dagen for svaret»."
    write_text(version_id=for_all.id, key="lead", language="nb", typed=typed, by=desk.writer, at=desk.at)
    desk.in_use(for_all)
    own = desk.in_use(desk.draft("delayed", lead="Svaret kommer «dagen for svaret»."))
    wording = own_wording(kind="delayed", language="nb", scheme_id=desk.scheme.id, at=desk.at)
    assert wording.source == f"template:{own.id}"
