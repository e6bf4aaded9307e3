"""First come, ranked with a cut line, fixed amount and templates; what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.engine.dividing.api import (
    Band,
    DividingRefusal,
    FirstCome,
    FixedAmount,
    InvalidMethod,
    InvalidNeed,
    Method,
    MissingFact,
    Need,
    ProportionalCut,
    RankedByPoints,
    TemplateSum,
    divide,
    whole_kroner,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def need(
    key: str, amount: int, *, after: int = 0, points: int | None = None, size: int | None = None
) -> Need:
    return Need(
        key,
        Decimal(amount),
        NOON + timedelta(minutes=after),
        None if points is None else Decimal(points),
        None if size is None else Decimal(size),
    )


def told(needs: list[Need], budget: int, method: Method) -> list[tuple[str, int, str]]:
    return [(one.key, int(one.award_nok), one.why) for one in divide(needs, Decimal(budget), method).shares]


ARRIVED = [need("a", 100, after=2), need("b", 100, after=0), need("c", 100, after=1), need("d", 40, after=3)]


@pytest.mark.parametrize(
    ("at_the_line", "expected"),
    [
        ("stop", [("a", 0, "used_up"), ("b", 100, "full"), ("c", 100, "full"), ("d", 0, "used_up")]),
        ("rest", [("a", 50, "rest"), ("b", 100, "full"), ("c", 100, "full"), ("d", 0, "used_up")]),
        ("next", [("a", 0, "used_up"), ("b", 100, "full"), ("c", 100, "full"), ("d", 40, "full")]),
    ],
)
def test_first_come(at_the_line: str, expected: list[tuple[str, int, str]]) -> None:
    assert told(ARRIVED, 250, FirstCome(at_the_line=at_the_line)) == expected  # type: ignore[arg-type]


def test_a_rest_below_the_floor_is_not_given_out() -> None:
    method = FirstCome(at_the_line="rest", floor_nok=Decimal(60))
    assert told(ARRIVED, 250, method)[0] == ("a", 0, "used_up")
    assert told(ARRIVED, 260, method)[0] == ("a", 60, "rest")


def test_a_ceiling_lets_more_in() -> None:
    assert told(ARRIVED, 250, FirstCome(ceiling_nok=Decimal(70))) == [
        ("a", 70, "ceiling"), ("b", 70, "ceiling"), ("c", 70, "ceiling"), ("d", 40, "full"),
    ]  # fmt: skip


RANKED = [
    need("a", 100, points=7),
    need("b", 100, points=9),
    need("c", 60, points=7),
    need("d", 10, points=3),
]


def test_the_cut_line_does_not_part_equals() -> None:
    found = divide(RANKED, Decimal(210), RankedByPoints())
    assert [int(one.award_nok) for one in found.shares] == [0, 100, 0, 0]
    assert found.line_points == 9


def test_equals_at_the_line_share_the_rest() -> None:
    found = divide(RANKED, Decimal(180), RankedByPoints(at_the_line="rest"))
    assert [(int(one.award_nok), one.why) for one in found.shares] == [
        (50, "rest"), (100, "full"), (30, "rest"), (0, "used_up"),
    ]  # fmt: skip
    assert (found.line_points, found.share) == (7, Decimal("0.5"))


def test_the_lowest_case_number_may_go_first_among_equals() -> None:
    assert told(RANKED, 210, RankedByPoints(equals="earliest", at_the_line="next")) == [
        ("a", 100, "full"), ("b", 100, "full"), ("c", 0, "used_up"), ("d", 10, "full"),
    ]  # fmt: skip


def test_below_the_least_points_nobody_gets_anything() -> None:
    assert told(RANKED, 1000, RankedByPoints(least_points=Decimal(7)))[3] == ("d", 0, "below_points")


BANDS = (Band(Decimal(1), Decimal(5), Decimal(20_000)), Band(Decimal(5), None, Decimal(50_000)))
SIZES = [
    need("a", 90_000, size=1),
    need("b", 90_000, size=5),
    need("c", 15_000, size=4),
    need("d", 90_000, size=0),
]


def test_templates_go_by_size() -> None:
    method = TemplateSum(bands=BANDS, when_short=ProportionalCut())
    assert told(SIZES, 100_000, method) == [
        ("a", 20_000, "template"), ("b", 50_000, "template"), ("c", 15_000, "full"), ("d", 0, "outside_bands"),
    ]  # fmt: skip


def test_templates_are_cut_when_the_money_is_short() -> None:
    method = TemplateSum(bands=BANDS, when_short=ProportionalCut())
    assert [(award, why) for _, award, why in told(SIZES, 42_500, method)] == [
        (10_000, "cut"), (25_000, "cut"), (7_500, "cut"), (0, "outside_bands"),
    ]  # fmt: skip


def test_a_fixed_amount_as_far_as_it_goes() -> None:
    method = FixedAmount(amount_nok=Decimal(60), when_short=FirstCome())
    assert told(ARRIVED, 130, method) == [
        ("a", 0, "used_up"), ("b", 60, "template"), ("c", 60, "template"), ("d", 0, "used_up"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("needs", "method", "refusal"),
    [
        ([Need("a", Decimal("0.5"))], ProportionalCut(), InvalidNeed),
        ([Need("a", Decimal(-1))], ProportionalCut(), InvalidNeed),
        ([Need("a", Decimal("NaN"))], ProportionalCut(), InvalidNeed),
        ([Need("a", Decimal(1)), Need("a", Decimal(2))], ProportionalCut(), InvalidNeed),
        ([Need("a", Decimal(1))], FirstCome(), MissingFact),
        ([Need("a", Decimal(1), datetime(2026, 1, 1))], FirstCome(), MissingFact),  # noqa: DTZ001
        ([Need("a", Decimal(1))], RankedByPoints(), MissingFact),
        ([Need("a", Decimal(1))], TemplateSum(bands=BANDS, when_short=ProportionalCut()), MissingFact),
        ([], ProportionalCut(floor_nok=Decimal(5), ceiling_nok=Decimal(4)), InvalidMethod),
        ([], ProportionalCut(ceiling_nok=Decimal(0)), InvalidMethod),
        ([], ProportionalCut(floor_nok=Decimal("0.5")), InvalidMethod),
        ([], FixedAmount(amount_nok=Decimal(0), when_short=ProportionalCut()), InvalidMethod),
        ([], TemplateSum(bands=(), when_short=ProportionalCut()), InvalidMethod),
        ([], TemplateSum(bands=(BANDS[1], replace(BANDS[0], below=Decimal(6))), when_short=ProportionalCut()),
         InvalidMethod),
        ([], TemplateSum(bands=(replace(BANDS[0], below=Decimal(1)),), when_short=ProportionalCut()), InvalidMethod),
    ],
)  # fmt: skip
def test_what_is_refused(needs: list[Need], method: Method, refusal: type[DividingRefusal]) -> None:
    with pytest.raises(refusal):
        divide(needs, Decimal(100), method)


@pytest.mark.parametrize("budget", ["-1", "NaN", "Infinity"])
def test_a_budget_that_is_no_money_is_refused(budget: str) -> None:
    with pytest.raises(InvalidMethod):
        divide([], Decimal(budget), ProportionalCut())


def test_a_refusal_names_the_applications() -> None:
    with pytest.raises(MissingFact, match="1 av søknadene mangler poeng") as refused:
        divide([need("a", 1, points=1), need("b", 1)], Decimal(1), RankedByPoints())
    assert refused.value.keys == ("b",)


def test_ore_are_rounded_down() -> None:
    assert whole_kroner(Decimal("71090.91")) == Decimal(71090)


NEEDS = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 5), st.integers(0, 4)), max_size=9)
LINES = st.sampled_from(["stop", "rest", "next"])


@given(NEEDS, st.integers(0, 300), LINES, st.sampled_from(["together", "earliest"]), st.integers(0, 20))
@settings(max_examples=200, deadline=None)
def test_a_queue_never_passes_the_budget_and_nobody_below_stands_above(
    rows: list[tuple[int, int, int]], budget: int, line: str, equals: str, floor: int
) -> None:
    needs = [need(str(place), one, after=when, points=got) for place, (one, when, got) in enumerate(rows)]
    limits = {"at_the_line": line, "floor_nok": Decimal(floor)}
    for method in (FirstCome(**limits), RankedByPoints(equals=equals, **limits)):  # type: ignore[arg-type]
        found = divide(needs, Decimal(budget), method)
        assert found.total_nok <= budget
        if line == "next":
            continue
        best_without = max((_place(one, method) for one in _without(needs, found.amounts)), default=None)
        if best_without is not None and equals == "together":
            in_full = [one for one in needs if one.amount_nok and found.amounts[one.key] == one.amount_nok]
            assert all(_place(one, method) >= best_without for one in in_full)


def _without(needs: list[Need], amounts: dict[str, Decimal]) -> list[Need]:
    return [one for one in needs if one.amount_nok and not amounts[one.key]]


def _place(one: Need, method: Method) -> Decimal:
    if isinstance(method, RankedByPoints):
        return one.points or Decimal(0)
    return -Decimal((one.arrived_at or NOON).timestamp())
