"""How long cases have waited: what each has been told, who is owed word, and what is overdue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from runde.foundation.people.api import Actor, authorise

from ..domain.clock import Pause
from ..domain.state_table import TABLE
from ..domain.waiting import Told, Waiting, due_on, is_owed, running_day, standing_since
from ..models import Case, Delay, InformationRequest, ProvisionalReply
from .expecting import pauses_of


@dataclass(frozen=True, slots=True)
class CaseClock:
    """The clock of an undecided case on a day: "Dag 9 av 30", or since when it stands still.

    `next_word_date` is the day the applicant is owed word of the delay, unless decided before.
    """

    day: int
    of_days: int
    standing_since_date: date | None
    answer_by_date: date
    is_overdue: bool
    next_word_date: date
    replies: tuple[ProvisionalReply, ...]


def case_clock(case: Case, at: datetime) -> CaseClock:
    """The case comes with its application and call at hand. Two statements."""
    replies = list(case.provisional_replies.order_by("number"))
    pauses = pauses_of([case.id]).get(case.id, [])
    return clock_from(case, pauses, replies, on=timezone.localdate(at))


def clock_from(
    case: Case, pauses: Sequence[Pause], replies: Sequence[ProvisionalReply], *, on: date
) -> CaseClock:
    """The same, for a caller who holds the pauses and the replies already."""
    waiting = waiting_of(case, pauses, replies[-1] if replies else None)
    counted, of_days = running_day(waiting, on=on)
    return CaseClock(
        day=counted,
        of_days=of_days,
        standing_since_date=standing_since(pauses),
        answer_by_date=case.answer_by_date,
        is_overdue=is_overdue(case, pauses, on=on),
        next_word_date=due_on(waiting, on=on),
        replies=tuple(replies),
    )


def waiting_of(case: Case, pauses: Sequence[Pause], newest: ProvisionalReply | None) -> Waiting:
    application = case.application
    told = Told(newest.number, timezone.localdate(newest.made_at), newest.expected_date) if newest else None
    return Waiting(
        sent_date=timezone.localdate(application.submitted_at or case.opened_at),
        promised_date=application.call.answer_by_date,
        pauses=tuple(pauses),
        told=told,
    )


def is_overdue(case: Case, pauses: Iterable[Pause], *, on: date) -> bool:
    """Whether an answer should have come by now. Never while the municipality waits for the applicant."""
    if case.state not in TABLE.before("case", "tell_provisionally"):
        return False
    return on > case.answer_by_date and all(one.to_date is not None for one in pauses)


def overdue_cases(on: date) -> QuerySet[Case]:
    """Undecided cases past their deadline, without those that wait for the applicant."""
    asked = InformationRequest.objects.filter(answered_at__isnull=True, closed_at__isnull=True)
    undecided = Case.objects.filter(state__in=TABLE.before("case", "tell_provisionally"))
    late = undecided.filter(answer_by_date__lt=on, decisions__isnull=True)
    return late.exclude(id__in=asked.values("case_id"))


@dataclass(frozen=True, slots=True)
class Lateness:
    """How a call keeps its time: undecided cases past their deadline, and those told provisionally."""

    overdue: int = 0
    told: int = 0


def lateness_by_call(at: datetime) -> dict[UUID, Lateness]:
    """By call, those that have any. Two statements."""
    overdue = dict(
        overdue_cases(timezone.localdate(at)).values_list("call_id").annotate(count=Count("id")).order_by()
    )
    undecided = Q(case__state__in=TABLE.before("case", "tell_provisionally"))
    replies = ProvisionalReply.objects.filter(undecided, number=1).values_list("case__call_id")
    told = dict(replies.annotate(count=Count("id")).order_by())
    return {call_id: Lateness(overdue.get(call_id, 0), told.get(call_id, 0)) for call_id in {*overdue, *told}}


@dataclass(frozen=True, slots=True)
class DelayReach:
    """Whom a word about a whole call reaches: `undecided` cases, less those with a day of their own (`apart`).

    `said` is what has been said of the call before, the newest first.
    """

    undecided: int
    apart: int
    said: tuple[Delay, ...]


def delay_reach(call_id: UUID, *, by: Actor) -> DelayReach:
    """Two statements. Raises NotAllowed."""
    authorise(by, "casework.list")
    before = TABLE.before("case", "tell_provisionally")
    undecided = Case.objects.filter(call_id=call_id, state__in=before, decisions__isnull=True)
    own_day = Exists(Delay.objects.filter(case_id=OuterRef("id")))
    counts = undecided.aggregate(undecided=Count("id"), apart=Count("id", filter=own_day))
    said = Delay.objects.filter(call_id=call_id, case__isnull=True).order_by("-said_at", "-id")
    return DelayReach(said=tuple(said), **counts)


def newest_replies(case_ids: Collection[UUID]) -> dict[UUID, ProvisionalReply]:
    found = ProvisionalReply.objects.filter(case_id__in=case_ids)
    return {one.case_id: one for one in found.order_by("case_id", "-number").distinct("case_id")}


def delays_of(cases: Sequence[Case]) -> dict[UUID, Delay]:
    """What holds for each case: the newest said of it, else the newest said of its call."""
    calls = {case.call_id for case in cases}
    said = list(Delay.objects.filter(call_id__in=calls).order_by("said_at", "id"))
    of_call = {one.call_id: one for one in said if one.case_id is None}
    of_case = {one.case_id: one for one in said if one.case_id is not None}
    found = {case.id: of_case.get(case.id) or of_call.get(case.call_id) for case in cases}
    return {case_id: one for case_id, one in found.items() if one is not None}


def owed_word(
    cases: Sequence[Case], replies: Mapping[UUID, ProvisionalReply], *, on: date
) -> list[tuple[Case, Waiting]]:
    """Those whose applicant is owed word that day."""
    pauses = pauses_of(case.id for case in cases)
    found = ((case, waiting_of(case, pauses.get(case.id, ()), replies.get(case.id))) for case in cases)
    return [(case, waiting) for case, waiting in found if is_owed(waiting, on=on)]
