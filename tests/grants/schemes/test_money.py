"""Funding sources: decided or waiting, earmarked or free, and in the books once."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from runde.engine.rules import Value
from runde.foundation.ledger.api import balances
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import Conflict, NotAllowed
from runde.grants.schemes.api import (
    FundingSource,
    SourceRefused,
    earmark_fits,
    list_announcements,
    register_budget_decision,
    register_source,
    withdraw_source,
)
from tests.factories import a_call, a_source, an_actor

WAITING: dict[str, Any] = {"decision_document": "", "decision_expected_date": date(2026, 12, 3)}
TRAVEL = {"earmark": "nace_section = 'I'", "earmark_text": "overnatting og servering"}


def available(source: FundingSource) -> Decimal:
    return balances([source.id])[source.id].available


def test_decided_money_stands_in_the_books(tenant: Organisation, at: datetime) -> None:
    assert available(a_source(at=at, amount_nok=Decimal(500))) == Decimal(500)


def test_waiting_money_does_not(tenant: Organisation, at: datetime) -> None:
    source = a_source(at=at, **WAITING)
    assert source.state == "subject_to_decision"
    assert available(source) == 0


def test_the_decision_puts_it_there_with_the_decided_amount(manager: Actor, at: datetime) -> None:
    source = a_source(at=at, **WAITING)
    decided = register_budget_decision(
        source=source, document="Kommunestyret sak 84/26", amount_nok=Decimal("750000.50"), by=manager, at=at
    )
    assert (decided.state, decided.amount_nok) == ("decided", Decimal("750000.50"))
    assert available(source) == Decimal("750000.50")


def test_a_second_decision_is_a_conflict(manager: Actor, at: datetime) -> None:
    source = a_source(at=at, **WAITING)
    register_budget_decision(source=source, document="Sak 1", amount_nok=Decimal(1), by=manager, at=at)
    with pytest.raises(Conflict, match="allerede registrert"):
        register_budget_decision(source=source, document="Sak 2", amount_nok=Decimal(2), by=manager, at=at)
    assert available(source) == Decimal(1)


def test_the_public_reads_when_the_money_is_no_longer_conditional(manager: Actor, at: datetime) -> None:
    waiting = a_source(at=at, **WAITING)
    a_call(at=at, sources=(a_source(at=at), waiting))
    assert [one.is_conditional for one in list_announcements(at)] == [True]
    register_budget_decision(source=waiting, document="Sak 1", amount_nok=Decimal(1), by=manager, at=at)
    assert [one.is_conditional for one in list_announcements(at)] == [False]


def test_money_that_will_not_come_can_be_withdrawn_until_it_is_decided(manager: Actor, at: datetime) -> None:
    waiting = a_source(at=at, **WAITING)
    assert withdraw_source(source=waiting, reason="Nei i budsjettet", by=manager, at=at).state == "withdrawn"
    for source in (waiting, a_source(at=at)):
        with pytest.raises(Conflict):
            withdraw_source(source=source, reason="Nei", by=manager, at=at)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"amount_nok": Decimal(0)}, "høyere enn 0"),
        ({"amount_nok": Decimal("0.001")}, "to sifre etter komma"),
        ({"decision_document": ""}, "når budsjettvedtaket ventes"),
        ({"earmark": "nace_section = 'I'"}, "forklaring med ord"),
        ({"earmark_text": "reiseliv"}, "forklaring med ord"),
        ({**TRAVEL, "earmark": "nace_section = "}, "kan ikke brukes"),
        ({**TRAVEL, "earmark": "nace_sektion = 'I'"}, "nace_section"),
        ({**TRAVEL, "earmark": "revenue_period > 5"}, "kan ikke brukes"),
        ({**TRAVEL, "earmark": "nace_section"}, "oppfylt eller ikke"),
        ({**TRAVEL, "earmark": "nace_section = 'Å'"}, "kan ikke brukes"),
    ],
)
def test_unsound_sources_are_refused_with_a_sentence(
    tenant: Organisation, at: datetime, facts: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(SourceRefused, match=sentence):
        a_source(at=at, **facts)
    assert FundingSource.objects.count() == 0


def test_an_earmark_tells_companies_apart_and_the_unknown_does_not_fit(
    tenant: Organisation, at: datetime
) -> None:
    travel, free = a_source(at=at, **TRAVEL), a_source(at=at)
    day = at.date()
    assert earmark_fits(travel, {"nace_section": Value("I")}, day)
    assert not earmark_fits(travel, {"nace_section": Value("G")}, day)
    assert not earmark_fits(travel, {"nace_section": Value(None)}, day)
    assert not earmark_fits(travel, {}, day)
    assert earmark_fits(free, {}, day)


@pytest.mark.parametrize("change", ["amount_nok = 1", "earmark = ''", "state = 'withdrawn'"])
def test_decided_money_stays_as_decided_in_sql_too(tenant: Organisation, at: datetime, change: str) -> None:
    source = a_source(at=at, **TRAVEL)
    with (
        pytest.raises(DatabaseError, match="decided money"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE schemes_fundingsource SET {change} WHERE id = %s", [source.id])


def test_only_those_with_the_money_register_it(tenant: Organisation, at: datetime) -> None:
    for role in set(Role) - {Role.SCHEME_MANAGER, Role.FINANCE}:
        with pytest.raises(NotAllowed):
            register_source(
                name="x",
                giver="y",
                amount_nok=Decimal(1),
                decision_document="z",
                by=an_actor(role, at=at),
                at=at,
            )
