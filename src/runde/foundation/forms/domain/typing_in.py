"""What people type and paste, made ready to be read: blanks, signs and numbers."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

LONGEST_NUMBER = 60
"""No number a person means is longer, whatever was pasted around it."""

_MINUS = str.maketrans(dict.fromkeys("−–—‐‑", "-"))
_CURRENCY = re.compile(r"^(?:nok|kr\.?|kroner)|(?:nok|kr\.?|kroner)$")
_TWO_MEANINGS = re.compile(r"[-+]?[0-9]{1,3}\.[0-9]{3}")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([ .'])[0-9]{3})(?:\1[0-9]{3})*|[0-9]+")


class NotANumber(ValueError):
    """The text is no number that can be read in one way only."""


def tidy_line(text: str) -> str:
    """One line: no control or unseen signs, composed letters, single blanks."""
    return " ".join(_seen(text, keep="").split())


def tidy_text(text: str) -> str:
    """Several lines with line feeds only, no control signs, composed letters, no blank ends."""
    lines = _seen(text.replace("\r\n", "\n").replace("\r", "\n"), keep="\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _seen(text: str, *, keep: str) -> str:
    """Composed letters and plain blanks; signs that nobody sees are taken away, those in `keep` apart."""
    blanks = (sign if sign in keep or not sign.isspace() else " " for sign in text)
    composed = unicodedata.normalize("NFC", "".join(blanks))
    return "".join(sign for sign in composed if sign in keep or unicodedata.category(sign) not in _UNSEEN)


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


def compact(text: str) -> str:
    """For numbers and days: one line in small letters, wide signs and dashes made plain, quotes taken away.

    Raised digits are left as they are: 10² is not 102.
    """
    line = " ".join(_seen(text.translate(_WIDE).translate(_MINUS), keep="").split())
    return line.strip("\"'«»“” ").lower()


def read_number(text: str) -> Decimal:
    """The number a Norwegian means: `412 000`, `412.000`, `1 234,50`, `1234.5`, `kr 412 000,-`.

    Comma is the decimal sign; a full stop before three digits parts thousands, before one or two it is a
    decimal sign. Three digits after a comma may be either, so they are kept as decimals for the caller to
    refuse. Raises NotANumber for what can be read in more than one way, or none.
    """
    if len(text) > 10 * LONGEST_NUMBER:
        raise NotANumber(text[:LONGEST_NUMBER])
    plain = compact(text)
    if len(plain) > LONGEST_NUMBER:
        raise NotANumber(plain)
    plain = re.sub(r",-+$", "", _CURRENCY.sub("", _CURRENCY.sub("", plain).strip()).strip())
    sign, digits = _signed(plain)
    whole, decimals = _parted(digits)
    if not _GROUPED.fullmatch(whole) or not re.fullmatch(r"[0-9]*", decimals):
        raise NotANumber(text)
    plain_whole = re.sub(r"[ .']", "", whole)
    return Decimal(f"{sign}{plain_whole}.{decimals or '0'}")


def read_decimal(text: str) -> Decimal:
    """As `read_number`, where decimals are expected: `1.234` may be either, so it is refused. Raises NotANumber."""
    if _TWO_MEANINGS.fullmatch(compact(text[: 10 * LONGEST_NUMBER])):
        raise NotANumber(text[:LONGEST_NUMBER])
    return read_number(text)


def _signed(text: str) -> tuple[str, str]:
    sign = "-" if text.startswith("-") else ""
    return sign, text.removeprefix("-").removeprefix("+").strip()


def _parted(text: str) -> tuple[str, str]:
    """The whole part and the decimals."""
    if "," in text:
        whole, _, decimals = text.partition(",")
        if not decimals or "," in decimals:
            raise NotANumber(text)
        return whole, decimals
    stop = re.fullmatch(r"([0-9 ]+)\.([0-9]{1,2})", text)
    return (stop[1], stop[2]) if stop else (text, "")


def plain_number(value: Decimal) -> str:
    """Canonical text: `412000`, `412000.50`; never an exponent, never a minus on zero."""
    if value == value.to_integral_value():
        return str(int(value))
    return format(value.quantize(Decimal("0.01")), "f")


def canonical(value: Decimal) -> str:
    """Canonical text with the decimals there are: `0.305`, `12.5`, `7`; never an exponent, never a minus on zero."""
    return format(value.quantize(Decimal(1).scaleb(-decimals_in(value))) + 0, "f")


def decimals_in(value: Decimal) -> int:
    """How many decimals say something: two in 1.250, none in 100."""
    return max(0, -int(value.normalize().as_tuple().exponent)) if value else 0
