"""Which units are one undertaking."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from runde.grants.aid.domain.undertaking import Ruling, Tie, ruled, undertakings

DAY = date(2026, 1, 1)


def tie(one: str, other: str) -> Tie:
    return Tie(one, other, DAY, "Enhetsregisteret")


def ruling(one: str, other: str, linked: bool, to: date | None = None) -> Ruling:
    return Ruling(one, other, linked, DAY, to, "Aksjeeierboken viser 60 %")


def members(numbers: list[str], ties: list[Tie]) -> list[set[str]]:
    return [set(one.members) for one in undertakings(numbers, ties).values()]


def test_units_are_one_through_others() -> None:
    found = undertakings(["a", "d", "x"], [tie("a", "b"), tie("c", "b"), tie("c", "d")])
    assert found["a"] is found["d"]
    assert found["a"].members == {"a", "b", "c", "d"}
    assert found["x"].members == {"x"}
    assert len(found["a"].ties) == 3


def test_a_ruling_goes_before_the_register_as_long_as_it_holds() -> None:
    parted = [ruling("a", "b", linked=False, to=date(2026, 6, 30))]
    assert ruled([tie("b", "a")], parted, date(2026, 6, 30)) == []
    assert ruled([tie("b", "a")], parted, date(2026, 7, 1)) == [tie("b", "a")]
    assert ruled([tie("b", "a")], parted, date(2025, 12, 31)) == [tie("b", "a")]


def test_the_newest_ruling_prevails() -> None:
    [kept] = ruled([], [ruling("a", "b", linked=False), ruling("a", "b", linked=True)], DAY)
    assert (kept.number, kept.other, kept.is_by_register) == ("a", "b", False)
    assert ruled([], [ruling("a", "b", linked=True), ruling("a", "b", linked=False)], DAY) == []


numbers = st.sampled_from("abcdefgh")
ties = st.lists(st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1]).map(lambda p: tie(*p)))


@given(ties)
def test_being_one_undertaking_is_mutual_and_follows_every_tie(drawn: list[Tie]) -> None:
    found = undertakings("abcdefgh", drawn)
    for number, one in found.items():
        assert number in one.members
        assert all(found[other] is one for other in one.members)
    assert all(found[each.number] is found[each.other] for each in drawn)
    assert sum(len(one.members) for one in {id(one): one for one in found.values()}.values()) == 8


@given(ties, st.randoms(use_true_random=False))
def test_the_order_of_ties_does_not_matter(drawn: list[Tie], shuffle: object) -> None:
    mixed = list(reversed(drawn))
    assert members(list("abcdefgh"), drawn) == members(list("abcdefgh"), mixed)
