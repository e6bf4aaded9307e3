"""A new decision after the rest of a grant was let go: reckoned from what the books still carry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from runde.foundation.ledger.api import of_case
from runde.foundation.people.api import Role
from runde.grants.budget.api import approve_settling, ask_settling
from runde.grants.casework.api import Case
from tests.factories import an_actor

from .conftest import Office
from .paying import assert_nothing_found, change, in_bank, open_bank, owed, pay
from .test_round import decide

GREEN = 86_800


@pytest.fixture
def granted(office: Office, tmp_path: Path, settings: Any) -> Case:
    settings.MANIFESTS = tmp_path / "manifests"
    open_bank(office)
    [case] = office.green()
    decide(office, [case])
    return case


def let_go(office: Office, case: Case) -> None:
    one, other = an_actor(Role.FINANCE, at=office.at), an_actor(Role.FINANCE, at=office.at)
    rest = ask_settling(case_id=case.id, reason="Brukes ikke.", by=one, at=office.at)
    approve_settling(rest_id=rest.id, by=other, at=office.at)
    assert owed(case) == []
    assert of_case(case.id).committed == 0
    assert_nothing_found()


def test_all_of_a_new_grant_is_bound_anew(office: Office, granted: Case) -> None:
    let_go(office, granted)
    change(office, granted, 100_000)
    assert owed(granted) == [100_000]
    assert of_case(granted.id).committed == 100_000
    assert_nothing_found()


def test_a_refusal_has_nothing_left_to_give_back(office: Office, granted: Case) -> None:
    let_go(office, granted)
    change(office, granted, 0)
    assert of_case(granted.id).committed == 0
    assert_nothing_found()


def test_what_is_paid_counts_and_what_was_let_go_does_not(office: Office, granted: Case) -> None:
    pay(office)
    change(office, granted, 100_000)
    let_go(office, granted)
    change(office, granted, 95_000)
    assert in_bank(granted) == GREEN
    assert owed(granted) == [95_000 - GREEN]
    assert of_case(granted.id).committed == 95_000 - GREEN
    assert_nothing_found()
