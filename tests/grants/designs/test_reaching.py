"""What a draft would do, asked of the register as last imported."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from runde.engine.rules import RuleError
from runde.engine.whatif import TakeUp
from runde.foundation.companies.api import NoRegister
from runde.foundation.people.api import Actor, Role, may
from runde.grants.designs.api import add_typed_criterion, design_of, reach_of, set_parameter, set_take_up
from runde.grants.designs.queries import reaching
from runde.grants.designs.queries.reaching import register_now
from tests.factories import CompanyFactory, a_scheme_draft, an_actor


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where this test's extracts lie."""
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")
    monkeypatch.setattr(reaching, "_opened", type(reaching._opened)())


def companies(**facts: object) -> None:
    for number in ("3407", "3407", "3103"):
        CompanyFactory.create(municipality=number, **facts)


def test_a_draft_reaches_companies_of_its_own_municipality(manager: Actor, at: datetime) -> None:
    companies()
    draft = a_scheme_draft(at=at)
    everywhere, here = (reach_of(draft.content, at.date(), where) for where in ((), ("3407",)))
    assert (everywhere.companies, here.companies) == (3, 2)
    assert everywhere.criterion("municipality").not_met == 1
    assert here.criterion("municipality").not_met == 0
    assert everywhere.snapshot.as_of_date == date(2026, 11, 20)


def test_an_edit_is_seen_without_being_saved(manager: Actor, at: datetime) -> None:
    companies(employees=4)
    content = a_scheme_draft(at=at).content
    stricter = add_typed_criterion(content, "at_least", "employees", ["5"])
    assert reach_of(stricter, at.date()).criterion("employees_at_least").not_met == 3


def test_nobody_is_told_how_many_apply_by_a_draft_that_does_not_say(manager: Actor, at: datetime) -> None:
    content = set_take_up(a_scheme_draft(at=at).content, None)
    assert content["take_up"] == {}
    assert design_of(content).take_up == TakeUp(Decimal(1), Decimal(1), Decimal(1))


def test_without_a_register_it_says_so(manager: Actor, at: datetime) -> None:
    with pytest.raises(NoRegister, match="lest inn"):
        reach_of(a_scheme_draft(at=at).content, at.date())


def test_a_figure_that_cannot_be_read_is_told_where_it_stands(manager: Actor, at: datetime) -> None:
    with pytest.raises(RuleError) as refused:
        set_parameter(a_scheme_draft(at=at).content, "required_drop", "tretti")
    assert refused.value.first.where == "parameters.required_drop"
    assert "prosent" in refused.value.first.sentence()


def test_the_register_is_opened_once_for_many_who_ask_at_once(manager: Actor, at: datetime) -> None:
    companies()
    path = register_now().path
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: reaching._open(path), range(16)))
    assert len({id(one) for one in found}) == 1


def test_a_new_import_is_read_and_old_ones_are_let_go(manager: Actor, at: datetime) -> None:
    seen = []
    for _ in range(3):
        companies()
        seen.append(register_now())
    assert [one.companies for one in seen] == [3, 6, 9]
    assert list(reaching._opened.values()) == seen[1:]


def test_who_may_try_a_change_that_is_not_saved(manager: Actor, at: datetime) -> None:
    tries = {role for role in Role if may(an_actor(role, at=at), "designs.try")}
    assert tries == {Role.SCHEME_MANAGER, Role.OFFICER, Role.APPROVER}


def test_the_development_grant_can_be_tried_as_it_comes(manager: Actor, at: datetime) -> None:
    companies()
    content = a_scheme_draft(at=at, example="omstilling").content
    reach = reach_of(content, at.date(), ("3407",))
    assert (reach.missing, reach.companies) == ((), 2)
    assert reach.median_nok is not None
