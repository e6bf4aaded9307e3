"""Nobody who has declared an interest in a case can act in it: every operation behind casework's door is tried.

Each is tried by two people with every role there is: one has declared an interest, the other has not. Whatever
happens, nothing of the case may have changed by the hand of the first. That the trial means something is shown by the
second: in one of the states below the same call must change the case, or the operation is listed with the reason why it
changes none. An operation that is new at the door and tried in no way fails the test.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models, transaction

from runde.foundation.people.api import Actor, Role, get_actor, get_person, may
from runde.foundation.trust.api import Refused, fence
from runde.grants.casework import api as casework
from runde.grants.casework.api import Case, Line
from tests.factories import TenantFactory, an_actor
from tests.grants.casework.appealing import Board, a_board
from tests.grants.casework.conftest import Office, an_office
from tests.grants.casework.versions import a_version

STATES = ("open", "asked", "proposed", "decided", "appealed", "taken")
FREE = "impartial"

CHANGES_NO_CASE = {
    "choose_cases": "keeps a set of numbers to work on, and changes no case",
    "keep_view": "keeps a person's own search",
    "delete_view": "forgets a person's own search",
    "read_case": "writes down that the case was read",
    "declare_impartiality": "is how an interest is declared, and never taken back",
    "declare_many_impartial": "says that one may work on cases one has not spoken of",
    "say_delay_of_call": "is said to all applicants of a call at once, and weighs no case",
    "order_batch": "asks a job to propose, which leaves out the cases of those who have declared an interest",
    "export_list": "writes a proposal out as a list for a board",
    "open_sample": "shows a letter of the sample, and writes down that it was opened",
}
APPLICANTS = {
    "accept_grant",
    "answer_rest",
    "ask_suspension",
    "comment_reversal",
    "confirm_reading",
    "contest_dismissal",
    "correct_appeal",
    "decline_grant",
    "demand_reasons",
    "draft_appeal",
    "save_appeal",
    "send_appeal",
    "withdraw_appeal",
}
"""What the applicant's own side does, by its own rights, which no role of the municipality gives."""

NEED_MORE = {
    "drop_reversal": "a reversal that is begun",
    "edit_letter": "a paragraph of a letter, word for word",
    "forward_appeal": "an appeal that is weighed",
    "give_reasons": "reasons that are demanded",
    "go_on_with_appeal": "an appeal that waits for a correction",
    "go_on_with_reversal": "a reversal with a notice",
    "hear_late_appeal": "a late appeal",
    "keep_lost_edit": "a change of a letter",
    "lapse_grant": "a grant nobody has accepted in time",
    "notify_reversal": "a reversal that is begun",
    "open_reversal": "a decision nobody has appealed",
    "propose_after_body": "an outcome from the appeal body",
    "propose_changes": "a stated way of changing many amounts",
    "propose_from_reserve": "a reserve list with money come back",
    "propose_reversal": "a reversal whose notice is out",
    "propose_settlement": "conditional grants and a budget decision",
    "propose_top_up": "a later allocation",
    "register_body_outcome": "an appeal that is sent on",
    "register_treatment": "a proposal laid before a board",
    "reinstate_appeal": "an appeal that is dismissed",
    "say_delay": "a case that is late",
    "undo_bulk": "an act on many cases",
    "undo_letter_edit": "a change of a letter",
    "uphold_appeal": "an appeal taken by the same person",
}
"""Tried too, but they change something only with more than these states hold: what they ask of the person is read."""

ASKS_ANOTHER = {
    "propose_from_reserve": "propose_changes",
    "propose_settlement": "propose_changes",
    "propose_top_up": "propose_changes",
    "propose_changes": "propose",
    "register_treatment": "approve_proposal",
}
"""Those that let another operation do the work."""


@dataclass
class World:
    """One case in one state, with everything an operation may ask for by name."""

    office: Office
    case: Case
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Person:
    name: str
    actor: Actor


Attempt = Callable[[World, Actor, Mapping[str, Any]], object]


def operations() -> dict[str, Callable[..., object]]:
    """What the door lets people do: functions that write, and take the acting person."""
    found: dict[str, Callable[..., object]] = {}
    for name in casework.__all__:
        thing = getattr(casework, name)
        if not inspect.isfunction(thing) or ".operations." not in thing.__module__:
            continue
        if "by" in inspect.signature(thing).parameters:
            found[name] = thing
    return found


