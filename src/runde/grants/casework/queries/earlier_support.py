"""What the undertaking has been given before, by everybody, what it says itself, and how much room is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from runde.grants.aid.api import (
    Entry,
    Headroom,
    NoCeiling,
    Undertaking,
    Wanted,
    headroom_for,
    list_entries,
    undertakings_of,
)
from runde.grants.applications.api import Application

from .declared_aid import declared_by, declared_nok

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class EarlierSupport:
    """`entries` newest first, of all units of the `undertaking`. `room` is None when no ceiling can be vouched for;
    then `why_no_room` says why, empty for a scheme that is no aid by a ceiling.

    `declared_nok` is what the company said in its application, None when it was not asked.
    """

    entries: tuple[Entry, ...]
    undertaking: Undertaking
    room: Headroom | None
    why_no_room: str
    declared_nok: Decimal | None

    @property
    def known_nok(self) -> Decimal:
        """What we know of and a ceiling counts, in kroner, without what is only reserved; all of it without a room."""
        counted = self.entries if self.room is None else self.room.counted
        return sum((one.amount_nok for one in counted if one.origin != "reserved"), NOTHING)

    @property
    def same_costs_nok(self) -> Decimal:
        """Aid that pays for the same costs as the case is about."""
        return sum((one.amount_nok for one in self.entries if one.same_costs), NOTHING)


def earlier_support(application: Application, on: date) -> EarlierSupport:
    """What stands with a right that arose until the day, reserved aid with it."""
    number = application.organisation_number
    group = undertakings_of([number], on)[number]
    entries = [one for one in list_entries(group.members) if one.right_arose_date <= on]
    room, why = _room(application, entries, on)
    newest = tuple(sorted(entries, key=lambda one: one.right_arose_date, reverse=True))
    return EarlierSupport(newest, group, room, why, declared_nok(application))


def _room(application: Application, entries: list[Entry], on: date) -> tuple[Headroom | None, str]:
    wanted = Wanted(
        key=application.id,
        organisation_number=application.organisation_number,
        rule=application.scheme_version.legal_basis.get("aid_rule", ""),
        amount_nok=NOTHING,
        euro_rate=application.call.euro_rate,
        declared=declared_by(application, application.call.euro_rate),
    )
    if not wanted.rule:
        return None, ""
    try:
        return headroom_for(wanted, entries, on), ""
    except NoCeiling as unknown:
        return None, unknown.sentence
