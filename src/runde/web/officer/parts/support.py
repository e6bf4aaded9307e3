"""What is known of the company: facts with source and date, and what it has been given before."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from runde.engine.rules import UsedValue
from runde.grants.casework.api import SET_BY_OFFICER, earlier_support, used_in
from runde.web.components.facts import Fact
from runde.web.officer.opened import Facts, Opened
from runde.web.officer.parts.aid_shown import (
    declared_text,
    group_text,
    room_text,
    support_table,
    total_text,
)
from runde.web.verdicts import source_text


def facts_part(opened: Opened) -> Facts | None:
    """Each fact the rules looked at, once, with where it is from and the day it was true."""
    used = known_facts(opened)
    return {"facts": used} if used else None


def known_facts(opened: Opened, *, party: bool = False) -> list[Fact]:
    """`party`: without what the party may not see, and without what officers have set while nothing is decided."""
    used = {one.name: one for one in used_in(opened.page.verdict) if one.source}.values()
    return [_fact(one) for one in used if not party or _party_sees(opened, one)]


def _party_sees(opened: Opened, one: UsedValue) -> bool:
    if one.source == SET_BY_OFFICER and not opened.page.decisions:
        return False
    return opened.page.openness.access("answer", one.name).party_sees


def _fact(one: UsedValue) -> Fact:
    return Fact(one.label["nb"], one.shown("nb"), source=source_text(one.source, one.as_of, "nb"))


def support_part(opened: Opened) -> Facts:
    """Earlier support from everybody, with the ceiling in words."""
    on = timezone.localdate(opened.page.as_of or opened.request.at)
    found = earlier_support(opened.page.application, on)
    return {
        "table": support_table(found.entries, opened.page.application.organisation_number),
        "room": room_text(found),
        "total": total_text(found.entries),
        "group": group_text(found),
        "declared": declared_text(found),
        "url": reverse("case_aid", args=[opened.slug, opened.page.case.id]),
    }
