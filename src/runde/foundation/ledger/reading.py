"""The books by day, by entry and by case, for statements and for the accounts of the municipality."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncDate

from .domain import Place
from .models import Leg
from .queries import NOTHING, Standing

BACK_TO_CASE = (Place.IN_BANK_FILE, Place.PAID)
FORWARD = ("bank_file", "payment")
Subjects = Iterable[UUID] | QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Flow:
    """What entries of one kind moved on one place of a source on one day; below zero is out of it."""

    day: date
    source_id: UUID
    kind: str
    place: str
    amount_nok: Decimal

    @property
    def is_return(self) -> bool:
        """Money on its way out of the house, or out of it, that came back."""
        return self.place in BACK_TO_CASE and self.kind not in FORWARD and self.amount_nok < 0


@dataclass(frozen=True, slots=True)
class Posted:
    """One leg of an entry. `case_id` is None on the source's own places; `number` counts entries from 1."""

    number: int
    key: str
    kind: str
    at: datetime
    text: str
    source_id: UUID
    place: str
    case_id: UUID | None
    amount_nok: Decimal


def flows_of(source_ids: Iterable[UUID], *, until: date | None = None) -> list[Flow]:
    """By local day, in order; with `until` only what was booked that day or before. One statement."""
    legs = Leg.objects.filter(account__source_id__in=set(source_ids))
    legs = legs.annotate(day=TruncDate("entry__at"))
    if until is not None:
        legs = legs.filter(day__lte=until)
    rows = legs.values_list("day", "account__source_id", "entry__kind", "account__kind")
    found = rows.annotate(total=Sum("amount_nok")).order_by("day", "account__source_id", "entry__kind")
    return [Flow(*row) for row in found]


def postings_between(first: date, last: date, *, source_id: UUID | None = None) -> list[Posted]:
    """Every leg booked from the first to the last local day, both included, entry by entry. One statement."""
    legs = Leg.objects.annotate(day=TruncDate("entry__at")).filter(day__gte=first, day__lte=last)
    if source_id is not None:
        legs = legs.filter(account__source_id=source_id)
    columns = ("entry__key", "entry__kind", "entry__at", "entry__text", "account__source_id", "account__kind")
    rows = legs.order_by("entry__at", "entry_id", "position").values_list(
        "entry_id", *columns, "subject_id", "amount_nok"
    )
    numbers: dict[UUID, int] = {}
    return [Posted(numbers.setdefault(row[0], len(numbers) + 1), *row[1:]) for row in rows]


def cases_of_source(source_id: UUID) -> dict[UUID, Standing]:
    """By case, what this source carries of it now; cases it carries nothing of any more are left out."""
    legs = Leg.objects.filter(account__source_id=source_id, subject_id__isnull=False)
    rows = legs.values_list("subject_id", "account__kind").annotate(total=Sum("amount_nok"))
    found: dict[UUID, dict[str, Decimal]] = {}
    for case_id, kind, total in rows:
        if case_id is not None and total:
            found.setdefault(case_id, {})[kind] = total
    return {case_id: Standing(**places) for case_id, places in found.items()}


def sum_of_cases(case_ids: Subjects) -> Standing:
    """Where the money of these cases stands all together; a query of ids will do. One statement."""
    legs = Leg.objects.filter(subject_id__in=case_ids)
    sums = dict(legs.values_list("account__kind").annotate(total=Sum("amount_nok")))
    return Standing(**{kind: total or NOTHING for kind, total in sums.items()})
