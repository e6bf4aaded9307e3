"""A new decision in place of one that stands: the difference moves, and nothing is paid twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from runde.foundation.ledger.api import of_case, of_cases_by_source
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Role
from runde.foundation.trust.api import fence
from runde.grants.aid.api import list_awards
from runde.grants.casework.api import (
    Case,
    GrantStands,
    Line,
    NothingLeft,
    TooLittleMoney,
    accept_grant,
    approve_proposal,
    awards_of,
    decide_anew,
)
from runde.grants.payments import api as payments
from runde.grants.payments.models import Payment, Superseded
from runde.grants.schemes.api import CallTerms
from tests.factories import TenantFactory, a_source, an_actor, an_applicant

from .conftest import Office, an_office
from .paying import PAYDAY, assert_whole, change, in_bank, in_force, open_bank, owed, pay
from .test_round import decide

GREEN = 86_800


@pytest.fixture(autouse=True)
def manifests(tmp_path: Path, settings: Any) -> None:
    settings.MANIFESTS = tmp_path / "manifests"


@pytest.fixture
def granted(office: Office) -> Case:
    """A granted case with its payment waiting, in a municipality with a bank."""
    open_bank(office)
    [case] = office.green()
    decide(office, [case])
    return case


def test_a_raise_replaces_a_payment_that_waits(office: Office, granted: Case) -> None:
    assert owed(granted) == [GREEN]
    change(office, granted, 100_000)
    assert owed(granted) == [100_000]
    assert of_case(granted.id).committed == 100_000
    [out] = Superseded.objects.all()
    assert (out.payment.amount_nok, out.by_decision_id) == (GREEN, in_force(granted).id)
    assert_whole(office, [granted])


def test_a_raise_after_payment_pays_the_difference(office: Office, granted: Case) -> None:
    pay(office)
    change(office, granted, 100_000)
    assert owed(granted) == [100_000 - GREEN]
    pay(office)
    assert in_bank(granted) == 100_000
    assert owed(granted) == []
    assert_whole(office, [granted])


def test_a_raise_while_the_file_waits_to_be_sent_pays_the_difference(office: Office, granted: Case) -> None:
    pay(office, send=False)
    change(office, granted, 90_000)
    assert owed(granted) == [90_000 - GREEN]
    assert of_case(granted.id).in_bank_file == GREEN
    assert_whole(office, [granted])


def test_a_lower_amount_gives_back_the_difference(office: Office, granted: Case) -> None:
    change(office, granted, 50_000)
    assert owed(granted) == [50_000]
    assert of_case(granted.id).committed == 50_000
    assert_whole(office, [granted])


def test_a_refusal_in_place_of_a_grant_gives_all_back(office: Office, granted: Case) -> None:
    change(office, granted, 0)
    assert owed(granted) == []
    assert of_case(granted.id).committed == 0
    assert_whole(office, [granted])


def test_nothing_goes_below_what_has_left_for_the_bank(office: Office, granted: Case) -> None:
    pay(office, send=False)
    with pytest.raises(GrantStands, match="kreves tilbake") as refused:
        change(office, granted, 50_000)
    assert refused.value.facts["least_nok"] == GREEN
    with pytest.raises(GrantStands):
        change(office, granted, 0)
    assert in_force(granted).amount_nok == GREEN
    change(office, granted, GREEN)
    assert owed(granted) == []
    assert_whole(office, [granted])


def test_a_file_made_while_the_approver_reads_takes_the_case_out(office: Office, granted: Case) -> None:
    line = Line(granted.id, "granted", "other_amount", Decimal(50_000), "Nye tall.")
    proposal = decide_anew(line=line, by=office.officer, at=office.at)
    pay(office, send=False)
    with pytest.raises(NothingLeft) as refused, transaction.atomic():
        approve_proposal(proposal_id=proposal.id, key="k", by=office.approver, at=office.at)
    assert refused.value.facts["left_out"] == [
        "Mer enn det nye beløpet er allerede betalt eller ligger i en bankfil."
    ]
    assert_whole(office, [granted])


def test_a_batch_that_waits_is_stopped_by_the_new_decision(office: Office, granted: Case) -> None:
    by, other = an_actor(Role.FINANCE, at=office.at), an_actor(Role.FINANCE, at=office.at)
    batch = payments.prepare_batch(execution_date=PAYDAY, by=by, at=office.at)
    change(office, granted, 100_000)
    with pytest.raises(payments.PaymentsStopped), transaction.atomic():
        payments.approve_batch(batch_id=batch.id, key="k", by=other, at=office.at)
    payments.return_batch(batch_id=batch.id, reason="Nytt vedtak", by=other, at=office.at)
    pay(office)
    assert in_bank(granted) == 100_000
    assert_whole(office, [granted])


def test_each_source_keeps_what_it_carries(
    tenant: Organisation, at: Any, settings: Any, tmp_path: Path
) -> None:
    settings.FILES = tmp_path / "files"
    with fence(tenant.id):
        first, second = a_source(at=at, amount_nok=Decimal(50_000)), a_source(at=at, name="Fylket")
        office = replace(an_office(tenant, at, sources=(first, second)))
        [case] = office.green()
        decide(office, [case])
        assert by_source(case) == {first.id: 50_000, second.id: 36_800}
        change(office, case, 90_000)
        assert by_source(case) == {first.id: 50_000, second.id: 40_000}
        change(office, case, 60_000)
        assert by_source(case) == {first.id: 50_000, second.id: 10_000}
        change(office, case, 20_000)
        assert by_source(case) == {first.id: 20_000}
        assert_whole(office, [case])


def by_source(case: Case) -> dict[Any, Decimal]:
    """What the awards say, held against what the books say."""
    newest = in_force(case)
    awards = {award.source_id: award.amount_nok for award in awards_of([newest.id])[newest.id]}
    booked = {source: place.committed for source, place in of_cases_by_source([case.id])[case.id].items()}
    assert {source: amount for source, amount in booked.items() if amount} == awards
    return awards


def test_a_raise_beyond_the_money_is_refused(office: Office) -> None:
    little = a_source(at=office.at, name="Lite penger", amount_nok=Decimal(GREEN + 1_000))
    poor = an_office(office.tenant, office.at, sources=(little,))
    [case] = poor.green()
    decide(poor, [case])
    with pytest.raises(TooLittleMoney), transaction.atomic():
        change(poor, case, GREEN + 1_001)
    assert in_force(case).amount_nok == GREEN


def test_a_raise_beyond_the_ceiling_for_aid_is_refused(office: Office, granted: Case) -> None:
    with pytest.raises(NothingLeft) as refusal, transaction.atomic():
        change(office, granted, 5_000_000)
    assert refusal.value.facts["left_out"] == [
        "Kommer over taket for støtte: 426\xa0657,56 av 300\xa0000 euro. "
        "Høyst 3\xa0515\xa0700\xa0kroner får plass."
    ]
    assert in_force(granted).amount_nok == GREEN


def test_aid_keeps_the_day_each_right_arose(office: Office, granted: Case) -> None:
    number = granted.application.organisation_number
    later = replace(office, at=office.at + timedelta(days=40))
    change(later, granted, 100_000)
    days = [office.at.date(), later.at.date()]
    assert aid(number, days[0]) == [(GREEN, days[0]), (100_000 - GREEN, days[1])]
    latest = replace(office, at=office.at + timedelta(days=80))
    change(latest, granted, 50_000)
    assert aid(number, days[0]) == [(50_000, days[0])]
    change(latest, granted, 0)
    assert aid(number, days[0]) == []


def aid(number: str, since: Any) -> list[tuple[Decimal, Any]]:
    found = list_awards(number, since - timedelta(days=1))
    return [(one.amount_nok, one.right_arose_date) for one in found]


def test_an_accepted_grant_is_not_asked_about_again(
    tenant: Organisation, at: Any, settings: Any, tmp_path: Path
) -> None:
    settings.FILES = tmp_path / "files"
    with fence(tenant.id):
        terms = CallTerms(needs_acceptance=True, acceptance_days=21)
        office = an_office(tenant, at, terms=terms)
        [case] = office.green()
        [first] = decide(office, [case])
        change(office, case, 50_000)
        second = in_force(case)
        assert second.accept_by_date == first.accept_by_date is not None
        assert owed(case) == []
        applicant = an_applicant(case.application.organisation_number, at=at)
        accept_grant(decision_id=second.id, by=applicant, at=at)
        assert owed(case) == [50_000]
        change(office, case, 70_000)
        assert in_force(case).accept_by_date is None
        assert owed(case) == [70_000]
        assert_whole(office, [case])


def test_the_database_refuses_a_payment_taken_out_and_sealed(office: Office, granted: Case) -> None:
    pay(office, send=False)
    payment = Payment.objects.get(case_id=granted.id)
    with pytest.raises(DatabaseError, match="sealed or taken out"), transaction.atomic():
        Superseded.objects.create(payment=payment, by_decision_id=in_force(granted).id, at=office.at)


def test_the_database_refuses_more_than_is_decided(office: Office, granted: Case) -> None:
    payment = Payment.objects.get(case_id=granted.id)
    payment.pk, payment.reference, payment.decision_id = office.call.id, "RUNDE-X", office.call.id
    payment._state.adding = True
    with pytest.raises(DatabaseError, match="more would be paid than is decided"), transaction.atomic():
        payment.save(force_insert=True)


@pytest.fixture
def tenant(db: None) -> Organisation:
    return TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
