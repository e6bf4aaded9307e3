"""Amounts, shares, days and times as people in Norway write them, in bokmål, nynorsk and English."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from runde.engine.reference.languages import Language

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"

_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "nb": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "nn": ("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_NORWEGIAN_MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
_MONTHS: dict[Language, tuple[str, ...]] = {
    "nb": _NORWEGIAN_MONTHS,
    "nn": _NORWEGIAN_MONTHS,
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_PERCENT: dict[Language, str] = {"nb": "prosent", "nn": "prosent", "en": "per cent"}
_POINTS: dict[Language, str] = {"nb": "prosentpoeng", "nn": "prosentpoeng", "en": "percentage points"}
_COUNTS: dict[Language, tuple[str, ...]] = {
    "nb": ("null", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"),
    "nn": ("null", "éin", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
           "eleven", "twelve"),
}  # fmt: skip
_MOST_DECIMALS = 6


def number_text(value: Decimal | int, language: Language = "nb", decimals: int = 0) -> str:
    """`117 400` or `11,72` with no-break spaces; English gets `117,400` and `11.72`. Rounds half up."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}"
    if language != "en":
        text = text.replace(",", NO_BREAK_SPACE).replace(".", ",")
    return f"{MINUS}{text}" if rounded < 0 else text


def count_word(count: int, language: Language = "nb") -> str:
    """`tre` up to twelve, digits above."""
    words = _COUNTS[language]
    return words[count] if 0 <= count < len(words) else number_text(count, language)


def amount_text(amount_nok: Decimal | int, language: Language = "nb") -> str:
    """`117 400 kroner`; øre are shown only when there are any. English: `NOK 117,400`."""
    text = number_text(amount_nok, language, _ore_decimals(Decimal(amount_nok)))
    return f"NOK{NO_BREAK_SPACE}{text}" if language == "en" else f"{text}{NO_BREAK_SPACE}kroner"


def table_amount_text(amount_nok: Decimal | int, language: Language = "nb") -> str:
    """`117 400 kr`: only for tables, where the column is narrow."""
    text = number_text(amount_nok, language, _ore_decimals(Decimal(amount_nok)))
    return f"NOK{NO_BREAK_SPACE}{text}" if language == "en" else f"{text}{NO_BREAK_SPACE}kr"


def euro_text(amount_eur: Decimal | int, language: Language = "nb") -> str:
    """`10 017 euro`; English `EUR 10,017`. Cents are shown only when there are any."""
    text = number_text(amount_eur, language, _ore_decimals(Decimal(amount_eur)))
    return f"EUR{NO_BREAK_SPACE}{text}" if language == "en" else f"{text}{NO_BREAK_SPACE}euro"


def share_text(
    fraction: Decimal, language: Language = "nb", *, decimals: int = 1, apart_from: Decimal | None = None
) -> str:
    """A fraction (0.264) as `26,4 prosent`.

    With `apart_from`, as many decimals as needed (at most six) for the two to be read as different: a fall
    of 29.97 must not be printed as the 30.0 it failed to reach.
    """
    places = decimals if apart_from is None else _telling_decimals(fraction, apart_from, decimals)
    return f"{number_text(fraction * 100, language, places)}{NO_BREAK_SPACE}{_PERCENT[language]}"


def points_text(fraction: Decimal, language: Language = "nb", *, decimals: int = 1) -> str:
    """A difference of fractions (0.036) as `3,6 prosentpoeng`; a tiny one gets more decimals, never 0,0."""
    places = _telling_decimals(fraction, Decimal(0), decimals)
    return f"{number_text(fraction * 100, language, places)}{NO_BREAK_SPACE}{_POINTS[language]}"


def date_text(day: date, language: Language = "nb") -> str:
    """`14. desember 2026`; English `14 December 2026`."""
    point = "" if language == "en" else "."
    return f"{day.day}{point}{NO_BREAK_SPACE}{_MONTHS[language][day.month - 1]} {day.year}"


def weekday_date_text(day: date, language: Language = "nb") -> str:
    """`mandag 14. desember 2026`: the form of every deadline."""
    return f"{_WEEKDAYS[language][day.weekday()]} {date_text(day, language)}"


def time_text(moment: datetime, language: Language = "nb") -> str:
    """`kl. 14.15` in the zone of the moment handed in; English `14:15`."""
    if language == "en":
        return f"{moment:%H:%M}"
    return f"kl.{NO_BREAK_SPACE}{moment:%H.%M}"


def moment_text(moment: datetime, language: Language = "nb") -> str:
    """`mandag 14. desember 2026 kl. 14.15`; English `Monday 14 December 2026 at 14:15`."""
    between = " at " if language == "en" else " "
    return f"{weekday_date_text(moment, language)}{between}{time_text(moment, language)}"


def _ore_decimals(amount: Decimal) -> int:
    return 0 if amount == amount.to_integral_value() else 2


def _telling_decimals(fraction: Decimal, other: Decimal, least: int) -> int:
    for places in range(least, _MOST_DECIMALS):
        if fraction == other or number_text(fraction * 100, "nb", places) != number_text(
            other * 100, "nb", places
        ):
            return places
    return _MOST_DECIMALS