def a_world(office: Office, state: str, people: list[Person]) -> World:
    """The people have the case in their hands before one of them declares: drafts of their own, and proposals."""
    [case] = office.green()
    officer, at = office.officer, office.at
    line = Line(case.id, "granted", "all_met")
    casework.declare_impartiality(case_id=case.id, is_impartial=True, by=officer, at=at)
    world = World(office, case, {"lines": [line], "line": line})
    if state == "asked":
        due = at.date() + timedelta(days=9)
        asked = casework.ask_information(case_id=case.id, text="Hva?", due_date=due, by=officer, at=at)
        casework.override_value(
            case_id=case.id, name="costs", typed="100 000", reason="Delt.", by=officer, at=at
        )
        casework.hold_cases(case_ids=[case.id], until_date=due, reason="Venter.", by=officer, at=at)
        world.given |= {"request_id": asked.id}
        applicants_say(world)
    if state == "proposed":
        world.given["proposal_id"] = _proposed(world, line).id
    if state in ("decided", "appealed", "taken"):
        _decided(world, state)
    for person in people if state != "open" else []:
        draft = casework.draft_message(case_id=case.id, by=person.actor, at=at, from_applicant=False)
        world.given[f"message_id:{person.name}"] = draft.id
    return world


def applicants_say(world: World) -> None:
    """So that there is something to mark as read."""
    party = get_actor(get_person(world.case.application.applicant_id), on=world.office.at.date())
    case_id, at = world.case.id, world.office.at
    draft = casework.draft_message(case_id=case_id, by=party, at=at, from_applicant=True)
    casework.send_message(message_id=draft.id, text="Når får vi svar?", by=party, at=at)


def _proposed(world: World, line: Line) -> casework.Proposal:
    office = world.office
    return casework.propose(lines=[line], by=office.officer, at=office.at, declares_impartial=True)


def _decided(world: World, state: str) -> None:
    board: Board = a_board(world.office, world.case)
    anew = Line(world.case.id, "granted", "appeal_upheld", Decimal(90_000), "Vi har vurdert saken på nytt.")
    world.given |= {"decision_id": board.decision.id, "line": anew, "lines": [anew]}
    if state == "appealed":
        world.given["appeal_id"] = board.appeal().id
    if state == "taken":
        world.given["appeal_id"] = board.taken().id


def given_to(world: World, person: Person, name: str) -> dict[str, Any]:
    """Every argument an operation may ask for, by its name; and what some of them mean by a common word."""
    office, case, at = world.office, world.case, world.office.at
    third = an_actor(Role.OFFICER, at=at)
    week = at.date() + timedelta(days=7)
    common: dict[str, Any] = {
        "case_id": case.id,
        "case_ids": [case.id],
        "call": office.call,
        "call_id": office.call.id,
        "to": third.person_id,
        "among": [third.person_id],
        "officers": {case.municipality_number: third.person_id},
        "text": "Ord som står her.",
        "words": "Ord som står her.",
        "why": "Fordi.",
        "reason": "Fordi.",
        "statement": "Vi mener det samme.",
        "notice": "Vi vurderer å endre vedtaket.",
        "due_date": week,
        "until_date": week,
        "comment_by_date": week + timedelta(days=14),
        "expected_date": week + timedelta(days=30),
        "came_date": at.date(),
        "decided_on": at.date(),
        "reason_code": "many_cases",
        "name": "costs",
        "typed": "200 000",
        "kind": "answer",
        "subject_id": "fixed_costs",
        "is_exempt": True,
        "ground": "trade_secret",
        "is_impartial": False,
        "is_partial": True,
        "is_granted": True,
        "maintains": True,
        "from_applicant": False,
        "as_applicant": False,
        "amount_nok": Decimal(1_000),
        "key": f"{name}:{person.name}",
        "protocol": "12/26",
        "outcome": "upheld",
        "reference": "KN 1/26",
        "dates": {case.id: week},
        "way": "cut",
        "declares_impartial": True,
        "message_id": world.given.get(f"message_id:{person.name}"),
        **world.given,
    }
    return common | SPECIAL.get(name, {})


SPECIAL: dict[str, dict[str, Any]] = {}


