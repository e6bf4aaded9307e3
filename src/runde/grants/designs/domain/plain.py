"""Data from outside, before anybody looks at what it says: plain, of a known size, and such as can be stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

DEEPEST = 24
LONGEST_TEXT = 20_000
LONGEST_LIST = 2_000
MOST_VALUES = 60_000
LARGEST_INTEGER = 10**15
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
"""Half of a pair, and the sign that ends texts elsewhere: the database takes neither."""


def plain_problems(data: Any) -> Iterator[str]:
    """At most one sentence: the first thing found that cannot be kept."""
    left, count = [(data, "", 0)], 0
    while left:
        value, where, depth = left.pop()
        count += 1
        problem = _problem(value, depth) or ("Fila har for mange felt." if count > MOST_VALUES else "")
        if problem:
            yield f"{where[:200]}: {problem}" if where else problem
            return
        inner = _inner(value)
        left += [(one, f"{where}.{name}" if where else str(name), depth + 1) for name, one in inner]


def _inner(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [(str(name)[:60], one) for name, one in value.items()]
    if isinstance(value, list):
        return [(str(number), one) for number, one in enumerate(value, start=1)]
    return []


def _problem(value: Any, depth: int) -> str:
    if depth > DEEPEST:
        return f"Feltene ligger for dypt inni hverandre, flere enn {DEEPEST} nivåer."
    match value:
        case None | bool():
            return ""
        case str():
            return _text_problem(value)
        case int():
            return "" if abs(value) < LARGEST_INTEGER else "Tallet er for stort."
        case list() | dict() if len(value) > LONGEST_LIST:
            return f"Lista er for lang, flere enn {LONGEST_LIST}."
        case list():
            return ""
        case dict():
            return next((_key_problem(key) for key in value if _key_problem(key)), "")
    return 'Tall med desimaler må skrives som tekst, som "0.30".'


def _key_problem(key: Any) -> str:
    return _text_problem(key) if isinstance(key, str) else "Et felt må ha et navn."


def _text_problem(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        return f"Teksten er for lang, flere enn {LONGEST_TEXT} tegn."
    if _UNKEEPABLE.search(text):
        return "Teksten har tegn som ikke kan lagres."
    return ""
