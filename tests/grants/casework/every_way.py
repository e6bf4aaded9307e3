"""A small office where anything may happen in any order, and what must hold whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.foundation.journal.api import PastEvent, events_of
from runde.foundation.notices.api import send_due
from runde.foundation.people.api import Actor, Role, get_person
from runde.foundation.trust.api import Refused
from runde.grants.applications.api import get_application, withdraw_application
from runde.grants.casework import api as casework
from runde.grants.casework.domain.lines import Line
from runde.grants.casework.domain.state_table import TABLE
from runde.grants.casework.domain.states import Table
from runde.grants.casework.domain.waiting import running_day
from runde.grants.casework.models import Case, Decision, InformationRequest, Proposal, ProvisionalReply
from runde.grants.casework.queries.expecting import pauses_of
from runde.grants.casework.queries.waiting import waiting_of
from tests.factories import an_actor, an_applicant

from .conftest import Office

RULES = Table(TABLE.states, TABLE.steps)
"""The table as it stands when the tests begin: what is planted later does not alter what must hold."""
A_MINUTE = timedelta(minutes=1)
MEANWHILE = ("casework.declared", "casework.read")
"""What somebody with an interest may still do: say so, and what the journal tells of reading."""

Act = tuple[str, int, int]


@dataclass
class World:
    """An office with its cases and people. The last one prepares and approves, to try their luck with both."""

    office: Office
    at: datetime
    cases: list[UUID]
    people: list[Actor]
    applicants: dict[UUID, Actor]
    partial_since: dict[tuple[UUID, UUID], int] = field(default_factory=dict)

    def case(self, number: int) -> Case:
        return casework.get_case(self.cases[number % len(self.cases)])

    def person(self, number: int) -> Actor:
        return self.people[number % len(self.people)]


def a_world(office: Office) -> World:
    green, red, yellow = office.green()[0], office.red(), office.yellow()
    both = an_actor(Role.OFFICER, Role.APPROVER, at=office.at)
    cases = [green, red, yellow]
    applicants = {
        case.id: an_applicant(
            case.organisation_number,
            at=office.at,
            person=get_person(casework.get_case(case.id).application.applicant_id),
        )
        for case in cases
    }
    return World(
        office, office.at, [case.id for case in cases], [office.officer, office.approver, both], applicants
    )


def propose(world: World, case: Case, by: Actor) -> None:
    outcome, reason = ("granted", "all_met") if case.lane == "green" else ("refused", "discretion_refused")
    words = "" if outcome == "granted" else "Etter en samlet vurdering."
    line = Line(case.id, outcome, reason, None, words)
    if case.state == "decided":
        casework.decide_anew(line=line, by=by, at=world.at, declares_impartial=True)
    else:
        casework.propose(lines=[line], by=by, at=world.at, declares_impartial=True)


def approve(world: World, case: Case, by: Actor) -> None:
    for proposal in _before_somebody(case):
        casework.approve_proposal(proposal_id=proposal.id, key=f"{proposal.id}{world.at}", by=by, at=world.at)


def give_back(world: World, case: Case, by: Actor) -> None:
    for proposal in _before_somebody(case):
        casework.return_proposal(proposal_id=proposal.id, reason="Se på beløpet.", by=by, at=world.at)


def _before_somebody(case: Case) -> list[Proposal]:
    return list(Proposal.objects.filter(state="pending", lines__case=case, lines__is_open=True))


def declare(world: World, case: Case, by: Actor) -> None:
    casework.declare_impartiality(
        case_id=case.id, is_impartial=False, reason="Jeg eier en del av den.", by=by, at=world.at
    )
    world.partial_since.setdefault((case.id, by.person_id), len(events_of([("case", case.id)])))


def may_work(world: World, case: Case, by: Actor) -> None:
    casework.declare_impartiality(case_id=case.id, is_impartial=True, by=by, at=world.at)


def ask(world: World, case: Case, by: Actor) -> None:
    due = timezone.localdate(world.at) + timedelta(days=7)
    casework.ask_information(case_id=case.id, text="Hva?", due_date=due, by=by, at=world.at)


def answer(world: World, case: Case, by: Actor) -> None:
    own = world.applicants[case.id]
    for asked in _asked(case):
        message = casework.draft_message(case_id=case.id, by=own, at=world.at, from_applicant=True)
        casework.send_message(message_id=message.id, text="Svar", by=own, at=world.at, answers=asked.id)


def close(world: World, case: Case, by: Actor) -> None:
    for asked in _asked(case):
        casework.close_request(request_id=asked.id, by=by, at=world.at)


def _asked(case: Case) -> list[InformationRequest]:
    return list(case.requests.filter(answered_at__isnull=True, closed_at__isnull=True))


def check(world: World, case: Case, by: Actor) -> None:
    casework.run_check(case_id=case.id, by=by, at=world.at, with_register_now=True)


def delay(world: World, case: Case, by: Actor) -> None:
    day = timezone.localdate(world.at) + timedelta(days=20)
    casework.say_delay(
        case_id=case.id, expected_date=day, reason_code="many_applications", by=by, at=world.at
    )


def withdraw(world: World, case: Case, by: Actor) -> None:
    own = world.applicants[case.id]
    withdraw_application(application=get_application(case.application_id, own), by=own, at=world.at)


def read(world: World, case: Case, by: Actor) -> None:
    for decision in Decision.objects.filter(case=case).order_by("-number")[:1]:
        casework.confirm_reading(decision_id=decision.id, by=world.applicants[case.id], at=world.at)


def jobs(world: World, case: Case, by: Actor) -> None:
    send_due(at=world.at)
    casework.tell_waiting(at=world.at)
    casework.tell_unread(at=world.at)


ACTS: dict[str, tuple[Callable[[World, Case, Actor], None], tuple[str, ...]]] = {
    "propose": (propose, ("propose", "propose_anew")),
    "approve": (approve, ("decide", "give_back")),
    "give_back": (give_back, ("give_back",)),
    "declare": (declare, ("declare",)),
    "may_work": (may_work, ("declare",)),
    "ask": (ask, ("ask",)),
    "answer": (answer, ("hear",)),
    "close": (close, ("ask",)),
    "check": (check, ("check",)),
    "delay": (delay, ("delay",)),
    "withdraw": (withdraw, ("withdraw",)),
    "read": (read, ("read_decision",)),
    "jobs": (jobs, ("tell_provisionally", "tell_again")),
}
"""What happens, and the events of the table it may be."""


def live(world: World, plan: Sequence[Act]) -> None:
    """Try every act of the plan; whatever is refused, is refused whole. After each, everything must hold."""
    for act, number, more in plan:
        world.at += A_MINUTE
        if act == "days":
            world.at += timedelta(days=more)
            continue
        before = _standing(world)
        with suppress(Refused), transaction.atomic():
            ACTS[act][0](world, world.case(number), world.person(more))
        _must_hold(world, act, before)
    must_hold_at_the_end(world)


@dataclass(frozen=True)
class Standing:
    """How a case stood: its state, whether a decision stands, its deadline, and the day word is owed."""

    state: str
    decided: bool
    answer_by_date: date
    counted: int


def _standing(world: World) -> dict[UUID, Standing]:
    return {
        case.id: Standing(case.state, case.decisions.exists(), case.answer_by_date, _counted(case, world.at))
        for case in Case.objects.filter(id__in=world.cases).select_related("application__call")
    }


def _counted(case: Case, at: datetime) -> int:
    waiting = waiting_of(case, pauses_of([case.id]).get(case.id, []), None)
    return running_day(waiting, on=timezone.localdate(at))[0]


def _must_hold(world: World, act: str, before: dict[UUID, Standing]) -> None:
    for case_id, now in _standing(world).items():
        was = before[case_id]
        if was.state != now.state:
            led = {
                RULES.after("case", event, was.state, stands=was.decided)
                for event in ACTS[act][1]
                if RULES.fits("case", event, was.state)
            }
            assert now.state in led, f"{act} led from {was.state} to {now.state}"
        state = RULES.state("case", now.state)
        leads = [step for step in RULES.ways_on("case", now.state) if step.after]
        assert state.ends or leads, f"no way on from {now.state}"
        assert now.answer_by_date >= was.answer_by_date, f"{act} moved the deadline back"


def must_hold_at_the_end(world: World) -> None:
    for case_id in world.cases:
        events = events_of([("case", case_id)])[::-1]
        _nobody_partial_acted(world, case_id, events)
        _clock_went_on(case_id, events)
    for decision in Decision.objects.filter(case_id__in=world.cases):
        assert decision.prepared_by != decision.decided_by
        again = casework.replay_decision(decision.id)
        assert again.is_same, (again.faults, again.differences)


def _nobody_partial_acted(world: World, case_id: UUID, events: Sequence[PastEvent]) -> None:
    for (partial_case, person), since in world.partial_since.items():
        if partial_case != case_id:
            continue
        acted = [
            one.action for one in events[since:] if one.actor_id == person and one.action not in MEANWHILE
        ]
        assert not acted, f"acted after declaring an interest: {acted}"


def _clock_went_on(case_id: UUID, events: Sequence[PastEvent]) -> None:
    replies = list(ProvisionalReply.objects.filter(case_id=case_id).order_by("number"))
    for one, other in zip(replies, replies[1:], strict=False):
        assert one.expected_date < other.expected_date
        assert one.due_date <= other.due_date
    for reply in replies:
        assert timezone.localdate(reply.made_at) >= reply.due_date
    told = [one.at for one in events]
    assert told == sorted(told)
