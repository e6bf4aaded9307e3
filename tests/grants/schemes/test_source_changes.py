"""What happens to money after it is registered: each step has its day, its person and the document that says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from runde.foundation.ledger.api import Share, balances, commit_many, mark_paid_many, to_bank_file_many
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import Conflict, NotAllowed, Refused
from runde.grants.schemes.api import (
    FundingSource,
    Paper,
    SourceRefused,
    carry_over,
    change_source_amount,
    changes_of,
    expect_source,
    get_source,
    list_announcements,
    register_budget_decision,
    register_source,
    withdraw_decided_source,
    withdraw_source,
)
from tests.factories import a_call, a_source, an_actor

THOUSAND = Decimal(1000)


@pytest.fixture
def paper(at: datetime) -> Paper:
    return Paper("Kommunestyret sak 90/26", at.date(), "Budsjettet er justert.")


def bind(source: FundingSource, amount: int, at: datetime, *, pay: bool = False) -> None:
    share = [Share(f"x:{source.id}", uuid4(), source.id, Decimal(amount))]
    commit_many(share, by=None, at=at)
    if pay:
        to_bank_file_many([share[0]._replace(key="file")], by=None, at=at)
        mark_paid_many([share[0]._replace(key="paid")], by=None, at=at)


def kinds(source: FundingSource) -> list[str]:
    return [change.kind for change in changes_of(source)]


def applied_for(manager: Actor, at: datetime) -> FundingSource:
    return register_source(
        name="Omstillingsmidler",
        giver="Fylkeskommunen",
        amount_nok=THOUSAND,
        applied_for=True,
        legal_basis="Fylkestinget sak 4/26",
        use_from_date=date(2027, 1, 1),
        use_by_date=date(2027, 12, 31),
        by=manager,
        at=at,
    )


def test_from_applied_for_to_decided_to_changed(manager: Actor, at: datetime, paper: Paper) -> None:
    source = applied_for(manager, at)
    assert (source.state, source.stands_as) == ("applied_for", "Søkt om")
    source = expect_source(source=source, expected_date=date(2026, 12, 10), by=manager, at=at)
    assert source.state == "subject_to_decision"
    source = register_budget_decision(
        source=source, document="Sak 1", amount_nok=Decimal(900), by=manager, at=at, decided_date=at.date()
    )
    assert balances([source.id])[source.id].available == Decimal(900)
    source = change_source_amount(source=source, amount_nok=Decimal(1200), paper=paper, by=manager, at=at)
    assert (source.state, source.stands_as) == ("decided", "Endret")
    assert balances([source.id])[source.id].given == Decimal(1200)
    assert kinds(source) == ["changed", "decided", "expected", "applied_for"]
    newest = changes_of(source)[0]
    assert (newest.before_nok, newest.amount_nok) == (Decimal(900), Decimal(1200))
    assert (newest.document, newest.made_by) == ("Kommunestyret sak 90/26", manager.person_id)


def test_money_that_is_only_applied_for_is_not_shown_to_the_public(manager: Actor, at: datetime) -> None:
    a_call(at=at, sources=(a_source(at=at), applied_for(manager, at)))
    announced = list_announcements(at)[0]
    assert len(announced.funding) == 1
    assert announced.waiting_nok == 0


def test_less_money_goes_back_to_the_giver(manager: Actor, at: datetime, paper: Paper) -> None:
    source = a_source(at=at, amount_nok=THOUSAND)
    change_source_amount(source=source, amount_nok=Decimal("400.50"), paper=paper, by=manager, at=at)
    change_source_amount(source=source, amount_nok=Decimal("400.51"), paper=paper, by=manager, at=at)
    standing = balances([source.id])[source.id]
    assert (standing.given, standing.available) == (Decimal("400.51"), Decimal("400.51"))


def test_it_cannot_go_below_what_is_used(manager: Actor, at: datetime, paper: Paper) -> None:
    source = a_source(at=at, amount_nok=THOUSAND)
    bind(source, 600, at)
    with pytest.raises(SourceRefused, match="600.kroner er allerede bundet"):
        change_source_amount(source=source, amount_nok=Decimal(599), paper=paper, by=manager, at=at)
    assert get_source(source.id).amount_nok == THOUSAND
    assert (
        change_source_amount(
            source=source, amount_nok=Decimal(600), paper=paper, by=manager, at=at
        ).amount_nok
        == 600
    )


def test_decided_money_can_be_withdrawn_when_nothing_is_used(
    manager: Actor, at: datetime, paper: Paper
) -> None:
    used, free = a_source(at=at, amount_nok=THOUSAND), a_source(at=at, amount_nok=THOUSAND)
    bind(used, 1, at)
    with pytest.raises(SourceRefused, match="1.krone"):
        withdraw_decided_source(source=used, paper=paper, by=manager, at=at)
    assert withdraw_decided_source(source=free, paper=paper, by=manager, at=at).state == "withdrawn"
    assert balances([free.id])[free.id].given == 0
    with pytest.raises(Conflict):
        withdraw_decided_source(source=free, paper=paper, by=manager, at=at)


def test_what_is_not_paid_is_carried_over(manager: Actor, at: datetime, paper: Paper) -> None:
    source = a_source(at=at, amount_nok=THOUSAND, use_by_date=date(2026, 12, 31))
    bind(source, 300, at, pay=True)
    made = carry_over(source=source, use_by_date=date(2027, 12, 31), paper=paper, by=manager, at=at)
    assert (made.carried_nok, made.use_by_date) == (Decimal(700), date(2027, 12, 31))
    assert get_source(source.id).use_by_date == date(2027, 12, 31)
    assert balances([source.id])[source.id].available == Decimal(700)


@pytest.mark.parametrize("last", [None, date(2027, 12, 31)])
def test_carrying_over_needs_a_later_day(
    manager: Actor, at: datetime, paper: Paper, last: date | None
) -> None:
    source = a_source(at=at, use_by_date=last)
    with pytest.raises(SourceRefused):
        carry_over(source=source, use_by_date=date(2027, 12, 31), paper=paper, by=manager, at=at)


def test_a_change_must_say_what_decided_it(manager: Actor, at: datetime, paper: Paper) -> None:
    source = a_source(at=at)
    lacking = [
        replace(paper, document=" "),
        replace(paper, reason=""),
        replace(paper, on_date=at.date() + timedelta(days=1)),
    ]
    for one in lacking:
        with pytest.raises(SourceRefused):
            change_source_amount(source=source, amount_nok=Decimal(5), paper=one, by=manager, at=at)
    with pytest.raises(SourceRefused, match="det samme"):
        change_source_amount(source=source, amount_nok=source.amount_nok, paper=paper, by=manager, at=at)
    assert kinds(source) == ["decided"]


def test_the_period_must_run_forward(tenant: Organisation, at: datetime) -> None:
    with pytest.raises(SourceRefused, match="Siste dag"):
        a_source(at=at, use_from_date=date(2027, 1, 1), use_by_date=date(2026, 12, 31))


def test_undecided_money_is_not_changed_but_withdrawn(manager: Actor, at: datetime, paper: Paper) -> None:
    source = applied_for(manager, at)
    for act in (
        lambda: change_source_amount(source=source, amount_nok=Decimal(5), paper=paper, by=manager, at=at),
        lambda: carry_over(source=source, use_by_date=date(2028, 1, 1), paper=paper, by=manager, at=at),
    ):
        with pytest.raises(Conflict):
            act()
    withdraw_source(source=source, reason="Fikk nei", by=manager, at=at)
    assert kinds(source) == ["withdrawn", "applied_for"]


def test_only_those_with_the_money_change_it(tenant: Organisation, at: datetime, paper: Paper) -> None:
    source = a_source(at=at)
    for role in set(Role) - {Role.SCHEME_MANAGER, Role.FINANCE}:
        with pytest.raises(NotAllowed):
            change_source_amount(
                source=source, amount_nok=Decimal(5), paper=paper, by=an_actor(role, at=at), at=at
            )


def test_refusals_are_sentences_for_people(manager: Actor, at: datetime, paper: Paper) -> None:
    with pytest.raises(Refused) as refused:
        change_source_amount(source=a_source(at=at), amount_nok=Decimal(0), paper=paper, by=manager, at=at)
    assert refused.value.sentence.endswith(".")
