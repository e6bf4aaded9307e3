"""What people in Norway type in a field, and what is refused rather than guessed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runde.engine.rules import RuleError
from runde.engine.rules.typed_values import FieldKind, read_codes, read_typed, typed_text


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("share", "30", "0.3"),
        ("share", "30,5 %", "0.305"),
        ("share", "30.5 prosent", "0.305"),
        ("share", " 12,345 ", "0.12345"),
        ("money", "5 000", "5000"),
        ("money", "5\u00a0000 kroner", "5000"),
        ("money", "kr 5.000,-", "5000"),
        ("money", "5.000,50", "5000.50"),
        ("money", "1,5 mill. kroner", "1500000"),
        ("money", "300 tusen", "300000"),
        ("money", "NOK 10000", "10000"),
        ("money", "\u2212250", "-250"),
        ("integer", "5 ansatte", "5"),
        ("integer", "1 tilsett", "1"),
        ("integer", "1 000", "1000"),
        ("decimal", "2,5", "2.5"),
    ],
)
def test_numbers_are_read_as_norwegians_write_them(kind: FieldKind, typed: str, value: str) -> None:
    assert read_typed(kind, typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1.3.2026", date(2026, 3, 1)),
        ("01.03.2026", date(2026, 3, 1)),
        ("1. mars 2026", date(2026, 3, 1)),
        ("1. mar. 2026", date(2026, 3, 1)),
        ("31/12-2026", date(2026, 12, 31)),
        ("2026-03-01", date(2026, 3, 1)),
    ],
)
def test_dates_are_read_as_norwegians_write_them(typed: str, day: date) -> None:
    assert read_typed("date", typed) == day


@pytest.mark.parametrize(
    ("kind", "typed", "suggestion"),
    [
        ("share", "tretti", None),
        ("share", "30.000", "30"),
        ("money", "5,000", "5 000"),
        ("money", "5,000.50", "5 000,50"),
        ("money", "5,123", "5 123"),
        ("money", "1e5", None),
        ("money", "5 00", None),
        ("money", "9" * 40, None),
        ("money", "", None),
        ("money", "kr", None),
        ("integer", "2,5", None),
        ("integer", "٣", None),
        ("date", "31.2.2026", None),
        ("date", "1.3.26", "01.03.2026"),
        ("date", "mars 2026", None),
        ("date", "20260301", None),
        ("date", "1. mai", None),
        ("boolean", "kanskje", None),
        ("text", "\x00", None),
        ("text", "x" * 3000, None),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_was_expected(
    kind: FieldKind, typed: str, suggestion: str | None
) -> None:
    with pytest.raises(RuleError) as error:
        read_typed(kind, typed, "felt")
    problem = error.value.first
    assert (problem.code, problem.where, problem.suggestion) == ("typed", "felt", suggestion)
    assert problem.expected


@given(st.text(max_size=40), st.sampled_from(["share", "money", "integer", "decimal", "date", "boolean"]))
def test_any_text_is_either_a_value_or_a_rule_error(text: str, kind: FieldKind) -> None:
    try:
        value = read_typed(kind, text)
    except RuleError:
        return
    assert read_typed(kind, typed_text(value, kind)) == value


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from(["share", "money", "decimal"]))
def test_a_shown_number_is_read_back(value: Decimal, kind: FieldKind) -> None:
    assert read_typed(kind, typed_text(value, kind)) == value


@given(st.dates())
def test_a_shown_date_is_read_back(day: date) -> None:
    assert read_typed("date", typed_text(day, "date")) == day


CHOICES = {"I": {"nb": "overnatting og servering"}, "S": {"nb": "kultur, sport og fritid", "en": "arts"}}


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("I, S", ("I", "S")),
        ("s;i;S", ("S", "I")),
        ("kultur, sport og fritid", ("S",)),
        (["I", "Kultur, sport og fritid"], ("I", "S")),
        ("arts, overnatting og servering", ("S", "I")),
    ],
)
def test_codes_may_be_typed_by_name(typed: Any, codes: tuple[str, ...]) -> None:
    assert read_codes(typed, CHOICES) == codes


@pytest.mark.parametrize("typed", ["", " , ;", []])
def test_an_empty_list_is_refused(typed: Any) -> None:
    with pytest.raises(RuleError):
        read_codes(typed, CHOICES)


def test_an_unknown_code_is_refused_with_the_nearest() -> None:
    with pytest.raises(RuleError) as error:
        read_codes("overnating og servering", CHOICES)
    assert error.value.first.suggestion == "overnatting og servering"
