"""The words that tell a difference between two versions, in bokmål, nynorsk and English."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from runde.engine.rules import wording
from runde.engine.rules.tree import Call, Literal, Node


@cache
def _phrases() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("runde.engine.rules").joinpath("difference_words.json").read_text(encoding="utf-8")
    phrases: Mapping[str, Mapping[str, str]] = json.loads(text)
    return phrases


def said(phrase: str, language: str, *values: str) -> str:
    """The phrase with the values in it, in order."""
    return wording.chosen(_phrases()[phrase], language).format(*values)


def lowered(label: str) -> str:
    """A label inside a sentence: "Fall i omsetning" → "fall i omsetning"; "NACE-kode" stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def capital(subject: str) -> str:
    return subject[:1].upper() + subject[1:]


def direction(before: Any, after: Any) -> str:
    """ "raised", "lowered", "later", "earlier", or empty for what has no order."""
    if isinstance(before, date) and isinstance(after, date):
        return "later" if after > before else "earlier" if after < before else ""
    if isinstance(before, Decimal) and isinstance(after, Decimal):
        return "raised" if after > before else "lowered" if after < before else ""
    return ""


def span(first: date | None, last: date | None, language: str) -> str:
    """ "fra og med 1. mars 2026 til og med …"; empty for always."""
    days = {"from": first, "to": last}
    said_days = [
        said(f"span_{end}", language, wording.long_date(day, language)) for end, day in days.items() if day
    ]
    return " ".join(said_days)


_DIRECTIONS = {"ROUND_DOWN": "down", "ROUND_UP": "up", "ROUND_NEAREST": "nearest"}


def rounding(node: Node, language: str) -> str:
    """ "ned til hele 100 kroner"; empty for what is not a rounding to a step."""
    if not isinstance(node, Call) or node.function not in _DIRECTIONS:
        return ""
    step = node.arguments[1]
    shown = wording.shown(step.value, node.type, language, fewest=0) if isinstance(step, Literal) else ""
    return said(f"round_{_DIRECTIONS[node.function]}", language, shown)
