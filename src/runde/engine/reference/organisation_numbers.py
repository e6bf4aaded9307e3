"""Organisation numbers: nine digits, the last a check digit; real ones start with 8 or 9."""

import re
from functools import lru_cache

from stdnum.exceptions import ValidationError
from stdnum.no import orgnr

from runde.engine.reference.errors import InvalidOrganisationNumber, SyntheticRangeExhausted

_SEPARATORS = re.compile(r"[\s.\-\u00a0\u202f]+")
_NO_BREAK_SPACE = "\u00a0"
_FIRST_BLOCK = 3_110_000
"""Synthetic numbers start at 311 000 00x: 310 … is left to hand-written examples."""
_LAST_BLOCK = 3_999_999
_NUMBERS_PER_BLOCK = 9
"""Of ten neighbours at most one has no check digit, so each block of ten surely gives nine."""


def clean_orgnr(text: str) -> str:
    """Nine digits from what a person typed (blanks, dots and dashes are taken away).

    Raises InvalidOrganisationNumber.
    """
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch(r"[0-9]{9}", digits):
        raise InvalidOrganisationNumber("Organisasjonsnummeret må ha 9 siffer.")
    try:
        orgnr.validate(digits)
    except ValidationError as error:
        raise InvalidOrganisationNumber(
            "Organisasjonsnummeret stemmer ikke. Sjekk at alle 9 sifrene er riktige."
        ) from error
    return digits


def is_valid_orgnr(text: str) -> bool:
    """Whether the nine digits, without blanks, carry a right check digit."""
    return bool(re.fullmatch(r"[0-9]{9}", text)) and orgnr.is_valid(text)


def is_synthetic_orgnr(number: str) -> bool:
    """Whether the number lies in the range for test data (2 or 3 first); no real unit has such a number."""
    return number[:1] in ("2", "3")


def format_orgnr(number: str) -> str:
    """`912 345 678` with no-break spaces."""
    return _NO_BREAK_SPACE.join((number[:3], number[3:6], number[6:]))


def synthetic_orgnr(sequence: int) -> str:
    """The sequence-th (from 0) synthetic number, 3xx xxx xxx with a right check digit; all are different.

    Raises SyntheticRangeExhausted below 0 or beyond some eight million.
    """
    block, place = divmod(sequence, _NUMBERS_PER_BLOCK)
    if sequence < 0 or _FIRST_BLOCK + block > _LAST_BLOCK:
        raise SyntheticRangeExhausted(f"No synthetic organisation number for sequence {sequence}.")
    first = (_FIRST_BLOCK + block) * 10
    return _valid_in_block(first)[place]


@lru_cache(maxsize=1)  # numbers are nearly always asked for in turn
def _valid_in_block(first: int) -> list[str]:
    bases = [str(first + step) for step in range(10)]
    return [base + digit for base in bases if (digit := _check_digit(base)) is not None]


def _check_digit(base: str) -> str | None:
    weights = (3, 2, 7, 6, 5, 4, 3, 2)
    check = -sum(weight * int(digit) for weight, digit in zip(weights, base, strict=True)) % 11
    return None if check == 10 else str(check)
