"""The fixed texts: whole, alike in all languages, in plain language, refused when a slot is wrong."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from runde.engine.reference.api import LANGUAGES
from runde.engine.typeset import texts as store
from runde.engine.typeset.api import (
    BrokenTextFile,
    MissingSlot,
    Texts,
    UnknownSlot,
    UnknownText,
    check_texts,
    fixed_text,
    list_kinds,
)

ON = date(2026, 11, 23)
FORBIDDEN = (
    "omsøkt", "innvilges", "herved", "avslås", "tilskuddsmottaker", "anmode", "påklage", "partsinnsyn",
    "foretaksgruppe", "opplysningsplikt", "tilbakekreving", "omgjøre", "utsatt iverksetting", "bevilgning",
    "inhabil", "underenhet", "i henhold til", "vedrørende", "hva angår", "herværende", "nærværende",
    "fremkomme", "forefinnes", "foreta en", "nåværende tidspunkt", "såfremt", "innen rimelig tid",
    "ettersende", "bekreftes", "grunnet", "på grunn av at", "avholde", "iverksette", "skjønnsmessig",
    "effektuere", "resterende", "finner å kunne", "ikke ubetydelig", "vennligst", "obligatorisk", "ugyldig",
    "dersom", "jf.", "iht.",
)  # fmt: skip


def all_texts(language: str) -> list[tuple[str, str]]:
    room = Path(store.__file__).parent
    paths = [room / "shared", *(room / "kinds" / kind for kind in list_kinds())]
    found = []
    for path in paths:
        content = json.loads((path / f"texts.{language}.json").read_text(encoding="utf-8"))
        found += [
            (f"{path.name}.{key}", row["text"]) for key, rows in content["texts"].items() for row in rows
        ]
    return found


@pytest.mark.parametrize("folder", ["shared", *list_kinds()])
def test_every_language_has_the_same_texts_with_the_same_slots(folder: str) -> None:
    check_texts(folder)


def test_the_folders_checked_are_all_there_are() -> None:
    assert set(list_kinds()) == {"case_letter", "council", "document", "grant", "receipt", "refusal"}


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_fixed_text_uses_a_word_the_word_list_forbids(language: str) -> None:
    for key, text in all_texts(language):
        found = [word for word in FORBIDDEN if re.search(rf"\b{re.escape(word)}", text.lower())]
        assert not found, f"{key}: {found}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short_and_paragraphs_have_at_most_four(language: str) -> None:
    lengths = []
    for key, text in all_texts(language):
        sentences = [part for part in re.split(r"(?<=[.?!])\s+", text) if part]
        assert len(sentences) <= 4, key
        lengths += [len(sentence.split()) for sentence in sentences]
        assert max(len(sentence.split()) for sentence in sentences) <= 25, key
    assert sum(lengths) / len(lengths) <= 15


def test_no_figure_of_the_law_stands_in_a_text() -> None:
    for language in LANGUAGES:
        assert [key for key, text in all_texts(language) if re.search(r"\d", text)] == []


def test_a_missing_or_unknown_slot_is_refused_by_name() -> None:
    texts = Texts("grant", "nb", ON)
    with pytest.raises(MissingSlot, match="amount"):
        texts.fill("heading", company="A")
    with pytest.raises(UnknownSlot, match="colour"):
        texts.fill("heading", company="A", amount="1", colour="red")
    with pytest.raises(UnknownText, match="nonsense"):
        texts.fill("nonsense")
    assert texts.used == []


def test_a_value_with_braces_is_text_and_never_a_slot() -> None:
    texts = Texts("grant", "nb", ON)
    assert texts.fill("heading", company="{amount} {0} {{", amount="1") == "{amount} {0} {{ får 1 i tilskudd"
    assert texts.used == ["grant.heading.nb.1"]


def test_a_text_from_before_it_was_written_is_unknown() -> None:
    with pytest.raises(UnknownText):
        fixed_text("grant", "heading", "nb", date(2019, 12, 31))


def test_a_new_version_leaves_old_letters_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {"version": 1, "valid_from": "2026-01-01", "text": "Gammel {a}"},
        {"version": 2, "valid_from": "2026-06-01", "text": "Ny {a}"},
    ]
    write(tmp_path / "made-up-1", {"nb": {"title": rows}})
    monkeypatch.setattr(store, "_folder", lambda folder: tmp_path / folder)
    assert fixed_text("made-up-1", "title", "nb", date(2026, 5, 31)).id == "made-up-1.title.nb.1"
    assert fixed_text("made-up-1", "title", "nb", date(2026, 6, 1)).text == "Ny {a}"


@pytest.mark.parametrize(
    ("folder", "english", "why"),
    [
        ("made-up-2", [{"version": 1, "valid_from": "2026-01-01", "text": "{b}"}], "en.json er ulik"),
        ("made-up-3", [{"version": 1, "valid_from": "2026-01-01", "text": "{a"}], "lukket"),
        ("made-up-4", [{"version": 1, "valid_from": "2026-01-01", "text": "{}"}], "uten navn"),
    ],
)
def test_a_broken_text_file_is_refused(
    folder: str, english: object, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [{"version": 1, "valid_from": "2026-01-01", "text": "{a}"}]
    write(tmp_path / folder, {"nb": {"t": whole}, "nn": {"t": whole}, "en": {"t": english}})
    monkeypatch.setattr(store, "_folder", lambda name: tmp_path / name)
    with pytest.raises(BrokenTextFile, match=why):
        check_texts(folder)
    with pytest.raises(BrokenTextFile, match="mangler"):
        check_texts("made-up-nowhere")


def write(folder: Path, languages: dict[str, dict[str, object]]) -> None:
    folder.mkdir()
    for language, content in languages.items():
        (folder / f"texts.{language}.json").write_text(json.dumps({"texts": content}), encoding="utf-8")
