"""Several writers on one sheet: for each question, what was there, what I wrote, and what stands now.

Pure. None stands for no answer. Nothing here knows who is right; where two have written differently since they
looked at the same thing, it says so and keeps what stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Answers = Mapping[str, Any]
Changed = Mapping[str, tuple[Any, Any]]
"""What one save did: each question's answer before and after."""


@dataclass(frozen=True, slots=True)
class Past:
    """One save that has happened: the revision it made, the page it came from, and what it changed."""

    revision: int
    page: str
    changed: Changed


@dataclass(frozen=True, slots=True)
class Merged:
    """`answers` is what shall stand, `changed` what that changes. `theirs` are the questions somebody else has

    answered and I have not touched; `conflicts` those we have both answered, each our own way: there theirs stands.
    """

    answers: dict[str, Any]
    changed: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    theirs: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def seen_by_page(now: Answers, past: Iterable[Past], *, since: int, page: str) -> dict[str, Any]:
    """The answers as a page knows them: as they stood at revision `since`, with what the page itself has saved later.

    `past` is every save after `since`, in any order.
    """
    seen: dict[str, Any] = {}
    for save in sorted(past, key=lambda one: one.revision):
        if save.revision <= since:
            continue
        for slug, (before, after) in save.changed.items():
            if page and save.page == page:
                seen[slug] = after
            else:
                seen.setdefault(slug, before)
    known = {slug: value for slug, value in now.items() if slug not in seen}
    return known | {slug: value for slug, value in seen.items() if value is not None}


def merge(
    *, seen: Answers, now: Answers, mine: Mapping[str, Any], chosen: Collection[str] = frozenset()
) -> Merged:
    """Lay what one page says over what stands, question by question.

    `mine` holds the page's readable answers, None where a question was left empty; questions that are not in it are
    left alone. `chosen` are the questions where the person has looked at both and wants their own.
    """
    answers, merged = dict(now), Merged({})
    theirs, conflicts = [], []
    for slug, own in mine.items():
        was, stands = seen.get(slug), now.get(slug)
        if own == stands:
            continue
        if slug in chosen or stands == was:
            _put(answers, slug, own)
            merged.changed[slug] = (stands, own)
        elif own == was:
            theirs.append(slug)
        else:
            conflicts.append(slug)
    return Merged(answers, merged.changed, tuple(theirs), tuple(conflicts))


def _put(answers: dict[str, Any], slug: str, value: Any) -> None:
    if value is None:
        answers.pop(slug, None)
    else:
        answers[slug] = value
