"""Grants before the money is decided: promised, then effective, scaled or lapsed, exact to the krone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from runde.foundation.documents.api import list_documents, read_version
from runde.foundation.ledger.api import balances
from runde.foundation.notices.api import list_notices
from runde.foundation.people.api import Role
from runde.foundation.trust.api import Conflict, Refused, fence
from runde.grants.aid.api import list_awards
from runde.grants.casework.api import (
    Approved,
    Case,
    Decision,
    How,
    NothingLeft,
    Terms,
    TooLittleMoney,
    approve_proposal,
    funding_preview,
    list_waiting,
    preview_settlement,
    propose_as_checked,
    propose_settlement,
    write_letters,
)
from runde.grants.payments.models import Payment
from runde.grants.schemes.api import FundingSource, register_budget_decision, withdraw_source
from tests.factories import TenantFactory, a_source, an_actor

from .conftest import Office, an_office
from .paying import assert_whole, in_force, open_bank, owed

GREEN = 86_800
FULL, CUT, LAPSE = Terms("in_full"), Terms("scaled"), Terms("lapsed")


@pytest.fixture
def waiting(db: None, at: datetime, settings: Any, tmp_path: Path) -> Iterator[Office]:
    """A municipality whose only money has not been decided yet: 260 400 kroner expected, three grants."""
    settings.FILES, settings.MANIFESTS = tmp_path / "files", tmp_path / "manifests"
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        source = a_source(
            at=at,
            name="Statlig kompensasjon",
            amount_nok=Decimal(3 * GREEN),
            decision_document="",
            decision_expected_date=at.date(),
        )
        office = an_office(tenant, at, sources=(source,))
        open_bank(office)
        yield office


def promise(office: Office, count: int = 3) -> list[Case]:
    cases = office.green(count)
    proposal = propose_as_checked(
        case_ids=[case.id for case in cases],
        by=office.officer,
        at=office.at,
        declares_impartial=True,
        how=How(is_conditional=True),
    )
    approve_proposal(proposal_id=proposal.id, key=str(proposal.id), by=office.approver, at=office.at)
    return cases


def source_of(office: Office) -> FundingSource:
    return FundingSource.objects.get(calls__call=office.call)


def decide_budget(office: Office, amount: int) -> None:
    register_budget_decision(
        source=source_of(office),
        document="Kommunestyret sak 61/26",
        amount_nok=Decimal(amount),
        by=an_actor(Role.SCHEME_MANAGER, at=office.at),
        at=office.at,
    )


def settle(office: Office, terms: Terms, **more: Any) -> list[Approved]:
    source = source_of(office)
    shown = preview_settlement(source.id, terms, by=office.officer)
    proposals = propose_settlement(
        source_id=source.id, terms=terms, seen=shown.seen, by=office.officer, at=office.at, **more
    )
    return [
        approve_proposal(proposal_id=one.id, key=str(one.id), by=office.approver, at=office.at)
        for one in proposals
    ]


def amounts(cases: list[Case]) -> list[int]:
    return [int(in_force(case).amount_nok) for case in cases]


def test_a_conditional_grant_sets_nothing_aside_and_owes_nothing(waiting: Office) -> None:
    cases = promise(waiting)
    source = source_of(waiting)
    decision = in_force(cases[0])
    assert (decision.outcome, decision.amount_nok, decision.depends_on) == ("granted", GREEN, source.id)
    assert (balances([source.id])[source.id].committed, Payment.objects.count()) == (0, 0)
    assert list_awards(cases[0].organisation_number, waiting.at.date().replace(year=2020)) == []
    assert decision.snapshot["change"]["told"] == "conditional"
    [row] = list_waiting(by=waiting.officer)
    assert (row.count, row.promised_nok, row.is_ready) == (3, 3 * GREEN, False)
    assert_whole(waiting, cases)


def test_no_more_is_promised_than_is_expected(waiting: Office) -> None:
    promise(waiting)
    with pytest.raises(TooLittleMoney, match="ikke ventet nok penger"), transaction.atomic():
        promise(waiting, 1)


def test_a_conditional_grant_says_so_in_its_letter_and_does_not_promise_a_payday(waiting: Office) -> None:
    [case] = promise(waiting, 1)
    decision = in_force(case)
    write_letters(decision_ids=[decision.id], at=waiting.at)
    [letter] = list_documents("case", case.id)
    assert read_version(letter).startswith(b"%PDF-")
    assert decision.snapshot["letter"]["kind"] == "conditional"


def test_all_of_the_money_makes_every_grant_effective(waiting: Office) -> None:
    cases = promise(waiting)
    decide_budget(waiting, 3 * GREEN)
    [row] = list_waiting(by=waiting.officer)
    assert row.is_ready
    [approved] = settle(waiting, FULL)
    assert (approved.granted, approved.sum_nok) == (3, 3 * GREEN)
    assert [owed(case) for case in cases] == [[GREEN]] * 3
    assert in_force(cases[0]).snapshot["change"]["told"] == "effective"
    assert in_force(cases[0]).snapshot["change"]["document"] == "Kommunestyret sak 61/26"
    assert list_waiting(by=waiting.officer) == []
    assert_whole(waiting, cases)


def test_sixty_per_cent_scales_every_grant_to_the_krone(waiting: Office) -> None:
    cases = promise(waiting)
    decide_budget(waiting, 156_241)
    [approved] = settle(waiting, CUT)
    assert amounts(cases) == [52_081, 52_080, 52_080]
    assert approved.sum_nok == 156_241
    assert balances([source_of(waiting).id])[source_of(waiting).id].available == 0
    change = in_force(cases[0]).snapshot["change"]
    assert (change["told"], change["before_nok"], change["left_over"]) == ("scaled", "86800.00", 1)
    assert_whole(waiting, cases)


def test_a_lower_share_can_be_chosen(waiting: Office) -> None:
    cases = promise(waiting)
    decide_budget(waiting, 3 * GREEN)
    settle(waiting, Terms("scaled", share=Fraction(3, 5)))
    assert amounts(cases) == [52_080] * 3
    assert_whole(waiting, cases)


def test_below_the_lowest_amount_is_a_refusal_and_the_others_share_it(waiting: Office) -> None:
    cases = promise(waiting)
    decide_budget(waiting, 100_000)
    [approved] = settle(waiting, Terms("scaled", lowest_nok=Decimal(40_000)))
    assert amounts(cases) == [50_000, 50_000, 0]
    assert (approved.granted, approved.refused) == (2, 1)
    assert in_force(cases[2]).snapshot["change"]["told"] == "below_lowest"
    assert_whole(waiting, cases)


def test_money_that_does_not_come_makes_every_grant_lapse(waiting: Office) -> None:
    cases = promise(waiting)
    withdraw_source(
        source=source_of(waiting),
        reason="Ikke med i budsjettet",
        by=an_actor(Role.SCHEME_MANAGER, at=waiting.at),
        at=waiting.at,
    )
    with pytest.raises(Refused, match="bare falle bort"):
        settle(waiting, FULL)
    [approved] = settle(waiting, LAPSE, document="Kommunestyret sak 61/26")
    assert (approved.granted, approved.refused, amounts(cases)) == (0, 3, [0, 0, 0])
    told = [notice.subject for notice in list_notices("case", cases[0].id)]
    assert told == [f"Svar på søknaden, sak {cases[0].number}"] * 2
    assert_whole(waiting, cases)


def test_nothing_is_settled_before_the_budget_decision(waiting: Office) -> None:
    promise(waiting)
    with pytest.raises(Refused, match="Registrer budsjettvedtaket"):
        settle(waiting, FULL)
    tried = preview_settlement(source_of(waiting).id, CUT, by=waiting.officer, money_nok=Decimal(130_200))
    assert (tried.share, tried.total_nok) == (Fraction(1, 2), 130_200)


def test_too_little_for_all_in_full_is_refused(waiting: Office) -> None:
    promise(waiting)
    decide_budget(waiting, 100_000)
    shown = preview_settlement(source_of(waiting).id, FULL, by=waiting.officer)
    assert shown.short_nok == 3 * GREEN - 100_000
    with pytest.raises(TooLittleMoney, match="Sett ned"):
        settle(waiting, FULL)


def test_what_was_seen_must_still_be_so(waiting: Office) -> None:
    promise(waiting)
    decide_budget(waiting, 100_000)
    with pytest.raises(Conflict):
        propose_settlement(
            source_id=source_of(waiting).id, terms=CUT, seen="old", by=waiting.officer, at=waiting.at
        )


def test_others_cannot_take_the_money_that_conditional_grants_wait_for(waiting: Office) -> None:
    promise(waiting)
    decide_budget(waiting, 3 * GREEN)
    [other] = waiting.green(1)
    assert funding_preview(waiting.call, [(other, Decimal(GREEN))], at=waiting.at).short
    proposal = propose_as_checked(
        case_ids=[other.id], by=waiting.officer, at=waiting.at, declares_impartial=True
    )
    with pytest.raises(TooLittleMoney), transaction.atomic():
        approve_proposal(proposal_id=proposal.id, key="k", by=waiting.approver, at=waiting.at)


def test_settling_twice_finds_nothing(waiting: Office) -> None:
    promise(waiting)
    decide_budget(waiting, 3 * GREEN)
    settle(waiting, FULL)
    assert Decision.objects.count() == 6
    with pytest.raises(NothingLeft):
        settle(waiting, FULL)
