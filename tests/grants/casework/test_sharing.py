"""Cases dealt out: as evenly as can be, never to somebody with an interest, the same way each time."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from runde.grants.casework.domain.sharing import shared_evenly

PEOPLE = [UUID(int=place) for place in range(1, 5)]
CASES = [UUID(int=100 + place) for place in range(30)]


def test_the_one_with_fewest_gets_the_next() -> None:
    ida, per = PEOPLE[:2]
    taken = shared_evenly(CASES[:4], {ida: 2, per: 0})
    assert [taken[case] for case in CASES[:4]] == [per, per, ida, per]


def test_a_case_nobody_may_take_is_left() -> None:
    ida = PEOPLE[0]
    taken = shared_evenly(CASES[:2], {ida: 0}, {(CASES[0], ida)})
    assert taken == {CASES[0]: None, CASES[1]: ida}


@given(
    count=st.integers(0, 30),
    loads=st.lists(st.integers(0, 9), min_size=1, max_size=4),
    barred=st.sets(st.tuples(st.sampled_from(CASES), st.sampled_from(PEOPLE))),
)
def test_nobody_gets_a_case_of_their_own_interest(
    count: int, loads: list[int], barred: set[tuple[UUID, UUID]]
) -> None:
    before = dict(zip(PEOPLE, loads, strict=False))
    taken = shared_evenly(CASES[:count], before, barred)
    assert list(taken) == CASES[:count]
    assert not {(case, person) for case, person in taken.items()} & barred
    for case, person in taken.items():
        assert (person is None) == all((case, one) in barred for one in before)


@given(count=st.integers(0, 30), loads=st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_without_interests_nobody_ends_more_than_one_above_another_who_was_not_before(
    count: int, loads: list[int]
) -> None:
    before = dict(zip(PEOPLE, loads, strict=False))
    taken = shared_evenly(CASES[:count], before)
    after = {one: before[one] + sum(person == one for person in taken.values()) for one in before}
    least = min(after.values())
    assert all(after[one] <= max(before[one], least + 1) for one in before)
