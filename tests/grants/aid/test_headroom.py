"""The arithmetic of ceilings, to the cent, with the cases the law's own examples give."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runde.engine.reference.api import UnverifiedFigure, aid_ceiling
from runde.grants.aid.api import Declared, Entry, euros, largest_nok, window_start
from runde.grants.aid.domain.entries import Origin, without_doubles
from runde.grants.aid.domain.headroom import headroom

A, B = "310000001", "310000002"


def aid(
    day: str, eur: str, *, rule: str = "general", unit: str = A, origin: Origin = "award", giver: str = "Moss"
) -> Entry:
    return Entry(
        origin=origin,
        organisation_number=unit,
        giver=giver,
        giver_number="",
        title="",
        rule=rule,
        right_arose_date=date.fromisoformat(day),
        amount_nok=Decimal(eur) * 10,
        amount_eur=Decimal(eur),
    )


EARLIER = (aid("2023-11-20", "200000"), aid("2025-02-01", "60000"))
GROUP = (aid("2025-06-01", "150000"), aid("2026-01-10", "120000", unit=B))


@pytest.mark.parametrize(
    ("earlier", "on", "new", "fits", "left"),
    [
        (EARLIER, "2026-11-19", "50000", False, "40000"),
        (EARLIER, "2026-11-20", "50000", True, "240000"),
        (GROUP, "2026-05-01", "40000", False, "30000"),
        ((), "2026-05-01", "300000", True, "300000"),
        ((), "2026-05-01", "300000.01", False, "300000"),
        ((aid("2024-01-02", "300000"),), "2027-01-01", "0.01", False, "0"),
        ((aid("2024-01-02", "300000"),), "2027-01-02", "300000", True, "300000"),
    ],
)
def test_the_laws_own_examples(earlier: tuple[Entry, ...], on: str, new: str, fits: bool, left: str) -> None:
    room = headroom(earlier, "general", date.fromisoformat(on))
    assert room.left_eur == Decimal(left)
    assert room.fits(Decimal(new)) is fits


def test_before_2024_the_window_was_three_fiscal_years_and_road_freight_had_less() -> None:
    on = date(2023, 6, 1)
    old = (aid("2021-01-01", "90000", rule="road_freight"), aid("2020-12-31", "90000", rule="road_freight"))
    assert headroom(old, "road_freight", on).left_eur == 10_000
    assert headroom(old, "general", on).left_eur == 110_000


def test_road_freight_and_general_aid_fill_the_same_ceiling_now() -> None:
    room = headroom((aid("2026-01-02", "250000", rule="road_freight"),), "general", date(2026, 6, 1))
    assert room.left_eur == 50_000


def test_aid_for_general_interest_counts_beside_the_general() -> None:
    """Nobody has confirmed the higher ceiling, so it never gives more room than the general one."""
    earlier = (aid("2026-01-02", "280000", rule="sgei"),)
    assert headroom(earlier, "general", date(2026, 6, 1)).left_eur == 20_000
    with pytest.raises(UnverifiedFigure):
        headroom(earlier, "sgei", date(2026, 6, 1))


def test_aid_without_a_rule_counts_against_nothing() -> None:
    assert headroom((aid("2026-01-02", "280000", rule=""),), "general", date(2026, 6, 1)).used_eur == 0


def test_what_is_reserved_is_part_of_the_used() -> None:
    room = headroom(
        (aid("2026-01-02", "241600"), aid("2026-02-02", "20000", origin="reserved")),
        "general",
        date(2026, 6, 1),
    )
    assert (room.left_eur, room.reserved_eur, room.used_eur) == (
        Decimal(38_400),
        Decimal(20_000),
        Decimal(261_600),
    )


def test_what_the_company_says_counts_where_we_know_of_less() -> None:
    on, told = date(2026, 6, 1), date(2026, 3, 1)
    entries = (aid("2026-01-02", "40000"), aid("2026-04-02", "10000"))
    assert headroom(entries, "general", on, Declared(Decimal(100_000), told)).used_eur == 110_000
    assert headroom(entries, "general", on, Declared(Decimal(30_000), told)).used_eur == 50_000
    assert headroom(entries, "general", on, Declared(Decimal(100_000), told)).unknown_eur == 60_000


def test_the_window_is_open_at_its_far_end_also_on_the_leap_day() -> None:
    ceiling = aid_ceiling("general", date(2028, 2, 29))
    assert window_start(ceiling, date(2028, 2, 29)) == date(2025, 2, 28)


rates = st.decimals("7", "14", places=4)


@given(st.decimals("0", "300000", places=2), rates)
def test_the_largest_grant_fits_and_one_krone_more_does_not(left: Decimal, rate: Decimal) -> None:
    most = largest_nok(left, rate)
    assert euros(most, rate) <= left
    assert euros(most + 1, rate) > left


days = st.dates(date(2022, 1, 1), date(2026, 12, 31))
rules = st.sampled_from(["general", "road_freight", "sgei", "agriculture", "fishery", ""])
entries = st.lists(
    st.builds(
        lambda day, eur, rule: aid(day.isoformat(), str(eur), rule=rule),
        days,
        st.decimals("0.01", "200000", places=2),
        rules,
    ),
    max_size=8,
)


@given(entries, st.dates(date(2024, 5, 10), date(2030, 12, 31)))
def test_room_never_grows_by_more_aid_and_never_passes_the_ceiling(earlier: list[Entry], on: date) -> None:
    room = headroom(earlier, "general", on)
    assert 0 <= room.left_eur <= aid_ceiling("general", on).amount
    assert not room.fits(room.left_eur + Decimal("0.01"))
    counted = [one for one in earlier if one.rule and one.right_arose_date > window_start(room.ceiling, on)]
    assert room.left_eur == max(300_000 - sum((one.amount_eur for one in counted), Decimal(0)), Decimal(0))
    for place in range(len(earlier)):
        assert headroom(earlier[:place] + earlier[place + 1 :], "general", on).left_eur >= room.left_eur


def test_one_award_told_of_by_three_counts_once() -> None:
    told = [aid("2026-01-02", "100", origin=origin) for origin in ("declared", "award", "register")]
    [kept] = without_doubles(told)
    assert kept.origin == "award"


def test_two_alike_from_one_source_are_two_and_another_giver_is_another_award() -> None:
    twice = [aid("2026-01-02", "100", origin="register")] * 2
    assert len(without_doubles([*twice, aid("2026-01-02", "100", origin="declared")])) == 2
    assert (
        len(
            without_doubles(
                [
                    aid("2026-01-02", "100"),
                    aid("2026-01-02", "100", giver="Innovasjon Norge", origin="register"),
                ]
            )
        )
        == 2
    )
