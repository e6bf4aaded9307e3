"""The cockpit, the years, the export and the rest, over the books of a round that was really decided."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from runde.foundation.approvals.api import OwnWork
from runde.foundation.ledger.api import balances, of_case
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Conflict, NotAllowed, Refused
from runde.grants.budget.api import (
    CodingRefused,
    NoCoding,
    NothingToSettle,
    RestSettled,
    approve_settling,
    ask_settling,
    asked_rests,
    cockpit,
    coding_on,
    export_books,
    return_settling,
    set_coding,
    source_page,
    year_statement,
)
from runde.grants.casework.api import Case
from runde.grants.payments.api import list_due, reconciliation
from runde.grants.schemes.api import FundingSource, list_sources
from tests.journeys.region import Region, Town, pay

from .conftest import ACCOUNTS

TOTAL = Decimal(560200)


def decided() -> list[FundingSource]:
    return [source for source in list_sources() if source.state == "decided"]


def a_granted_case() -> Case:
    found: Case = next(case for case in Case.objects.order_by("ordinal") if of_case(case.id).committed)
    return found


def test_the_cockpit_is_the_books(moss: Town, finance: Actor, region: Region) -> None:
    found = cockpit(by=finance, at=region.at)
    assert found.is_balanced
    assert found.decided_nok == 8_000_000
    assert sum(one.committed_nok for one in found.sources) == TOTAL
    assert found.free_nok == 8_000_000 - TOTAL
    for one in found.sources:
        if one.is_decided:
            parts = one.paid_nok + one.committed_nok + one.recommended_nok + one.free_nok
            assert parts == one.source.amount_nok
    assert [(one.committed_nok, one.paid_nok) for one in found.schemes] == [(TOTAL, 0)]
    assert found.timeline[-1].used_nok == TOTAL


def test_payment_moves_from_bound_to_paid(moss: Town, finance: Actor, region: Region) -> None:
    pay(moss)
    found = cockpit(by=finance, at=timezone.now())
    assert sum(one.paid_nok for one in found.sources) == TOTAL
    assert (found.schemes[0].committed_nok, found.schemes[0].paid_nok) == (0, TOTAL)


def test_what_remains_of_each_commitment(moss: Town, finance: Actor, region: Region) -> None:
    pages = [source_page(source.id, by=finance, at=region.at) for source in decided()]
    remaining = [one for page in pages for one in page.remaining]
    assert sum(one.committed_nok for one in remaining) == TOTAL
    assert {one.paid_nok for one in remaining} == {Decimal(0)}
    assert [change.kind for change in pages[0].changes] == ["decided"]


def test_the_statement_of_the_year_adds_up(moss: Town, finance: Actor, region: Region) -> None:
    pay(moss)
    year = timezone.localdate(region.at).year
    for source in decided():
        found = year_statement(source.id, year, by=finance)
        assert found.sums.adds_up
        assert found.sums.paid_nok == balances([source.id])[source.id].paid
        assert sum((one.amount_nok for one in found.postings), Decimal(0)) == 0
        assert (
            year_statement(source.id, year + 1, by=finance).sums.left_before_nok == found.sums.left_after_nok
        )


@pytest.mark.parametrize(
    ("layout", "encoding", "account"), [("csv", "utf-8-sig", 3), ("gbat10", "iso-8859-1", 6)]
)
def test_the_export_has_the_sums_of_the_books(
    moss: Town, finance: Actor, coded: datetime, layout: str, encoding: str, account: int
) -> None:
    pay(moss)
    today = timezone.localdate(coded)
    found = export_books(layout, date(today.year, 1, 1), date(today.year, 12, 31), by=finance, at=coded)
    rows = list(csv.reader(io.StringIO(found.content.decode(encoding)), delimiter=";"))
    rows = rows[1:] if layout == "csv" else rows
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row[account]] += Decimal(row[8].replace(",", "."))
    standing = balances([source.id for source in list_sources()]).values()
    assert sums["470"] == sum(one.paid for one in standing) == TOTAL
    assert sums["51"] == sum(one.available for one in standing)
    assert sums["700"] == -sum(one.given for one in standing)
    assert sum(sums.values()) == 0
    assert found.count == len(rows)


def test_the_export_needs_a_coding_and_a_period(moss: Town, finance: Actor, region: Region) -> None:
    day = timezone.localdate(region.at)
    with pytest.raises(NoCoding):
        export_books("csv", day, day, by=finance, at=region.at)
    with pytest.raises(Refused, match="siste dagen"):
        export_books("csv", day, date(2020, 1, 1), by=finance, at=region.at)
    with pytest.raises(Refused, match="formatene"):
        export_books("pdf", day, day, by=finance, at=region.at)


def test_a_newer_coding_takes_over(moss: Town, finance: Actor, coded: datetime) -> None:
    later = date(coded.year + 1, 1, 1)
    set_coding(accounts=ACCOUNTS | {"paid": "471"}, function="329", valid_from=later, by=finance, at=coded)
    now, then = coding_on(timezone.localdate(coded)), coding_on(later)
    assert now
    assert then
    assert (now.accounts["paid"], then.accounts["paid"]) == ("470", "471")
    with pytest.raises(CodingRefused):
        set_coding(accounts=ACCOUNTS | {"paid": ""}, function="325", valid_from=later, by=finance, at=coded)


def test_settling_the_rest_takes_two_persons(moss: Town, finance: Actor, region: Region) -> None:
    case, at = a_granted_case(), timezone.now()
    before = sum(one.available for one in balances([s.id for s in list_sources()]).values())
    rest = ask_settling(case_id=case.id, reason="Tiltaket ble ikke gjennomført.", by=finance, at=at)
    assert asked_rests() == [rest]
    with pytest.raises(OwnWork):
        approve_settling(rest_id=rest.id, by=finance, at=at)
    with pytest.raises(Conflict):
        ask_settling(case_id=case.id, reason="Igjen", by=finance, at=at)
    assert approve_settling(rest_id=rest.id, by=moss.actor("second_finance", at), at=at).state == "settled"
    after = sum(one.available for one in balances([s.id for s in list_sources()]).values())
    assert after - before == rest.amount_nok
    assert of_case(case.id).committed == 0
    assert case.id not in {payment.case_id for payment in list_due(on=date(2100, 1, 1)).payments}
    assert reconciliation().decided_nok == TOTAL - rest.amount_nok
    with pytest.raises(NothingToSettle):
        ask_settling(case_id=case.id, reason="Igjen", by=finance, at=at)
    with pytest.raises(Conflict):
        approve_settling(rest_id=rest.id, by=moss.actor("second_finance", at), at=at)


def test_a_rest_sent_back_moves_nothing(moss: Town, finance: Actor, region: Region) -> None:
    case, at = a_granted_case(), timezone.now()
    bound = of_case(case.id).committed
    rest = ask_settling(case_id=case.id, reason="Feil sak", by=finance, at=at)
    back = return_settling(rest_id=rest.id, reason="De bygger likevel.", by=moss.actor("approver", at), at=at)
    assert (back.state, of_case(case.id).committed) == ("returned", bound)
    assert ask_settling(case_id=case.id, reason="Nå stemmer det", by=finance, at=at).state == "asked"


def test_paid_money_has_no_rest(moss: Town, finance: Actor, region: Region) -> None:
    pay(moss)
    case = Case.objects.filter(state="decided").order_by("ordinal").first()
    assert case is not None
    with pytest.raises(NothingToSettle):
        ask_settling(case_id=case.id, reason="x", by=finance, at=timezone.now())


def test_only_finance_settles_codes_and_exports(moss: Town, region: Region) -> None:
    officer, day = moss.actor("officer", region.at), timezone.localdate(region.at)
    case = a_granted_case()
    for act in (
        lambda: ask_settling(case_id=case.id, reason="x", by=officer, at=region.at),
        lambda: set_coding(accounts=ACCOUNTS, function="325", valid_from=day, by=officer, at=region.at),
        lambda: export_books("csv", day, day, by=officer, at=region.at),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_amount_of_a_rest_stays_in_sql_too(moss: Town, finance: Actor, region: Region) -> None:
    rest = ask_settling(case_id=a_granted_case().id, reason="x", by=finance, at=region.at)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE budget_restsettled SET amount_nok = 1 WHERE id = %s", [rest.id])
    assert RestSettled.objects.get(id=rest.id).amount_nok == rest.amount_nok
