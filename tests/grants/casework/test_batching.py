"""What a batch leaves to people, which ways are open when the money is short, and which letters are looked at."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from runde.foundation.people.api import Role
from runde.foundation.trust.api import fence
from runde.grants.aid.api import AidAward
from runde.grants.casework.api import Case, near_ceiling, reasons_apart, ways_out
from runde.grants.casework.domain.sampling import SAMPLE, drawn
from runde.grants.casework.domain.shortage import (
    CUT,
    FIRST,
    RESERVE,
    Ready,
    lines_for,
    reach,
    sum_of,
)
from runde.grants.schemes.api import Call
from tests.factories import TenantFactory, a_source, an_actor

from .conftest import Office, an_office

ready_cases = st.lists(st.integers(1, 500_000), max_size=12).map(
    lambda amounts: [
        Ready(UUID(int=place), f"26/{place}", Decimal(amount))
        for place, amount in enumerate(amounts, start=1)
    ]
)
money = st.integers(0, 2_000_000).map(Decimal)


@given(ready_cases, money)
def test_no_way_costs_more_than_there_is(ready: list[Ready], there_is: Decimal) -> None:
    carried = reach(ready, there_is)
    for way in (CUT, FIRST, RESERVE):
        lines = lines_for(way, ready, there_is, carried)
        assert sum_of(lines) <= there_is
        assert len({line.case_id for line in lines}) == len(lines)
        assert all(line.amount_nok for line in lines if line.outcome == "granted")


@given(ready_cases, money)
def test_nobody_is_passed_over_by_one_who_applied_later(ready: list[Ready], there_is: Decimal) -> None:
    carried = reach(ready, there_is)
    granted = [line.case_id for line in lines_for(FIRST, ready, there_is, carried)]
    assert granted == [one.case_id for one in ready[:carried]]
    if carried < len(ready):
        left = there_is - sum((one.amount_nok for one in ready[:carried]), Decimal(0))
        assert ready[carried].amount_nok > left
    waiting = [line for line in lines_for(RESERVE, ready, there_is, carried) if line.outcome == "refused"]
    assert [line.case_id for line in waiting] == [one.case_id for one in ready[carried:]]
    assert [line.reserve_rank for line in waiting] == list(range(1, len(ready) - carried + 1))


@given(ready_cases, money)
def test_a_cut_never_gives_more_than_the_rules(ready: list[Ready], there_is: Decimal) -> None:
    asked = {one.case_id: one.amount_nok for one in ready}
    for line in lines_for(CUT, ready, there_is, 0):
        assert line.amount_nok is not None
        assert 0 < line.amount_nok <= asked[line.case_id]
        assert line.reason_text


@given(st.lists(st.uuids(), unique=True, max_size=20), st.uuids(), st.randoms(use_true_random=False))
def test_the_sample_is_the_same_whatever_order_the_cases_come_in(
    cases: list[UUID], seed: UUID, shuffle: object
) -> None:
    mixed = list(reversed(cases))
    assert set(drawn(cases, seed)) == set(drawn(mixed, seed))
    assert len(drawn(cases, seed)) == min(SAMPLE, len(cases))
    assert [one for one in cases if one in set(drawn(cases, seed))] == list(drawn(cases, seed))


def with_rule(office: Office) -> Call:
    """The call, with the scheme under the general rule for small aid in memory: published versions do not change."""
    call = Call.objects.select_related("scheme_version").get(id=office.call.id)
    call.scheme_version.legal_basis = {**call.scheme_version.legal_basis, "aid_rule": "general"}
    return call


def earlier_aid(case: Case, euro: int, office: Office, *, days_ago: int = 100, **more: object) -> None:
    day = office.at.date() - timedelta(days=days_ago)
    facts = {
        "tenant_id": case.tenant_id,
        "decision_id": UUID(int=euro + days_ago),
        "organisation_number": case.organisation_number,
        "giver": "Annen kommune",
        "scheme_name": "Annen ordning",
        "basis": "general",
        "right_arose_date": day,
        "amount_nok": Decimal(euro) * 11,
        "amount_eur": Decimal(euro),
        "euro_rate": Decimal(11),
        "euro_rate_date": day,
        "euro_rate_source": "Norges Bank (eksempel)",
        "recorded_at": office.at,
    }
    AidAward.objects.create(**(facts | more))


def test_a_company_near_its_ceiling_is_taken_out(office: Office) -> None:
    [far, near, over, old] = office.green(4)
    call = with_rule(office)
    assert near_ceiling([far, near, over, old], call, office.at) == {}
    earlier_aid(near, 270_000, office)
    earlier_aid(over, 299_000, office)
    earlier_aid(old, 299_000, office, days_ago=3 * 366)
    found = near_ceiling([far, near, over, old], call, office.at)
    assert set(found) == {near.id, over.id}
    assert "nær taket" in found[near.id]
    assert "over taket" in found[over.id]


def test_a_scheme_without_an_aid_rule_has_no_ceiling(office: Office) -> None:
    [case] = office.green()
    call = with_rule(office)
    call.scheme_version.legal_basis = {}
    earlier_aid(case, 299_000, office)
    assert near_ceiling([case], call, office.at) == {}


def test_cases_on_hold_are_not_decided_with_the_others(office: Office) -> None:
    [held, other] = office.green(2)
    until = office.at.date() + timedelta(days=7)
    Case.objects.filter(id=held.id).update(hold_until_date=until, hold_reason="Venter på regnskap")
    held.refresh_from_db()
    found = reasons_apart([held, other], with_rule(office), since=None, at=office.at)
    assert set(found) == {held.id}
    assert "Venter på regnskap" in found[held.id]


def test_reasons_cost_the_same_for_one_and_for_three(office: Office, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    cases, call = office.green(3), with_rule(office)
    for chosen in (cases[:1], cases):
        with django_assert_num_queries(6):
            reasons_apart(chosen, call, since=office.at, at=office.at)


def test_ways_stay_within_earmarks(db: None, at) -> None:  # type: ignore[no-untyped-def]
    """The money lies in a source these companies do not fit: no way is open."""
    with fence(TenantFactory.create(municipality_number="3407", name="Gjøvik kommune").id):
        earmarked = a_source(
            at=at, amount_nok=Decimal(500_000), earmark="nace_section = 'A'", earmark_text="jordbruk"
        )
        free = a_source(at=at, name="Frie midler", amount_nok=Decimal(100_000))
        office = an_office(TenantFactory.create(), at, sources=(earmarked, free))
        cases = office.green(3)
        loaded = list(Case.objects.filter(id__in=[case.id for case in cases]).select_related("application"))
        found = {way.code: way for way in ways_out(loaded, office.call, at=at)}
        assert set(found) == {FIRST, RESERVE}
        assert found[FIRST].granted == 1
        assert found[FIRST].sum_nok == Decimal(86_800)
        assert an_actor(Role.OFFICER, at=at).roles
