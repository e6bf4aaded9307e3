"""Announced calls as the public sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from runde.engine.reference.api import Language, date_text
from runde.grants.schemes.api import Announcement, FundingSource
from runde.web.components.tags.norwegian import page_language
from runde.web.texts import chosen

WAITING = FundingSource.State.SUBJECT_TO_DECISION


@dataclass(frozen=True)
class Card:
    """One call in a list. `money_note` says what is not decided of its money, empty when all is."""

    announcement: Announcement
    name: str
    summary: str
    url: str
    apply_url: str
    money_note: str

    @property
    def tenant_name(self) -> str:
        return self.announcement.tenant_name

    @property
    def opens_at(self) -> datetime:
        return self.announcement.opens_at

    @property
    def closes_at(self) -> datetime:
        return self.announcement.closes_at


def is_open(announcement: Announcement, at: datetime) -> bool:
    return announcement.opens_at <= at < announcement.closes_at


def card_of(announcement: Announcement) -> Card:
    language = page_language()
    address = [announcement.tenant_slug, announcement.call_slug]
    return Card(
        announcement,
        chosen(announcement.texts, "name", language),
        chosen(announcement.texts, "summary", language),
        reverse("call", args=address),
        reverse("apply", args=address),
        money_note(announcement, language),
    )


def money_note(announcement: Announcement, language: Language) -> str:
    waiting = [one for one in announcement.funding if one["state"] == WAITING]
    if not waiting:
        return ""
    all_of_it = len(waiting) == len(announcement.funding)
    note = _("Pengene er ikke vedtatt ennå") if all_of_it else _("Noe av pengene er ikke vedtatt ennå")
    first = min((one for one in waiting if one["decision_expected_date"]), key=_expected, default=None)
    if first is None:
        return note
    day = date_text(date.fromisoformat(_expected(first)), language)
    words = _("%(note)s. %(giver)s behandler saken %(day)s")
    return words % {"note": note, "giver": first["giver"], "day": day}


def _expected(source: dict[str, str]) -> str:
    return source["decision_expected_date"]


def open_cards(announced: Iterable[Announcement], *, at: datetime) -> list[Card]:
    """The calls one can apply to now, by deadline."""
    now = [one for one in announced if is_open(one, at)]
    return [card_of(one) for one in sorted(now, key=lambda one: (one.closes_at, one.tenant_name))]


def coming_cards(announced: Iterable[Announcement], *, at: datetime) -> list[Card]:
    """The calls that are announced and not open yet, the next one first."""
    later = [one for one in announced if one.opens_at > at]
    return [card_of(one) for one in sorted(later, key=lambda one: (one.opens_at, one.tenant_name))]
