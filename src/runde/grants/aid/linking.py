"""Which units are one undertaking on a day, and holding it so that nobody else can use its room meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db import connection
from django.db.models import Q

from runde.engine.reference.api import date_text, public_body_forms
from runde.foundation.companies.api import RegisterLink, links_of

from .domain.undertaking import Ruling, Tie, Undertaking, ruled, undertakings
from .models import UndertakingRuling


def undertakings_of(numbers: Collection[str], on: date) -> dict[str, Undertaking]:
    """By number, the single undertaking each is part of that day. Two SQL statements for each step outward.

    Follows the register's links, and what people have ruled instead. Links through a public body tie nobody together.
    """
    known, frontier, found = set(numbers), set(numbers), dict[tuple[str, str], Tie]()
    while frontier:
        ties, leaves = _ties(frontier, on)
        found |= {(tie.number, tie.other): tie for tie in ties}
        reached = {end for tie in ties for end in (tie.number, tie.other)} - known
        known |= reached
        frontier = reached - leaves
    return undertakings(sorted(set(numbers)), sorted(found.values(), key=lambda tie: (tie.number, tie.other)))


def hold_undertakings(numbers: Collection[str], on: date) -> dict[str, Undertaking]:
    """The same, held until the transaction ends: no municipality uses their room, or changes who they are, meanwhile.

    What an undertaking is may have changed while we waited for it, so it is asked again until the answer stands.
    """
    found = undertakings_of(numbers, on)
    while True:
        hold_units(_all(found.values()))
        again = undertakings_of(numbers, on)
        if _all(again.values()) <= _all(found.values()):
            return again
        found = again


def hold_units(numbers: Collection[str]) -> None:
    """Hold units across municipalities, by the recipe for all that is scarce: insert if absent, lock in key order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO aid_aidlock (organisation_number) SELECT n FROM unnest(%s::text[]) AS number(n) ORDER BY n "
            "ON CONFLICT (organisation_number) DO UPDATE SET organisation_number = EXCLUDED.organisation_number "
            "WHERE false",
            [sorted(set(numbers))],
        )


def _all(found: Iterable[Undertaking]) -> set[str]:
    return {number for one in found for number in one.members}


def _ties(numbers: Collection[str], on: date) -> tuple[list[Tie], set[str]]:
    """The ties these units take part in, and the units that have nothing below them."""
    links = [one for one in links_of(numbers, on=on) if one.parent_form not in public_body_forms()]
    leaves = {one.orgnr for one in links if one.is_sub_unit}
    return ruled((_tie(one) for one in links), _rulings(numbers), on), leaves


def _tie(link: RegisterLink) -> Tie:
    kind = "Underenhet av" if link.is_sub_unit else "Ligger under"
    reason = f"{kind} {link.parent_orgnr} i Enhetsregisteret, kjent fra {date_text(link.since_date)}"
    return Tie(link.orgnr, link.parent_orgnr, link.since_date, reason, is_branch=link.is_sub_unit)


def _rulings(numbers: Collection[str]) -> list[Ruling]:
    """Oldest first, so that the newest prevails."""
    asked = list(numbers)
    rows = UndertakingRuling.objects.filter(Q(number__in=asked) | Q(other__in=asked)).order_by(
        "ruled_at", "id"
    )
    return [
        Ruling(one.number, one.other, one.is_linked, one.from_date, one.to_date, one.reason) for one in rows
    ]
