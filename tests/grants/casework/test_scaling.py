"""Cutting amounts to the money: exact sums, equal shares, and the rule for what is left over."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from runde.grants.casework.domain.scaling import Scaled, Wanted, scale

amounts = st.lists(st.integers(1, 500_000), min_size=1, max_size=40)
EVERY = settings(max_examples=200, derandomize=True, deadline=None)


def cut(wants: list[int], money: int, **rule: object) -> Scaled[int]:
    asked = [Wanted(place, Decimal(want)) for place, want in enumerate(wants)]
    return scale(asked, Decimal(money), **rule)  # type: ignore[arg-type]


def given_to(wants: list[int], money: int, **rule: object) -> list[int]:
    return [int(amount) for amount in cut(wants, money, **rule).amounts.values()]


def test_the_money_reaches() -> None:
    exact = scale([Wanted("a", Decimal("100.50")), Wanted("b", Decimal(20))], Decimal(200))
    assert exact.amounts == {"a": Decimal("100.50"), "b": Decimal(20)}
    assert (exact.share, exact.left_over, exact.dropped) == (1, 0, ())


def test_the_share_is_the_same_and_the_last_krone_goes_to_who_lost_most() -> None:
    found = cut([500_000, 400_000, 200_000, 50_000], 1_000_000)
    assert [int(one) for one in found.amounts.values()] == [434_783, 347_826, 173_913, 43_478]
    assert (found.total_nok, found.left_over, found.share) == (1_000_000, 1, Fraction(20, 23))


def test_among_equals_the_lowest_case_number_gets_the_krone() -> None:
    assert given_to([100, 100, 100], 200) == [67, 67, 66]


def test_below_the_lowest_amount_is_nothing_and_the_others_share_it() -> None:
    assert given_to([100_000, 100_000, 10_000], 105_000, lowest_nok=Decimal(25_000)) == [52_500, 52_500, 0]


def test_the_smallest_falls_first_and_may_save_the_next() -> None:
    assert given_to([60_000, 26_000, 25_000], 86_000, lowest_nok=Decimal(25_000)) == [60_000, 26_000, 0]


def test_a_share_may_be_chosen_below_what_the_money_gives() -> None:
    found = cut([100_000, 50_001], 150_001, share=Fraction(3, 5))
    assert [int(one) for one in found.amounts.values()] == [60_000, 30_000]
    assert found.total_nok <= Fraction(3, 5) * 150_001


def test_no_money_is_nothing_to_anybody() -> None:
    assert given_to([5, 7], 0) == [0, 0]


def test_odd_ore_are_not_given_out() -> None:
    found = scale([Wanted("a", Decimal("10.55")), Wanted("b", Decimal("10.55"))], Decimal("15.99"))
    assert found.amounts == {"a": 8, "b": 7}


@EVERY
@given(amounts, st.integers(0, 5_000_000), st.integers(0, 60_000))
def test_every_krone_is_given_and_none_above_the_money(wants: list[int], money: int, lowest: int) -> None:
    found = cut(wants, money, lowest_nok=Decimal(lowest))
    got = [int(amount) for amount in found.amounts.values()]
    kept = [want for want, amount in zip(wants, got, strict=True) if amount]
    assert sum(got) == min(money, sum(kept))
    for want, amount in zip(wants, got, strict=True):
        assert amount == 0 or lowest <= amount <= want
        assert amount == 0 or abs(amount - want * found.share) < 1


@EVERY
@given(amounts, st.integers(0, 5_000_000), st.fractions(0, 1), st.integers(0, 60_000))
def test_who_asked_for_more_never_gets_less(
    wants: list[int], money: int, share: Fraction, lowest: int
) -> None:
    got = given_to(wants, money, share=share, lowest_nok=Decimal(lowest))
    assert sum(got) <= min(money, share * sum(wants))
    ranked = sorted(zip(wants, got, strict=True))
    assert all(one[1] <= other[1] + 1 for one, other in zip(ranked, ranked[1:], strict=False))
