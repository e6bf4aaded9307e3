"""Who finds which application, in which tenant, with how many queries."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Role
from runde.foundation.trust.api import NotFound, fence
from runde.grants.applications.api import (
    Application,
    assess_many,
    count_by_state,
    find_for_company,
    get_application,
    list_for_actor,
    list_submitted,
    withdraw_application,
)
from runde.grants.schemes.api import Call
from tests.factories import (
    TenantFactory,
    a_call,
    a_draft,
    a_submitted,
    an_actor,
    an_applicant,
    submitted_applications,
)


def test_the_company_finds_its_own_and_a_stranger_nothing(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    assert get_application(draft.id, an_applicant(draft.organisation_number, at=at)) == draft
    with pytest.raises(NotFound) as foreign:
        get_application(draft.id, an_applicant("310000005", at=at))
    with pytest.raises(NotFound) as missing:
        get_application(uuid4(), an_applicant("310000005", at=at))
    assert foreign.value.sentence == missing.value.sentence


@pytest.mark.parametrize("role", list(Role))
def test_staff_read_what_is_sent_but_no_drafts(call: Call, at: datetime, role: Role) -> None:
    by = an_actor(role, at=at)
    sent, draft = a_submitted(call=call, at=at), a_draft(call=call, at=at)
    assert get_application(sent.id, by) == sent
    with pytest.raises(NotFound):
        get_application(draft.id, by)


@pytest.mark.django_db
def test_another_tenants_application_is_not_there(at: datetime) -> None:
    ours, theirs = TenantFactory.create(), TenantFactory.create()
    with fence(ours.id):
        sent = a_submitted(call=a_call(at=at), at=at)
        by = an_applicant(sent.organisation_number, at=at)
        assert [one.id for one in list_for_actor(by)] == [sent.id]
    with fence(theirs.id):
        assert list_for_actor(by) == []
        with pytest.raises(NotFound):
            get_application(sent.id, by)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM applications_application")
            assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_an_application_cannot_point_into_another_tenant(at: datetime) -> None:
    ours, theirs = TenantFactory.create(), TenantFactory.create()
    with fence(ours.id):
        call = a_call(at=at)
    with fence(theirs.id):
        stray = Application(
            call_id=call.id,
            scheme_version_id=call.scheme_version_id,
            organisation_number="310000005",
            applicant_id=uuid4(),
        )
        stray.started_at = stray.saved_at = at
        stray.save()
        with pytest.raises(DatabaseError, match="(call|scheme_version)_id_fence"), transaction.atomic():
            connection.check_constraints()
        stray.delete()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_a_fixed_number_of_queries(call: Call, at: datetime, count: int) -> None:
    sent = submitted_applications(call=call, count=count, at=at)
    by = an_applicant(*[one.organisation_number for one in sent], at=at)
    with CaptureQueriesContext(connection) as queries:
        mine = [one.scheme_version.form.slug for one in list_for_actor(by)]
    assert (len(mine), len(queries)) == (count, 4)
    with CaptureQueriesContext(connection) as queries:
        found = list_submitted(call)
        verdicts = [one.verdict.lane for one in assess_many(found, at)]
    assert (verdicts, len(queries)) == (["green"] * count, 4)
    assert [one.number for one in found] == [f"26/{place}" for place in range(1, count + 1)]
    with CaptureQueriesContext(connection) as queries:
        assess_many(found, at, with_register_now=True)
    assert len(queries) == 1


def test_counts_by_state_and_the_one_that_stands(tenant: Organisation, call: Call, at: datetime) -> None:
    sent = submitted_applications(call=call, count=2, at=at)
    a_draft(call=call, at=at)
    gone = sent[1]
    withdraw_application(application=gone, by=an_applicant(gone.organisation_number, at=at), at=at)
    assert count_by_state(call) == {"draft": 1, "submitted": 1, "withdrawn": 1}
    assert find_for_company(call, sent[0].organisation_number) == sent[0]
    assert find_for_company(call, gone.organisation_number) is None
