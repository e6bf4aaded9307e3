"""The same share for all, with floor, ceiling and what is freed shared again."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.engine.dividing.api import FloorsBeyondBudget, Need, ProportionalCut, divide

from .referee import cut_by_hand


def needs_of(*amounts: int) -> list[Need]:
    return [Need(str(place), Decimal(amount)) for place, amount in enumerate(amounts)]


def awards(method: ProportionalCut, budget: int, *amounts: int) -> list[int]:
    return [int(one.award_nok) for one in divide(needs_of(*amounts), Decimal(budget), method).shares]


def test_the_worked_example_of_the_municipal_rounds() -> None:
    method = ProportionalCut(floor_nok=Decimal(25_000), ceiling_nok=Decimal(500_000))
    found = divide(needs_of(900_000, 400_000, 200_000, 50_000), Decimal(1_000_000), method)
    assert [one.award_nok for one in found.shares] == [434_783, 347_826, 173_913, 43_478]
    assert found.total_nok == 1_000_000
    assert found.share == Fraction(20, 23)
    assert found.handed_out == 1
    assert {one.why for one in found.shares} == {"cut"}


def test_who_falls_below_the_floor_frees_money_for_the_others() -> None:
    method = ProportionalCut(floor_nok=Decimal(45_000), ceiling_nok=Decimal(500_000))
    found = divide(needs_of(900_000, 400_000, 200_000, 50_000), Decimal(1_000_000), method)
    assert [int(one.award_nok) for one in found.shares] == [454_546, 363_636, 181_818, 0]
    assert found.shares[3].why == "below_floor"


def test_a_ceiling_on_the_award_gives_the_others_what_is_cut_away() -> None:
    method = ProportionalCut(ceiling_nok=Decimal(300), ceiling_on="award")
    assert awards(method, 600, 900, 200, 100) == [300, 200, 100]
    assert awards(method, 500, 900, 200, 100) == [300, 133, 67]


def test_lifted_to_the_floor_never_above_the_need() -> None:
    method = ProportionalCut(floor_nok=Decimal(100), below_floor="lifted")
    found = divide(needs_of(1000, 150, 40), Decimal(500), method)
    assert [(int(one.award_nok), one.why) for one in found.shares] == [
        (360, "cut"),
        (100, "lifted"),
        (40, "full"),
    ]


def test_floors_that_cost_more_than_there_is_are_refused() -> None:
    method = ProportionalCut(floor_nok=Decimal(100), below_floor="lifted")
    with pytest.raises(FloorsBeyondBudget, match="300\u00a0kroner, og det er 250"):
        divide(needs_of(500, 500, 500), Decimal(250), method)


def test_everybody_in_full_when_the_money_reaches() -> None:
    found = divide(needs_of(100, 200), Decimal("300.75"), ProportionalCut())
    assert [one.why for one in found.shares] == ["full", "full"]
    assert (found.total_nok, found.left_nok, found.share) == (300, Decimal("0.75"), None)


def test_among_equals_the_krone_goes_to_the_first() -> None:
    assert awards(ProportionalCut(), 2, 1, 1, 1) == [1, 1, 0]
    assert awards(ProportionalCut(), 100, 100, 100, 100) == [34, 33, 33]


def test_nothing_to_divide_and_nobody_to_divide_to() -> None:
    assert awards(ProportionalCut(), 0, 5, 7) == [0, 0]
    assert awards(ProportionalCut(), 10) == []
    assert [one.why for one in divide(needs_of(0, 3), Decimal(5), ProportionalCut()).shares] == [
        "no_need",
        "full",
    ]


AMOUNTS = st.lists(st.integers(0, 60) | st.integers(0, 10**9), max_size=9)
LIMITS = st.integers(0, 40) | st.integers(0, 10**6)


@st.composite
def cuts(draw: st.DrawFn) -> ProportionalCut:
    floor = draw(LIMITS)
    ceiling = draw(st.none() | st.integers(max(floor, 1), 10**7))
    return ProportionalCut(
        floor_nok=Decimal(floor),
        ceiling_nok=None if ceiling is None else Decimal(ceiling),
        ceiling_on=draw(st.sampled_from(["need", "award"])),
    )


@given(AMOUNTS, st.integers(0, 200) | st.integers(0, 10**9), cuts())
@settings(max_examples=300, deadline=None)
def test_the_same_as_by_hand(amounts: list[int], budget: int, method: ProportionalCut) -> None:
    assert awards(method, budget, *amounts) == cut_by_hand(amounts, budget, method)


@given(AMOUNTS, st.integers(0, 10**9), cuts(), st.sampled_from(["nothing", "lifted"]))
@settings(max_examples=200, deadline=None)
def test_exact_to_the_krone_and_within_every_limit(
    amounts: list[int], budget: int, method: ProportionalCut, below: str
) -> None:
    floor, ceiling = method.floor_nok, method.ceiling_nok
    chosen = ProportionalCut(
        floor_nok=floor,
        ceiling_nok=ceiling,
        ceiling_on=method.ceiling_on,
        below_floor=below,  # type: ignore[arg-type]
    )
    try:
        found = divide(needs_of(*amounts), Decimal(budget), chosen)
    except FloorsBeyondBudget:
        assert below == "lifted"
        assert sum(min(amount, int(floor)) for amount in amounts) > budget
        return
    most = [min(Decimal(one), ceiling) if ceiling else Decimal(one) for one in amounts]
    given_out = [one.award_nok for one in found.shares]
    kept = [top for top, award in zip(most, given_out, strict=True) if award]
    assert found.total_nok == min(Decimal(budget), sum(kept, Decimal(0)))
    for award, top in zip(given_out, most, strict=True):
        assert award == award.to_integral_value()
        assert 0 <= award <= top
        assert not award or award >= min(floor, top)


@given(AMOUNTS, st.integers(0, 10**9), cuts())
@settings(max_examples=100, deadline=None)
def test_more_need_never_gives_less(amounts: list[int], budget: int, method: ProportionalCut) -> None:
    found = divide(needs_of(*amounts), Decimal(budget), method)
    ordered = sorted(found.shares, key=lambda one: one.need_nok)
    for less, more in pairwise(ordered):
        if less.need_nok < more.need_nok:
            assert less.award_nok <= more.award_nok
        elif more.award_nok:
            assert 0 <= less.award_nok - more.award_nok <= 1
