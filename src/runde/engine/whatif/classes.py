"""Size and age classes: how companies are grouped, in SQL and by name."""

from __future__ import annotations

from datetime import date, timedelta

SIZES: tuple[tuple[str, int], ...] = (
    ("0", 0),
    ("1-4", 1),
    ("5-9", 5),
    ("10-19", 10),
    ("20-49", 20),
    ("50-99", 50),
    ("100-", 100),
)
"""Code and fewest employees. "0" is none registered, or not known; the register withholds numbers from 1 to 4."""

AGES: tuple[tuple[str, int], ...] = (
    ("0", 0),
    ("1-2", 1),
    ("3-5", 3),
    ("6-10", 6),
    ("11-20", 11),
    ("21-", 21),
)
"""Code and fewest whole years since founding, or since registration when founding is not known."""

UNKNOWN_AGE = ""


def size_code(number: int) -> str:
    return SIZES[number][0]


def age_code(number: int) -> str:
    return AGES[number - 1][0] if number else UNKNOWN_AGE


def section_code(number: int) -> str:
    return chr(64 + number) if number else ""


def municipality_code(number: int) -> str:
    return f"{number:04d}" if number else ""


def size_sql() -> str:
    """The place in SIZES."""
    whens = " ".join(
        f"WHEN fewest_employees >= {fewest} THEN {number}"
        for number, (_, fewest) in reversed(list(enumerate(SIZES)))
        if fewest
    )
    return f"CAST(CASE {whens} ELSE 0 END AS UTINYINT)"


def age_sql(on: date) -> str:
    """The place in AGES, counted from 1; 0 is not known. What begins after `on` is in the youngest class."""
    whens = " ".join(
        f"WHEN begun_date <= DATE '{years_before(on, years).isoformat()}' THEN {number}"
        for number, (_, years) in reversed(list(enumerate(AGES, start=1)))
        if years
    )
    return f"CAST(CASE WHEN begun_date IS NULL THEN 0 {whens} ELSE 1 END AS UTINYINT)"


def years_before(day: date, years: int) -> date:
    """The same day some years earlier; 29 February becomes 28 February. Never before year 1."""
    if day.year <= years:
        return date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return (day + timedelta(days=-1)).replace(year=day.year - years)
