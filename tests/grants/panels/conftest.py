from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, list_cases
from runde.grants.panels.api import (
    Assignment,
    Criterion,
    Panel,
    Scale,
    Score,
    SetUp,
    declare,
    hand_in,
    invite_assessor,
    make_panel,
    start_scoring,
)
from runde.grants.schemes.api import Call
from tests.factories import PersonFactory, TenantFactory, a_call, a_source, an_actor, submitted_applications

CRITERIA = (
    Criterion("benefit", "Nytte for kommunen", 50, "Mange poeng: varig nytte for mange."),
    Criterion("doable", "Gjennomføring", 30),
    Criterion("team", "Erfaring", 20),
)
SCALE = Scale(1, 6)


@dataclass(frozen=True)
class Jury:
    """A competitive call past its deadline, its leader, an approver and the invited assessors."""

    tenant: Organisation
    call: Call
    leader: Actor
    approver: Actor
    assessors: tuple[Actor, ...]
    panel: Panel
    opened_at: datetime
    at: datetime

    def cases(self) -> list[Case]:
        return list_cases(self.call.id)

    def started(self) -> Jury:
        return replace(self, panel=start_scoring(panel_id=self.panel.id, by=self.leader, at=self.at))

    def assignment(self, assessor: Actor, case: Case) -> Assignment:
        return Assignment.objects.get(
            assessor__person_id=assessor.person_id, panel_case__case=case, panel_case__panel=self.panel
        )

    def declare(self, assessor: Actor, case: Case, *, is_impartial: bool = True) -> None:
        declare(
            assignment_id=self.assignment(assessor, case).id,
            is_impartial=is_impartial,
            reason="" if is_impartial else "Eier en del av virksomheten.",
            by=assessor,
            at=self.at,
        )

    def hand_in(self, assessor: Actor, case: Case, points: Sequence[int], **more: Any) -> None:
        hand_in(
            assignment_id=self.assignment(assessor, case).id,
            scores=scores(points),
            by=assessor,
            at=self.at,
            **more,
        )

    def score(self, given: dict[str, Sequence[Sequence[int]]]) -> Jury:
        """Points by the last part of the case number: one row for each assessor."""
        for case in self.cases():
            rows = given.get(case.number.rsplit("/", 1)[-1], ())
            for assessor, points in zip(self.assessors, rows, strict=False):
                self.declare(assessor, case)
                self.hand_in(assessor, case, points)
        return replace(self, panel=Panel.objects.get(id=self.panel.id))


def scores(points: Sequence[int], words: str = "Godt begrunnet.") -> list[Score]:
    return [Score(one.key, point, words) for one, point in zip(CRITERIA, points, strict=True)]


def a_set_up(at: datetime, **changes: Any) -> SetUp:
    given = SetUp(CRITERIA, SCALE, "heaviest", Decimal(2), (at + timedelta(days=10)).date())
    return replace(given, **changes)


@pytest.fixture
def jury(db: None, at: datetime, settings: Any, tmp_path: Path) -> Iterator[Jury]:
    settings.FILES = tmp_path / "files"
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        yield a_jury(tenant, at)


def a_jury(
    tenant: Organisation,
    at: datetime,
    *,
    cases: int = 4,
    people: int = 3,
    money: int = 200_000,
    **changes: Any,
) -> Jury:
    """Applications sent at `at`, and the panel at work after the deadline three weeks later."""
    call = a_call(at=at, sources=(a_source(at=at, amount_nok=Decimal(money)),))
    if cases:
        submitted_applications(call=call, count=cases, at=at)
    later = at + timedelta(days=22)
    leader = an_actor(Role.OFFICER, at=at)
    panel = make_panel(call_id=call.id, set_up=a_set_up(later, **changes), by=leader, at=later)
    assessors = []
    for _ in range(people):
        person = PersonFactory.create()
        invite_assessor(panel_id=panel.id, email=person.email, name="", by=leader, at=later)
        assessors.append(an_actor(at=later, person=person))
    return Jury(tenant, call, leader, an_actor(Role.APPROVER, at=at), tuple(assessors), panel, at, later)
