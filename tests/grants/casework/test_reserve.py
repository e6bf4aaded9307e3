"""The reserve list: a place by a refusal, up when money comes back, a grant by a new decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from runde.foundation.journal.models import Event
from runde.foundation.notices.api import list_notices
from runde.foundation.trust.api import fence
from runde.grants.casework.api import (
    Case,
    Line,
    LinesRefused,
    NothingLeft,
    ReserveEntry,
    TooLittleMoney,
    approve_proposal,
    decline_grant,
    propose,
    propose_from_reserve,
)
from runde.grants.casework.queries.changes_told import InLine, places_in_line
from runde.grants.schemes.api import CallTerms
from tests.factories import TenantFactory, a_source, an_applicant

from .conftest import Office, an_office
from .paying import assert_whole, change, in_force, open_bank

GREEN = 86_800


@pytest.fixture
def short(db: None, at: datetime, settings: Any, tmp_path: Path) -> Iterator[Office]:
    """Money for two of four: the others stand in line."""
    settings.FILES, settings.MANIFESTS = tmp_path / "files", tmp_path / "manifests"
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        source = a_source(at=at, amount_nok=Decimal(2 * GREEN))
        terms = CallTerms(needs_acceptance=True, acceptance_days=21)
        office = an_office(tenant, at, sources=(source,), terms=terms)
        open_bank(office)
        yield office


def ranked(office: Office, granted: int = 2, listed: int = 2) -> list[Case]:
    cases = office.green(granted + listed)
    lines = [Line(case.id, "granted", "all_met") for case in cases[:granted]]
    lines += [
        Line(
            case.id,
            "refused",
            "reserve_listed",
            reason_text="Rangert under streken.",
            reserve_rank=rank,
            reserve_nok=Decimal(GREEN),
        )
        for rank, case in enumerate(cases[granted:], start=1)
    ]
    proposal = propose(lines=lines, by=office.officer, at=office.at, declares_impartial=True)
    approve_proposal(proposal_id=proposal.id, key=str(proposal.id), by=office.approver, at=office.at)
    return cases


def places() -> list[tuple[int, str]]:
    return [(one.rank, one.state) for one in ReserveEntry.objects.order_by("rank")]


def test_a_refusal_gives_a_place_and_says_which(short: Office) -> None:
    cases = ranked(short)
    assert places() == [(1, "waiting"), (2, "waiting")]
    change_told = in_force(cases[3]).snapshot["change"]
    assert (change_told["told"], change_told["reserve_rank"], change_told["reserve_nok"]) == (
        "listed",
        2,
        "86800.00",
    )


def test_the_applicant_is_shown_the_place_as_it_is_now(short: Office) -> None:
    cases = ranked(short)
    ids = [in_force(case).id for case in cases]
    found = places_in_line(ids)
    assert [(one.place, one.amount_nok, one.is_up) for one in found.values()] == [
        (1, GREEN, False),
        (2, GREEN, False),
    ]
    ReserveEntry.objects.filter(rank=1).update(state="granted")
    assert places_in_line(ids) == {ids[3]: InLine(1, Decimal(GREEN), is_up=False)}


def test_money_that_comes_back_moves_the_next_one_up(short: Office) -> None:
    cases = ranked(short)
    first = in_force(cases[0])
    decline_grant(
        decision_id=first.id, by=an_applicant(cases[0].organisation_number, at=short.at), at=short.at
    )
    assert places() == [(1, "up"), (2, "waiting")]
    assert Event.objects.filter(action="casework.reserve_up").count() == 1
    told = [one.subject for one in list_notices("case", cases[2].id)]
    assert f"Sak {cases[2].number} kan få penger fra reservelista" in told
    proposal = propose_from_reserve(call_id=short.call.id, by=short.officer, at=short.at)
    approve_proposal(proposal_id=proposal.id, key="r", by=short.approver, at=short.at)
    assert places() == [(1, "granted"), (2, "waiting")]
    second = in_force(cases[2])
    assert (second.outcome, second.amount_nok, second.snapshot["change"]["told"]) == (
        "granted",
        GREEN,
        "reserve",
    )
    assert_whole(short, cases[1:])


def test_the_first_in_line_stops_those_after(short: Office) -> None:
    cases = ranked(short)
    change(short, cases[0], 40_000)
    assert places() == [(1, "waiting"), (2, "waiting")]
    with pytest.raises(TooLittleMoney, match="den som står først"), transaction.atomic():
        propose_from_reserve(call_id=short.call.id, by=short.officer, at=short.at)
    change(short, cases[1], 40_000)
    assert places() == [(1, "up"), (2, "waiting")]


def test_later_places_come_after_the_earlier_ones(short: Office) -> None:
    ranked(short)
    ranked(short, granted=0)
    assert [rank for rank, _ in places()] == [1, 2, 3, 4]


def test_a_new_refusal_ends_the_place(short: Office) -> None:
    cases = ranked(short)
    change(short, cases[2], 0)
    assert places() == [(1, "ended"), (2, "waiting")]


def test_nobody_in_line_is_said_so(short: Office) -> None:
    ranked(short, listed=0)
    with pytest.raises(NothingLeft, match="Ingen venter"):
        propose_from_reserve(call_id=short.call.id, by=short.officer, at=short.at)


@pytest.mark.parametrize("place", [{"reserve_rank": 1}, {"reserve_nok": Decimal(5)}])
def test_a_place_needs_rank_and_amount(short: Office, place: dict[str, Any]) -> None:
    [case] = short.green()
    line = Line(case.id, "refused", "reserve_listed", reason_text="Under streken.", **place)
    with pytest.raises(LinesRefused, match="plassen"):
        propose(lines=[line], by=short.officer, at=short.at, declares_impartial=True)
