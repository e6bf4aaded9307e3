"""The most alike among many: ranked by the database as the domain would, and never over a fence with a name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runde.foundation.trust.api import fence
from runde.grants.precedents.api import (
    Elsewhere,
    Features,
    Precedent,
    departure,
    likeness,
    list_similar,
    measures,
    pattern_elsewhere,
    record_precedents,
)
from runde.grants.precedents.queries.ranking import most_alike
from tests.factories import TenantFactory

from .made import AT, any_case, case, decided, fall, weighed

pytestmark = pytest.mark.django_db


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ours=any_case(), others=st.lists(any_case(), max_size=8))
def test_the_database_counts_as_the_domain_does(ours: Features, others: list[Features]) -> None:
    with transaction.atomic(), fence(TenantFactory.create().id):
        kept = {one.decision_id: one for one in map(weighed, others)}
        decided(*kept.values())
        ids = dict(Precedent.objects.values_list("id", "decision_id"))
        found = {ids[one]: points for one, points in most_alike(ours, limit=50, least=1)}
        totals = {one: likeness(ours, kept[one].features).total for one in kept}
        assert found == {one: total for one, total in totals.items() if total}
        transaction.set_rollback(True)


def test_the_most_alike_come_first_and_the_unlike_not_at_all() -> None:
    with fence(TenantFactory.create().id):
        near, nearer = weighed(case(fall("2.9"))), weighed(case(fall("3.5")))
        unlike = weighed(case(fall("20"), industry="47.111", section="G", employees=80))
        decided(near, unlike, nearer)
        found = list_similar(case(fall("3.6")))
        assert [one.precedent.decision_id for one in found] == [nearer.decision_id, near.decision_id]
        assert {row.field for row in found[0].alike} == {"criteria", "industry", "size"}
        assert list_similar(case(fall("3.6")), leaving_out=[nearer.case_id, near.case_id]) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_panel_takes_three_statements(count: int) -> None:
    with fence(TenantFactory.create().id):
        decided(*(weighed(case(fall("3.6"))) for _ in range(count)))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert len(list_similar(case(fall("3.6")))) == count
        assert len(seen) == 3


def test_what_is_replaced_is_no_longer_a_precedent() -> None:
    with fence(TenantFactory.create().id):
        first = weighed(case(fall("3.6")), "refused")
        decided(first)
        second = replace(weighed(case(fall("3.6"))), case_id=first.case_id)
        record_precedents([second], replaced=[first.decision_id], at=AT)
        assert [one.precedent.decision_id for one in list_similar(case(fall("3.6")))] == [second.decision_id]


def test_neighbours_precedents_are_behind_the_fence() -> None:
    with fence(TenantFactory.create().id):
        decided(*(weighed(case(fall("3.6"))) for _ in range(10)))
    with fence(TenantFactory.create().id):
        assert list_similar(case(fall("3.6"))) == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM precedents_precedent")
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT count(*) FROM precedents_mask")
            assert cursor.fetchone() == (0,)


def test_others_are_seen_as_a_pattern_once_there_are_enough_to_hide_in() -> None:
    ours = case(fall("3.6"))
    tenants = [TenantFactory.create() for _ in range(4)]
    for tenant in tenants[:2]:
        with fence(tenant.id):
            decided(weighed(ours), weighed(ours))
    with fence(tenants[3].id):
        decided(*(weighed(ours, "refused") for _ in range(7)))
        assert pattern_elsewhere(ours) is None
    with fence(tenants[2].id):
        decided(weighed(ours, "refused"))
    with fence(tenants[3].id):
        assert pattern_elsewhere(ours) == Elsewhere(tenants=3, granted=4, refused=1)
        assert pattern_elsewhere(case()) is None


def test_a_pattern_holds_nothing_to_know_a_tenant_by() -> None:
    with fence((tenant := TenantFactory.create()).id):
        decided(weighed(case(fall("3.6"))))
    with fence(TenantFactory.create().id), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM precedents_pattern")
        named = [column.name for column in cursor.description]
        rows = cursor.fetchall()
    assert named == ["id", "mask", "rules_name", "missed_key", "granted", "refused"]
    assert all(str(tenant.id) not in map(str, row) for row in rows)


def test_a_departure_needs_enough_alike_cases_that_went_the_other_way() -> None:
    with fence(TenantFactory.create().id):
        ours = case(fall("3.6"))
        decided(*(weighed(case(fall("3.5"))) for _ in range(2)))
        assert departure(ours, "refused", Decimal(0)) is None
        decided(weighed(case(fall("3.7"))))
        found = departure(ours, "refused", Decimal(0))
        assert found is not None
        assert (found.kind, found.alike, found.unlike) == ("outcome", 3, 3)
        assert found.sentence == "3 av 3 lignende saker fikk tilskudd. Du foreslår avslag."
        assert departure(ours, "granted", Decimal(60_000)) is None


def test_an_amount_far_from_the_usual_departs() -> None:
    with fence(TenantFactory.create().id):
        ours = case(fall("3.6"))
        decided(*(weighed(case(fall("3.5"))) for _ in range(3)))
        found = departure(ours, "granted", Decimal(20_000))
        assert found is not None
        assert found.sentence == "Lignende saker fikk 75 prosent av det reglene gir. Du foreslår 25 prosent."
        assert departure(ours, "granted", Decimal(50_000)) is None


def test_measures_are_within_reason() -> None:
    assert measures().alike_from <= 10_000
