"""On small cases every way is tried, and the answer is among the best. Faults planted in answers are found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from runde.engine.allocation.api import (
    Allocation,
    AllocationBroken,
    Award,
    Ceiling,
    Lock,
    LocksDoNotFit,
    MinimumShare,
    Part,
    Source,
    Terms,
    allocate,
    check_allocation,
)

from .brute import best_of, faults_in

KEYS = ("a", "b", "c")
DAYS = st.none() | st.sampled_from([date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)])
SHARES = st.sampled_from([Decimal("0.25"), Decimal("0.5"), Decimal(1) / Decimal(4)])
GROUPS = st.frozensets(st.sampled_from(["g", "h"]), max_size=2)
Asked = tuple[list[Award], list[Source], Terms]


@st.composite
def asked(draw: st.DrawFn, *, with_terms: bool = True) -> Asked:
    keys = KEYS[: draw(st.integers(1, 3))]
    sources = [
        Source(
            key,
            key.upper(),
            Decimal(draw(st.integers(0, 9))),
            draw(DAYS),
            None,
            draw(st.none() | st.integers(1, 4).map(Decimal)) if with_terms else None,
            draw(st.none() | SHARES) if with_terms else None,
        )
        for key in keys
    ]
    awards = [
        Award(
            str(place),
            Decimal(draw(st.integers(1, 6))),
            draw(st.frozensets(st.sampled_from(keys))),
            draw(GROUPS),
            draw(DAYS) if with_terms else None,
        )
        for place in range(draw(st.integers(0, 4)))
    ]
    return awards, sources, draw(terms_for(awards, keys)) if with_terms else Terms()


def terms_for(awards: list[Award], keys: tuple[str, ...]) -> st.SearchStrategy[Terms]:
    whom = st.tuples(st.none() | st.sampled_from(keys), st.none() | st.sampled_from(["g", "h"])).filter(any)
    ceilings = st.lists(st.tuples(st.integers(0, 8), whom), max_size=2)
    shares = st.lists(st.tuples(SHARES, whom), max_size=1)
    return st.builds(
        lambda tops, leasts: Terms(
            tuple(Ceiling(f"t{at}", "Tak", Decimal(top), *who) for at, (top, who) in enumerate(tops)),
            tuple(MinimumShare(f"m{at}", "Minst", share, *who) for at, (share, who) in enumerate(leasts)),
        ),
        ceilings,
        shares,
    )


def check(awards: list[Award], sources: list[Source], terms: Terms) -> Allocation | None:
    try:
        found = allocate(awards, sources, terms)
    except LocksDoNotFit:
        assert terms.locks
        assert best_of(awards, sources, terms) is None
        return None
    assert faults_in(found, awards, sources, terms) == []
    assert found.is_proven
    assert found.placed_nok >= (found.greedy_nok or 0)
    assert sum((one.used_nok for one in found.sources), Decimal(0)) == found.placed_nok
    assert found.wanted_nok - found.placed_nok == sum((one.amount_nok for one in found.uncovered), Decimal(0))
    return found


@given(asked(with_terms=False))
@settings(max_examples=150, deadline=None)
def test_earmarks_alone(case: Asked) -> None:
    check(*case)


@given(asked())
@settings(max_examples=200, deadline=None)
def test_with_periods_caps_ceilings_and_minimum_shares(case: Asked) -> None:
    check(*case)


@given(asked(), st.data())
@settings(max_examples=100, deadline=None)
def test_with_what_is_locked(case: Asked, data: st.DataObject) -> None:
    awards, sources, terms = case
    open_to = [(award, key) for award in awards for key in sorted(award.eligible)]
    assume(open_to)
    award, key = data.draw(st.sampled_from(open_to))
    amount = data.draw(st.none() | st.integers(0, int(award.amount_nok)).map(Decimal))
    source = next(one for one in sources if one.key == key)
    plain, bare = replace(award, paid_from=None), replace(source, per_award_nok=None, per_award_share=None)
    locked = replace(terms, locks=(Lock(award.key, key, amount),))
    check(
        [plain if one is award else one for one in awards],
        [bare if one is source else one for one in sources],
        locked,
    )


AWARDS = [
    Award("1", Decimal(4), frozenset({"a", "b"}), frozenset({"g"})),
    Award("2", Decimal(3), frozenset({"a"}), frozenset({"h"})),
    Award("3", Decimal(5), frozenset({"b"})),
]
SOURCES = [
    Source("a", "A", Decimal(6), per_award_nok=Decimal(3)),
    Source("b", "B", Decimal(9), date(2026, 3, 1)),
]
TERMS = Terms(
    (Ceiling("t", "Tak", Decimal(3), "a", "h"),),
    (MinimumShare("m", "Minst", Decimal("0.25"), "b", "g"),),
    (Lock("1", "b", Decimal(4)),),
)


def parts(**held: dict[str, int]) -> Callable[[Allocation], Allocation]:
    """An answer where these awards have these parts instead."""

    def planted(found: Allocation) -> Allocation:
        changed = {
            key[1:]: tuple(Part(source, Decimal(amount)) for source, amount in rows.items())
            for key, rows in held.items()
        }
        return replace(found, parts={**found.parts, **changed})

    return planted


BREAKING = {
    "half an award": parts(_3={"b": 4}),
    "another's earmark": parts(_2={"b": 3}),
    "more than there is": parts(_1={"b": 4}, _3={"b": 6}),
    "more than a cap": parts(_1={"a": 4}),
    "a lock moved": parts(_1={"a": 1, "b": 3}),
    "a lock dropped": parts(_1={}),
    "a minimum share missed": parts(_1={"a": 3, "b": 1}),
    "less than a krone": parts(_2={"a": 0}),
}


def test_the_answer_that_is_broken_stands() -> None:
    found = allocate(AWARDS, SOURCES, TERMS)
    assert found.placed_nok == 12
    assert faults_in(found, AWARDS, SOURCES, TERMS) == []
    check_allocation(found, AWARDS, SOURCES, TERMS)


@pytest.mark.parametrize("fault", BREAKING)
def test_the_control_and_the_brute_force_find_what_is_broken(fault: str) -> None:
    planted = BREAKING[fault](allocate(AWARDS, SOURCES, TERMS))
    with pytest.raises(AllocationBroken):
        check_allocation(planted, AWARDS, SOURCES, TERMS)
    if fault != "less than a krone":
        assert faults_in(planted, AWARDS, SOURCES, TERMS) == ["breaks a limit"]


def test_a_ceiling_that_is_passed_is_found() -> None:
    lower = replace(TERMS, ceilings=(Ceiling("t", "Tak", Decimal(2), "a", "h"),))
    found = allocate(AWARDS, SOURCES, TERMS)
    with pytest.raises(AllocationBroken, match="Taket «Tak»"):
        check_allocation(found, AWARDS, SOURCES, lower)
    assert faults_in(found, AWARDS, SOURCES, lower) == ["breaks a limit"]


def test_the_brute_force_finds_what_is_only_worse() -> None:
    awards, sources = [AWARDS[0], AWARDS[1]], [replace(SOURCES[0], per_award_nok=None), SOURCES[1]]
    found = allocate(awards, sources)
    assert faults_in(found, awards, sources, Terms()) == []
    assert faults_in(parts(_2={})(found), awards, sources, Terms()) == ["places too little"]
    late = parts(_1={"a": 3, "b": 1})(found)
    assert faults_in(late, awards, sources, Terms()) == ["lets money lapse that could be used"]
