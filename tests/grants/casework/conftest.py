from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from runde.engine.reference.api import Language
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application
from runde.grants.casework.api import Case, list_cases
from runde.grants.schemes.api import Call
from tests.factories import TenantFactory, a_call, a_submitted, an_actor, submitted_applications

YELLOW = {"revenue_period": "580 000", "exceptional_circumstances": "yes", "exceptional_text": "Stengt i mai"}
RED = {"revenue_period": "780 000"}


@dataclass(frozen=True)
class Office:
    """A municipality at work: a call, an officer who prepares and an approver who decides."""

    tenant: Organisation
    call: Call
    officer: Actor
    approver: Actor
    at: datetime

    def green(self, count: int = 1, **facts: Any) -> list[Case]:
        return self._cases(submitted_applications(call=self.call, count=count, at=self.at, **facts))

    def yellow(self, language: Language = "nb") -> Case:
        return self._cases([a_submitted(call=self.call, at=self.at, answers=YELLOW, language=language)])[0]

    def red(self) -> Case:
        return self._cases([a_submitted(call=self.call, at=self.at, answers=RED)])[0]

    def _cases(self, applications: list[Application]) -> list[Case]:
        wanted = {application.id for application in applications}
        return [case for case in list_cases(self.call.id) if case.application_id in wanted]


@pytest.fixture
def office(db: None, at: datetime, settings: Any, tmp_path: Path) -> Iterator[Office]:
    settings.FILES = tmp_path / "files"
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        yield an_office(tenant, at)


def an_office(tenant: Organisation, at: datetime, **call: Any) -> Office:
    return Office(
        tenant, a_call(at=at, **call), an_actor(Role.OFFICER, at=at), an_actor(Role.APPROVER, at=at), at
    )
