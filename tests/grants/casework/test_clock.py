from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from runde.grants.casework.domain.appeal_period import appeal_period
from runde.grants.casework.domain.clock import Pause, expected, paused_days, usual_days

DAY = date(2026, 6, 1)
days = st.integers(0, 60).map(lambda n: DAY + timedelta(days=n))


def pauses() -> st.SearchStrategy[list[Pause]]:
    return st.lists(
        st.builds(
            lambda start, long, due, is_open: Pause(
                start, None if is_open else start + timedelta(days=long), start + timedelta(days=due)
            ),
            days,
            st.integers(0, 20),
            st.integers(1, 20),
            st.booleans(),
        ),
        max_size=6,
    )


@given(pauses())
def test_each_day_is_counted_once(many: list[Pause]) -> None:
    on = DAY + timedelta(days=60)
    still = {
        one.from_date + timedelta(days=n)
        for one in many
        for n in range(((one.to_date or max(on, one.due_date)) - one.from_date).days)
    }
    assert paused_days(many, on=on) == len(still)


def test_eight_of_ten_had_their_answer_within() -> None:
    assert usual_days(range(1, 11)) == 8
    assert usual_days([5] * 9) is None


def test_the_call_answers_when_too_few_cases_are_decided() -> None:
    found = expected(sent_date=DAY, answer_by_date=DAY + timedelta(days=30), durations=[3], paused=2, on=DAY)
    assert (found.basis, found.of_how_many, found.date) == ("deadline", 0, DAY + timedelta(days=32))


@given(days, st.none() | days, st.none() | days, st.none() | days)
def test_no_day_shortens_what_the_letter_says(
    letter: date, available: date | None, notified: date | None, read: date | None
) -> None:
    found = appeal_period(in_letter=letter, available_date=available, notified_date=notified, read_date=read)
    assert found.last_date >= letter
    if found.start_date:
        assert found.last_date >= found.start_date + timedelta(weeks=3)
        assert not found.is_late(found.last_date)
    else:
        assert not found.is_late(date(2099, 1, 1))
