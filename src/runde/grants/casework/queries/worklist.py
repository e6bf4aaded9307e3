"""The officer's list: what needs me, what is ready, what is late, how much money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from runde.foundation.people.api import Actor, authorise, names_of

from ..models import Case, Impartiality
from .tallies import Tallies, tallies

MOST_COUNTED = 1000
"""A narrowed list is counted this far beyond the page, and "more than" from there."""


class Order(StrEnum):
    """What the list is sorted by: the nearest deadline first, or the oldest case first. Numbers as people count."""

    DEADLINE = "deadline"
    AGE = "age"


ORDERS = {Order.DEADLINE: ("answer_by_date", "ordinal"), Order.AGE: ("ordinal",)}


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list; everything empty shows all. `text` looks in company name, its number and case number.

    Open cases on hold are left out, unless `held` asks for them alone or `late` for all that are past their deadline.
    """

    text: str = ""
    assigned_to: UUID | None = None
    unassigned: bool = False
    municipality: str | None = None
    late: bool = False
    held: bool = False

    @property
    def narrows(self) -> bool:
        """Whether something asks for less than a whole lane or state."""
        return bool(self.text or self.assigned_to or self.unassigned) or self.municipality is not None


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
    answer_by_date: date
    is_late: bool
    held_until_date: date | None
    hold_reason: str
    assigned_to: str
    has_interest: bool


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page of cases, with the call's counts. `has_more`: there are more than `total` says.

    `names` are everybody who has open cases of the call, or a case on the page.
    """

    rows: tuple[Row, ...]
    page: int
    pages: int
    total: int
    has_more: bool
    counts: Tallies
    names: Mapping[UUID, str]


def worklist(
    call_id: UUID,
    *,
    by: Actor,
    at: datetime,
    lane: str | None = None,
    state: str | None = Case.State.OPEN,
    filters: Filters | None = None,
    order: Order = Order.DEADLINE,
    page: int = 1,
    size: int = 25,
) -> Worklist:
    """The page asked for (from 1), or the nearest there is. At most four SQL statements, however many cases."""
    authorise(by, "casework.list")
    today, narrow = timezone.localdate(at), filters or Filters()
    counts = tallies(call_id, on=today)
    found = _filtered(Case.objects.filter(call_id=call_id), lane, state, narrow, today)
    known = _known_total(counts, lane, state, narrow)
    total = found[: max(page, 1) * size + MOST_COUNTED].count() if known is None else known
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    cases = list(_with_interest(found, by).order_by(*ORDERS[order])[(page - 1) * size : page * size])
    has_more = known is None and total == page * size + MOST_COUNTED
    names = _names(cases, counts)
    rows = tuple(_row(case, names, today) for case in cases)
    return Worklist(rows, page, pages, total, has_more, counts, names)


def list_case_ids(
    call_id: UUID,
    *,
    at: datetime,
    lane: str | None = None,
    state: str | None = Case.State.OPEN,
    filters: Filters | None = None,
    order: Order = Order.DEADLINE,
) -> list[UUID]:
    """Every case of a list, for «velg alle»."""
    cases = Case.objects.filter(call_id=call_id)
    found = _filtered(cases, lane, state, filters or Filters(), timezone.localdate(at))
    return list(found.order_by(*ORDERS[order]).values_list("id", flat=True))


def next_case(case: Case, *, by: Actor, at: datetime, back: bool = False) -> UUID | None:
    """The open case after (or before) this one in its own lane, by deadline; not those the person has declared out of.

    Two SQL statements, however long the lane is.
    """
    lane = Case.objects.filter(call_id=case.call_id)
    found = _filtered(lane, case.lane, Case.State.OPEN, Filters(), timezone.localdate(at))
    found = found.filter(~Exists(_interests(by)))
    step, first = ("lt", "-") if back else ("gt", "")
    beyond = Q(**{f"answer_by_date__{step}": case.answer_by_date})
    same_day = Q(answer_by_date=case.answer_by_date, **{f"ordinal__{step}": case.ordinal})
    ordered = found.order_by(f"{first}answer_by_date", f"{first}ordinal").values_list("id", flat=True)
    return ordered.filter(same_day).first() or ordered.filter(beyond).first()


def _filtered(
    cases: QuerySet[Case], lane: str | None, state: str | None, filters: Filters, today: date
) -> QuerySet[Case]:
    cases = cases.filter(lane=lane) if lane else cases
    cases = cases.filter(state=state) if state else cases
    if filters.held:
        cases = cases.filter(hold_until_date__gt=today)
    elif state == Case.State.OPEN and not filters.late:
        cases = cases.filter(Q(hold_until_date__isnull=True) | Q(hold_until_date__lte=today))
    cases = cases.filter(answer_by_date__lt=today) if filters.late else cases
    cases = cases.filter(assigned_to=filters.assigned_to) if filters.assigned_to else cases
    cases = cases.filter(assigned_to__isnull=True) if filters.unassigned else cases
    if filters.municipality is not None:
        cases = cases.filter(municipality_number=filters.municipality)
    text = filters.text.strip()
    return cases.filter(_matches(text)) if text else cases


def _matches(text: str) -> Q:
    name = Q(company_name__icontains=text) | Q(number__startswith=text)
    digits = "".join(text.split())
    return name | Q(organisation_number=digits) if digits.isdigit() else name


def _known_total(counts: Tallies, lane: str | None, state: str | None, filters: Filters) -> int | None:
    """The count from the tallies, where they know it; None when the rows must be counted."""
    if filters.narrows:
        return None
    if lane is None and filters.late and state == Case.State.OPEN:
        return counts.late.count
    if lane is None and filters.held and state == Case.State.OPEN:
        return counts.held.count
    if filters.late or filters.held or state is None:
        return None
    if state == Case.State.OPEN:
        lanes = [counts.lanes[lane]] if lane else counts.lanes.values()
        return sum(one.count for one in lanes)
    return counts.states[state].count if lane is None else None


def _with_interest(cases: QuerySet[Case], by: Actor) -> QuerySet[Case]:
    return cases.annotate(has_interest=Exists(_interests(by)))


def _interests(by: Actor) -> QuerySet[Impartiality]:
    """The person's declared interests in the case of the row."""
    return Impartiality.objects.filter(case=OuterRef("pk"), person_id=by.person_id, is_impartial=False)


def _names(cases: list[Case], counts: Tallies) -> dict[UUID, str]:
    on_page = {case.assigned_to for case in cases if case.assigned_to}
    return names_of(on_page | {one for one, count in counts.officers.items() if one and count})


def _row(case: Case, names: Mapping[UUID, str], today: date) -> Row:
    undecided = case.state in (Case.State.OPEN, Case.State.PROPOSED)
    held = case.state == Case.State.OPEN and case.hold_until_date and case.hold_until_date > today
    return Row(
        case_id=case.id,
        number=case.number,
        company_name=case.company_name,
        organisation_number=case.organisation_number,
        lane=case.lane,
        state=case.state,
        reason=case.reason,
        recommended_nok=case.recommended_nok,
        age_days=(today - timezone.localdate(case.opened_at)).days,
        answer_by_date=case.answer_by_date,
        is_late=undecided and case.answer_by_date < today,
        held_until_date=case.hold_until_date if held else None,
        hold_reason=case.hold_reason if held else "",
        assigned_to=names.get(case.assigned_to, "") if case.assigned_to else "",
        has_interest=case.has_interest,  # type: ignore[attr-defined]
    )
