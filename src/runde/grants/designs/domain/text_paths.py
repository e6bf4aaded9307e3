"""Where the texts of a scheme lie, by paths short enough to stand in a form field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from runde.grants.schemes.api import TEXT_LISTS

from .content import TEXTS, Content
from .refusals import DraftRefused

Path = Sequence[str | int]
KEPT_WHEN_EMPTY = (*TEXTS, "guidelines")


def texts_at(content: Content, path: Path) -> dict[str, str]:
    """The languages of the text at a path; {} when nothing is written there."""
    try:
        home = _home(content, path)
    except DraftRefused:
        return {}
    key = path[-1]
    if isinstance(home, list):
        found = home[key] if isinstance(key, int) and 0 <= key < len(home) else {}
    else:
        found = home.get(key, {})
    return dict(found) if isinstance(found, dict) else {}


def with_texts(content: Content, path: Path, texts: Mapping[str, str]) -> Content:
    """A copy with the text at the path. Raises DraftRefused for a path that leads nowhere."""
    copy = _with_room(content, path)
    home, key = _home(copy, path), path[-1]
    is_said = any(texts.values())
    if isinstance(home, list):
        _put_in_list(home, key, texts if is_said else None, path)
    elif is_said or key in KEPT_WHEN_EMPTY:
        home[key] = dict(texts)
    else:
        home.pop(key, None)
    return copy


def _with_room(content: Content, path: Path) -> Content:
    """A copy in which a list of texts is there to be written in."""
    copy = deepcopy(content)
    match path:
        case ["texts", str(name), int()] if name in TEXT_LISTS:
            copy["texts"].setdefault(name, [])
    return copy


def _put_in_list(items: list[Any], key: str | int, texts: Mapping[str, str] | None, path: Path) -> None:
    if not isinstance(key, int) or not 0 <= key <= len(items):
        raise _nowhere(path)
    items[key : key + 1] = [] if texts is None else [dict(texts)]


def _home(content: Content, path: Path) -> Any:
    """The object or list that holds the text."""
    if len(path) < 2 or path[0] not in ("texts", "legal_basis", "rules", "form"):
        raise _nowhere(path)
    home: Any = content[str(path[0])]
    for step in path[1:-1]:
        if step == "questions" and isinstance(home, dict) and "sections" in home:
            home = [one for section in home["sections"] for one in section["questions"]]
        else:
            home = _inside(home, step, path)
    if isinstance(home, dict) and "expression" in home and "slug" in home:
        home = home["texts"]
    if not isinstance(home, dict | list):
        raise _nowhere(path)
    return home


def _inside(home: Any, step: str | int, path: Path) -> Any:
    if isinstance(home, list):
        parts = [one for one in home if isinstance(one, dict)]
        found = [one for one in parts if step in (one.get("slug"), one.get("name"))]
    else:
        found = [home[step]] if isinstance(home, dict) and step in home else []
    if not found:
        raise _nowhere(path)
    return found[0]


def _nowhere(path: Path) -> DraftRefused:
    return DraftRefused([f"Her er ingen tekst: {'.'.join(str(step)[:60] for step in path)}."])
