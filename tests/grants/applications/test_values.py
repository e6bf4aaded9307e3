"""What the register says, by the names the rules use."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime

import pytest

from runde.engine.rules import Value, load_example
from runde.foundation.companies.api import CompanyFacts, facts_of
from runde.foundation.companies.models import Company
from runde.foundation.organisations.api import Organisation
from runde.grants.applications.api import REGISTER_FACTS, assess, register_values
from runde.grants.schemes.api import Call
from tests.factories import CompanyFactory, a_draft
from tests.factories.companies import REGISTER_DATE


def test_every_fact_the_ready_made_rules_need_is_known() -> None:
    needed = {fact.name for fact in load_example("smittevern").facts if fact.source == "register"}
    assert needed <= set(REGISTER_FACTS)
    assert set(REGISTER_FACTS.values()) <= {field.name for field in fields(CompanyFacts)}


@pytest.mark.django_db
def test_each_value_has_its_source_and_day() -> None:
    company = CompanyFactory.create(nace_section="I", registered_date=date(2015, 5, 4))
    values = register_values(facts_of(company.orgnr))
    assert values["nace_section"] == Value("I", "Enhetsregisteret", REGISTER_DATE)
    assert values["registered_date"] == Value(date(2015, 5, 4), "Enhetsregisteret", REGISTER_DATE)


@pytest.mark.django_db
def test_what_the_register_does_not_say_is_not_no() -> None:
    company = CompanyFactory.create(nace_section="", bankrupt=None, employees=None)
    values = register_values(facts_of(company.orgnr))
    assert [values[name].value for name in ("nace_section", "bankrupt", "employees")] == [None, None, None]
    assert register_values(None) == {}


def test_an_unknown_fact_sends_the_case_to_a_person(tenant: Organisation, call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at, bankrupt=None)
    assert assess(draft, at).verdict.lane == "yellow"


def test_a_draft_is_judged_by_the_register_as_it_is_now(
    tenant: Organisation, call: Call, at: datetime
) -> None:
    draft = a_draft(call=call, at=at)
    assert assess(draft, at).verdict.lane == "green"
    Company.objects.filter(orgnr=draft.organisation_number).update(bankrupt=True)
    assert assess(draft, at).verdict.lane == "red"
