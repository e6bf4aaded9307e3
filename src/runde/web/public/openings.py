"""Calls that have opened are told to those who want to know, each call once."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from runde.foundation.notices.api import tell_subscribers, untold
from runde.foundation.trust.api import fence
from runde.grants.schemes.api import Announcement, list_announcements
from runde.web.public.announcements import is_open
from runde.web.public.letters import opened_letter

TOPIC = "calls"
"""The wishes' topic. Filters: none, `{"municipality": number}` or `{"call": id}`."""


def tell_opened(*, at: datetime) -> int:
    """Queue a notice to each subscriber of each call that has opened and not been told of; gives how many.

    Each call is told of in a transaction and a fence of its own: one that fails does not hold back the others.
    """
    opened = [one for one in list_announcements(at) if is_open(one, at)]
    waiting = untold([one.call_id for one in opened])
    return sum(_tell(one, at) for one in opened if one.call_id in waiting)


def _tell(one: Announcement, at: datetime) -> int:
    with fence(one.tenant_id):
        return tell_subscribers(
            topic=TOPIC,
            filters=filters_of(one),
            subject_kind="call",
            subject_id=one.call_id,
            write=partial(opened_letter, one),
            at=at,
        )


def filters_of(one: Announcement) -> list[dict[str, str]]:
    """The wishes that this call answers."""
    place = one.municipality_number or one.tenant_slug
    return [{}, {"municipality": place}, {"call": str(one.call_id)}]
