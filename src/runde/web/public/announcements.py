"""Announced calls as the public sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runde.engine.reference.api import Language, date_text, moment_text
from runde.grants.schemes.api import Announcement, FundingSource, Phase, announcement_phase
from runde.web.components.tags.norwegian import page_language
from runde.web.texts import chosen

WAITING = FundingSource.State.SUBJECT_TO_DECISION
LAST_CHANCE = timedelta(hours=48)


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


@dataclass(frozen=True)
class ListedCard(Card):
    """A call in the list of all. `clock` says what its clock means to a reader, `word` where it stands, when
    that is worth a tag."""

    clock: str
    how_much: str
    word: str
    may_apply: bool


def listed_card(announcement: Announcement, at: datetime) -> ListedCard:
    card, phase = card_of(announcement), announcement_phase(announcement, at)
    return ListedCard(
        **{one.name: getattr(card, one.name) for one in fields(card)},
        clock=clock_text(announcement, phase),
        how_much=chosen(announcement.texts, "how_much", page_language()),
        word=standing_word(announcement, at),
        may_apply=phase in (Phase.OPEN, Phase.NOT_OPEN),
    )


def clock_text(announcement: Announcement, phase: Phase) -> str:
    """What to know of the time: when it opens, when it closes, or when it closed. Times are Norwegian."""
    language = page_language()
    opens = moment_text(timezone.localtime(announcement.opens_at), language)
    closes = moment_text(timezone.localtime(announcement.closes_at), language)
    if phase == Phase.NOT_OPEN:
        return _("Åpner %(when)s") % {"when": opens}
    if phase != Phase.OPEN:
        return _("Fristen var %(when)s") % {"when": closes}
    if announcement.kind == "running":
        return _("Søk når som helst, senest %(when)s") % {"when": closes}
    return _("Frist %(when)s") % {"when": closes}


def standing_word(announcement: Announcement, at: datetime) -> str:
    """What needs a tag, in a word or two; empty when the times say it all."""
    if announcement_phase(announcement, at) != Phase.OPEN:
        return ""
    if announcement.is_used_up:
        return _("Pengene er brukt opp")
    return _("Snart frist") if announcement.closes_at - at < LAST_CHANCE else ""


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
