"""Two at once: one application for each company, one sending, no save lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from runde.foundation.journal.models import Event
from runde.foundation.notices.models import Notice
from runde.foundation.trust.api import Conflict, Refused, fence
from runde.grants.applications.api import (
    AnswerChange,
    Application,
    application_submitted,
    save_answers,
    start_application,
    submit_application,
)
from tests.factories import CompanyFactory, TenantFactory, a_call, a_draft, an_applicant

pytestmark = pytest.mark.proof
AT_ONCE = 4


@pytest.fixture(autouse=True)
def nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application_submitted, "receivers", [])


def at_once(tenant_id: UUID, act: Callable[[int], Any]) -> list[Any]:
    """Do the act from several connections at the same moment; give each one's result or refusal."""
    ready = Barrier(AT_ONCE)

    def one(number: int) -> Any:
        try:
            ready.wait(timeout=20)
            with fence(tenant_id):
                return act(number)
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_sending_with_several_keys_at_once_sends_once(fresh_database: str, at: datetime) -> None:
    tenant = TenantFactory.create()
    with fence(tenant.id):
        draft = a_draft(call=a_call(at=at), at=at)
        by = an_applicant(draft.organisation_number, at=at)
    results = at_once(
        tenant.id, lambda number: submit_application(application=draft, key=f"k{number}", by=by, at=at)
    )
    refused = [one for one in results if not isinstance(one, Application)]
    assert [type(one) for one in refused] == [Conflict] * (AT_ONCE - 1)
    with fence(tenant.id):
        assert Application.objects.get().number == "26/1"
        assert Event.objects.filter(action="applications.submitted").count() == 1
        assert Notice.objects.count() == 1


def test_sending_with_one_key_several_times_at_once_is_one_sending_with_one_answer(
    fresh_database: str, at: datetime
) -> None:
    tenant = TenantFactory.create()
    with fence(tenant.id):
        draft = a_draft(call=a_call(at=at), at=at)
        by = an_applicant(draft.organisation_number, at=at)
    results = at_once(tenant.id, lambda _: submit_application(application=draft, key="k", by=by, at=at))
    assert {(one.number, one.seal) for one in results} == {("26/1", results[0].seal)}
    with fence(tenant.id):
        assert Event.objects.filter(action="applications.submitted").count() == 1


def test_several_starting_at_once_share_one_draft(fresh_database: str, at: datetime) -> None:
    tenant = TenantFactory.create()
    with fence(tenant.id):
        call, company = a_call(at=at), CompanyFactory.create()
        people = [an_applicant(company.orgnr, at=at) for _ in range(AT_ONCE)]
    results = at_once(
        tenant.id,
        lambda number: start_application(
            call=call, organisation_number=company.orgnr, by=people[number], at=at
        ),
    )
    assert len({one.id for one in results}) == 1


def test_of_several_saving_one_question_at_once_one_wins_and_the_others_are_told(
    fresh_database: str, at: datetime
) -> None:
    tenant = TenantFactory.create()
    with fence(tenant.id):
        draft = a_draft(call=a_call(at=at), at=at)
        by = an_applicant(draft.organisation_number, at=at)
    results = at_once(
        tenant.id,
        lambda number: save_answers(
            application=draft, raw={"fixed_costs": str(1000 + number)}, expected_revision=0, by=by, at=at
        ),
    )
    lost = [one for one in results if one.conflicts]
    assert len(lost) == AT_ONCE - 1
    with fence(tenant.id):
        stands = Application.objects.get()
        told = {value for one in AnswerChange.objects.all() for value in one.not_kept.values()}
    assert {one.conflicts[0].theirs for one in lost} == {stands.answers["fixed_costs"]}
    assert told | {stands.answers["fixed_costs"]} == {str(1000 + number) for number in range(AT_ONCE)}


def test_several_saving_their_own_question_at_once_all_keep_their_words(
    fresh_database: str, at: datetime
) -> None:
    tenant = TenantFactory.create()
    with fence(tenant.id):
        draft = a_draft(call=a_call(at=at), at=at)
        by = an_applicant(draft.organisation_number, at=at)
    slugs = ["fixed_costs", "revenue_period", "revenue_comparison", "de_minimis_three_years"]
    results = at_once(
        tenant.id,
        lambda number: save_answers(
            application=draft, raw={slugs[number]: str(7000 + number)}, expected_revision=0, by=by, at=at
        ),
    )
    assert [one.conflicts for one in results] == [()] * AT_ONCE
    with fence(tenant.id):
        stands = Application.objects.get()
    assert [stands.answers[slug] for slug in slugs] == ["7000", "7001", "7002", "7003"]
    assert stands.revision == AT_ONCE
