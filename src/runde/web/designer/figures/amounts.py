"""Counts, sums and distances as people read them. A withheld figure is said to be withheld, never guessed at."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from runde.engine.reference.api import EDITIONS, amount_text, list_sections, number_text, points_text

NO_BREAK_SPACE = "\u00a0"
MILLION = Decimal(1_000_000)
WITHHELD = "ikke vist"
UNITS = {
    "employees": ("ansatt", "ansatte"),
    "ansatte": ("ansatt", "ansatte"),
    "years": ("år", "år"),
    "months": ("måned", "måneder"),
    "days": ("dag", "dager"),
    "hours": ("time", "timer"),
    "persons": ("person", "personer"),
}
WHAT_IS_WITHHELD = (
    "«Ikke vist» er tall under 5, og tall som ville ha røpet dem. Slik kan ingen kjenne igjen en virksomhet."
)


def count_text(count: int | None) -> str:
    return WITHHELD if count is None else number_text(count)


def companies_text(count: int) -> str:
    """ "1 284 virksomheter" """
    return f"{number_text(count)}{NO_BREAK_SPACE}{'virksomhet' if count == 1 else 'virksomheter'}"


def kroner_text(amount_nok: Decimal | None) -> str:
    """For tables whose head has the unit: "1 250 000"."""
    return WITHHELD if amount_nok is None else number_text(amount_nok)


def thousands_text(amount_nok: Decimal | None) -> str:
    """For tables said to be in thousands: 1 250 000 is "1 250", and 1 250 500 "1 250,5"."""
    if amount_nok is None:
        return WITHHELD
    thousands = amount_nok / 1000
    return number_text(thousands, decimals=0 if thousands % 1 == 0 else 1)


def money_text(amount_nok: Decimal) -> str:
    """ "30 mill. kroner", "4,2 mill. kroner", "850 000 kroner" """
    if abs(amount_nok) < MILLION:
        return amount_text(amount_nok)
    return f"{millions(amount_nok)}{NO_BREAK_SPACE}mill. kroner"


def millions(amount_nok: Decimal) -> str:
    """In millions with one decimal, or none when there is nothing behind the comma."""
    text = number_text(amount_nok / MILLION, decimals=1)
    return text.removesuffix(",0")


def range_text(low: Decimal, high: Decimal) -> str:
    """ "21–34 mill. kroner", small sums in whole kroner; one figure when both read the same."""
    if high < MILLION:
        return amount_text(high) if low == high else f"{number_text(low)}–{amount_text(high)}"
    decimals = 0 if low >= 10 * MILLION else 1
    first, last = (number_text(one / MILLION, decimals=decimals) for one in (low, high))
    return f"{first if first == last else f'{first}–{last}'}{NO_BREAK_SPACE}mill. kroner"


def percent_text(part: Decimal, whole: Decimal) -> str:
    """ "62 prosent"; just under one and just over a hundred are said as such."""
    share = part / whole * 100 if whole else Decimal(0)
    if 0 < share < 1:
        return f"under 1{NO_BREAK_SPACE}prosent"
    if 100 < share < 101:  # noqa: PLR2004 - more than everything must never read as everything
        return f"over 100{NO_BREAK_SPACE}prosent"
    return f"{number_text(share)}{NO_BREAK_SPACE}prosent"


def distance_text(distance: Decimal, unit: str) -> str:
    """How far off, in the criterion's unit: "5 prosentpoeng", "30 dager", "1 ansatt", "25 000 kroner"."""
    if unit == "share":
        return points_text(distance, decimals=0 if distance * 100 % 1 == 0 else 1)
    if unit == "nok":
        return amount_text(distance)
    decimals = max(0, -int(distance.normalize().as_tuple().exponent))
    return f"{number_text(distance, decimals=decimals)}{NO_BREAK_SPACE}{_unit_words(unit, distance)}".strip()


def without_unit(text: str) -> str:
    """ "25 000 kroner" -> "25 000" """
    number, _, unit = text.rpartition(NO_BREAK_SPACE)
    return number if number and not unit.isdigit() else text


def _unit_words(unit: str, distance: Decimal) -> str:
    one, several = UNITS.get(unit, (unit, unit))
    return one if distance == 1 else several


def listed(words: list[str]) -> str:
    """ "a, b og c" """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} og {words[-1]}"


@cache
def _sections() -> dict[str, str]:
    return {one.letter: one.name for one in list_sections(EDITIONS[-1])}


def section_name(letter: str) -> str:
    return _sections().get(letter, "Ukjent næring")
