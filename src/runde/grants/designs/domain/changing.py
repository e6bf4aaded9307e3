"""Whether one content may take another's place in a draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from runde.grants.schemes.api import listed

from .content import Content, content_problems
from .parts import Pair, PartKey, parts_of, references_of, said, users_of
from .refusals import DraftRefused, InUse


def require_change(old: Content, new: Any) -> None:
    """Raise InUse when something others use would vanish; DraftRefused for everything else that is wrong."""
    problems = content_problems(new)
    vanished = list(_vanished_in_use(old, new, problems))
    if vanished:
        raise InUse(vanished)
    if problems:
        raise DraftRefused(problems)


def _vanished_in_use(old: Content, new: Any, problems: list[str]) -> Iterator[str]:
    """A sentence for each part that is gone while something that stays still uses it."""
    kept, parts = _keys_if_readable(new), parts_of(old)
    if kept is None:
        return
    gone = [key for key in parts if key not in kept]
    pairs = _pairs_left(old, new, kept | set(gone), bool(problems)) if gone else frozenset()
    for key in gone:
        users = users_of(key, pairs, parts)
        if users:
            yield f"{_first_up(said(key, parts[key]))} kan ikke fjernes. Det er i bruk i {listed(users)}."


def _pairs_left(old: Content, new: Content, known: set[PartKey], is_faulty: bool) -> frozenset[Pair]:
    """Who uses whom in the new content. Rules with faults cannot tell: then by what stands as it did."""
    if not is_faulty:
        return references_of(new, known)
    pairs = references_of(old)
    return frozenset((user, used) for user, used in pairs if _entry(old, user) == _entry(new, user))


def _keys_if_readable(content: Any) -> set[PartKey] | None:
    """The parts of content that may have faults; None when it is too broken to say."""
    try:
        return set(parts_of(content))
    except (KeyError, TypeError, AttributeError):
        return None


def _entry(content: Content, key: PartKey) -> Any:
    """The data a part is made of."""
    match key.kind:
        case "criterion":
            return _by("slug", content["rules"].get("criteria", ()), key.name)
        case "question":
            found = (one for section in content["form"]["sections"] for one in section["questions"])
            return _by("slug", found, key.name)
        case "assumption" | "source":
            return _by("name", content[f"{key.kind}s"], key.name)
        case "example":
            return content["texts"].get("example")
    fields = {"fact": "facts", "parameter": "parameters", "derived": "derived", "amount": "amount"}
    return _by("name", content["rules"].get(fields[key.kind], ()), key.name)


def _by(field: str, entries: Any, name: str) -> Any:
    return next((one for one in entries if one[field] == name), None)


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
