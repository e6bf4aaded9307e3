"""How units hang together in the register: which is a part of which, as far as the register tells."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from runde.foundation.companies.models import Company, Snapshot, SubUnit


@dataclass(frozen=True, slots=True)
class RegisterLink:
    """A unit and the unit above it. `since_date` is the first register day at which we know it.

    `parent_form` is the legal form of the one above, empty when we do not hold it.
    """

    orgnr: str
    parent_orgnr: str
    parent_form: str
    since_date: date
    is_sub_unit: bool = False


def links_of(orgnrs: Collection[str], *, on: date) -> list[RegisterLink]:
    """The links these units take part in, upward and downward, by number. At most four SQL statements.

    A main unit whose facts have changed since `on` counts with what it had that day, when we know it. What was
    below a unit earlier and is so no more is not found by asking for the upper one.
    """
    numbers = list(orgnrs)
    if not numbers:
        return []
    found = [*_main_units(numbers, on), *_sub_units(numbers)]
    forms = dict(
        Company.objects.filter(orgnr__in={parent for _, parent, _, _ in found}).values_list(
            "orgnr", "legal_form"
        )
    )
    links = [
        RegisterLink(unit, parent, forms.get(parent, ""), since, is_sub)
        for unit, parent, since, is_sub in found
    ]
    return sorted(links, key=lambda one: (one.orgnr, one.parent_orgnr))


def _main_units(numbers: list[str], on: date) -> Iterator[tuple[str, str, date, bool]]:
    rows = Company.objects.filter(Q(orgnr__in=numbers) | Q(parent_orgnr__in=numbers)).exclude(parent_orgnr="")
    present = list(rows.values_list("orgnr", "parent_orgnr", "known_from"))
    changed = {orgnr for orgnr, _, known_from in present if known_from > on}
    earlier = _parents_on(changed, on) if changed else {}
    for orgnr, parent, known_from in present:
        if orgnr not in earlier:
            yield orgnr, parent, known_from, False
        elif earlier[orgnr][0]:
            yield orgnr, *earlier[orgnr], False


def _parents_on(orgnrs: Collection[str], on: date) -> dict[str, tuple[str, date]]:
    rows = Snapshot.objects.filter(orgnr__in=list(orgnrs), valid_from__lte=on).order_by("valid_from", "id")
    return {one.orgnr: (str(one.facts.get("parent_orgnr") or ""), one.valid_from) for one in rows}


def _sub_units(numbers: list[str]) -> Iterator[tuple[str, str, date, bool]]:
    rows = SubUnit.objects.filter(Q(orgnr__in=numbers) | Q(parent_orgnr__in=numbers)).exclude(parent_orgnr="")
    for orgnr, parent, since in rows.values_list("orgnr", "parent_orgnr", "known_from"):
        yield orgnr, parent, since, True
