"""A later allocation: more to grants that stand, the difference only, looked at again where something changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from runde.foundation.companies.models import Company
from runde.foundation.people.api import Role
from runde.foundation.trust.api import Conflict, fence
from runde.grants.casework.api import (
    Approved,
    Case,
    Check,
    How,
    NothingLeft,
    Terms,
    TopUpPreview,
    TopUpTerms,
    approve_proposal,
    preview_settlement,
    preview_top_up,
    propose_as_checked,
    propose_settlement,
    propose_top_up,
)
from runde.grants.schemes.api import FundingSource, attach_funding, register_budget_decision
from tests.factories import TenantFactory, a_source, an_actor

from .conftest import Office, an_office
from .paying import assert_whole, change, in_bank, in_force, open_bank, owed, pay, with_accounts

GREEN = 86_800


@pytest.fixture
def cut(db: None, at: datetime, settings: Any, tmp_path: Path) -> Iterator[Office]:
    """A municipality that could give only half of what the rules gave."""
    settings.FILES, settings.MANIFESTS = tmp_path / "files", tmp_path / "manifests"
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        source = a_source(
            at=at, amount_nok=Decimal(2 * GREEN), decision_document="", decision_expected_date=at.date()
        )
        office = an_office(tenant, at, sources=(source,))
        open_bank(office)
        yield office


def halved(office: Office) -> list[Case]:
    """Two grants of 43 400 kroner, half of what the rules give."""
    cases = with_accounts(office, 2)
    proposal = propose_as_checked(
        case_ids=[case.id for case in cases],
        by=office.officer,
        at=office.at,
        declares_impartial=True,
        how=How(is_conditional=True),
    )
    approve_proposal(proposal_id=proposal.id, key=str(proposal.id), by=office.approver, at=office.at)
    source = FundingSource.objects.get(calls__call=office.call)
    manager = an_actor(Role.SCHEME_MANAGER, at=office.at)
    register_budget_decision(
        source=source, document="Sak 61/26", amount_nok=Decimal(GREEN), by=manager, at=office.at
    )
    terms = Terms("scaled")
    seen = preview_settlement(source.id, terms, by=office.officer).seen
    [settled] = propose_settlement(
        source_id=source.id, terms=terms, seen=seen, by=office.officer, at=office.at
    )
    approve_proposal(proposal_id=settled.id, key=str(settled.id), by=office.approver, at=office.at)
    return cases


def allocate(office: Office, amount: int) -> Office:
    """More money, a month later."""
    later = replace(office, at=office.at + timedelta(days=30))
    source = a_source(at=later.at, name="Ny tildeling", amount_nok=Decimal(amount))
    manager = an_actor(Role.SCHEME_MANAGER, at=later.at)
    attach_funding(call=office.call, source=source, rank=2, by=manager, at=later.at)
    return later


def shown(office: Office, **terms: Any) -> TopUpPreview:
    return preview_top_up(office.call, TopUpTerms(**terms), by=office.officer, at=office.at)


def top_up(office: Office, **terms: Any) -> Approved:
    preview = shown(office, **terms)
    proposal = propose_top_up(
        call=office.call, terms=preview.terms, seen=preview.seen, by=office.officer, at=office.at
    )
    return approve_proposal(proposal_id=proposal.id, key=str(proposal.id), by=office.approver, at=office.at)


def test_everybody_gets_up_to_what_the_rules_give_and_is_paid_the_difference(cut: Office) -> None:
    cases = halved(cut)
    pay(cut)
    later = allocate(cut, 1_000_000)
    preview = shown(later)
    assert (preview.before_nok, preview.more_nok, preview.looked_again) == (GREEN, GREEN, 0)
    approved = top_up(later)
    assert approved.granted == 2
    assert [in_force(case).amount_nok for case in cases] == [GREEN, GREEN]
    assert [owed(case) for case in cases] == [[43_400], [43_400]]
    told = in_force(cases[0]).snapshot["change"]
    assert (told["told"], told["before_nok"]) == ("topped_up", "43400.00")
    assert in_force(cases[0]).snapshot["letter"]["kind"] == "topped_up"
    assert in_force(cases[0]).snapshot["letter"]["fields"]["more"] == "43\u00a0400\u00a0kroner"
    assert_whole(later, cases)


def test_too_little_for_all_is_shared_to_the_krone(cut: Office) -> None:
    cases = halved(cut)
    later = allocate(cut, 50_001)
    top_up(later)
    assert [in_force(case).amount_nok for case in cases] == [43_400 + 25_001, 43_400 + 25_000]
    assert [owed(case) for case in cases] == [[68_401], [68_400]]
    assert_whole(later, cases)


def test_only_who_has_changed_is_judged_again(cut: Office) -> None:
    changed, same = halved(cut)
    Company.objects.filter(orgnr=changed.organisation_number).update(registered_date=date(2015, 6, 1))
    later = allocate(cut, 1_000_000)
    preview = shown(later)
    rows = {row.number: row.changed for row in preview.rows}
    assert (preview.looked_again, rows[same.number]) == (1, ())
    assert len(rows[changed.number]) == 1
    top_up(later)
    assert [case.checks.count() for case in (changed, same)] == [2, 1]
    newest = Check.objects.filter(case=changed).latest("number")
    assert newest.with_register_now
    assert in_force(changed).check_run_id == newest.id
    assert_whole(later, [changed, same])


def test_who_no_longer_meets_a_requirement_is_left_for_a_person(cut: Office) -> None:
    gone, _same = halved(cut)
    Company.objects.filter(orgnr=gone.organisation_number).update(bankrupt=True)
    later = allocate(cut, 1_000_000)
    preview = shown(later)
    [stay] = preview.stays
    assert (stay.number, stay.why.startswith("Oppfyller ikke lenger")) == (gone.number, True)
    assert top_up(later).granted == 1
    assert in_force(gone).amount_nok == 43_400


def test_amounts_set_by_a_person_are_left_for_a_person(cut: Office) -> None:
    by_hand, _other = halved(cut)
    change(cut, by_hand, 30_000)
    later = allocate(cut, 1_000_000)
    [stay] = shown(later).stays
    assert (stay.number, stay.why) == (
        by_hand.number,
        "Beløpet er satt av en saksbehandler. Vurder saken for seg.",
    )


def test_who_has_all_the_rules_give_gets_no_more(cut: Office) -> None:
    halved(cut)
    later = allocate(cut, 1_000_000)
    top_up(later)
    preview = shown(later)
    assert (preview.rows, len(preview.stays)) == ((), 2)
    with pytest.raises(NothingLeft, match="Ingen kan få mer"):
        top_up(later)


def test_what_was_seen_must_still_be_so(cut: Office) -> None:
    halved(cut)
    later = allocate(cut, 1_000_000)
    with pytest.raises(Conflict):
        propose_top_up(call=later.call, terms=TopUpTerms(), seen="old", by=later.officer, at=later.at)


def test_three_rounds_of_money_make_one_total(cut: Office) -> None:
    cases = halved(cut)
    later = allocate(cut, 20_000)
    top_up(later)
    pay(later)
    latest = allocate(later, 1_000_000)
    top_up(latest)
    pay(latest)
    assert [in_bank(case) for case in cases] == [GREEN, GREEN]
    assert_whole(latest, cases)
