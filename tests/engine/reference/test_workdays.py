"""Deadlines as the law counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.engine.reference.api import (
    UnknownFigure,
    add_months_deadline,
    add_weeks_deadline,
    add_working_days,
    deadline,
    deadline_rule,
    is_bank_day,
    is_public_holiday,
    is_working_day,
    next_bank_day,
    public_holidays,
)

DAYS = st.dates(date(2015, 1, 1), date(2045, 12, 31))


@pytest.mark.parametrize(
    ("notified", "last_day"),
    [
        ("2026-06-01", "2026-06-22"),
        ("2026-03-12", "2026-04-07"),
        ("2026-04-23", "2026-05-15"),
        ("2026-04-26", "2026-05-18"),
        ("2026-04-10", "2026-05-04"),
        ("2026-12-04", "2026-12-28"),
        ("2027-03-04", "2027-03-30"),
        ("2026-11-23", "2026-12-14"),
    ],
)
def test_three_weeks_move_past_weekends_and_holidays(notified: str, last_day: str) -> None:
    start, expected = date.fromisoformat(notified), date.fromisoformat(last_day)
    assert add_weeks_deadline(start, 3) == expected
    assert deadline("appeal", start) == expected


def test_the_holidays_of_2026_are_the_twelve_of_the_law() -> None:
    days = {f"{day:%m-%d}" for day in public_holidays(2026)}
    assert days == {
        "01-01", "04-02", "04-03", "04-05", "04-06", "05-01", "05-14", "05-17", "05-24", "05-25",
        "12-25", "12-26",
    }  # fmt: skip


def test_christmas_eve_and_new_years_eve_are_ordinary_days() -> None:
    assert is_working_day(date(2026, 12, 24))
    assert is_bank_day(date(2026, 12, 31))
    assert next_bank_day(date(2026, 12, 25)) == date(2026, 12, 28)


@settings(deadline=None)
@given(DAYS, st.integers(1, 60))
def test_a_deadline_in_weeks_is_a_working_day_and_never_early(start: date, weeks: int) -> None:
    last = add_weeks_deadline(start, weeks)
    assert is_working_day(last)
    assert timedelta() <= last - (start + timedelta(weeks=weeks)) <= timedelta(days=5)


@settings(deadline=None)
@given(DAYS, st.integers(1, 40))
def test_working_days_are_counted_one_by_one(start: date, count: int) -> None:
    last = add_working_days(start, count)
    between = [start + timedelta(days=n) for n in range(1, (last - start).days + 1)]
    assert sum(day.weekday() < 5 and not is_public_holiday(day) for day in between) == count
    assert is_working_day(last)


def test_months_end_on_the_last_day_when_the_month_is_shorter() -> None:
    assert add_months_deadline(date(2026, 1, 30), 1) == date(2026, 3, 2)  # 28 February is a Saturday
    assert add_months_deadline(date(2026, 12, 15), 1) == date(2027, 1, 15)


def test_the_aid_register_clock_counts_twenty_working_days() -> None:
    assert deadline("aid_registration", date(2026, 3, 23)) == date(2026, 4, 23)


def test_a_deadline_is_only_known_on_the_days_of_its_rule() -> None:
    assert deadline_rule("aid_registration", date(2026, 1, 1)).source == "FOR-2023-01-02-4"
    with pytest.raises(UnknownFigure):
        deadline_rule("aid_registration", date(2025, 12, 31))
    with pytest.raises(UnknownFigure):
        deadline("nonsense", date(2026, 1, 1))


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 1, 5), -1)
