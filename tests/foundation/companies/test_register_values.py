from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runde.engine.reference.api import is_valid_orgnr, sort_key, synthetic_orgnr
from runde.foundation.companies.domain import register_values as values
from runde.foundation.companies.domain.register_values import NULL, Unreadable
from runde.foundation.companies.domain.sort_keys import LONGEST, name_sort_key


@pytest.mark.parametrize(
    ("reader", "text", "expected"),
    [
        (values.read_orgnr, " 310000027 ", "310000027"),
        (values.read_parent_orgnr, "", ""),
        (values.read_text, "Torg\tog\\fjord\n", r"Torg\tog\\fjord"),
        (values.read_lines, "Sjøbua/nStrandveien 2", r"Sjøbua\nStrandveien 2"),
        (values.read_lines, "v/Nilsen", "v/Nilsen"),
        (values.read_lines, "v/nilsen", "v/nilsen"),
        (values.read_legal_form, "sær", "SÆR"),
        (values.read_postcode, "123", "0123"),
        (values.read_postcode, "SW1A 1AA", "SW1A 1AA"),
        (values.read_municipality, "301", "0301"),
        (values.read_municipality, "0301", "0301"),
        (values.read_industry, "1.110", "01.110"),
        (values.read_industry, "", ""),
        (values.read_boolean, "true", "t"),
        (values.read_boolean, "N", "f"),
        (values.read_boolean, "", NULL),
        (values.read_count, "", NULL),
        (values.read_count, "38", "38"),
        (values.read_year, "2022", "2022"),
        (values.read_year, "", NULL),
        (values.read_date, "", NULL),
        (values.read_date, "2021-06-30", "2021-06-30"),
        (values.read_date, "30.06.2021", "2021-06-30"),
        (values.read_language_form, "Nynorsk", "nn"),
        (values.read_language_form, "", ""),
    ],
)
def test_readable(reader: values.Reader, text: str, expected: str) -> None:
    assert reader(text) == expected


@pytest.mark.parametrize(
    ("reader", "text", "reason"),
    [
        (values.read_orgnr, "", "mangler"),
        (values.read_orgnr, "31000002", "har ikke ni siffer"),
        (values.read_orgnr, "310000028", "har feil kontrollsiffer"),
        (values.read_orgnr, "３10000027", "har ikke ni siffer"),
        (values.read_date, "2021-02-30", "er ikke en dato"),
        (values.read_date, "i går", "er ikke en dato"),
        (values.read_boolean, "kanskje", "er verken true eller false"),
        (values.read_count, "-3", "er ikke et antall"),
        (values.read_count, "²", "er ikke et antall"),
        (values.read_count, "99999999", "er ikke et antall"),
        (values.read_industry, "56", "er ikke en næringskode"),
        (values.read_municipality, "03O1", "har ikke 4 siffer"),
        (values.read_name, "A" * 301, "er for lang"),
    ],
)
def test_unreadable_says_why(reader: values.Reader, text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        reader(text)


@pytest.mark.parametrize(
    ("written", "current"),
    [
        ("3024", "3201"),  # Bærum from 2020 to 2023
        ("3201", "3201"),
        ("1507", ""),  # Ålesund, divided in 2024: which part is not guessed
        ("0219", ""),  # Bærum before 2020: not held
        ("", ""),
    ],
)
def test_municipality_numbers_follow_the_reforms(written: str, current: str) -> None:
    assert values.read_current_municipality(written) == current


@given(st.text(alphabet="0123456789", min_size=9, max_size=9) | st.text(max_size=12))
def test_the_quick_checksum_is_the_reference_rooms(text: str) -> None:
    assert values._adds_up(text) == is_valid_orgnr(text)


@given(st.integers(min_value=0, max_value=8_000_000))
def test_every_synthetic_number_adds_up(sequence: int) -> None:
    assert values._adds_up(synthetic_orgnr(sequence))


@given(st.text(alphabet="AaÅåÆØZzé 0-9.&'İß|}", max_size=40) | st.text(max_size=60))
def test_the_quick_sort_key_is_the_reference_rooms(name: str) -> None:
    assert name_sort_key(name) == sort_key(name.strip())[:LONGEST]


def test_memory_of_values_is_bounded() -> None:
    remembered = values.Remembered(values.read_text)
    for number in range(values.MEMORY + 10):
        remembered[str(number)]
    assert len(remembered) <= values.MEMORY
