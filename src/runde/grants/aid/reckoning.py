"""What counts against the ceilings of undertakings, and whether new aid fits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, UUIDField, Value, When

from runde.engine.reference.api import (
    UnknownFigure,
    UnverifiedFigure,
    aid_ceiling,
    amount_text,
    number_text,
)

from .domain.entries import Entry, euros, without_doubles
from .domain.headroom import Declared, Headroom, headroom, largest_nok
from .domain.undertaking import Undertaking
from .errors import NoCeiling
from .linking import hold_undertakings, undertakings_of
from .models import AidAward, DeclaredAid, RegisterAward

HELD = ("organisation_number", "giver", "right_arose_date", "amount_nok", "amount_eur")
NO_ID = Value(None, output_field=UUIDField())


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Aid somebody would give a unit by a rule. `instead_of` are earlier decisions it comes in the place of.

    `takes_room` is false when the unit gets no more than it had: a grant can be lowered, also above a ceiling.
    """

    key: UUID
    organisation_number: str
    rule: str
    amount_nok: Decimal
    euro_rate: Decimal
    instead_of: frozenset[UUID] = frozenset()
    declared: Declared | None = None
    takes_room: bool = True

    @property
    def amount_eur(self) -> Decimal:
        return euros(self.amount_nok, self.euro_rate)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What was wanted, the undertaking it goes to, and the room there was for it."""

    wanted: Wanted
    undertaking: Undertaking
    room: Headroom

    @property
    def fits(self) -> bool:
        return not self.wanted.takes_room or self.room.fits(self.wanted.amount_eur)

    @property
    def largest_nok(self) -> Decimal:
        """The most that fits, in whole kroner."""
        return largest_nok(self.room.left_eur, self.wanted.euro_rate)

    @property
    def sentence(self) -> str:
        """Why it does not fit, and what would; for the officer."""
        total = number_text(self.room.used_eur + self.wanted.amount_eur, decimals=2)
        most = number_text(self.room.most_eur)
        largest = self.largest_nok
        fits = f"Høyst {amount_text(largest)} får plass." if largest else "Det er ikke plass til mer støtte."
        return f"Kommer over taket for støtte: {total} av {most} euro. {fits}"


def reckon(wanted: Sequence[Wanted], *, on: date, holds: bool) -> list[Reckoned]:
    """The room for each, in order: what fits takes of the room for those after it. Without a rule nothing is reckoned.

    With `holds` the undertakings are held until the transaction ends. Raises NoCeiling.
    """
    ruled = [one for one in wanted if one.rule]
    if not ruled:
        return []
    for rule in sorted({one.rule for one in ruled}):
        _refuse_unknown(rule, on)
    numbers = {one.organisation_number for one in ruled}
    groups = hold_undertakings(numbers, on) if holds else undertakings_of(numbers, on)
    entries = list_entries({number for group in groups.values() for number in group.members})
    by_number: dict[str, list[Entry]] = {}
    for entry in entries:
        by_number.setdefault(entry.organisation_number, []).append(entry)
    return list(_in_turn(ruled, groups, by_number, on))


def headroom_for(wanted: Wanted, entries: Sequence[Entry], on: date) -> Headroom:
    """The room for it that day, `entries` being what its undertaking has. Raises NoCeiling."""
    _refuse_unknown(wanted.rule, on)
    return headroom(entries, wanted.rule, on, wanted.declared)


def _in_turn(
    wanted: Sequence[Wanted],
    groups: dict[str, Undertaking],
    by_number: dict[str, list[Entry]],
    on: date,
) -> Iterator[Reckoned]:
    for one in wanted:
        group = groups[one.organisation_number]
        standing = [entry for number in sorted(group.members) for entry in by_number.get(number, ())]
        counted = [entry for entry in standing if entry.decision_id not in one.instead_of]
        reckoned = Reckoned(one, group, headroom(counted, one.rule, on, one.declared))
        if reckoned.fits:
            by_number.setdefault(one.organisation_number, []).append(_entry_of(one, on))
        yield reckoned


def _entry_of(wanted: Wanted, on: date) -> Entry:
    return Entry(
        origin="award",
        organisation_number=wanted.organisation_number,
        giver="",
        giver_number="",
        title="",
        rule=wanted.rule,
        right_arose_date=on,
        amount_nok=wanted.amount_nok,
        amount_eur=wanted.amount_eur,
    )


def _refuse_unknown(rule: str, on: date) -> None:
    try:
        aid_ceiling(rule, on)
    except (UnknownFigure, UnverifiedFigure) as unknown:
        raise NoCeiling(
            f"{unknown} Ingen kan få støtte etter denne regelen før taket er bekreftet."
        ) from unknown


def list_entries(numbers: Collection[str]) -> list[Entry]:
    """All aid that stands for these units, from every source, each once; oldest first. One SQL statement."""
    asked = list(numbers)
    awards = AidAward.objects.filter(organisation_number__in=asked, reversed_at__isnull=True).annotate(
        origin=Case(When(is_reserved=True, then=Value("reserved")), default=Value("award")),
        same=Value(False),
    )
    rows = RegisterAward.objects.filter(organisation_number__in=asked, is_withdrawn=False).annotate(
        origin=Value("register"), same=Value(False), no_id=NO_ID, no_decision=NO_ID
    )
    told = DeclaredAid.objects.filter(organisation_number__in=asked, withdrawn_at__isnull=True).annotate(
        origin=Value("declared"), no_number=Value(""), no_title=Value(""), no_decision=NO_ID
    )
    found = awards.values_list(
        "origin", *HELD, "giver_number", "scheme_name", "basis", "decision_id", "id", "same"
    ).union(
        rows.values_list("origin", *HELD, "giver_number", "number", "rule", "no_decision", "no_id", "same"),
        told.values_list(
            "origin", *HELD, "no_number", "no_title", "basis", "no_decision", "id", "same_costs"
        ),
        all=True,
    )
    return without_doubles([_entry(row) for row in found])


def _entry(row: tuple[Any, ...]) -> Entry:
    origin, number, giver, day, nok, eur, giver_number, title, rule, decision_id, own_id, same = row
    return Entry(
        origin=origin,
        organisation_number=number,
        giver=giver,
        giver_number=giver_number,
        title=title,
        rule=rule,
        right_arose_date=day,
        amount_nok=nok,
        amount_eur=eur,
        decision_id=decision_id,
        id=own_id,
        same_costs=same,
    )
