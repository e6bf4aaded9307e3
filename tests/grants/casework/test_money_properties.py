"""Any order of deciding, changing, promising, settling, topping up and paying: every krone in its place, none twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runde.foundation.ledger.api import balances
from runde.foundation.people.api import Role
from runde.foundation.trust.api import Refused, fence
from runde.grants.casework.api import (
    Case,
    Decision,
    How,
    Terms,
    TopUpTerms,
    approve_proposal,
    preview_settlement,
    preview_top_up,
    propose_as_checked,
    propose_settlement,
    propose_top_up,
)
from runde.grants.schemes.api import (
    FundingSource,
    attach_funding,
    register_budget_decision,
    sources_of,
    withdraw_source,
)
from tests.factories import TenantFactory, a_source, an_actor

from .conftest import Office, an_office
from .paying import assert_whole, change, in_bank, open_bank, pay, with_accounts

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

acts = st.one_of(
    st.tuples(st.just("decide"), st.integers(1, 2)),
    st.tuples(st.just("promise"), st.integers(1, 3)),
    st.tuples(st.just("budget"), st.integers(0, 400_000)),
    st.tuples(st.just("settle"), st.sampled_from([0, 40, 60, 100, 101])),
    st.tuples(st.just("change"), st.integers(0, 120_000)),
    st.tuples(st.just("allocate"), st.integers(1, 150_000)),
    st.tuples(st.just("top_up"), st.integers(0, 20_000)),
    st.tuples(st.just("pay"), st.booleans()),
)

tails = st.lists(acts, min_size=2, max_size=6)


@st.composite
def plans(draw: st.DrawFn) -> list[tuple[str, Any]]:
    """Half of them begin with conditional grants that are settled, so that what follows has something to change."""
    begin: list[tuple[str, Any]] = []
    if draw(st.booleans()):
        choice = draw(st.sampled_from([40, 60, 100, 101]))
        begin = [("promise", 3), ("budget", draw(st.integers(50_000, 300_000))), ("settle", choice)]
        begin += [("pay", draw(st.booleans()))] if draw(st.booleans()) else []
        begin += [("allocate", draw(st.integers(1, 150_000))), ("top_up", 0)]
    return [*begin, *draw(tails)]


@pytest.mark.django_db
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plans())
def test_every_krone_is_in_its_place_in_any_order(
    tmp_path: Path, settings: Any, plan: list[tuple[str, Any]]
) -> None:
    settings.FILES, settings.MANIFESTS = tmp_path / "files", tmp_path / uuid4().hex
    with transaction.atomic():
        tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
        with fence(tenant.id):
            office = an_office(tenant, AT, sources=_money())
            open_bank(office)
            for act, figure in plan:
                office = replace(office, at=office.at + timedelta(days=1))
                before = _paid(office)
                with suppress(Refused), transaction.atomic():
                    ACTS[act](office, figure)
                _assert_all(office)
                assert all(_paid(office)[case] >= paid for case, paid in before.items())
        transaction.set_rollback(True)


def _money() -> tuple[FundingSource, ...]:
    decided = a_source(at=AT, amount_nok=Decimal(200_000))
    expected = a_source(
        at=AT,
        name="Ventet",
        amount_nok=Decimal(300_000),
        decision_document="",
        decision_expected_date=AT.date(),
    )
    return decided, expected


def _cases(office: Office) -> list[Case]:
    return list(Case.objects.filter(call_id=office.call.id).order_by("ordinal"))


def _paid(office: Office) -> dict[Any, Decimal]:
    return {case.id: in_bank(case) for case in _cases(office)}


def _assert_all(office: Office) -> None:
    assert_whole(office, _cases(office))
    waiting = FundingSource.objects.filter(calls__call=office.call, state="subject_to_decision")
    for source in waiting:
        promised = Decision.objects.filter(depends_on=source.id, decision__isnull=True)
        assert sum(one.amount_nok for one in promised) <= source.amount_nok
    for source in sources_of(office.call):
        standing = balances([source.id])[source.id]
        assert standing.committed + standing.in_bank_file + standing.paid <= standing.given


def _approve(office: Office, *proposals: Any) -> None:
    for one in proposals:
        approve_proposal(proposal_id=one.id, key=str(one.id), by=office.approver, at=office.at)


def _decide(office: Office, how_many: int, how: How = How()) -> None:  # noqa: B008 - frozen
    cases = with_accounts(office, how_many)
    proposal = propose_as_checked(
        case_ids=[case.id for case in cases],
        by=office.officer,
        at=office.at,
        declares_impartial=True,
        how=how,
    )
    _approve(office, proposal)


def _promise(office: Office, how_many: int) -> None:
    _decide(office, how_many, How(is_conditional=True))


def _expected(office: Office) -> FundingSource:
    return FundingSource.objects.get(calls__call=office.call, name="Ventet")


def _budget(office: Office, amount: int) -> None:
    manager = an_actor(Role.SCHEME_MANAGER, at=office.at)
    if not amount:
        withdraw_source(source=_expected(office), reason="Kom ikke", by=manager, at=office.at)
        return
    register_budget_decision(
        source=_expected(office), document="Sak 1", amount_nok=Decimal(amount), by=manager, at=office.at
    )


def _settle(office: Office, percent: int) -> None:
    terms = {0: Terms("lapsed"), 100: Terms("in_full"), 101: Terms("scaled", lowest_nok=Decimal(30_000))}.get(
        percent, Terms("scaled", share=Fraction(percent, 100))
    )
    source = _expected(office)
    seen = preview_settlement(source.id, terms, by=office.officer).seen
    made = propose_settlement(source_id=source.id, terms=terms, seen=seen, by=office.officer, at=office.at)
    _approve(office, *made)


def _change(office: Office, amount: int) -> None:
    decided = [case for case in _cases(office) if case.state == "decided"]
    if decided:
        change(office, decided[amount % len(decided)], amount)


def _allocate(office: Office, amount: int) -> None:
    source = a_source(at=office.at, name=f"Ny {amount}", amount_nok=Decimal(amount))
    manager = an_actor(Role.SCHEME_MANAGER, at=office.at)
    attach_funding(call=office.call, source=source, rank=9, by=manager, at=office.at)


def _top_up(office: Office, lowest: int) -> None:
    terms = TopUpTerms(lowest_nok=Decimal(lowest))
    seen = preview_top_up(office.call, terms, by=office.officer, at=office.at).seen
    made = propose_top_up(call=office.call, terms=terms, seen=seen, by=office.officer, at=office.at)
    _approve(office, made)


def _pay(office: Office, send: bool) -> None:
    pay(office, send=send)


ACTS: dict[str, Callable[[Office, Any], None]] = {
    "decide": _decide,
    "promise": _promise,
    "budget": _budget,
    "settle": _settle,
    "change": _change,
    "allocate": _allocate,
    "top_up": _top_up,
    "pay": _pay,
}
