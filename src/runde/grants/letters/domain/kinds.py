"""The kinds of letter, the blocks each is made of, and what may be changed in them: kept as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from runde.engine.reference.api import LANGUAGES, Language
from runde.engine.typeset.api import FixedText, fixed_text

from .refusals import UnknownKind

LIST = Path(__file__).with_name("kinds.json")
CASE_LETTER = "case_letter"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a letter. `state` "own" may be rewritten, "generated" comes from the case, "locked" from the law;
    `why` says so to the one who would change it. `required` names the fields a text must keep, `shows` are fixed
    texts to be read and not changed."""

    name: str
    title: str
    state: str = "own"
    why: str = ""
    texts: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    required: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    may_add: bool = False


@dataclass(frozen=True, slots=True)
class LetterKind:
    """`base` is the kind the typesetter knows; `variant` picks texts such as "context.changed" where they exist.

    `must_name` are fields this kind's texts must keep, besides those all kinds with the same blocks must.
    """

    slug: str
    base: str
    name: str
    about: str
    blocks: tuple[Block, ...]
    variant: str = ""
    must_name: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_decision(self) -> bool:
        return self.base != CASE_LETTER

    def block(self, name: str) -> Block | None:
        return next((block for block in self.blocks if block.name == name), None)

    def text_keys(self) -> tuple[str, ...]:
        """The texts that may be rewritten."""
        return tuple(key for block in self.blocks for key in block.texts)

    def required(self, key: str) -> tuple[str, ...]:
        """The fields a text must keep."""
        shared = next((block.required.get(key, ()) for block in self.blocks if key in block.texts), ())
        return (*shared, *self.must_name.get(key, ()))


def get_kind(slug: str) -> LetterKind:
    """Raises UnknownKind."""
    try:
        return _kinds()[slug]
    except KeyError:
        raise UnknownKind(f"Vi har ingen brevtype som heter «{slug}».") from None


def list_kinds() -> tuple[LetterKind, ...]:
    """All kinds, in the order they are shown."""
    return tuple(_kinds().values())


def decision_kind(*, outcome: str, number: int) -> str:
    """The kind of letter a decision gets when nothing else is said: the first, or one that changes an earlier."""
    base = "grant" if outcome == "granted" else "refusal"
    return base if number == 1 else f"changed_{base}"


@cache
def standard_text(kind: str, key: str, language: Language, on: date) -> FixedText:
    """The fixed text a kind of letter is written with that day."""
    found = get_kind(kind)
    return fixed_text(found.base, text_key(found, key, language, on), language, on)


def text_key(kind: LetterKind, key: str, language: Language, on: date) -> str:
    """The key in the text store: the variant's own where there is one."""
    own = f"{key}.{kind.variant}" if kind.variant else key
    return own if _has_text(kind.base, own, language, on) else key


@cache
def variant_texts(slug: str, language: Language, on: date) -> Mapping[str, str]:
    """The fixed texts a variant of a decision letter puts in the place of the usual ones; none for the usual kinds."""
    kind = get_kind(slug)
    if not kind.is_decision or not kind.variant:
        return {}
    keys = ("heading", "heading.short", "context")
    found = {key: _variant_key(kind, key) for key in keys}
    return {
        key: fixed_text(kind.base, own, language, on).text
        for key, own in found.items()
        if _has_text(kind.base, own, language, on)
    }


def _variant_key(kind: LetterKind, key: str) -> str:
    return f"heading.{kind.variant}_short" if key == "heading.short" else f"{key}.{kind.variant}"


def _has_text(base: str, key: str, language: Language, on: date) -> bool:
    from runde.engine.typeset.api import list_texts

    return key in list_texts(base, language, on)


@cache
def _kinds() -> Mapping[str, LetterKind]:
    content: dict[str, Any] = json.loads(LIST.read_text(encoding="utf-8"))
    blocks = {name: tuple(_block(row) for row in rows) for name, rows in content["blocks"].items()}
    return {row["slug"]: _kind(row, blocks) for row in content["kinds"]}


def _kind(row: Mapping[str, Any], blocks: Mapping[str, tuple[Block, ...]]) -> LetterKind:
    """A kind has the blocks of its base, unless it names others."""
    return LetterKind(
        slug=row["slug"],
        base=row["base"],
        name=row["name"],
        about=row["about"],
        blocks=blocks[row.get("blocks", row["base"])],
        variant=row.get("variant", ""),
        must_name={key: tuple(names) for key, names in row.get("required", {}).items()},
    )


def _block(row: Mapping[str, Any]) -> Block:
    required = {key: tuple(names) for key, names in row.get("required", {}).items()}
    return Block(
        **{
            **row,
            "texts": tuple(row.get("texts", ())),
            "shows": tuple(row.get("shows", ())),
            "required": required,
        }
    )


__all__ = ["LANGUAGES", "Block", "LetterKind", "decision_kind", "get_kind", "list_kinds", "standard_text"]
