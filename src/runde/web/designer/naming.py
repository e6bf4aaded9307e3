"""Names that rules and forms know things by, made of what people call them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Any

from runde.engine.rules import RuleSet
from runde.grants.designs.api import Content, register_types

LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


def name_for_question(content: Content, label: str) -> str:
    """ "Antall årsverk" -> "antall_arsverk", and another number when form, rules or register have that name."""
    ruleset = RuleSet.from_dict(content["rules"])
    parts: tuple[Any, ...] = (*ruleset.facts, *ruleset.derived, *ruleset.amount, *ruleset.parameters)
    taken = {one.name for one in parts} | slugs_in(content) | register_types().keys()
    return unused_name(plain_name(label, "svar"), taken)


def slugs_in(content: Content) -> set[str]:
    return {one["slug"] for section in content["form"]["sections"] for one in section["questions"]}


def plain_name(words: str, when_none: str) -> str:
    """Small letters, digits and underscores, a letter first; `when_none` leads where the words have no letter first."""
    plain = unicodedata.normalize("NFKD", words.lower().translate(LETTERS))
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_")
    return base if base[:1].isalpha() else f"{when_none}_{base}".rstrip("_")


def unused_name(base: str, taken: Collection[str]) -> str:
    names = (base if number == 1 else f"{base}_{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
