"""Numbers, dates and text as people type and paste them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runde.foundation.forms.domain.typing_in import (
    NotANumber,
    compact,
    plain_number,
    read_number,
    tidy_line,
    tidy_text,
)
from runde.foundation.forms.questions.date import read_day


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("412000", "412000"),
        ("412 000", "412000"),
        ("412\u00a0000", "412000"),
        ("412\u202f000", "412000"),
        ("412\u2009000", "412000"),
        ("412.000", "412000"),
        ("1.234.567", "1234567"),
        ("1 234 567,50", "1234567.50"),
        ("412000,5", "412000.5"),
        ("412000.50", "412000.50"),
        ("1 500.5", "1500.5"),
        ("kr 412 000", "412000"),
        ("412 000 kr", "412000"),
        ("412 000 kr.", "412000"),
        ("NOK 412 000", "412000"),
        ("412 000 kroner", "412000"),
        ("kr 412 000,-", "412000"),
        ("412 000,-", "412000"),
        ("412'000", "412000"),
        ("  412 000\r\n", "412000"),
        ("\t412 000\t", "412000"),
        ("«412 000»", "412000"),
        ("\u200b412\u200b 000\ufeff", "412000"),
        ("４１２", "412"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("\u20135", "-5"),
        ("+5", "5"),
        ("0", "0"),
        ("007", "7"),
    ],
)
def test_a_number_is_read_as_meant(typed: str, meant: str) -> None:
    assert read_number(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "abc", "12abc", "1,2,3", "1.23.4", "12.3456", "4 12 000", "41 2000", "1 234.567", "1.234 567",
        "--5", "5-", "1e6", "0x10", "NaN", "Infinity", "٤١٢", "½", "²", "1_000", "12,", ",5", ".", "-", "kr",
        "1" * 61, "1" * 100_000, "12\x00a", "400 000 og 12", "1/2", "10 %",
    ],
)  # fmt: skip
def test_what_can_be_read_in_several_ways_or_none_is_refused(typed: str) -> None:
    with pytest.raises(NotANumber):
        read_number(typed)


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.sampled_from([" ", ".", "\u00a0", "'"])
)
def test_every_amount_written_the_norwegian_way_is_read_back(amount: Decimal, between: str) -> None:
    whole = f"{abs(amount):,.2f}".replace(",", between)
    written = ("-" if amount < 0 else "") + f"{whole[:-3]},{whole[-2:]}"
    assert read_number(written) == amount


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    with suppress(NotANumber):
        assert read_number(text).is_finite()


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_a_canonical_number_reads_as_itself_and_has_one_spelling(amount: Decimal) -> None:
    text = plain_number(amount)
    assert Decimal(text) == amount
    assert plain_number(Decimal(text)) == text
    assert text != "-0"


@given(st.text(max_size=200))
def test_tidied_text_can_be_stored_and_is_settled(text: str) -> None:
    for tidy in (tidy_line, tidy_text):
        once = tidy(text)
        assert tidy(once) == once
        assert "\x00" not in once
        once.encode("utf-8")


def test_lines_are_kept_in_long_text_only() -> None:
    assert tidy_text("  En\r\nto \x07\rtre\n") == "En\nto\ntre"
    assert tidy_line("  En\r\nto\t tre\x07 ") == "En to tre"


def test_composed_letters_have_one_spelling() -> None:
    assert tidy_line("A\u030angstro\u0308m") == "Ångström"


def test_compact_lowers_and_strips_quotes() -> None:
    assert compact(" «KR 5» ") == "kr 5"


@pytest.mark.parametrize(
    "typed",
    [
        "14.12.2026", "14/12/2026", "14-12-2026", "14 12 2026", "14. 12. 2026", "2026-12-14",
        "14. desember 2026", "14 december 2026", "14. des. 2026", "14 des 2026",
    ],
)  # fmt: skip
def test_a_day_is_read_as_meant(typed: str) -> None:
    assert read_day(typed) == date(2026, 12, 14)


@pytest.mark.parametrize(
    "typed",
    ["14.12.26", "31.02.2026", "2026-13-01", "desember", "14.desembr 2026", "00.00.0000", "12/14/2026"],
)
def test_no_day_is_guessed(typed: str) -> None:
    assert read_day(typed) is None


@given(st.dates())
def test_every_day_written_with_dots_is_read_back(day: date) -> None:
    assert read_day(f"{day.day}.{day.month}.{day.year:04d}") == day
