"""Deadlines and openings as calendar files (RFC 5545), for calendars that are filled once or follow an address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from runde.grants.schemes.api import Announcement
from runde.web.components.tags.norwegian import clock, page_language
from runde.web.texts import chosen

PRODUCT = "-//Runde//Runde//NO"
SHOWN_BEFORE = timedelta(minutes=30)
"""A deadline is a point in time; calendars show it as the half hour that ends there."""
WARNED_BEFORE = timedelta(days=2)
REFRESHED_EACH = timedelta(hours=6)


def calendar_of(
    announced: Iterable[Announcement], *, name: str, absolute: Callable[[Announcement], str], at: datetime
) -> bytes:
    """One file with the deadline of each call, and the opening of those that are not open yet."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESHED_EACH, parameters={"VALUE": "DURATION"})
    for one in announced:
        if one.opens_at > at:
            calendar.add_component(_opening(one, absolute(one)))
        calendar.add_component(_deadline(one, absolute(one)))
    return bytes(calendar.to_ical())


def _deadline(one: Announcement, url: str) -> Event:
    words = {"time": clock(one.closes_at), "name": _name(one)}
    event = _event(one, "deadline", _("Frist %(time)s: %(name)s") % words, url)
    event.add("dtstart", one.closes_at - SHOWN_BEFORE)
    event.add("dtend", one.closes_at)
    event.add_component(_alarm(str(event["summary"])))
    return event


def _opening(one: Announcement, url: str) -> Event:
    event = _event(one, "opening", _("Åpner: %(name)s") % {"name": _name(one)}, url)
    event.add("dtstart", one.opens_at)
    event.add("dtend", one.opens_at + SHOWN_BEFORE)
    return event


def _event(one: Announcement, what: str, summary: str, url: str) -> Event:
    """The same identity for as long as the call lives, so that a moved deadline moves in the calendar too."""
    event = Event()
    event.add("uid", f"{what}-{one.call_id}@runde")
    event.add("dtstamp", one.published_at)
    event.add("sequence", 1 if one.first_closes_at else 0)
    event.add("summary", summary)
    event.add("description", f"{chosen(one.texts, 'how_much', page_language())}\n{url}".strip())
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event


def _alarm(words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", -WARNED_BEFORE)
    return alarm


def _name(one: Announcement) -> str:
    return f"{chosen(one.texts, 'name', page_language())} ({one.tenant_name})"
