"""What a save keeps, and what it tells the page it came from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from runde.foundation.forms.api import Raw

PAGES_REMEMBERED = 12
"""How many open pages of one sheet are told apart; an older one is treated as a page that has saved nothing yet."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A question somebody else has answered since the page was shown. Values are as stored, None for no answer.

    `by` is None when a new version of the form did it.
    """

    slug: str
    mine: Any
    theirs: Any
    was: Any
    by: UUID | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One save of one rendered page. `page` is the page's token, "" for none; `number` rises with each save.

    `number` None: the page does not count its saves, so a late one cannot be told from a new one.
    """

    page: str = ""
    number: int | None = None

    @property
    def is_counted(self) -> bool:
        return bool(self.page) and self.number is not None

    def is_late(self, turns: Mapping[str, int]) -> bool:
        """Whether a newer save of the same page has been taken in already."""
        return self.number is not None and turns.get(self.page, -1) > self.number


def forgotten(turns: Mapping[str, int], page: str) -> list[str]:
    """The pages to forget so that there is room for this one: those that have been quiet the longest."""
    others = sorted((number, token) for token, number in turns.items() if token != page)
    return [token for _, token in others[: max(0, len(others) + 1 - PAGES_REMEMBERED)]]


def is_blank(raw: Raw | None) -> bool:
    """Whether nothing was typed or chosen in any of a question's fields."""
    if raw is None or isinstance(raw, str):
        return not (raw or "").strip()
    parts: Collection[Any] = raw.values() if isinstance(raw, Mapping) else raw
    return all(is_blank(part) for part in parts)
