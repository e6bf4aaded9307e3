"""Fixed texts: one JSON file per kind and language, each text with a version and named slots.

Lookup goes from the kind's own texts to the shared ones. A text is chosen by the letter's day, so an old
letter can be made again word for word.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from runde.engine.reference.api import LANGUAGES, Language
from runde.engine.typeset.errors import BrokenTextFile, MissingSlot, UnknownSlot, UnknownText
from runde.engine.typeset.wording import AS_FIXED, Wording, filled

_ROOM = Path(__file__).parent
_SHARED = "shared"


@dataclass(frozen=True, slots=True)
class FixedText:
    """A version of a text. `id` is stored with every letter it was used in."""

    id: str
    text: str
    valid_from: date
    slots: frozenset[str]


@dataclass(slots=True)
class Texts:
    """The texts of one kind in one language on one day; remembers which were used.

    A text of `wording` stands in the place of the fixed one and may use the letter's `fields` too.
    """

    kind: str
    language: Language
    on: date
    used: list[str] = field(default_factory=list)
    wording: Wording = AS_FIXED
    fields: Mapping[str, str] = field(default_factory=dict)

    def fill(self, key: str, **slots: str) -> str:
        """The text with its slots filled. Raises UnknownText, MissingSlot or UnknownSlot."""
        own = self.wording.texts.get(key)
        if own is not None:
            self._use(f"{self.wording.source}.{key}.{self.language}")
            return filled(own, {**self.fields, **slots})
        found = fixed_text(self.kind, key, self.language, self.on)
        missing, unknown = found.slots - slots.keys(), slots.keys() - found.slots
        if missing:
            raise MissingSlot(f"Teksten {found.id} mangler verdi for: {', '.join(sorted(missing))}.")
        if unknown:
            raise UnknownSlot(f"Teksten {found.id} har ikke plass til: {', '.join(sorted(unknown))}.")
        self._use(found.id)
        return filled(found.text, slots)

    def _use(self, text_id: str) -> None:
        if text_id not in self.used:
            self.used.append(text_id)


def fixed_text(kind: str, key: str, language: Language, on: date) -> FixedText:
    """The version in use that day, from the kind or the shared texts. Raises UnknownText."""
    for folder in (kind, _SHARED):
        versions = _texts(folder, language).get(key, ())
        for found in versions:
            if found.valid_from <= on:
                return found
    raise UnknownText(f"Ingen tekst «{key}» for {kind} på {language} den {on.isoformat()}.")


def has_text(kind: str, key: str, language: Language, on: date) -> bool:
    """Whether a kind of letter has the text that day, of its own or shared."""
    try:
        fixed_text(kind, key, language, on)
    except UnknownText:
        return False
    return True


def check_texts(folder: str) -> None:
    """Raises BrokenTextFile unless every language has the same keys with the same slots."""
    model = _shape(folder, LANGUAGES[0])
    for language in LANGUAGES[1:]:
        shape = _shape(folder, language)
        odd = sorted(key for key in model.keys() | shape.keys() if model.get(key) != shape.get(key))
        if odd:
            raise BrokenTextFile(f"{folder}/texts.{language}.json er ulik bokmål i: {', '.join(odd)}.")


def _shape(folder: str, language: Language) -> dict[str, frozenset[str]]:
    return {key: versions[0].slots for key, versions in _texts(folder, language).items()}


@cache
def _texts(folder: str, language: Language) -> Mapping[str, tuple[FixedText, ...]]:
    path = _folder(folder) / f"texts.{language}.json"
    if not path.is_file():
        raise BrokenTextFile(f"Tekstfilen {folder}/{path.name} mangler.")
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {
        key: tuple(sorted(_versions(folder, key, language, rows), key=lambda t: t.valid_from, reverse=True))
        for key, rows in content["texts"].items()
    }


def _versions(folder: str, key: str, language: Language, rows: list[dict[str, Any]]) -> Iterator[FixedText]:
    for row in rows:
        name = f"{folder}.{key}.{language}.{row['version']}"
        yield FixedText(name, row["text"], date.fromisoformat(row["valid_from"]), _slots(name, row["text"]))


def _slots(name: str, text: str) -> frozenset[str]:
    try:
        fields = [slot for _, slot, _, _ in Formatter().parse(text) if slot is not None]
    except ValueError as error:
        raise BrokenTextFile(f"Teksten {name} har en krøllparentes som ikke er lukket.") from error
    if not all(slot.isidentifier() for slot in fields):
        raise BrokenTextFile(f"Teksten {name} har en plass uten navn.")
    return frozenset(fields)


def _folder(folder: str) -> Path:
    return _ROOM / folder if folder == _SHARED else _ROOM / "kinds" / folder


def list_texts(kind: str, language: Language, on: date) -> dict[str, FixedText]:
    """Every text a kind of letter is written with that day, by key: the kind's own, then the shared ones."""
    keys = dict.fromkeys((*_texts(kind, language), *_texts(_SHARED, language)))
    return {key: fixed_text(kind, key, language, on) for key in keys}
