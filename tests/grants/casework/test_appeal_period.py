"""The last day to appeal: counted by the calendar, stopped by demanded reasons, other days for others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.engine.reference.api import is_working_day
from runde.grants.casework.domain.appeal_period import (
    AppealPeriod,
    Demanded,
    appeal_period,
    latest_harm,
    latest_hearing,
    period_of_others,
)

DAYS = [
    ("2026-06-01", "2026-06-22"),
    ("2026-03-12", "2026-04-07"),
    ("2026-04-23", "2026-05-15"),
    ("2026-04-26", "2026-05-18"),
    ("2026-04-10", "2026-05-04"),
    ("2026-12-04", "2026-12-28"),
    ("2027-03-04", "2027-03-30"),
]


def told(day: date, *, demanded: Demanded | None = None, in_letter: date | None = None) -> AppealPeriod:
    return appeal_period(
        in_letter=in_letter or day,
        available_date=day,
        notified_date=day,
        read_date=None,
        demanded=demanded,
    )


@pytest.mark.parametrize(("start", "last"), DAYS)
def test_three_weeks_move_past_weekends_and_holidays(start: str, last: str) -> None:
    period = told(date.fromisoformat(start))
    assert period.last_date == date.fromisoformat(last)
    assert not period.is_late(date.fromisoformat(last))
    assert period.is_late(date.fromisoformat(last) + timedelta(days=1))


@pytest.mark.parametrize(("start", "last"), DAYS)
def test_the_same_three_weeks_begin_anew_when_reasons_come(start: str, last: str) -> None:
    answered = date.fromisoformat(start)
    period = told(answered - timedelta(days=10), demanded=Demanded(answered))
    assert (period.last_date, period.started_by) == (date.fromisoformat(last), "reasons")


def test_nobody_is_late_while_reasons_are_awaited() -> None:
    period = told(date(2026, 6, 1), demanded=Demanded(None))
    assert (period.waits_for_reasons, period.is_late(date(2027, 6, 1))) == (True, False)


@pytest.mark.parametrize(
    ("known", "last"),
    [
        (date(2026, 6, 5), date(2026, 6, 26)),
        (date(2026, 8, 20), date(2026, 9, 1)),  # three months from the decision come first
    ],
)
def test_others_have_three_weeks_from_knowing_at_most_three_months(known: date, last: date) -> None:
    assert period_of_others(known_date=known, decided_date=date(2026, 6, 1)).last_date == last


def test_a_late_appeal_is_heard_within_a_year_and_harm_told_within_three_months() -> None:
    assert latest_hearing(date(2026, 6, 1)) == date(2027, 6, 1)
    assert latest_harm(date(2026, 11, 23)) == date(2027, 2, 23)


@settings(derandomize=True, max_examples=200)
@given(
    start=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    letter=st.integers(-30, 30),
    answered=st.none() | st.integers(0, 300),
)
def test_the_last_day_is_a_working_day_and_reasons_never_shorten_it(
    start: date, letter: int, answered: int | None
) -> None:
    in_letter = told(start + timedelta(days=letter)).last_date
    plain = told(start, in_letter=in_letter)
    assert is_working_day(plain.last_date)
    assert plain.last_date >= in_letter
    if answered is not None:
        anew = told(start, in_letter=in_letter, demanded=Demanded(start + timedelta(days=answered)))
        assert anew.last_date >= plain.last_date
        assert is_working_day(anew.last_date)
