"""Merge fields as people write them, «virksomhet», and as they are kept, {company}."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from runde.engine.reference.api import LANGUAGES, Language

from .kinds import LetterKind
from .refusals import TextRefused

LIST = Path(__file__).with_name("fields.json")
_QUOTED = re.compile(r"«([^«»\n]{1,60})»")


@dataclass(frozen=True, slots=True)
class Field:
    """A value the letter fills in: its slot, its plain name in the language, and an example."""

    slot: str
    name: str
    example: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: words, or a field by its plain name, or a place somebody must fill (`[[…]]`)."""

    text: str
    kind: str = "words"


def fields_of(kind: LetterKind, language: Language, slots: frozenset[str] = frozenset()) -> tuple[Field, ...]:
    """The fields a text of the kind may name: the text's own `slots` first, then those of the whole letter."""
    general = _content()["general"][kind.base]
    own = [slot for slot in sorted(slots) if slot != "date"]
    wanted = dict.fromkeys([*own, *general])
    return tuple(
        Field(slot, field_name(slot, language), _content()["sample"][language].get(slot, ""))
        for slot in wanted
    )


def field_name(slot: str, language: Language) -> str:
    """The plain name; a date in the context is the day of application."""
    names = _content()["names"]
    row = names.get(slot) or names["context.date"] if slot == "date" else names[slot]
    return str(row[LANGUAGES.index(language)])


def samples(language: Language) -> Mapping[str, str]:
    """Made-up values for every field, for previews."""
    return _content()["sample"][language]  # type: ignore[no-any-return]


def from_typed(text: str, allowed: frozenset[str]) -> str:
    """What somebody wrote as it is kept: known names in guillemets become slots, braces are text.

    Names of fields in any of our languages are known. Quotations that name no field stay quotations.
    Raises TextRefused for a field that the text cannot use.
    """
    escaped = text.replace("\r\n", "\n").replace("{", "{{").replace("}", "}}").strip()
    return _QUOTED.sub(lambda found: _slot(found[1], found[0], allowed), escaped)


def to_typed(text: str, language: Language) -> str:
    """A kept text as somebody writes it."""
    return "".join(
        f"«{piece.text}»" if piece.kind == "field" else piece.text for piece in pieces(text, language)
    )


def pieces(text: str, language: Language) -> tuple[Piece, ...]:
    """A kept text in pieces, for showing fields as chips."""
    found: list[Piece] = []
    for literal, slot, _, _ in Formatter().parse(text):
        found += _words(literal)
        if slot is not None:
            found.append(Piece(field_name(slot, language), "field"))
    return tuple(found)


def slots_in(text: str) -> frozenset[str]:
    """The fields a kept text names."""
    return frozenset(slot for _, slot, _, _ in Formatter().parse(text) if slot is not None)


def _words(literal: str) -> list[Piece]:
    parts = re.split(r"\[\[([^\[\]\n]{1,80})\]\]", literal)
    return [Piece(part, "fill" if place % 2 else "words") for place, part in enumerate(parts) if part]


def _slot(name: str, quoted: str, allowed: frozenset[str]) -> str:
    slots = _by_name().get(name.strip().lower(), ())
    fitting = next((slot for slot in slots if slot in allowed), None)
    if fitting is not None:
        return "{" + fitting + "}"
    if slots:
        raise TextRefused(f"Feltet {quoted} kan ikke brukes her. Ta det bort, eller velg et felt fra lista.")
    return quoted


@cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for key, names in _content()["names"].items():
        slot = key.rpartition(".")[2]
        for name in names:
            found.setdefault(name.lower(), {})[slot] = None
    return {name: tuple(slots) for name, slots in found.items()}


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(LIST.read_text(encoding="utf-8"))
    return content
