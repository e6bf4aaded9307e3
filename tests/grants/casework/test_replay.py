"""A past round judged again by other rules: what differs is the rules' doing, and nothing is stored."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runde.engine.rules import RuleSet
from runde.foundation.trust.api import NotAllowed, NotFound, fence
from runde.grants.casework.api import (
    Case,
    Check,
    Flow,
    WrongVersion,
    approve_proposal,
    propose_as_checked,
    replay,
)
from runde.grants.schemes.api import SchemeVersion
from tests.factories import TenantFactory, a_scheme_version, an_actor

from .conftest import Office, an_office
from .versions import a_version, another_schemes_version, with_fact


def test_the_same_rules_change_nothing(office: Office) -> None:
    office.green(2), office.yellow(), office.red()
    same = replay(office.call, office.call.scheme_version, by=office.officer)
    assert (same.cases, same.changed, same.difference_nok) == (4, (), 0)
    assert same.before == same.after
    assert {lane: one.count for lane, one in same.before.lanes.items()} == {"green": 2, "yellow": 1, "red": 1}


def test_a_lower_threshold_shows_who_comes_in_and_what_it_costs(office: Office) -> None:
    office.green()
    yellow = office.yellow()
    lower = a_version(office.call, office.at, required_drop="0.25")
    played = replay(office.call, lower, by=office.officer)
    [row] = played.changed
    assert (row.case_id, row.before.lane, row.after.lane) == (yellow.id, "yellow", "green")
    assert row.before.not_met == ("revenue_drop",)
    assert row.why == (f"Oppfyller nå kravet: {played.requirements['revenue_drop']}",)
    assert "25\u00a0prosent" in row.why[0]
    assert played.before.criteria["revenue_drop"].not_met == 1
    assert "revenue_drop" not in played.after.criteria
    assert played.flows == (
        Flow("green", "green", 1, Decimal(0)),
        Flow("yellow", "green", 1, Decimal(0)),
    )


def test_another_ceiling_changes_amounts_and_sums(office: Office) -> None:
    office.green(3)
    capped = a_version(office.call, office.at, ceiling="50000")
    played = replay(office.call, capped, by=office.officer)
    assert played.difference_nok == 3 * (50_000 - 86_800)
    assert {row.why for row in played.changed} == {("Beregnet tilskudd er et annet.",)}
    assert (len(played.lost()), len(played.gained())) == (3, 0)


def test_rules_that_are_not_published_can_be_tried(office: Office) -> None:
    office.green()
    rules = RuleSet.from_dict(office.call.scheme_version.rules).with_parameter(
        "coverage_rate", Decimal("0.5")
    )
    played = replay(office.call, rules, by=office.officer)
    assert played.after.amount_nok == Decimal(49_000)
    assert SchemeVersion.objects.count() == 1


def test_what_was_decided_stands_beside_it_and_stays(office: Office) -> None:
    cases = office.green(2)
    proposal = propose_as_checked(
        case_ids=[case.id for case in cases], by=office.officer, at=office.at, declares_impartial=True
    )
    approve_proposal(proposal_id=proposal.id, key="k", by=office.approver, at=office.at)
    before = list(Case.objects.order_by("id").values()), Check.objects.count()
    played = replay(office.call, a_version(office.call, office.at, ceiling="50000"), by=office.officer)
    assert [row.decided_nok for row in played.changed] == [Decimal(86_800)] * 2
    assert played.granted_nok == 2 * 86_800
    assert (list(Case.objects.order_by("id").values()), Check.objects.count()) == before


@pytest.mark.parametrize("fact", [{"name": "brand_new", "type": "boolean"}])
def test_what_the_form_never_asked_is_unknown_and_told(office: Office, fact: dict[str, str]) -> None:
    office.green()
    played = replay(office.call, with_fact(office.call, **fact), by=office.officer)
    assert played.not_asked == ("Noe nytt",)
    assert played.after.lanes["yellow"].count == 1
    assert played.after.criteria["something_new"].unknown == 1


def test_the_day_decides_which_figures_are_in_force(office: Office) -> None:
    office.green()
    data = RuleSet.from_dict(office.call.scheme_version.rules).to_dict()
    [ceiling] = [one for one in data["parameters"] if one["name"] == "ceiling"]
    ceiling["values"].append({"value": "40000", "valid_from": "2027-01-01"})
    rules = RuleSet.from_dict(data)
    assert replay(office.call, rules, by=office.officer).changed == ()
    later = replay(office.call, rules, date(2027, 1, 1), by=office.officer)
    assert later.after.amount_nok == Decimal(40_000)


@pytest.mark.parametrize("count", [1, 3])
def test_a_round_takes_a_fixed_number_of_queries(office: Office, count: int) -> None:
    office.green(count)
    version = a_version(office.call, office.at, required_drop="0.25")
    with CaptureQueriesContext(connection) as queries:
        assert replay(office.call, version, by=office.officer).cases == count
    assert len(queries) == 8


def test_only_those_who_may_see_cases_see_a_replay(office: Office) -> None:
    with pytest.raises(NotAllowed):
        replay(office.call, office.call.scheme_version, by=an_actor(at=office.at))


def test_a_version_of_another_scheme_is_refused(office: Office) -> None:
    with pytest.raises(WrongVersion):
        replay(office.call, another_schemes_version(office.call, office.at), by=office.officer)


def test_another_tenants_version_is_not_found(db: None, at: datetime) -> None:
    with fence(TenantFactory.create(municipality_number="3401").id):
        theirs = a_scheme_version(at=at)
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        office = an_office(tenant, at)
        with pytest.raises(NotFound):
            replay(office.call, theirs, by=office.officer)
