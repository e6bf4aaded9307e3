from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runde.foundation.companies.domain.file_names import register_date_in
from runde.foundation.companies.domain.names import fold, search_words, with_neighbours_swapped

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ÅSHEIM KAFÉ AS", "Aasheim kafe"),
        ("Bjørnø", "Bjoernoe"),
        ("Bakke & Berg AS", "bakke og berg"),
        ("Kristoffer", "KRISTOFER"),
        ("Æra Hår", "aera har"),
        ("A.S. Fjord's", "as fjords"),
    ],
)
def test_spellings_that_are_the_same_in_a_search(one: str, other: str) -> None:
    assert search_words(one) == search_words(other)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Granitt Tak AS", ["granit", "tak"]),
        ("AS", ["as"]),
        ("  ", []),
        ("24-7 Bud", ["24", "7", "bud"]),
        ("%'\\ :* &|!", []),
    ],
)
def test_words(name: str, words: list[str]) -> None:
    assert search_words(name) == words


@given(st.text())
def test_words_are_fit_for_the_index(text: str) -> None:
    words = search_words(text)
    assert len(words) <= 40
    assert all(0 < len(word) <= 60 and " " not in word for word in words)


@given(st.text())
def test_folding_twice_is_folding_once_for_ordinary_letters(text: str) -> None:
    letters = "".join(sign for sign in text if sign.isascii() and sign != "o")
    assert fold(fold(letters)) == fold(letters)


def test_neighbours_swapped() -> None:
    assert with_neighbours_swapped("ragna") == ["argna", "rgana", "ranga", "ragan"]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("enheter_2024-01-15T04-30.csv.gz", date(2024, 1, 15)),
        ("enheter-20240115.json", date(2024, 1, 15)),
        ("2021-enheter.csv.gz", date(2021, 12, 31)),
        ("2026-enheter.csv.gz", TODAY),
        ("enheter.csv", None),
        ("2024-02-31.csv", None),
        ("310000027.csv", None),
    ],
)
def test_the_day_in_a_file_name(name: str, day: date | None) -> None:
    assert register_date_in(name, today=TODAY) == day
