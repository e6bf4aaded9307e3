"""The ranking and the line as mathematics: exact, the same in any order, never above the money, nobody passed over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from runde.grants.panels.domain.blind import shown_to
from runde.grants.panels.domain.criteria import Criterion, weighted
from runde.grants.panels.domain.line import (
    above_for_count,
    above_for_money,
    above_for_points,
    effect_of,
)
from runde.grants.panels.domain.ranking import Entry, Rules, order_is_settled, rank
from runde.grants.panels.domain.sharing import share_out
from runde.grants.panels.domain.wording import points_text, words_for
from runde.grants.panels.queries.sheets import ShownSheet

from .conftest import CRITERIA, SCALE

TIES = ("heaviest", "earliest", "smallest", "drawn")
START = datetime(2026, 11, 1, tzinfo=UTC)

points = st.fixed_dictionaries({one.key: st.integers(1, 3) for one in CRITERIA})
amounts = st.none() | st.integers(1, 400_000).map(Decimal)


@st.composite
def entries(draw: st.DrawFn, *, with_amounts: bool = False) -> list[Entry]:
    """Few different points, so that ties are common."""
    made = []
    for number in range(draw(st.integers(0, 12))):
        sheets = draw(st.lists(points, max_size=4))
        amount = draw(st.integers(1, 400_000).map(Decimal) if with_amounts else amounts)
        made.append(
            Entry(
                UUID(int=number + 1),
                f"26/{number + 1}",
                START + timedelta(hours=draw(st.integers(0, 3))),
                amount,
                {UUID(int=100 + who): one for who, one in enumerate(sheets)},
            )
        )
    return made


def rules(tie_rule: str = "heaviest") -> Rules:
    return Rules(CRITERIA, tie_rule, Fraction(1), "seed")


@given(entries(), st.sampled_from(TIES), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_of_what_comes_in(
    made: list[Entry], tie_rule: str, shuffle: Random
) -> None:
    mixed = list(made)
    shuffle.shuffle(mixed)
    mixed = [
        Entry(one.case_id, one.number, one.sent_at, one.amount_nok, dict(reversed(list(one.sheets.items()))))
        for one in mixed
    ]
    assert rank(mixed, rules(tie_rule)) == rank(made, rules(tie_rule))


@given(entries(), st.sampled_from(TIES))
def test_everybody_has_one_place_and_better_comes_first(made: list[Entry], tie_rule: str) -> None:
    found = rank(made, rules(tie_rule))
    assert [one.place for one in found.ranked] == list(range(1, len(found.ranked) + 1))
    assert order_is_settled(found.ranked)
    every = {one.entry.case_id for one in found.ranked} | {one.case_id for one in found.unscored}
    assert every == {one.case_id for one in made}
    assert all(not one.sheets for one in found.unscored)


@given(entries())
def test_ties_are_settled_by_the_stated_rule(made: list[Entry]) -> None:
    def pairs(tie_rule: str) -> list[tuple[Entry, Entry]]:
        ranked = rank(made, rules(tie_rule)).ranked
        return [(a.entry, b.entry) for a, b in pairwise(ranked) if a.mean == b.mean]

    assert all(above.sent_at <= below.sent_at for above, below in pairs("earliest"))
    for above, below in pairs("smallest"):
        if below.amount_nok is not None:
            assert above.amount_nok is not None
            assert above.amount_nok <= below.amount_nok
    for above, below in pairwise(rank(made, rules("heaviest")).ranked):
        if above.mean == below.mean:
            assert above.by_criterion["benefit"] >= below.by_criterion["benefit"]


@given(entries(), st.sampled_from(TIES))
def test_averages_stay_on_the_scale_and_between_the_extremes(made: list[Entry], tie_rule: str) -> None:
    for one in rank(made, rules(tie_rule)).ranked:
        assert SCALE.lowest <= one.lowest <= one.mean <= one.highest <= SCALE.highest
        assert one.far_apart == (one.spread >= 1 and len(one.totals) > 1)
        assert weighted(one.by_criterion, CRITERIA) == one.mean
        assert not one.outliers or one.far_apart


@given(entries(), st.integers(0, 2_000_000).map(Decimal))
def test_a_line_by_money_never_takes_more_than_there_is(made: list[Entry], money: Decimal) -> None:
    ranked = rank(made, rules()).ranked
    above = above_for_money(ranked, money)
    effect = effect_of(ranked, above, money)
    assert effect.sum_nok <= money
    assert effect.short_nok == 0
    assert effect.above + effect.below == len(ranked)
    if above < len(ranked) and effect.next_nok is not None:
        assert effect.next_nok > effect.left_nok, "the next one must not fit"


@given(entries(with_amounts=True), st.integers(0, 500_000).map(Decimal), st.integers(0, 500_000).map(Decimal))
def test_more_money_never_lifts_the_line(made: list[Entry], money: Decimal, more: Decimal) -> None:
    ranked = rank(made, rules()).ranked
    assert above_for_money(ranked, money) <= above_for_money(ranked, money + more)


@given(entries(with_amounts=True), st.fractions(0, 6), st.integers(-2, 20))
def test_nobody_under_a_line_is_better_than_one_over_it(
    made: list[Entry], at_least: Fraction, count: int
) -> None:
    ranked = rank(made, rules()).ranked
    above = above_for_points(ranked, at_least)
    assert all((one.mean >= at_least) == (one.place <= above) for one in ranked)
    for line in (above, above_for_count(ranked, count)):
        effect = effect_of(ranked, line, Decimal(0))
        assert 0 <= line <= len(ranked)
        assert effect.sum_nok == sum((one.entry.amount_nok or 0 for one in ranked[:line]), Decimal(0))
        if effect.lowest_above is not None and effect.highest_below is not None:
            assert effect.lowest_above >= effect.highest_below
            assert effect.parts_equals == (effect.lowest_above == effect.highest_below)


@given(st.integers(0, 9), st.integers(1, 5), st.none() | st.integers(1, 5), st.data())
def test_cases_are_shared_out_evenly_and_never_to_the_barred(
    cases: int, people: int, per_case: int | None, data: st.DataObject
) -> None:
    every = [UUID(int=number) for number in range(cases)]
    assessors = [UUID(int=100 + number) for number in range(people)]
    pairs = [(case, who) for case in every for who in assessors]
    barred = data.draw(st.sets(st.sampled_from(pairs))) if pairs else set()
    shared = share_out(every, assessors, per_case, barred=barred)
    for case, chosen in shared.items():
        free = sum((case, who) not in barred for who in assessors)
        assert len(chosen) == len(set(chosen)) == (free if per_case is None else min(free, per_case))
        assert not {(case, who) for who in chosen} & barred
    load = [sum(who in chosen for chosen in shared.values()) for who in assessors]
    if not barred:
        assert max(load) - min(load) <= 1


@given(st.lists(st.integers(0, 3)), st.integers(0, 3))
def test_before_opening_a_person_sees_their_own_and_nothing_else(givers: list[int], viewer: int) -> None:
    sheets = [
        ShownSheet(UUID(int=place), UUID(int=1), UUID(int=who), 1, (), "", START)
        for place, who in enumerate(givers)
    ]
    shown = shown_to(UUID(int=viewer), sheets, opened=False)
    assert [one.given_by for one in shown] == [UUID(int=viewer)] * givers.count(viewer)
    assert shown_to(UUID(int=viewer), sheets, opened=True) == sheets


def test_points_are_told_with_no_more_decimals_than_they_have() -> None:
    assert [points_text(Fraction(*one)) for one in ((4, 1), (9, 2), (13, 3), (17, 4))] == [
        "4",
        "4,5",
        "4,33",
        "4,25",
    ]
    assert points_text(Fraction(9, 2), "en") == "4.5"


def test_the_reason_is_told_in_three_languages() -> None:
    same = Entry(
        UUID(int=1), "26/1", START, Decimal(1), {UUID(int=9): {"benefit": 4, "doable": 4, "team": 5}}
    )
    other = Entry(
        UUID(int=2), "26/2", START, Decimal(1), {UUID(int=9): {"benefit": 4, "doable": 4, "team": 5}}
    )
    [first, _] = rank([same, other], rules("drawn")).ranked
    told = {
        language: words_for(first, CRITERIA, SCALE, (2, 1), "drawn", language)
        for language in ("nb", "nn", "en")
    }
    assert told["nb"].split("\n") == [
        "Panelet ga søknaden 4,2 av 6 poeng i gjennomsnitt. Den ble nummer 1 av 2, og det er penger til den første.",
        "Slik fordelte poengene seg: Nytte for kommunen 4, Gjennomføring 4, Erfaring 5.",
        "Flere fikk like mange poeng. Rekkefølgen mellom dem ble avgjort ved loddtrekning.",
    ]
    assert told["nn"].startswith("Panelet gav søknaden 4,2 av 6 poeng")
    assert told["en"].startswith("The panel gave the application 4.2 of 6 points")


def test_weights_may_be_of_one_criterion_alone() -> None:
    assert weighted({"a": 5}, (Criterion("a", "A", 100),)) == 5
