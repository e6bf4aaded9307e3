"""Announced calls as the public sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from runde.grants.schemes.api import Announcement
from runde.web.components.tags.norwegian import page_language
from runde.web.texts import chosen


@dataclass(frozen=True)
class Card:
    """One open call in a list."""

    announcement: Announcement
    name: str
    summary: str
    url: str

    @property
    def tenant_name(self) -> str:
        return self.announcement.tenant_name

    @property
    def closes_at(self) -> datetime:
        return self.announcement.closes_at

    @property
    def is_conditional(self) -> bool:
        return self.announcement.is_conditional


def is_open(announcement: Announcement, at: datetime) -> bool:
    return announcement.opens_at <= at < announcement.closes_at


def card_of(announcement: Announcement) -> Card:
    language = page_language()
    return Card(
        announcement,
        chosen(announcement.texts, "name", language),
        chosen(announcement.texts, "summary", language),
        reverse("call", args=[announcement.tenant_slug, announcement.call_slug]),
    )


def open_cards(announced: Iterable[Announcement], *, at: datetime) -> list[Card]:
    """The calls one can apply to now, by deadline."""
    now = [one for one in announced if is_open(one, at)]
    return [card_of(one) for one in sorted(now, key=lambda one: (one.closes_at, one.tenant_name))]
