"""How units hang together in the register: which is a part of which, as far as the register tells."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from runde.foundation.companies.models import Company, Snapshot, SubUnit, Unit


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
    """The links these units take part in, upward and downward, by number. One SQL statement, two when some are new.

    A main unit whose facts have changed since `on` counts with what it had that day, when we know it. What was
    below a unit earlier and is so no more is not found by asking for the upper one.
    """
    numbers = list(orgnrs)
    if not numbers:
        return []
    rows = _linked(Company, numbers, is_sub=False).union(_linked(SubUnit, numbers, is_sub=True), all=True)
    found = [RegisterLink(*row) for row in rows]
    changed = {one.orgnr for one in found if not one.is_sub_unit and one.since_date > on}
    earlier = _links_on(changed, on) if changed else {}
    links = [earlier.get(one.orgnr, one) for one in found]
    return sorted((one for one in links if one.parent_orgnr), key=lambda one: (one.orgnr, one.parent_orgnr))


def _linked(model: type[Unit], numbers: list[str], *, is_sub: bool) -> QuerySet[Any, Any]:
    above = Company.objects.filter(orgnr=OuterRef("parent_orgnr")).values("legal_form")
    rows = model._default_manager.filter(Q(orgnr__in=numbers) | Q(parent_orgnr__in=numbers))
    return (
        rows.exclude(parent_orgnr="")
        .annotate(form=Coalesce(Subquery(above[:1]), Value("")), is_sub=Value(is_sub))
        .values_list("orgnr", "parent_orgnr", "form", "known_from", "is_sub")
    )


def _links_on(orgnrs: Collection[str], on: date) -> dict[str, RegisterLink]:
    """As they were that day; without a unit above where there was none. The upper one's form is today's."""
    rows = Snapshot.objects.filter(orgnr__in=list(orgnrs), valid_from__lte=on).order_by("valid_from", "id")
    parents = {one.orgnr: (str(one.facts.get("parent_orgnr") or ""), one.valid_from) for one in rows}
    above = [parent for parent, _ in parents.values() if parent]
    forms = dict(Company.objects.filter(orgnr__in=above).values_list("orgnr", "legal_form"))
    return {
        orgnr: RegisterLink(orgnr, parent, forms.get(parent, ""), since)
        for orgnr, (parent, since) in parents.items()
    }
