"""The fence in Python: loud without a scope, closed to other tenants."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from runde.foundation.journal.api import record
from runde.foundation.journal.models import Event
from runde.foundation.organisations.api import Kind, inside_tenant, register_organisation
from runde.foundation.trust.api import FenceCrossed, NoTenant, current_tenant, fence


def test_a_query_without_a_fence_raises() -> None:
    with pytest.raises(NoTenant):
        Event.objects.count()


def test_there_is_no_tenant_outside_a_fence() -> None:
    with pytest.raises(NoTenant):
        current_tenant()


@pytest.mark.django_db
def test_a_fence_inside_another_tenants_fence_is_refused() -> None:
    with fence(uuid4()), pytest.raises(FenceCrossed), fence(uuid4()):
        pass


@pytest.mark.django_db
def test_rows_are_seen_in_their_own_tenant_only(at: datetime) -> None:
    ours, theirs = uuid4(), uuid4()
    with fence(ours):
        record(action="test.done", subject_kind="thing", subject_id=uuid4(), by=None, at=at)
    with fence(ours):
        assert Event.objects.count() == 1
    with fence(theirs):
        assert Event.objects.count() == 0


@pytest.mark.django_db
def test_the_setting_does_not_outlive_the_fence() -> None:
    with fence(uuid4()):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('runde.tenant', true)")
        assert cursor.fetchone()[0] in ("", None)


@pytest.mark.django_db
def test_a_tenant_is_found_and_entered_in_one_statement(django_assert_num_queries: Any) -> None:
    town = register_organisation(kind=Kind.MUNICIPALITY, name="Moss", slug="moss", is_tenant=True)
    entering, asking, leaving = (
        2,
        1,
        2,
    )  # the savepoint inside the test's transaction, and the setting put back
    with django_assert_num_queries(entering + asking + leaving), inside_tenant("moss") as found:
        assert (found, current_tenant()) == (town, town.id)
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('runde.tenant', true)")
            assert cursor.fetchone() == (str(town.id),)


@pytest.mark.django_db
def test_there_is_no_fence_of_a_tenant_that_is_not_there() -> None:
    with inside_tenant("moss") as found:
        assert found is None
        with pytest.raises(NoTenant):
            current_tenant()


@pytest.mark.django_db
def test_a_tenant_cannot_be_entered_from_inside_another() -> None:
    register_organisation(kind=Kind.MUNICIPALITY, name="Moss", slug="moss", is_tenant=True)
    with fence(uuid4()), pytest.raises(FenceCrossed), inside_tenant("moss"):
        pass