def carried_out(world: World, person: Person, name: str) -> bool:
    """Try it, and tell whether anything of the case changed. Every trace is undone."""
    given = given_to(world, person, name)
    operation = operations()[name]
    wanted = inspect.signature(operation).parameters
    arguments = {key: given[key] for key in wanted if given.get(key) is not None}
    lacking = [
        key
        for key, one in wanted.items()
        if key not in arguments and key not in ("by", "at") and one.default is inspect.Parameter.empty
    ]
    if lacking:
        return False
    arguments |= {"by": person.actor, "at": world.office.at}
    with undone():
        before = rows_of(world.case)
        try:
            with transaction.atomic():
                operation(**arguments)
        except Refused:
            return False
        return rows_of(world.case) != before


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


PATHS = {"Case": "", "Decision": "__case", "Appeal": "__decision__case", "Reversal": "__decision__case"}


def rows_of(case: Case) -> dict[str, list[tuple[Any, ...]]]:
    """Everything kept about the case, but who has said what of their impartiality and who is responsible."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for model in apps.get_app_config("casework").get_models():
        for path in _paths_to_case(model):
            rows = model._default_manager.filter(**{path: case.id}).order_by("pk").values()
            found[f"{model.__name__}.{path}"] = [tuple(row.items()) for row in rows]
    own = Case.objects.filter(id=case.id).values().get()
    found["Case"] = [tuple(own.items())]
    return found


def _paths_to_case(model: type[models.Model]) -> list[str]:
    if model.__name__ in ("Impartiality", "Tally"):
        return []
    targets = {
        one.name: one.related_model.__name__
        for one in model._meta.concrete_fields
        if isinstance(one, models.ForeignKey) and isinstance(one.related_model, type)
    }
    return [f"{name}{PATHS[target]}" for name, target in targets.items() if target in PATHS]


@dataclass(frozen=True)
class Tried:
    state: str
    operation: str
    by_partial: bool
    by_free: bool


def _try_all(state: str) -> list[Tried]:
    at = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        office = an_office(tenant, at)
        partial, free = (Person(name, an_actor(*Role, at=at)) for name in ("partial", FREE))
        world = a_world(office, state, [partial, free])
        world.given["version"] = a_version(office.call, at, deductible="6000")
        casework.declare_impartiality(case_id=world.case.id, is_impartial=True, by=free.actor, at=at)
        casework.declare_impartiality(
            case_id=world.case.id, is_impartial=False, reason="Svoger.", by=partial.actor, at=at
        )
        return [
            Tried(state, name, carried_out(world, partial, name), carried_out(world, free, name))
            for name in operations()
            if name not in CHANGES_NO_CASE
        ]


def test_nobody_partial_can_act_in_a_case(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path
    tried: list[Tried] = []
    for state in STATES:
        with undone():
            tried += _try_all(state)
    assert [(one.state, one.operation) for one in tried if one.by_partial] == []
    worked = {one.operation for one in tried if one.by_free}
    left = operations().keys() - worked - CHANGES_NO_CASE.keys() - APPLICANTS - NEED_MORE.keys()
    assert sorted(left) == [], "Try these so that somebody impartial can carry them out, or say why not."
    assert sorted(worked & (APPLICANTS | NEED_MORE.keys())) == []


ASKS_OF_THE_PERSON = re.compile(
    r"casework\.(check|note|correspond|appeals|edit_letter|read)\b"
    r"|refuse_interest|declarations_by|interests_in|workable|reasons_to_leave_out|hold_for_officer|left_out_of"
    r"|who_may\(\"case\", \"delay\"\)"
)
"""Rights that a declared interest takes away (see the test below), and ways of looking the declarations up."""


def test_what_needs_more_asks_for_the_persons_word_all_the_same() -> None:
    door = operations()
    silent = [
        name
        for name in NEED_MORE
        if not ASKS_OF_THE_PERSON.search(_source_of(door[ASKS_ANOTHER.get(name, name)]))
    ]
    assert silent == []


def _source_of(operation: Callable[..., object]) -> str:
    module = inspect.getmodule(operation)
    assert module is not None
    return inspect.getsource(module)


def test_an_interest_takes_the_rights_away(db: None) -> None:
    at = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        office = an_office(tenant, at)
        [case] = office.green()
        everything = an_actor(*Role, at=at)
        rights = ["check", "note", "correspond", "appeals", "edit_letter", "read"]
        assert all(may(everything, f"casework.{right}", case) for right in rights)
        casework.declare_impartiality(
            case_id=case.id, is_impartial=False, reason="Svoger.", by=everything, at=at
        )
        assert not any(may(everything, f"casework.{right}", case) for right in rights)
