"""What a template says: "runde-letter/1".

    {"format": "runde-letter/1",
     "texts": {"context": {"nb": "…{scheme}…", "nn": "…"}},
     "added": {"steps": [{"id": "…", "texts": {"nb": "…", "nn": "…", "en": "…"}, "bank": null}]}}

`texts` holds only what differs from the fixed texts, `added` paragraphs after those of a block. An empty template is
the standard letter, byte for byte. Everything here is pure: what comes back is a new content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from runde.engine.canonical import canonical_json
from runde.engine.reference.api import LANGUAGES, Language
from runde.engine.typeset.api import Wording

from .fields import field_name, fields_of, from_typed, slots_in, to_typed
from .kinds import LetterKind, standard_text, variant_texts
from .refusals import LockedText, TextRefused
from .typed import cleaned

FORMAT = "runde-letter/1"
LONGEST = 1500
MOST_PARAGRAPHS = 8
LANGUAGE_NAMES: Mapping[str, str] = {"nb": "Bokmål", "nn": "Nynorsk", "en": "Engelsk"}
Content = dict[str, Any]


def empty_content() -> Content:
    return {"format": FORMAT, "texts": {}, "added": {}}


def digest_of(content: Content) -> str:
    """SHA-256 over the content as JSON with sorted keys and no blanks, as hexadecimal digits."""
    text = canonical_json(content)
    return hashlib.sha256(text.encode()).hexdigest()


def with_text(
    content: Content, kind: LetterKind, key: str, language: Language, typed: str, on: date
) -> Content:
    """A text in one language as typed; the standard text again, or nothing, takes the own one away.

    Raises LockedText, and TextRefused when a field is missing or out of place, or the text is too long.
    """
    if key not in kind.text_keys():
        raise LockedText("Denne teksten kan ikke endres her.")
    standard = standard_text(kind.slug, key, language, on)
    typed = typed.strip()
    if typed in ("", to_typed(standard.text, language)):
        return _with(content, key, language, None)
    kept = kept_text(typed, kind, standard.slots, language)
    _refuse_missing(kept, kind.required(key), language)
    return _with(content, key, language, kept)


def with_paragraph(
    content: Content,
    kind: LetterKind,
    block: str,
    paragraph_id: str,
    texts: Mapping[str, str],
    bank: str | None = None,
) -> Content:
    """A paragraph at the end of a block, or with other words when the block has it. `texts` are as typed.

    Raises LockedText, TextRefused.
    """
    found = kind.block(block)
    if found is None or not found.may_add:
        raise LockedText("Her kan det ikke legges til avsnitt.")
    kept = {
        language: kept_text(typed.strip(), kind, frozenset(), language)
        for language in LANGUAGES
        if (typed := texts.get(language, "")).strip()
    }
    rows = list(content["added"].get(block, ()))
    row = {"id": paragraph_id, "texts": kept, "bank": bank}
    places = [place for place, one in enumerate(rows) if one["id"] == paragraph_id]
    if places:
        rows[places[0]] = {**rows[places[0]], "texts": kept}
    elif len(rows) >= MOST_PARAGRAPHS:
        raise TextRefused(f"Delen har allerede {MOST_PARAGRAPHS} egne avsnitt. Slett ett først.")
    else:
        rows.append(row)
    return {**content, "added": {**content["added"], block: rows}}


def without_paragraph(content: Content, block: str, paragraph_id: str) -> Content:
    rows = [row for row in content["added"].get(block, ()) if row["id"] != paragraph_id]
    added = {name: kept for name, kept in content["added"].items() if name != block}
    return {**content, "added": {**added, **({block: rows} if rows else {})}}


def kept_text(typed: str, kind: LetterKind, slots: frozenset[str], language: Language) -> str:
    """What was typed as it is kept. Raises TextRefused."""
    typed = cleaned(typed, longest=LONGEST)
    allowed = slots | {field.slot for field in fields_of(kind, language)}
    return from_typed(typed, allowed)


def lacks_of(content: Content, kind: LetterKind) -> list[str]:
    """What must be written before another can approve, as whole sentences."""
    found = []
    for block in kind.blocks:
        for number, row in enumerate(content["added"].get(block.name, ()), start=1):
            missing = [LANGUAGE_NAMES[one].lower() for one in LANGUAGES if not row["texts"].get(one)]
            if missing:
                found.append(f"Avsnitt {number} under «{block.title}» mangler {_listed(missing)}.")
    return found


def fallbacks_of(content: Content) -> list[str]:
    """Texts changed in some languages only: the others keep the standard text. Not wrong, but worth knowing."""
    found = []
    for texts in content["texts"].values():
        missing = [LANGUAGE_NAMES[one].lower() for one in LANGUAGES if one not in texts]
        if missing:
            found.append(f"{_listed(missing).capitalize()} bruker standardteksten.")
    return list(dict.fromkeys(found))


def own_texts(content: Content, language: Language) -> dict[str, str]:
    """The texts that replace the fixed ones in a language, by key."""
    return {key: texts[language] for key, texts in content["texts"].items() if language in texts}


def own_paragraphs(content: Content, language: Language) -> dict[str, list[str]]:
    """The paragraphs added in a language, by block."""
    return {
        block: [row["texts"].get(language) or row["texts"]["nb"] for row in rows]
        for block, rows in content["added"].items()
        if rows
    }


def wording_of(content: Content, kind: LetterKind, language: Language, on: date, source: str) -> Wording:
    """The wording a letter of the kind is composed with."""
    return made_wording(
        kind, own_texts(content, language), own_paragraphs(content, language), language, on, source
    )


def made_wording(
    kind: LetterKind,
    texts: Mapping[str, str],
    added: Mapping[str, list[str]],
    language: Language,
    on: date,
    source: str,
) -> Wording:
    every = {**variant_texts(kind.slug, language, on), **texts}
    return Wording(every, {block: tuple(rows) for block, rows in added.items()}, (), source)


def _refuse_missing(kept: str, required: tuple[str, ...], language: Language) -> None:
    missing = [f"«{field_name(slot, language)}»" for slot in required if slot not in slots_in(kept)]
    if missing:
        raise TextRefused(f"Teksten må ha med {_listed(missing)}. Sett det inn igjen.")


def _with(content: Content, key: str, language: str, text: str | None) -> Content:
    own = {name: words for name, words in content["texts"].get(key, {}).items() if name != language}
    own |= {language: text} if text is not None else {}
    texts = {name: words for name, words in content["texts"].items() if name != key}
    return {**content, "texts": {**texts, **({key: own} if own else {})}}


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} og {words[-1]}"
