"""How figures, days and times are written."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.engine.reference.api import (
    amount_text,
    count_word,
    date_text,
    euro_text,
    moment_text,
    number_text,
    points_text,
    share_text,
    sort_key,
    table_amount_text,
    time_text,
    weekday_date_text,
)

N = "\u00a0"
FRACTIONS = st.decimals(0, 1, places=6)


def test_amounts_have_no_break_spaces_and_ore_only_when_there_are_any() -> None:
    assert amount_text(Decimal("117400")) == f"117{N}400{N}kroner"
    assert amount_text(Decimal("117400.00")) == f"117{N}400{N}kroner"
    assert amount_text(Decimal("1234567.5")) == f"1{N}234{N}567,50{N}kroner"
    assert amount_text(Decimal(-5000)) == f"\u22125{N}000{N}kroner"
    assert amount_text(Decimal(117400), "en") == f"NOK{N}117,400"
    assert table_amount_text(Decimal(950)) == f"950{N}kr"
    assert euro_text(Decimal(300_000)) == f"300{N}000{N}euro"
    assert euro_text(Decimal("10016.50"), "en") == f"EUR{N}10,016.50"
    assert number_text(Decimal("11.72"), decimals=2) == "11,72"
    assert number_text(Decimal("-0.001")) == "0"


def test_shares_and_points() -> None:
    assert share_text(Decimal("0.264")) == f"26,4{N}prosent"
    assert share_text(Decimal("0.264"), "en") == f"26.4{N}per cent"
    assert points_text(Decimal("0.036")) == f"3,6{N}prosentpoeng"


def test_a_share_that_just_failed_is_not_printed_as_the_limit() -> None:
    assert share_text(Decimal("0.29997"), apart_from=Decimal("0.30")) == f"29,997{N}prosent"
    assert share_text(Decimal("0.264"), apart_from=Decimal("0.30")) == f"26,4{N}prosent"
    assert points_text(Decimal("0.00003")) == f"0,003{N}prosentpoeng"


@settings(deadline=None)
@given(FRACTIONS, FRACTIONS)
def test_different_shares_are_read_as_different(one: Decimal, other: Decimal) -> None:
    if one != other:
        assert share_text(one, apart_from=other) != share_text(other, apart_from=one)
        assert not points_text(abs(one - other)).startswith("0,0\u00a0")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nb", f"mandag 14.{N}desember 2026"),
        ("nn", f"måndag 14.{N}desember 2026"),
        ("en", f"Monday 14{N}December 2026"),
    ],
)
def test_deadlines_carry_the_weekday(language: str, expected: str) -> None:
    assert weekday_date_text(date(2026, 12, 14), language) == expected  # type: ignore[arg-type]


def test_dates_and_times() -> None:
    moment = datetime(2026, 12, 14, 14, 15, tzinfo=ZoneInfo("Europe/Oslo"))
    assert date_text(date(2027, 6, 1)) == f"1.{N}juni 2027"
    assert time_text(moment) == f"kl.{N}14.15"
    assert moment_text(moment) == f"mandag 14.{N}desember 2026 kl.{N}14.15"
    assert moment_text(moment, "en") == f"Monday 14{N}December 2026 at 14:15"


def test_small_counts_are_words() -> None:
    assert [count_word(3), count_word(1, "nn"), count_word(12, "en"), count_word(13)] == [
        "tre",
        "éin",
        "twelve",
        "13",
    ]


def test_norwegian_names_are_sorted_as_in_a_norwegian_list() -> None:
    right = ["Ole", "Zoo", "Ærlig", "Ørn", "Åse", "Aase"]
    assert sorted(sorted(right), key=sort_key) == right
    assert sorted(right, key=lambda name: sort_key(name).encode()) == right


def test_case_punctuation_and_accents_decide_last() -> None:
    names = ["A/S Ås", "Ab", "Andre", "André", "ANDRE AS", "Bø Bakeri", "Bøker AS", "Çelik", "Dahl", "Đurić"]
    assert sorted(names, key=sort_key) == [
        "A/S Ås", "Ab", "Andre", "André", "ANDRE AS", "Bø Bakeri", "Bøker AS", "Çelik", "Dahl", "Đurić",
    ]  # fmt: skip
    assert sort_key("  Kafé   Å  ").startswith("kafe }  ")
    assert sort_key("a") < sort_key("A") < sort_key("a b")


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_a_sort_key_is_printable_and_keeps_the_order_in_bytes(one: str, other: str) -> None:
    keys = sort_key(one), sort_key(other)
    assert (keys[0] < keys[1]) == (
        keys[0].encode("utf-8", "surrogatepass") < keys[1].encode("utf-8", "surrogatepass")
    )
    assert "\x00" not in keys[0]
