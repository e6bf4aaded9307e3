"""What is used first, why some are left without, what would help, and what is refused."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.engine.allocation.api import (
    Allocation,
    AllocationRefusal,
    Award,
    Ceiling,
    InvalidAward,
    InvalidSource,
    InvalidTerm,
    Lock,
    LocksDoNotFit,
    MinimumShare,
    Remedy,
    Source,
    Terms,
    allocate,
    check_allocation,
    tell,
    tell_uncovered,
)

BOTH = frozenset({"travel", "free"})
TRAVEL = Source("travel", "Reiselivspotten", Decimal(100), date(2026, 12, 31))
FREE = Source("free", "Kommunens midler", Decimal(100))


def award(key: str, amount: int, *eligible: str, groups: tuple[str, ...] = ()) -> Award:
    return Award(key, Decimal(amount), frozenset(eligible) or BOTH, frozenset(groups))


def parts(found: Allocation) -> dict[str, dict[str, int]]:
    return {key: {part.source: int(part.amount_nok) for part in held} for key, held in found.parts.items()}


def said(found: Allocation) -> list[str]:
    return [sentence.replace("\u00a0", " ") for sentence in tell(found)]


def test_money_that_lapses_first_is_used_first() -> None:
    found = allocate([award("1", 60), award("2", 60)], [FREE, TRAVEL])
    assert parts(found) == {"1": {"travel": 60}, "2": {"travel": 40, "free": 20}}
    assert [one.left_nok for one in found.sources] == [80, 0]


def test_the_earmarked_make_room_for_each_other_where_taking_them_in_order_does_not() -> None:
    sources = [replace(TRAVEL, lapses_date=None), replace(FREE, lapses_date=date(2026, 6, 1))]
    found = allocate([award("1", 100), award("2", 100, "free")], sources)
    assert parts(found) == {"1": {"travel": 100}, "2": {"free": 100}}
    assert (found.placed_nok, found.greedy_nok, found.is_proven) == (200, 100, True)


def test_twelve_without_because_the_money_for_travel_is_used_up() -> None:
    awards = [award(str(place), 20, "travel") for place in range(17)]
    found = allocate(awards, [TRAVEL, FREE])
    assert [key for key, held in found.parts.items() if held] == ["0", "1", "2", "3", "4"]
    assert said(found) == [
        "5 av 17 søknader får dekning, til sammen 100 kroner.",
        "12 søknader er uten dekning fordi Reiselivspotten er brukt opp. Det gjelder 240 kroner.",
        "Får Reiselivspotten 240 kroner til, får alle dekning.",
    ]
    [without] = found.uncovered
    assert without.remedies == (Remedy("source", "travel", "Reiselivspotten", Decimal(240)),)


def test_money_that_will_be_lost_is_told() -> None:
    found = allocate([award("1", 30)], [TRAVEL, FREE])
    assert (
        said(found)[-1]
        == "70 kroner blir igjen i Reiselivspotten. Det må være brukt innen 31. desember 2026."
    )


def test_a_ceiling_stands_in_the_way() -> None:
    awards = [award(key, 40, groups=("Moss",)) for key in "123"]
    terms = Terms(ceilings=(Ceiling("c", "Til Moss", Decimal(100), group="Moss"),))
    found = allocate(awards, [TRAVEL, FREE], terms)
    assert said(found)[1:3] == [
        "1 søknad er uten dekning fordi taket «Til Moss» er nådd. Det gjelder 40 kroner.",
        "Blir taket «Til Moss» hevet med 20 kroner, får den dekning.",
    ]


def test_a_minimum_share_stands_in_the_way() -> None:
    awards = [award("1", 50, "free"), award("2", 50, "free", groups=("young",))]
    least = MinimumShare("m", "Minst 60 prosent til unge", Decimal("0.6"), "free", "young")
    found = allocate(awards, [FREE], Terms(minimum_shares=(least,)))
    assert parts(found) == {"1": {}, "2": {"free": 50}}
    assert said(found)[1:] == [
        "1 søknad er uten dekning fordi kravet «Minst 60 prosent til unge» ellers ikke blir holdt. "
        "Det gjelder 50 kroner.",
        "Blir kravet «Minst 60 prosent til unge» satt til side, får den dekning.",
    ]


def test_a_source_must_carry_its_share_of_everything() -> None:
    least = MinimumShare("m", "Egenandel", Decimal("0.5"), "free")
    found = allocate([award("1", 80), award("2", 60)], [TRAVEL, FREE], Terms(minimum_shares=(least,)))
    assert [int(one.used_nok) for one in found.sources] == [70, 70]


def test_a_cap_on_each_award_divides_it() -> None:
    sources = [replace(TRAVEL, per_award_share=Decimal("0.5")), replace(FREE, per_award_nok=Decimal(30))]
    found = allocate([award("1", 61), award("2", 51)], sources)
    assert parts(found) == {"1": {}, "2": {"travel": 25, "free": 26}}
    assert said(found)[1] == (
        "1 søknad er uten dekning fordi Kommunens midler gir høyst 30 kroner til hver og Reiselivspotten gir høyst "
        "30 kroner til hver. Det gjelder 61 kroner."
    )


def test_earmarks_and_periods_that_fit_none() -> None:
    late = replace(award("2", 10, "travel"), paid_by=date(2027, 1, 15))
    early = replace(award("3", 10, "free"), paid_from=date(2026, 1, 1))
    none = Award("1", Decimal(10), frozenset())
    found = allocate([none, late, early], [TRAVEL, replace(FREE, usable_from=date(2026, 2, 1))])
    assert [(one.awards, one.blockers[0].kind, one.remedies) for one in found.uncovered] == [
        (("2", "3"), "period", ()),
        (("1",), "earmark", ()),
    ]
    assert [tell_uncovered(one)[0].split(". ")[0] for one in found.uncovered] == [
        "2 søknader er uten dekning fordi pengene de passer til, ikke kan brukes når de skal betales ut",
        "1 søknad er uten dekning fordi ingen av kildene er øremerket slik at de passer",
    ]


def test_what_is_locked_by_hand_stays() -> None:
    locks = (Lock("1", "free"), Lock("2", "free", Decimal(10)))
    found = allocate([award("1", 60), award("2", 60)], [TRAVEL, FREE], Terms(locks=locks))
    assert parts(found) == {"1": {"free": 60}, "2": {"travel": 50, "free": 10}}


def test_locks_beyond_the_money_are_refused() -> None:
    locks = (Lock("1", "free"), Lock("2", "free"))
    with pytest.raises(
        LocksDoNotFit, match="Det er låst mer for hånd enn «Kommunens midler» gir rom for"
    ) as refused:
        allocate([award("1", 60), award("2", 60)], [TRAVEL, FREE], Terms(locks=locks))
    assert refused.value.keys == ("1", "2")


def test_ore_of_a_source_are_never_used_and_nothing_is_asked() -> None:
    found = allocate([award("1", 1, "free")], [replace(FREE, left_nok=Decimal("0.99"))])
    assert found.placed_nok == 0
    assert said(found)[1].startswith("1 søknad er uten dekning fordi Kommunens midler er brukt opp.")
    assert allocate([], []).placed_nok == 0
    assert allocate([], [TRAVEL]).sources[0].used_nok == 0


ONE = award("1", 10)


@pytest.mark.parametrize(
    ("awards", "sources", "terms", "refusal"),
    [
        ([award("1", 0)], [TRAVEL, FREE], Terms(), InvalidAward),
        ([replace(ONE, amount_nok=Decimal("0.5"))], [TRAVEL, FREE], Terms(), InvalidAward),
        ([ONE, ONE], [TRAVEL, FREE], Terms(), InvalidAward),
        ([ONE], [TRAVEL], Terms(), InvalidAward),
        ([], [TRAVEL, TRAVEL], Terms(), InvalidSource),
        ([], [replace(FREE, left_nok=Decimal(-1))], Terms(), InvalidSource),
        ([], [replace(FREE, per_award_nok=Decimal("0.5"))], Terms(), InvalidSource),
        ([], [replace(FREE, per_award_share=Decimal("1.1"))], Terms(), InvalidSource),
        ([], [replace(TRAVEL, usable_from=date(2027, 1, 1))], Terms(), InvalidSource),
        ([], [], Terms((Ceiling("c", "Tak", Decimal(1)),)), InvalidTerm),
        ([], [], Terms((Ceiling("c", "Tak", Decimal(1), "free"),)), InvalidTerm),
        ([], [], Terms((Ceiling("c", "Tak", Decimal("0.5"), group="g"),)), InvalidTerm),
        ([], [], Terms((Ceiling("c", "Tak", Decimal(1), group="g"),) * 2), InvalidTerm),
        ([], [], Terms((), (MinimumShare("m", "Minst", Decimal(2), group="g"),)), InvalidTerm),
        ([ONE], [TRAVEL, FREE], Terms(locks=(Lock("2", "free"),)), InvalidTerm),
        ([ONE], [TRAVEL, FREE], Terms(locks=(Lock("1", "free", Decimal("0.5")),)), InvalidTerm),
        ([ONE], [TRAVEL, FREE], Terms(locks=(Lock("1", "free"), Lock("1", "travel"))), InvalidTerm),
        ([ONE], [TRAVEL, FREE], Terms(locks=(Lock("1", "free"), Lock("1", "free"))), InvalidTerm),
        ([ONE], [TRAVEL, FREE], Terms(locks=(Lock("1", "free", Decimal(11)),)), InvalidTerm),
        ([award("1", 10, "travel")], [TRAVEL, FREE], Terms(locks=(Lock("1", "free"),)), InvalidTerm),
        ([replace(ONE, paid_by=date(2027, 1, 1))], [TRAVEL, FREE], Terms(locks=(Lock("1", "travel"),)), InvalidTerm),
    ],
)  # fmt: skip
def test_what_is_refused(
    awards: list[Award], sources: list[Source], terms: Terms, refusal: type[AllocationRefusal]
) -> None:
    with pytest.raises(refusal):
        allocate(awards, sources, terms)


def many(seed: int, count: int, share: str) -> tuple[list[Award], list[Source]]:
    drawn = random.Random(seed)
    keys = [f"s{place}" for place in range(12)]
    awards = [
        Award(
            str(place),
            Decimal(drawn.randint(5_000, 500_000)),
            frozenset(drawn.sample(keys, drawn.randint(1, 3))),
        )
        for place in range(count)
    ]
    total = sum((one.amount_nok for one in awards), Decimal(0))
    left = (total * Decimal(share) / 12).quantize(Decimal(1))
    return awards, [Source(key, key, left, date(2026, 1 + place, 28)) for place, key in enumerate(keys)]


@given(st.integers(0, 2**32), st.integers(1, 40), st.sampled_from(["0.5", "0.9", "1.2"]))
@settings(max_examples=15, deadline=None)
def test_never_less_than_in_order_and_the_same_each_time(seed: int, count: int, share: str) -> None:
    awards, sources = many(seed, count, share)
    found = allocate(awards, sources)
    check_allocation(found, awards, sources, Terms())
    assert (found.greedy_nok or 0) <= found.placed_nok <= found.bound_nok
    assert allocate(awards, sources) == found


@given(st.integers(0, 2**32))
@settings(max_examples=5, deadline=None)
def test_what_is_said_to_help_does_help(seed: int) -> None:
    awards, sources = many(seed, 10, "0.7")
    found = allocate(awards, sources)
    for without in found.uncovered:
        for remedy in without.remedies:
            more = [
                replace(one, left_nok=one.left_nok + (remedy.extra_nok or 0))
                if one.key == remedy.key
                else one
                for one in sources
            ]
            chosen = [one for one in awards if found.parts[one.key] or one.key in without.awards]
            assert not allocate(chosen, more).uncovered
            one_less = [
                replace(one, left_nok=one.left_nok - 1) if one.key == remedy.key else one for one in more
            ]
            assert allocate(chosen, one_less).uncovered


def test_thousands_of_awards_are_shared_out_to_the_last_krone() -> None:
    awards, sources = many(1, 3_000, "0.8")
    found = allocate(awards, sources)
    assert found.bound_nok - found.placed_nok < 5_000
    assert found.placed_nok > (found.greedy_nok or Decimal(0))
