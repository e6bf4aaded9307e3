"""Awards over sources: never more than a source holds, earmarks kept, parts that sum, the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runde.grants.casework.domain.split import MoneyShort, Part, Pot, Want, split_awards

FREE, FOOD, CULTURE = UUID(int=1), UUID(int=2), UUID(int=3)


def case(number: int) -> UUID:
    return UUID(int=100 + number)


def pot(source: UUID, left: str, rank: int = 1, earmarked: bool = False) -> Pot:
    return Pot(source, rank, Decimal(left), earmarked)


def want(number: int, amount: str, *fits: UUID) -> Want:
    return Want(case(number), Decimal(amount), frozenset(fits))


def test_earmarked_money_is_used_first_where_it_fits() -> None:
    shares = split_awards(
        [want(1, "100", FOOD), want(2, "100")], [pot(FREE, "1000", 1), pot(FOOD, "1000", 2, earmarked=True)]
    )
    assert shares == {case(1): (Part(FOOD, Decimal(100)),), case(2): (Part(FREE, Decimal(100)),)}


def test_an_award_is_shared_when_one_source_is_not_enough() -> None:
    shares = split_awards(
        [want(1, "117400.50", FOOD)], [pot(FREE, "500000"), pot(FOOD, "100000", 2, earmarked=True)]
    )
    assert shares == {case(1): (Part(FOOD, Decimal(100000)), Part(FREE, Decimal("17400.50")))}


def test_free_sources_are_used_by_rank() -> None:
    second = UUID(int=9)
    shares = split_awards([want(1, "150")], [pot(second, "100", 2), pot(FREE, "100", 1)])
    assert shares == {case(1): (Part(FREE, Decimal(100)), Part(second, Decimal(50)))}


def test_money_short_tells_how_much_and_for_whom() -> None:
    with pytest.raises(MoneyShort) as short:
        split_awards([want(1, "60"), want(2, "60"), want(3, "30")], [pot(FREE, "100")])
    assert (short.value.short_nok, short.value.cases) == (Decimal(20), (case(2),))


def test_earmarked_money_does_not_go_to_others() -> None:
    with pytest.raises(MoneyShort) as short:
        split_awards([want(1, "60", CULTURE)], [pot(FOOD, "100", earmarked=True)])
    assert short.value.short_nok == Decimal(60)


def test_without_sources_nothing_can_be_carried() -> None:
    assert split_awards([], []) == {}
    with pytest.raises(MoneyShort):
        split_awards([want(1, "1")], [])


money = st.decimals(min_value="0", max_value="500000", places=2)
pots = st.lists(
    st.builds(
        Pot,
        source_id=st.uuids(version=4),
        rank=st.integers(1, 4),
        left_nok=money,
        is_earmarked=st.booleans(),
    ),
    max_size=5,
    unique_by=lambda one: one.source_id,
)


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Want], list[Pot]]:
    available = draw(pots)
    earmarked = [one.source_id for one in available if one.is_earmarked]
    fits = st.frozensets(st.sampled_from(earmarked)) if earmarked else st.just(frozenset[UUID]())
    amounts = draw(st.lists(money.filter(bool), max_size=8))
    return [Want(case(n), amount, draw(fits)) for n, amount in enumerate(amounts)], available


@given(problems())
def test_the_promises_hold(problem: tuple[list[Want], list[Pot]]) -> None:
    wants, available = problem
    outcome = answer(wants, available)
    if isinstance(outcome, MoneyShort):
        assert outcome.short_nok > 0
        assert set(outcome.cases) <= {want.case_id for want in wants}
        return
    shares = outcome
    assert shares.keys() == {want.case_id for want in wants}
    for one in wants:
        parts = shares[one.case_id]
        assert sum(part.amount_nok for part in parts) == one.amount_nok
        assert all(part.amount_nok > 0 for part in parts)
        assert len({part.source_id for part in parts}) == len(parts)
    for source in available:
        used = [
            (want, part)
            for want in wants
            for part in shares[want.case_id]
            if part.source_id == source.source_id
        ]
        assert sum((part.amount_nok for _, part in used), Decimal(0)) <= source.left_nok
        assert all(source.source_id in want.fits for want, _ in used) or not source.is_earmarked


@given(problems(), st.randoms())
def test_the_order_the_sources_come_in_does_not_matter(
    problem: tuple[list[Want], list[Pot]], chance: object
) -> None:
    wants, available = problem
    shuffled = list(available)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = answer(wants, available), answer(wants, shuffled)
    if isinstance(one, MoneyShort):
        assert vars(one) == vars(other)
    else:
        assert one == other


def answer(wants: Sequence[Want], available: Sequence[Pot]) -> dict[UUID, tuple[Part, ...]] | MoneyShort:
    try:
        return split_awards(wants, available)
    except MoneyShort as short:
        return short
