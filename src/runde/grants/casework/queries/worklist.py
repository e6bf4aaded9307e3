"""The officer's list: what needs me, what is ready, how much money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Length
from django.utils import timezone

from runde.foundation.people.api import Actor, authorise, names_of

from ..models import Case, Impartiality, Lane

NOTHING = Decimal(0)
ORDER = ("opened_at", Length("number"), "number", "id")
"""Oldest first, and numbers as people count: 26/9 before 26/10."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list; everything empty shows all. `text` looks in company name, its number and case number."""

    text: str = ""
    assigned_to: UUID | None = None
    unassigned: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One case as the list shows it. `has_interest`: the viewer may not open it."""

    case_id: UUID
    number: str
    company_name: str
    organisation_number: str
    lane: str
    state: str
    reason: str
    recommended_nok: Decimal | None
    age_days: int
    assigned_to: str
    has_interest: bool


@dataclass(frozen=True, slots=True)
class LaneCount:
    """Open cases in one lane."""

    count: int = 0
    recommended_nok: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page of cases, with counts for the lanes (open cases) and for the states (all)."""

    rows: tuple[Row, ...]
    page: int
    pages: int
    total: int
    lanes: Mapping[str, LaneCount]
    states: Mapping[str, int] = field(default_factory=dict)


def worklist(
    call_id: UUID,
    *,
    by: Actor,
    at: datetime,
    lane: str | None = None,
    state: str | None = Case.State.OPEN,
    filters: Filters | None = None,
    page: int = 1,
    size: int = 25,
) -> Worklist:
    """The page asked for (from 1), or the nearest there is; oldest case first. At most six SQL statements."""
    authorise(by, "casework.list")
    found = _filtered(Case.objects.filter(call_id=call_id), lane, state, filters or Filters())
    total = found.count()
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    cases = list(_with_company(found).order_by(*ORDER)[(page - 1) * size : page * size])
    return Worklist(
        rows=_rows(cases, by, at),
        page=page,
        pages=pages,
        total=total,
        lanes=lane_counts(call_id),
        states=state_counts(call_id),
    )


def lane_counts(call_id: UUID) -> dict[str, LaneCount]:
    """Open cases in each lane, with the sum the rules recommend."""
    counted = Case.objects.filter(call_id=call_id, state=Case.State.OPEN).values_list("lane")
    found = {
        lane: LaneCount(count, total or NOTHING)
        for lane, count, total in counted.annotate(count=Count("id"), total=Sum("recommended_nok"))
    }
    return {lane: found.get(lane, LaneCount()) for lane in Lane.values}


def counts_by_call() -> dict[UUID, dict[str, int]]:
    """Open cases by lane in each call of the tenant that has cases. One SQL statement."""
    counted = Case.objects.filter(state=Case.State.OPEN).values_list("call_id", "lane")
    found: dict[UUID, dict[str, int]] = {}
    for call_id, lane, count in counted.annotate(count=Count("id")).order_by():
        found.setdefault(call_id, dict.fromkeys(Lane.values, 0))[lane] = count
    return found


def state_counts(call_id: UUID) -> dict[str, int]:
    """All cases of the call by state."""
    counted = Case.objects.filter(call_id=call_id).values_list("state").annotate(count=Count("id"))
    return dict.fromkeys(Case.State.values, 0) | dict(counted)


def list_case_ids(
    call_id: UUID,
    *,
    lane: str | None = None,
    state: str | None = Case.State.OPEN,
    filters: Filters | None = None,
) -> list[UUID]:
    """Every case of a list, for «velg alle»."""
    found = _filtered(Case.objects.filter(call_id=call_id), lane, state, filters or Filters())
    return list(found.order_by(*ORDER).values_list("id", flat=True))


def _filtered(cases: QuerySet[Case], lane: str | None, state: str | None, filters: Filters) -> QuerySet[Case]:
    cases = cases.filter(lane=lane) if lane else cases
    cases = cases.filter(state=state) if state else cases
    cases = cases.filter(assigned_to=filters.assigned_to) if filters.assigned_to else cases
    cases = cases.filter(assigned_to__isnull=True) if filters.unassigned else cases
    text = filters.text.strip()
    return cases.filter(_matches(text)) if text else cases


def _matches(text: str) -> Q:
    name = Q(application__company_name__icontains=text) | Q(number__startswith=text)
    digits = "".join(text.split())
    return name | Q(application__organisation_number=digits) if digits.isdigit() else name


def _with_company(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("application").defer("application__answers", "application__facts")


def _rows(cases: list[Case], by: Actor, at: datetime) -> tuple[Row, ...]:
    names = names_of({case.assigned_to for case in cases if case.assigned_to})
    declared = Impartiality.objects.filter(case__in=cases, person_id=by.person_id, is_impartial=False)
    interests = set(declared.values_list("case_id", flat=True))
    today = timezone.localdate(at)
    return tuple(
        Row(
            case_id=case.id,
            number=case.number,
            company_name=case.application.company_name,
            organisation_number=case.application.organisation_number,
            lane=case.lane,
            state=case.state,
            reason=case.reason,
            recommended_nok=case.recommended_nok,
            age_days=(today - timezone.localdate(case.opened_at)).days,
            assigned_to=names.get(case.assigned_to, "") if case.assigned_to else "",
            has_interest=case.id in interests,
        )
        for case in cases
    )
