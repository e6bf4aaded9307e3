"""What the register knows is not asked; what it does not know may wait; what it says may be disputed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from runde.engine.reference.api import synthetic_orgnr
from runde.foundation.companies.models import Company
from runde.foundation.notices.models import Notice
from runde.foundation.people.api import Role
from runde.foundation.trust.api import Conflict, Refused
from runde.grants.aid.api import AidAward
from runde.grants.applications.api import (
    Application,
    NotOpen,
    asked_questions,
    assess,
    dispute_fact,
    find_missing,
    is_seal_whole,
    refresh_drafts,
    refresh_register,
    save_answers,
    see_facts,
    start_application,
    submit_application,
    suggest_answers,
)
from runde.grants.schemes.api import Call, publish_call
from tests.factories import ANSWERS, CompanyFactory, a_call, a_draft, an_actor, an_applicant

from .papers import MORE, a_call_with

UNKNOWN = synthetic_orgnr(900_001)


@pytest.fixture
def call(tenant: object, at: datetime) -> Call:
    return a_call_with(at, *MORE)


def pending(call: Call, at: datetime) -> Application:
    by = an_applicant(UNKNOWN, at=at)
    return start_application(
        call=call, organisation_number=UNKNOWN, by=by, at=at, typed_name="  Ny  kafé AS "
    )


def slugs(application: Application) -> set[str]:
    return {one.slug for one in asked_questions(application)}


def test_a_fact_the_register_knows_is_not_asked(call: Call, at: datetime) -> None:
    known, lacking = a_draft(call=call, at=at), a_draft(call=call, at=at, employees=None)
    assert slugs(lacking) - slugs(known) == {"employees"}
    assert "bank_ok" not in slugs(lacking)


def test_an_answer_fills_in_for_the_register_and_never_against_it(call: Call, at: datetime) -> None:
    known = a_draft(call=call, at=at, answers={**ANSWERS, "employees": "99"})
    lacking = a_draft(call=call, at=at, answers={**ANSWERS, "employees": "99"}, employees=None)
    found = [assess(one, at).values["employees"] for one in (known, lacking)]
    assert [(one.value, one.source) for one in found] == [(7, "Enhetsregisteret"), (99, "søknaden")]


def test_without_an_answer_from_the_register_one_may_go_on_and_send(call: Call, at: datetime) -> None:
    draft = pending(call, at)
    assert (draft.register_state, draft.company_name, draft.facts_seen) == ("pending", "Ny kafé AS", {})
    by = an_applicant(UNKNOWN, at=at)
    saved = save_answers(application=draft, raw=ANSWERS, expected_revision=0, by=by, at=at).application
    sent = submit_application(application=saved, key="k", by=by, at=at)
    assert (sent.facts["register_state"], sent.facts["register"]) == ("pending", {})
    assert is_seal_whole(sent)
    assert assess(sent, at).verdict.lane == "yellow"


def test_the_register_answers_later_and_the_applicant_is_told(call: Call, at: datetime) -> None:
    draft = pending(call, at)
    assert refresh_register(application=draft, at=at).is_news is False
    CompanyFactory.create(orgnr=UNKNOWN, name="Ny Kafé AS", municipality="3407")
    assert refresh_drafts(at=at) == 1
    stands = Application.objects.get(id=draft.id)
    assert (stands.register_state, stands.company_name) == ("known", "Ny Kafé AS")
    assert stands.facts_seen["municipality"]["value"] == "3407"
    assert "Ny Kafé AS" in Notice.objects.get(subject_id=draft.id).subject
    assert refresh_drafts(at=at) == 0


def test_what_changes_in_the_register_is_told_until_it_is_seen(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    by = an_applicant(draft.organisation_number, at=at)
    Company.objects.filter(orgnr=draft.organisation_number).update(employees=3)
    found = refresh_register(application=draft, at=at)
    assert [(one.fact, one.was, one.now) for one in found.changed] == [("employees", 7, 3)]
    stands = Application.objects.get(id=draft.id)
    assert [(one["fact"], one["was"], one["now"]) for one in stands.facts_changed] == [("employees", 7, 3)]
    assert see_facts(application=stands, by=by, at=at).facts_changed == []
    assert refresh_register(application=stands, at=at).is_news is False


def test_when_the_register_is_silent_what_was_known_stays(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    Company.objects.filter(orgnr=draft.organisation_number).delete()
    assert refresh_register(application=draft, at=at).changed == ()
    assert Application.objects.get(id=draft.id).facts_seen["employees"]["value"] == 7


def test_a_dispute_is_sealed_with_the_application(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    by = an_applicant(draft.organisation_number, at=at)
    dispute_fact(application=draft, fact="employees", comment=" Vi er 9. ", by=by, at=at)
    sent = submit_application(application=draft, key="k", by=by, at=at)
    said = sent.facts["disputes"]["employees"]
    assert (said["said"], said["comment"], said["by"]) == (7, "Vi er 9.", str(by.person_id))
    assert is_seal_whole(sent)
    assert assess(sent, at).values["employees"].value == 7
    with pytest.raises(Conflict):
        dispute_fact(application=sent, fact="employees", comment="Nei.", by=by, at=at)


def test_a_dispute_can_be_taken_back_and_is_about_something(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    by = an_applicant(draft.organisation_number, at=at)
    dispute_fact(application=draft, fact="name", comment="Skrivefeil", by=by, at=at)
    assert dispute_fact(application=draft, fact="name", comment="", by=by, at=at).disputes == {}
    with pytest.raises(Refused):
        dispute_fact(application=draft, fact="finnes_ikke", comment="x", by=by, at=at)
    with pytest.raises(Refused, match="høyst 1000"):
        dispute_fact(application=draft, fact="name", comment="x" * 1001, by=by, at=at)


def test_what_we_suggest_counts_for_nothing_until_it_is_saved(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at, answers={})
    kept = suggest_answers(
        application=draft,
        suggestions={"de_minimis_three_years": ("50 000", "Runde"), "no_such": ("1", "Runde")},
    )
    assert kept.prefill == {"de_minimis_three_years": {"value": "50 000", "source": "Runde"}}
    assert "de_minimis_three_years" in find_missing(kept)


def test_an_unreadable_answer_stands_in_the_way_of_sending(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    by = an_applicant(draft.organisation_number, at=at)
    saved = save_answers(application=draft, raw={"fixed_costs": "mye"}, expected_revision=0, by=by, at=at)
    assert set(find_missing(saved.application)) == {"fixed_costs"}


@pytest.mark.parametrize(("begun", "sent"), [(-1, True), (0, False)])
def test_in_the_grace_only_those_who_had_begun_may_send(
    tenant: object, at: datetime, begun: int, sent: bool
) -> None:
    call = a_call(at=at, closes_at=at + timedelta(hours=1), publish=False)
    Call.objects.filter(id=call.id).update(grace_minutes=15)
    call = publish_call(call=Call.objects.get(id=call.id), by=an_actor(Role.SCHEME_MANAGER, at=at), at=at)
    draft = a_draft(call=call, at=at)
    started = call.closes_at + timedelta(minutes=begun)
    Application.objects.filter(id=draft.id).update(started_at=started)
    by = an_applicant(draft.organisation_number, at=at)
    late = call.closes_at + timedelta(minutes=14)
    with pytest.raises(NotOpen):
        start_application(call=call, organisation_number=CompanyFactory.create().orgnr, by=_all(at), at=late)
    if not sent:
        with pytest.raises(NotOpen):
            submit_application(application=draft, key="k", by=by, at=late)
        return
    with pytest.raises(NotOpen):
        submit_application(application=draft, key="k", by=by, at=late + timedelta(minutes=1))
    assert submit_application(application=draft, key="k", by=by, at=late).state == "submitted"


def _all(at: datetime):  # type: ignore[no-untyped-def]
    return an_applicant(*Company.objects.values_list("orgnr", flat=True), at=at)


def test_a_branch_is_told_which_company_applies(call: Call, at: datetime) -> None:
    from runde.foundation.companies.models import SubUnit

    company = CompanyFactory.create()
    branch = synthetic_orgnr(900_002)
    facts = {
        one.name: getattr(company, one.name)
        for one in SubUnit._meta.fields
        if hasattr(company, one.name) and one.name not in ("orgnr", "name", "parent_orgnr")
    }
    SubUnit.objects.create(orgnr=branch, name="Kafé avd. sentrum", parent_orgnr=company.orgnr, **facts)
    by = an_applicant(branch, at=at)
    with pytest.raises(Refused, match="er en underenhet"):
        start_application(call=call, organisation_number=branch, by=by, at=at, typed_name="Kafé")
    assert Application.objects.count() == 0


def test_earlier_aid_by_the_same_rule_is_suggested_from_what_every_municipality_gave(
    call: Call, at: datetime
) -> None:
    company = CompanyFactory.create()
    facts = {
        "tenant_id": call.tenant_id,
        "organisation_number": company.orgnr,
        "giver": "Gjøvik kommune",
        "scheme_name": "Støtte",
        "euro_rate": Decimal("11.7"),
        "euro_rate_date": at.date(),
        "euro_rate_source": "Eksempel",
        "recorded_at": at,
    }
    today = at.date()
    given = [("general", today, "50000"), ("general", date(2023, 11, 23), "1"), ("sgei", today, "7")]
    for basis, arose, amount in given:
        AidAward.objects.create(
            decision_id=uuid4(),
            basis=basis,
            right_arose_date=arose,
            amount_nok=Decimal(amount),
            amount_eur=Decimal(1),
            **facts,
        )
    by = an_applicant(company.orgnr, at=at)
    draft = start_application(call=call, organisation_number=company.orgnr, by=by, at=at)
    suggested = {"de_minimis_three_years": {"value": "50000", "source": "Vedtak fra Gjøvik kommune"}}
    assert Application.objects.get(id=draft.id).prefill == suggested
    assert draft.answers == {}
