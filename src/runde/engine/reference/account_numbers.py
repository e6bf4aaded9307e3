"""Norwegian account numbers: four digits of bank, two of type, four of customer and one check digit."""

import re

from runde.engine.reference.errors import InvalidAccountNumber, SyntheticRangeExhausted

_SEPARATORS = re.compile(r"[\s.\-\u00a0\u202f]+")
_NO_BREAK_SPACE = "\u00a0"
_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_FIRST_SYNTHETIC_BLOCK = 123_456_000
_LAST_SYNTHETIC_BLOCK = 123_499_999
_NUMBERS_PER_BLOCK = 9


def clean_account(text: str) -> str:
    """Eleven digits from what a person typed. Raises InvalidAccountNumber with words that help."""
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch(r"[0-9]{11}", digits):
        raise InvalidAccountNumber("Kontonummeret må ha 11 siffer.")
    if not is_valid_account(digits):
        raise InvalidAccountNumber("Kontonummeret stemmer ikke. Sjekk at alle 11 sifrene er riktige.")
    return digits


def is_valid_account(number: str) -> bool:
    """Whether the eleven digits, without blanks, carry a right check digit."""
    if not re.fullmatch(r"[0-9]{11}", number) or number == "0" * 11:
        return False
    return _check_digit(number[:10]) == number[10]


def mask_account(number: str) -> str:
    """`1506 •• •••34`: enough for the owner to know it, too little for anyone else to use it."""
    return _NO_BREAK_SPACE.join((number[:4], "••", "•••" + number[-2:]))


def format_account(number: str) -> str:
    """`1506 61 77334` with no-break spaces."""
    return _NO_BREAK_SPACE.join((number[:4], number[4:6], number[6:]))


def account_to_iban(number: str) -> str:
    """The international form, `NO` + two check digits + the eleven. Raises InvalidAccountNumber."""
    digits = clean_account(number)
    check = 98 - int(f"{digits}232400") % 97
    return f"NO{check:02d}{digits}"


def synthetic_account(sequence: int) -> str:
    """The sequence-th (from 0) artificial account, 1234.56.xxxxx and on; never to be sent to a bank.

    No range is reserved for tests, so these are only recognisable, not harmless by law. The first some nine
    thousand start with 1234.56, the rest (to some 396 thousand) with 1234.57 to 1234.99.
    Raises SyntheticRangeExhausted.
    """
    block, place = divmod(sequence, _NUMBERS_PER_BLOCK)
    if sequence < 0 or _FIRST_SYNTHETIC_BLOCK + block > _LAST_SYNTHETIC_BLOCK:
        raise SyntheticRangeExhausted(f"No synthetic account number for sequence {sequence}.")
    first = (_FIRST_SYNTHETIC_BLOCK + block) * 10
    bases = [str(first + step) for step in range(10)]
    return [base + digit for base in bases if (digit := _check_digit(base)) is not None][place]


def is_synthetic_account(number: str) -> bool:
    """Whether the account is one `synthetic_account` could have made."""
    return is_valid_account(number) and number[:4] == "1234" and "56" <= number[4:6] <= "99"


def _check_digit(base: str) -> str | None:
    check = -sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, base, strict=True)) % 11
    return None if check == 10 else str(check)
