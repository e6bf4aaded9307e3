"""Eight people press the same button: one wins, the rest are told why not, and who prepared it never wins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

import psycopg
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from runde.adapters.postgres import launcher
from runde.foundation.people.api import Person, Role, get_actor, grant_role, register_person
from runde.foundation.trust.api import Refused, fence
from runde.grants.casework.api import approve_proposal, list_cases, propose_as_checked
from runde.grants.payments.api import Payment, approve_batch, prepare_batch
from runde.grants.schemes.api import get_call

from ..frame import Findings
from ..ground import Ground
from ..region import CALL, Town, send
from .crowd import PEOPLE, together

Press = Callable[[UUID, Person], None]


def race_to_approve(found: Findings, town: Town, count: int, at: datetime) -> None:
    """`count` proposals and as many batches, each pressed by everybody. The first of them has prepared all."""
    people = _people(town, at)
    send(town, town.companies[:count], at)
    with fence(town.id):
        preparer = get_actor(people[0], on=timezone.localdate(at))
        cases = [case.id for case in list_cases(get_call(CALL).id)]
        proposals = [
            propose_as_checked(case_ids=[case], by=preparer, at=at, declares_impartial=True).id
            for case in cases
        ]

    def approve(proposal_id: UUID, person: Person) -> None:
        with fence(town.id):
            by = get_actor(person, on=timezone.localdate(at))
            approve_proposal(proposal_id=proposal_id, key=uuid4().hex, by=by, at=at)

    _press(found, "proposal", proposals, people, approve)
    _race_for_batches(found, town, people, at)


def _race_for_batches(found: Findings, town: Town, people: Sequence[Person], at: datetime) -> None:
    with fence(town.id):
        preparer = get_actor(people[0], on=timezone.localdate(at))
        payments = list(Payment.objects.order_by("reference"))
        day = max(payment.due_date for payment in payments)
        batches = [
            prepare_batch(execution_date=day, payment_ids=[one.id], by=preparer, at=at).id for one in payments
        ]

    def approve(batch_id: UUID, person: Person) -> None:
        with fence(town.id):
            by = get_actor(person, on=timezone.localdate(at))
            approve_batch(batch_id=batch_id, key=uuid4().hex, by=by, at=at)

    _press(found, "batch", batches, people, approve)


def _press(
    found: Findings, what: str, things: Sequence[UUID], people: Sequence[Person], press: Press
) -> None:
    own = {_outcome(press, thing, people[0]) for thing in things}
    found.expect(own == {"OwnWork"}, f"who prepared a {what} pressed alone, and the answer was {own}")
    told = together(lambda number: [_outcome(press, thing, people[number]) for thing in things])
    reasons: Counter[str] = Counter()
    for place, thing in enumerate(things):
        outcomes = [each[place] for each in told]
        winners = [number for number, outcome in enumerate(outcomes) if outcome == "won"]
        found.expect(len(winners) == 1, f"{what} {thing} was approved by {len(winners)} people")
        found.expect(0 not in winners, f"{what} {thing} was approved by who prepared it")
        found.expect("" not in outcomes, f"{what} {thing} was refused without a reason")
        reasons.update(outcome for outcome in outcomes if outcome != "won")
    found.figures[f"why the others could not approve a {what}"] = dict(reasons)


def _outcome(press: Press, thing: UUID, person: Person) -> str:
    """ "won", or the sort of refusal; empty when it came without a sentence."""
    try:
        press(thing, person)
    except Refused as refusal:
        return type(refusal).__name__ if refusal.sentence else ""
    return "won"


def _people(town: Town, at: datetime) -> list[Person]:
    """Eight people who may do everything, so that only the rule of two stands in the way of the first."""
    people = []
    for number in range(PEOPLE):
        email = f"alt{number}@{town.tenant.slug}.example"
        person = register_person(email=email, name=f"Alt {number}", hashed_password=make_password(None))
        with fence(town.id):
            for role in (Role.OFFICER, Role.APPROVER, Role.FINANCE):
                grant_role(person=person, role=role, valid_from=timezone.localdate(at), by=None, at=at)
        people.append(person)
    return people


FOUR_EYES = {
    "approvals_approval": ("approvals_four_eyes", "decided_by = prepared_by", "outcome = 'approved'"),
    "payments_batch": ("payments_batch_four_eyes", "approved_by = prepared_by", "state = 'sealed'"),
    "casework_decision": ("casework_decision_four_eyes", "decided_by = prepared_by", "true"),
}


def try_four_eyes(ground: Ground, found: Findings) -> None:
    """Past every lock and trigger the constraint alone must stop one pair of eyes; without it, it must not."""
    with psycopg.connect(ground.dsn(launcher.SUPERUSER)) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.commit()
        for table, (constraint, change, which) in FOUR_EYES.items():
            statement = f"UPDATE {table} SET {change} WHERE {which}"  # noqa: S608 - our own words
            found.expect(not _goes_through(superuser, statement), f"one pair of eyes was enough in {table}")
            without = f"ALTER TABLE {table} DROP CONSTRAINT {constraint}"
            found.control(f"four eyes taken away from {table}", _goes_through(superuser, without, statement))


def _goes_through(superuser: psycopg.Connection, *statements: str) -> bool:
    with superuser.transaction(force_rollback=True):
        try:
            with superuser.transaction():
                for statement in statements:
                    rows = superuser.execute(statement).rowcount
        except psycopg.errors.CheckViolation:
            return False
        return rows > 0
