"""Starting: only for a company one acts for, only while the call is open, one for each company."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runde.foundation.companies.api import CompanyNotFound
from runde.foundation.journal.models import Event
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Role
from runde.foundation.trust.api import Conflict, NotAllowed, Refused
from runde.grants.applications.api import (
    Application,
    Incomplete,
    NewApplication,
    NotOpen,
    start_application,
    start_many,
)
from runde.grants.schemes.api import Call
from tests.factories import (
    ANSWERS,
    CompanyFactory,
    a_call,
    a_submitted,
    an_actor,
    an_applicant,
)


def test_a_draft_begins_with_the_companys_name_and_nothing_else(call: Call, at: datetime) -> None:
    company = CompanyFactory.create(name="Fjellheim Kafé AS")
    by = an_applicant(company.orgnr, at=at)
    draft = start_application(call=call, organisation_number=company.orgnr, by=by, at=at, language="nn")
    assert (draft.state, draft.company_name, draft.answers) == ("draft", "Fjellheim Kafé AS", {})
    assert (draft.number, draft.seal, draft.revision, draft.language) == ("", "", 0, "nn")


def test_starting_again_gives_the_same_draft(call: Call, at: datetime) -> None:
    company = CompanyFactory.create()
    one, other = an_applicant(company.orgnr, at=at), an_applicant(company.orgnr, at=at)
    first = start_application(call=call, organisation_number=company.orgnr, by=one, at=at)
    again = start_application(call=call, organisation_number=company.orgnr, by=other, at=at)
    assert again.id == first.id
    assert Event.objects.filter(action="applications.started").count() == 1


def test_a_company_that_has_sent_one_cannot_start_another(call: Call, at: datetime) -> None:
    sent = a_submitted(call=call, at=at)
    by = an_applicant(sent.organisation_number, at=at)
    with pytest.raises(Conflict, match="har allerede en søknad"):
        start_application(call=call, organisation_number=sent.organisation_number, by=by, at=at)


def test_it_may_apply_to_another_call(call: Call, at: datetime) -> None:
    sent = a_submitted(call=call, at=at)
    by = an_applicant(sent.organisation_number, at=at)
    other = a_call(at=at, scheme_version=call.scheme_version)
    assert start_application(call=other, organisation_number=sent.organisation_number, by=by, at=at)


def test_nobody_applies_for_a_company_they_do_not_act_for(call: Call, at: datetime) -> None:
    company = CompanyFactory.create()
    for by in (an_applicant(CompanyFactory.create().orgnr, at=at), an_actor(Role.OFFICER, at=at)):
        with pytest.raises(NotAllowed, match="opptre for virksomheten"):
            start_application(call=call, organisation_number=company.orgnr, by=by, at=at)


@pytest.mark.parametrize(
    ("minutes", "sentence"), [(-1, "Du kan søke fra"), (60, "Fristen gikk ut"), (61, "Fristen gikk ut")]
)
def test_only_while_it_is_open(tenant: Organisation, at: datetime, minutes: int, sentence: str) -> None:
    call = a_call(at=at, opens_at=at, closes_at=at + timedelta(hours=1))
    company = CompanyFactory.create()
    by = an_applicant(company.orgnr, at=at)
    with pytest.raises(NotOpen, match=sentence):
        start_application(
            call=call, organisation_number=company.orgnr, by=by, at=at + timedelta(minutes=minutes)
        )


def test_an_unknown_company_and_a_deleted_one_are_refused(call: Call, at: datetime) -> None:
    deleted = CompanyFactory.create(deleted_date=date(2026, 1, 1))
    by = an_applicant("310000005", deleted.orgnr, at=at)
    with pytest.raises(CompanyNotFound):
        start_application(call=call, organisation_number="310000005", by=by, at=at)
    with pytest.raises(Refused, match="slettet fra Enhetsregisteret"):
        start_application(call=call, organisation_number=deleted.orgnr, by=by, at=at)


@pytest.mark.parametrize("count", [1, 3])
def test_starting_several_takes_a_fixed_number_of_queries(call: Call, at: datetime, count: int) -> None:
    numbers = [CompanyFactory.create().orgnr for _ in range(count)]
    by = an_applicant(*numbers, at=at)
    with CaptureQueriesContext(connection) as queries:
        drafts = start_many(call=call, new=[NewApplication(one, ANSWERS) for one in numbers], by=by, at=at)
    assert [one.organisation_number for one in drafts] == numbers
    assert len(queries) == 8


def test_answers_that_cannot_be_read_stop_them_all(call: Call, at: datetime) -> None:
    numbers = [CompanyFactory.create().orgnr for _ in range(2)]
    new = [NewApplication(numbers[0], ANSWERS), NewApplication(numbers[1], {"fixed_costs": "mye"})]
    with pytest.raises(Incomplete) as refused:
        start_many(call=call, new=new, by=an_applicant(*numbers, at=at), at=at)
    assert set(refused.value.errors) == {"fixed_costs"}
    assert Application.objects.count() == 0


def test_the_same_company_twice_in_the_list_is_refused(call: Call, at: datetime) -> None:
    number = CompanyFactory.create().orgnr
    with pytest.raises(Conflict, match="to ganger"):
        start_many(call=call, new=[NewApplication(number)] * 2, by=an_applicant(number, at=at), at=at)
