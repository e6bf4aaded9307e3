from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from .domain import Place
from .models import Account, Leg

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the money of one funding source stands, in NOK. `given` is what has been appropriated."""

    given: Decimal = NOTHING
    available: Decimal = NOTHING
    committed: Decimal = NOTHING
    in_bank_file: Decimal = NOTHING
    paid: Decimal = NOTHING


def balances(source_ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """Where the money of each source stands; a source without accounts stands at zero everywhere."""
    wanted = set(source_ids)
    sums = Account.objects.filter(source_id__in=wanted).values_list("source_id", "kind")
    found = {source_id: dict[str, Decimal]() for source_id in wanted}
    for source_id, kind, total in sums.annotate(total=Sum("legs__amount_nok")):
        place = "given" if kind == Place.GIVER else kind
        found[source_id][place] = -(total or NOTHING) if kind == Place.GIVER else total or NOTHING
    return {source_id: Standing(**places) for source_id, places in found.items()}


def of_case(case_id: UUID) -> Standing:
    """Where the money of one case stands, all sources together."""
    return of_cases([case_id])[case_id]


def of_cases(case_ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """Where the money of each case stands, all sources together."""
    wanted = set(case_ids)
    found = {case_id: dict[str, Decimal]() for case_id in wanted}
    sums = Leg.objects.filter(subject_id__in=wanted).values_list("subject_id", "account__kind")
    for case_id, kind, total in sums.annotate(total=Sum("amount_nok")):
        if case_id is not None:
            found[case_id][kind] = total
    return {case_id: Standing(**places) for case_id, places in found.items()}


def of_cases_by_source(case_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, Standing]]:
    """Where the money of each case stands, source by source; a source that never carried the case is left out."""
    wanted = set(case_ids)
    found: dict[UUID, dict[UUID, dict[str, Decimal]]] = {case_id: {} for case_id in wanted}
    legs = Leg.objects.filter(subject_id__in=wanted)
    sums = legs.values_list("subject_id", "account__source_id", "account__kind")
    for case_id, source_id, kind, total in sums.annotate(total=Sum("amount_nok")):
        if case_id is not None:
            found[case_id].setdefault(source_id, {})[kind] = total
    return {
        case_id: {source_id: Standing(**places) for source_id, places in sources.items()}
        for case_id, sources in found.items()
    }


def sum_posted(keys: Iterable[str]) -> Decimal:
    """How much the entries with these keys have moved, all together."""
    moved = Leg.objects.filter(entry__key__in=list(keys), amount_nok__gt=0)
    return moved.aggregate(total=Sum("amount_nok"))["total"] or NOTHING


def is_balanced() -> bool:
    """Whether all legs of the tenant's books sum to zero. The independent checker looks at each entry."""
    total = Leg.objects.aggregate(total=Sum("amount_nok"))["total"]
    return not total
