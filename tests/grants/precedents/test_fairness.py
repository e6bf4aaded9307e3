"""Fairness in a round: small groups are not told of, and like cases decided unlike are found."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from runde.foundation.trust.api import new_id
from runde.grants.precedents.api import (
    Features,
    Treated,
    fairness_of,
    likeness,
    measures,
    spread,
    unlike_pairs,
    unlike_to,
)
from runde.grants.precedents.domain import pairing

from .made import case, fall

FEWEST = measures().report["fewest_in_group"]


def treated(features: Features, amount: int = 0, *, explained: bool = False, number: str = "26/1") -> Treated:
    outcome = "granted" if amount else "refused"
    return Treated(new_id(), number, features, outcome, Decimal(amount), True, explained)


STANDS = [
    case(*missed, industry=industry, section=section, employees=employees)
    for missed in ((), (fall("3.6"),), (fall("3.1"),), (fall("9"),))
    for industry, section in (("56.110", "I"), ("55.101", "I"), ("47.111", "G"), ("", ""))
    for employees in (None, 0, 4, 80)
]


def a_round() -> st.SearchStrategy[list[Treated]]:
    return st.lists(
        st.builds(treated, st.sampled_from(STANDS), st.sampled_from([0, 40_000, 80_000])), max_size=30
    )


@given(a_round())
def test_no_group_is_told_of_that_is_too_small_or_can_be_found_from_the_rest(cases: list[Treated]) -> None:
    found = spread(cases, lambda one: one.features.section)
    assert all(group.cases >= FEWEST for group in found.groups)
    assert sum(group.cases for group in found.groups) + found.withheld_cases == len(cases)
    assert found.withheld_cases == 0 or not found.groups or found.withheld_cases >= FEWEST
    assert found.withheld != 1 or not found.groups


@given(a_round())
def test_what_a_criterion_meant_is_told_of_enough_or_not_at_all(cases: list[Treated]) -> None:
    for effect in fairness_of(cases).criteria:
        if effect.missed is None:
            assert (effect.alone, effect.granted) == (None, None)
            continue
        assert effect.missed >= FEWEST
        for part in (effect.alone, effect.granted):
            assert part is None or part == 0 or part >= FEWEST
            assert part is None or effect.missed - part == 0 or effect.missed - part >= FEWEST


@given(a_round())
def test_every_pair_is_alike_and_went_two_ways(cases: list[Treated]) -> None:
    for pair in unlike_pairs(cases):
        assert pair.first.features.missed_key == pair.second.features.missed_key
        assert pair.likeness == likeness(pair.first.features, pair.second.features)
        assert pair.likeness.total >= measures().pairs["alike_from"]
        assert pair.unlike == "amount" or pair.first.outcome != pair.second.outcome
        assert pair.comparisons


@given(a_round())
def test_no_like_case_with_another_outcome_is_left_unfound(cases: list[Treated]) -> None:
    found = unlike_pairs(cases)
    in_pairs = {side.case_id for pair in found for side in (pair.first, pair.second)}
    for one in cases:
        for other in cases:
            if one.outcome == other.outcome or one.features.missed_key != other.features.missed_key:
                continue
            if likeness(one.features, other.features).total >= measures().pairs["alike_from"]:
                assert {one.case_id, other.case_id} & in_pairs


def test_the_few_meet_the_most_alike_of_the_many() -> None:
    near, far = treated(case(fall("3.5")), 50_000), treated(case(fall("4.4")), 50_000)
    alone = treated(case(fall("3.6")))
    [pair] = unlike_pairs([far, alone, near])
    assert (pair.first, pair.second, pair.unlike) == (alone, near, "outcome")


def test_those_without_a_reason_come_first() -> None:
    explained = treated(case(fall("3.6")), explained=True, number="26/2")
    silent = treated(case(fall("3.9")), number="26/3")
    pairs = unlike_pairs([explained, silent, *(treated(case(fall("3.6")), 50_000) for _ in range(3))])
    assert [(pair.first.case_number, pair.is_explained) for pair in pairs] == [
        ("26/3", False),
        ("26/2", True),
    ]


def test_an_amount_far_from_the_usual_makes_a_pair_and_stands_out() -> None:
    usual = [treated(case(fall("3.6")), 60_000) for _ in range(5)]
    odd = treated(case(fall("3.6")), 10_000, number="26/9")
    [pair] = unlike_pairs([*usual, odd])
    assert (pair.first, pair.unlike) == (odd, "amount")
    [outlier] = fairness_of([*usual, odd]).outliers
    assert (outlier.treated, outlier.usual_level) == (odd, Decimal(75))


def test_a_huge_group_is_compared_with_its_nearest() -> None:
    many = [treated(case(fall(f"3.{one:03}")), 50_000) for one in range(600)]
    few = [treated(case(fall(f"3.{one:03}"))) for one in range(0, 600, 2)]
    assert len(many) * len(few) <= pairing.ALL_COMPARED
    more = [*many, *(treated(case(fall(f"2.{one:03}")), 50_000) for one in range(400))]
    assert len(more) * len(few) > pairing.ALL_COMPARED
    best = {pair.first.case_id: pair.likeness.distance for pair in unlike_pairs([*more, *few])}
    assert set(best.values()) == {100}
    assert len(best) == len(few)


def test_groups_are_counted_with_what_was_usual() -> None:
    cafés = [treated(case(fall("3")), 40_000) for _ in range(6)]
    shops = [treated(case(fall("3"), industry="47.111", section="G"), 0) for _ in range(5)]
    odd = [treated(case(section="R", industry="90.020"), 0)]
    report = fairness_of([*cafés, *shops, *odd])
    assert [
        (group.key, group.cases, group.percent, group.usual_level) for group in report.industry.groups
    ] == [("I", 6, 100, Decimal(50))]
    assert (report.industry.withheld, report.industry.withheld_cases) == (2, 6)
    [criterion] = report.criteria
    assert (criterion.missed, criterion.alone, criterion.granted) == (11, 11, 6)


@given(a_round(), a_round())
def test_only_what_is_like_and_came_out_otherwise_is_found(
    some: list[Treated], others: list[Treated]
) -> None:
    pairs = unlike_to(some, others)
    assert len({pair.first.case_id for pair in pairs}) == len(pairs)
    for pair in pairs:
        assert pair.first in some
        assert pair.second in others
        assert pair.first.outcome != pair.second.outcome
        assert pair.first.features.missed_key == pair.second.features.missed_key
    twins = [one for one in some if any(_is_twin(one, other) for other in others)]
    assert {one.case_id for one in twins} <= {pair.first.case_id for pair in pairs}


def _is_twin(one: Treated, other: Treated) -> bool:
    return one.features == other.features and one.outcome != other.outcome and _alike_in_all(one)


def _alike_in_all(one: Treated) -> bool:
    """Nothing unknown: what nobody knows is not alike."""
    return bool(one.features.industry) and one.features.employees is not None
