"""The year of one source: what came in and was left before is what was paid and is left after, whatever happened."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from runde.foundation.ledger.api import Flow
from runde.grants.budget.api import over_time, year_of

SOURCE = UUID(int=1)
MOVES = {
    "appropriation": ("giver", "available"),
    "reduction": ("available", "giver"),
    "commitment": ("available", "committed"),
    "release": ("committed", "available"),
    "bank_file": ("committed", "in_bank_file"),
    "payment": ("in_bank_file", "paid"),
    "bank_return": ("paid", "committed"),
}


def flows(kind: str, day: date, amount: int) -> list[Flow]:
    out, into = MOVES[kind]
    nok = Decimal(amount) / 100
    return [Flow(day, SOURCE, kind, out, -nok), Flow(day, SOURCE, kind, into, nok)]


happenings = st.lists(
    st.tuples(st.sampled_from(sorted(MOVES)), st.integers(0, 1100), st.integers(1, 10**9)), max_size=20
)


@given(happenings)
def test_every_year_adds_up_and_hands_over_to_the_next(made: list[tuple[str, int, int]]) -> None:
    known = [
        flow for kind, day, ore in made for flow in flows(kind, date(2025, 6, 1) + timedelta(days=day), ore)
    ]
    known.sort(key=lambda flow: flow.day)
    years = [year_of(known, year) for year in range(2025, 2029)]
    assert all(one.adds_up for one in years)
    for earlier, later in zip(years, years[1:], strict=False):
        assert later.left_before_nok == earlier.left_after_nok
    assert sum(one.given_nok for one in years) == -sum(
        one.amount_nok for one in known if one.place == "giver"
    )


def test_a_year_with_one_of_each() -> None:
    day = date(2026, 3, 1)
    known = [
        *flows("appropriation", day, 100_000),
        *flows("commitment", day, 60_000),
        *flows("release", day, 10_000),
        *flows("bank_file", day, 50_000),
        *flows("payment", day, 50_000),
        *flows("bank_return", day, 5_000),
    ]
    found = year_of(known, 2026)
    assert (found.left_before_nok, found.given_nok) == (0, 1000)
    assert (found.committed_nok, found.released_nok) == (600, 100)
    assert (found.paid_nok, found.returned_nok) == (500, 50)
    assert (found.bound_after_nok, found.free_after_nok) == (50, 500)


def test_used_and_paid_day_by_day() -> None:
    first, second = date(2026, 3, 1), date(2026, 3, 9)
    known = [
        *flows("appropriation", first, 100_000),
        *flows("commitment", first, 60_000),
        *flows("bank_file", second, 40_000),
        *flows("payment", second, 40_000),
    ]
    assert [(one.day, one.used_nok, one.paid_nok) for one in over_time(known)] == [
        (first, 600, 0),
        (second, 600, 400),
    ]
