"""KID: the payment reference on a claim, two to twenty-five digits of which the last is a check digit.

The payee's agreement with the bank says modulus 10 or modulus 11. Source: the banks' description of KID as
used by Norwegian ledgers; the examples in the tests are the ones it gives.
"""

import re
from typing import Literal

from runde.engine.reference.errors import InvalidKid

Modulus = Literal[10, 11]
_LONGEST = 25


def make_kid(base: str, modulus: Modulus) -> str:
    """The reference for a base of 1 to 24 digits.

    Raises InvalidKid for another base, and where modulus 11 gives no digit (many systems forbid "-"): skip
    that base.
    """
    if not re.fullmatch(rf"[0-9]{{1,{_LONGEST - 1}}}", base):
        raise InvalidKid(f"KID «{base}»: grunnlaget må ha 1 til {_LONGEST - 1} siffer.")
    check = _check_digit(base, modulus)
    if check is None:
        raise InvalidKid(f"KID «{base}» har ikke noe kontrollsiffer med modulus 11. Bruk neste nummer.")
    return base + check


def is_valid_kid(kid: str, modulus: Modulus | None = None) -> bool:
    """Whether the check digit is right by that modulus, or by either when none is named."""
    if not re.fullmatch(rf"[0-9]{{2,{_LONGEST}}}", kid):
        return False
    moduli: tuple[Modulus, ...] = (modulus,) if modulus else (10, 11)
    return any(_check_digit(kid[:-1], chosen) == kid[-1] for chosen in moduli)


def _check_digit(base: str, modulus: Modulus) -> str | None:
    digits = [int(digit) for digit in reversed(base)]
    if modulus == 10:
        products = [digit * (2 - place % 2) for place, digit in enumerate(digits)]
        return str(-sum(product // 10 + product % 10 for product in products) % 10)
    check = -sum(digit * (2 + place % 6) for place, digit in enumerate(digits)) % 11
    return None if check == 10 else str(check)
