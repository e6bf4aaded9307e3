"""A template as the editor shows it: blocks, and in each the texts in three languages side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from runde.engine.reference.api import LANGUAGES, Language
from runde.engine.typeset.api import LONGEST_HEADING, MissingSlot, filled
from runde.grants.letters.api import (
    BankText,
    Block,
    Field,
    LetterKind,
    LetterTemplateVersion,
    Piece,
    Remark,
    fields_of,
    get_kind,
    pieces,
    remarks_on,
    samples,
    standard_text,
    to_typed,
)
from runde.web.letters.words import LANGUAGES as LANGUAGE_NAMES

KEY_NAMES = {
    "heading": "Overskrift",
    "context": "Første avsnitt",
    "lead": "Det viktigste",
}
SUFFIX_NAMES = {
    "title": "Overskrift",
    "body": "Tekst",
    "account": "Om kontonummeret",
    "check": "Om tallene",
    "breach": "Hvis noe ikke stemmer",
}


@dataclass(frozen=True, slots=True)
class Words:
    """One text in one language. `typed` is what stands in the field, `is_own` whether it differs from the standard."""

    key: str
    language: Language
    language_name: str
    dom_id: str
    label: str
    typed: str
    standard: str
    is_own: bool
    pieces: tuple[Piece, ...]
    remarks: tuple[Remark, ...]
    rows: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text that may be rewritten, in the languages shown, with the fields it may name."""

    key: str
    name: str
    fields: tuple[Field, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the municipality's own."""

    id: str
    number: int
    from_bank: bool
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class BlockShown:
    """`state_word` says in words what may be done: "Kan endres", "Fra saken", "Låst"."""

    block: Block
    state_word: str
    icon: str
    texts: tuple[TextRow, ...]
    fixed: tuple[tuple[Piece, ...], ...]
    paragraphs: tuple[Paragraph, ...]
    bank: tuple[BankText, ...]
    fields: tuple[Field, ...]
    new_words: tuple[Words, ...]


STATES = {
    "own": ("Kan endres", "PencilWriting"),
    "generated": ("Fra saken", "Calculator"),
    "locked": ("Låst", "PadlockLocked"),
}


def blocks_shown(
    version: LetterTemplateVersion, languages: Sequence[Language], bank: Sequence[BankText], on: date
) -> list[BlockShown]:
    kind = get_kind(version.template.kind)
    return [_block(kind, block, version.content, languages, bank, on) for block in kind.blocks]


def words_shown(
    kind: LetterKind,
    content: dict[str, Any],
    key: str,
    language: Language,
    on: date,
    *,
    typed: str | None = None,
    error: str = "",
) -> Words:
    """One text as it stands, or with what was typed and could not be saved."""
    standard = standard_text(kind.slug, key, language, on)
    own = content["texts"].get(key, {}).get(language)
    kept = own if own is not None else standard.text
    return _words(
        key=key,
        language=language,
        label=_name(key),
        kept=kept,
        typed=to_typed(kept, language) if typed is None else typed,
        standard=to_typed(standard.text, language),
        is_own=own is not None,
        error=error,
    )


def _block(
    kind: LetterKind,
    block: Block,
    content: dict[str, Any],
    languages: Sequence[Language],
    bank: Sequence[BankText],
    on: date,
) -> BlockShown:
    word, icon = STATES[block.state]
    rows = content["added"].get(block.name, ())
    return BlockShown(
        block=block,
        state_word=word,
        icon=icon,
        texts=tuple(_row(kind, content, key, languages, on) for key in block.texts),
        fixed=tuple(
            pieces(standard_text(kind.slug, key, languages[0], on).text, languages[0]) for key in block.shows
        ),
        paragraphs=tuple(
            _paragraph(block, row, number, languages) for number, row in enumerate(rows, start=1)
        ),
        bank=tuple(text for text in bank if text.block == block.name) if block.may_add else (),
        fields=fields_of(kind, "nb") if block.may_add else (),
        new_words=tuple(_new(block, language) for language in LANGUAGES) if block.may_add else (),
    )


def _row(
    kind: LetterKind, content: dict[str, Any], key: str, languages: Sequence[Language], on: date
) -> TextRow:
    slots = standard_text(kind.slug, key, "nb", on).slots
    words = tuple(words_shown(kind, content, key, language, on) for language in languages)
    return TextRow(key, _name(key), fields_of(kind, "nb", slots), words)


def _paragraph(block: Block, row: dict[str, Any], number: int, languages: Sequence[Language]) -> Paragraph:
    words = tuple(
        _words(
            key=f"{block.name}-{row['id']}",
            language=language,
            label=f"Avsnitt {number}",
            kept=row["texts"].get(language, ""),
            typed=to_typed(row["texts"].get(language, ""), language),
            standard="",
            is_own=True,
        )
        for language in languages
    )
    return Paragraph(row["id"], number, row["bank"] is not None, words)


def _new(block: Block, language: Language) -> Words:
    return _words(
        key=f"{block.name}-ny",
        language=language,
        label="Nytt avsnitt",
        kept="",
        typed="",
        standard="",
        is_own=False,
    )


def _words(
    *,
    key: str,
    language: Language,
    label: str,
    kept: str,
    typed: str,
    standard: str,
    is_own: bool,
    error: str = "",
) -> Words:
    return Words(
        key=key,
        language=language,
        language_name=LANGUAGE_NAMES[language],
        dom_id=f"t-{key}-{language}".replace(".", "-"),
        label=label,
        typed=typed,
        standard=standard,
        is_own=is_own,
        pieces=pieces(kept, language),
        remarks=(*_heading_remarks(key, kept, language), *remarks_on(_read(kept, language), language))
        if is_own
        else (),
        rows=max(2, min(9, len(typed) // 30 + 1)),
        error=error,
    )


def _heading_remarks(key: str, kept: str, language: Language) -> tuple[Remark, ...]:
    """The result must be said in the first sixty characters; a longer heading gives way to the short standard one."""
    length = len(_read(kept, language))
    if key != "heading" or length <= LONGEST_HEADING:
        return ()
    return (Remark("heading", str(length), str(LONGEST_HEADING)),)


def _read(kept: str, language: Language) -> str:
    """The text as the reader meets it, with made-up values."""
    try:
        return filled(kept, samples(language))
    except MissingSlot:
        return to_typed(kept, language)


def place_name(kind: LetterKind, place: str) -> str:
    """Where a change was made, in words: "Første avsnitt, bokmål", "Det må dere gjøre: eget avsnitt"."""
    name, colon, _ = place.partition(":")
    if colon:
        block = kind.block(name)
        return f"{block.title if block else name}: eget avsnitt"
    key, _, language = place.rpartition(".")
    return f"{_name(key)}, {LANGUAGE_NAMES.get(language, language).lower()}"


def plain_text(text: Any) -> str:
    """A kept text, or a paragraph's texts by language, as people write them."""
    if isinstance(text, dict):
        return " / ".join(
            f"{LANGUAGE_NAMES[code]}: {to_typed(text[code], code)}" for code in LANGUAGES if code in text
        )
    return to_typed(text, "nb") if text else ""


def _name(key: str) -> str:
    return KEY_NAMES.get(key) or SUFFIX_NAMES.get(key.rpartition(".")[2], key)
