"""How many cases stand where, from the counts the database keeps: the same cost however many cases there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import Case as Choose
from django.db.models import Count, Q, QuerySet, Sum, Value, When

from ..models import Case, Lane, Tally

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class LaneCount:
    """Open cases in one lane."""

    count: int = 0
    recommended_nok: Decimal = NOTHING

    def __add__(self, other: LaneCount) -> LaneCount:
        return LaneCount(self.count + other.count, self.recommended_nok + other.recommended_nok)


@dataclass(frozen=True, slots=True)
class Tallies:
    """A call's cases counted. `lanes` are open cases that are not on hold; `held` those that are, in any lane.

    `late` and `late_proposed` are open and proposed cases past their deadline. `officers` maps people to open cases
    ("" as None: nobody's), `municipalities` numbers to open cases, both without those on hold.
    """

    lanes: Mapping[str, LaneCount]
    states: Mapping[str, LaneCount]
    held: LaneCount = LaneCount()
    late: LaneCount = LaneCount()
    late_proposed: LaneCount = LaneCount()
    officers: Mapping[UUID | None, int] = field(default_factory=dict)
    municipalities: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(one.count for one in self.states.values())

    @property
    def open(self) -> LaneCount:
        """All open cases, on hold or not."""
        return self.states.get(Case.State.OPEN, LaneCount())


class _Group(NamedTuple):
    kind: str
    state: str
    lane: str
    place: str
    held: bool
    counted: LaneCount


def tallies(call_id: UUID, *, on: date) -> Tallies:
    """The call's cases as they stand on a day. One SQL statement."""
    groups = _groups(Tally.objects.filter(call_id=call_id), on)
    lanes = [one for one in groups if one.kind == "lane"]
    late = [one for one in groups if one.kind == "due" and one.place]
    return Tallies(
        lanes={lane: _sum(one for one in lanes if _ready(one) and one.lane == lane) for lane in Lane.values},
        states={state: _sum(one for one in lanes if one.state == state) for state in Case.State.values},
        held=_sum(one for one in lanes if one.held),
        late=_sum(one for one in late if one.state == Case.State.OPEN),
        late_proposed=_sum(one for one in late if one.state == Case.State.PROPOSED),
        officers={UUID(key) if key else None: count for key, count in _places(groups, "officer").items()},
        municipalities=_places(groups, "municipality"),
    )


def lane_counts(call_id: UUID) -> dict[str, LaneCount]:
    """Open cases in each lane, on hold or not, with the sum the rules recommend."""
    counted = Tally.objects.filter(call_id=call_id, kind="lane", state=Case.State.OPEN).values_list("lane")
    found = {
        lane: LaneCount(count, total)
        for lane, count, total in counted.annotate(
            count=Sum("cases"), total=Sum("recommended_nok")
        ).order_by()
    }
    return {lane: found.get(lane, LaneCount()) for lane in Lane.values}


def state_counts(call_id: UUID) -> dict[str, int]:
    """All cases of the call by state."""
    counted = Tally.objects.filter(call_id=call_id, kind="lane").values_list("state")
    return dict.fromkeys(Case.State.values, 0) | dict(counted.annotate(count=Sum("cases")).order_by())


def counts_by_call() -> dict[UUID, dict[str, int]]:
    """Open cases by lane in each call of the tenant that has cases, on hold or not. One SQL statement."""
    counted = Tally.objects.filter(kind="lane", state=Case.State.OPEN).values_list("call_id", "lane")
    found: dict[UUID, dict[str, int]] = {}
    for call_id, lane, count in counted.annotate(count=Sum("cases")).order_by():
        found.setdefault(call_id, dict.fromkeys(Lane.values, 0))[lane] = count
    return found


def open_cases_of(people: Collection[UUID]) -> dict[UUID, int]:
    """How many open cases each person has, in all calls."""
    own = Case.objects.filter(assigned_to__in=people, state=Case.State.OPEN).values_list("assigned_to")
    return dict(own.annotate(count=Count("id")))


def _groups(rows: QuerySet[Tally], on: date) -> list[_Group]:
    held = Choose(
        When(until_date__gt=on, then=Value(value=True)),
        default=Value(value=False),
        output_field=models.BooleanField(),
    )
    # Deadlines are counted by day; here only whether the day has passed matters.
    place = Choose(
        When(Q(kind="due") & Q(key__lt=on.isoformat()), then=Value("late")),
        When(kind="due", then=Value("")),
        default="key",
    )
    grouped = rows.annotate(held=held, place=place).values_list("kind", "state", "lane", "place", "held")
    summed = grouped.annotate(count=Sum("cases"), nok=Sum("recommended_nok")).order_by()
    return [
        _Group(kind, state, lane, place, on_hold, LaneCount(count, nok))
        for kind, state, lane, place, on_hold, count, nok in summed
        if count
    ]


def _ready(group: _Group) -> bool:
    return group.state == Case.State.OPEN and not group.held


def _places(groups: Iterable[_Group], kind: str) -> dict[str, int]:
    return {one.place: one.counted.count for one in groups if one.kind == kind and not one.held}


def _sum(groups: Iterable[_Group]) -> LaneCount:
    return sum((one.counted for one in groups), LaneCount())
