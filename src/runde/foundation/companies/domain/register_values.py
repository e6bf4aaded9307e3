"""Read the register's texts, one kind of value at a time, into what the database takes.

Each reader takes the text as it stands in the file and gives the value in PostgreSQL's COPY text form, or
raises `Unreadable` with the reason in Norwegian. An empty text means "not in the register", never zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from runde.engine.reference.api import is_valid_orgnr, trace_number

NULL = r"\N"
LONGEST_NAME = 300  # the register itself holds at most some 180
MEMORY = 50_000  # distinct values remembered for each column, so that a hostile file cannot fill the memory

_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_NEEDS_ESCAPE = re.compile(r"[\\\t\n\r]")
_LINE_BREAK = re.compile(r"(?<!\b[vcVC])/n")  # the bulk file writes line breaks as "/n"; "v/nilsen" is none
_BOOLEANS = {
    "": NULL,
    "true": "t",
    "false": "f",
    "j": "t",
    "n": "f",
    "ja": "t",
    "nei": "f",
    "1": "t",
    "0": "f",
}
_LANGUAGE_FORMS = {"bokmål": "nb", "nynorsk": "nn"}
_INDUSTRY = re.compile(r"[0-9]{1,2}\.[0-9]{3}")
_NORWEGIAN_DATE = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")

Reader = Callable[[str], str]


class Unreadable(ValueError):
    """The text cannot be this kind of value; the message says why."""


class Remembered(dict[str, str]):
    """A reader that remembers: the register repeats the same dates and codes a million times."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader

    def __missing__(self, text: str) -> str:
        value = self._reader(text)
        if len(self) >= MEMORY:
            self.clear()
        self[text] = value
        return value


def read_orgnr(text: str) -> str:
    if _adds_up(text):
        return text
    bare = text.strip()
    if not bare:
        raise Unreadable("mangler")
    if not re.fullmatch(r"[0-9]{9}", bare):
        raise Unreadable(f"«{bare[:40]}» har ikke ni siffer")
    if not is_valid_orgnr(bare):
        raise Unreadable(f"«{bare}» har feil kontrollsiffer")
    return bare


def read_parent_orgnr(text: str) -> str:
    return read_orgnr(text) if text.strip() else ""


@cache
def _remainders() -> tuple[dict[str, int], dict[str, int]]:
    """What four digits add to the checksum, as the first and as the second four of a number."""
    fours = [f"{number:04d}" for number in range(10_000)]
    first, second = ((3, 2, 7, 6), (5, 4, 3, 2))
    return tuple({four: _weighed(four, weights) for four in fours} for weights in (first, second))  # type: ignore[return-value]


def _weighed(digits: str, weights: tuple[int, ...]) -> int:
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))


def _adds_up(text: str) -> bool:
    """`is_valid_orgnr`, for a million numbers at a time."""
    first, second = _remainders()
    if len(text) != 9 or text[:4] not in first or text[4:8] not in second:
        return False
    return str(-(first[text[:4]] + second[text[4:8]]) % 11) == text[8]


def read_text(text: str) -> str:
    if not text:
        return ""
    bare = text.strip()
    return bare.translate(_ESCAPES) if _NEEDS_ESCAPE.search(bare) else bare


def read_name(text: str) -> str:
    return _short(text.strip(), LONGEST_NAME)


def read_lines(text: str) -> str:
    return read_text(_LINE_BREAK.sub("\n", text) if "/n" in text else text)


def read_legal_form(text: str) -> str:
    return _short(text.strip().upper(), 10)


def read_postcode(text: str) -> str:
    bare = text.strip()
    return _short(bare.zfill(4) if bare.isdigit() and len(bare) == 3 else bare, 20)


def read_country(text: str) -> str:
    return _short(text.strip().upper(), 2)


def read_sector(text: str) -> str:
    return _digits(text, 4)


def read_municipality(text: str) -> str:
    """The number as written; a lost leading zero is put back (only numbers starting with zero can lose one)."""
    bare = text.strip()
    return _digits(bare.zfill(4) if len(bare) == 3 else bare, 4)


def read_current_municipality(text: str) -> str:
    """The number in use today, or nothing when it was split or is not held: never a guess."""
    written = read_municipality(text)
    return (trace_number(written).current or "") if written else ""


def read_industry(text: str) -> str:
    bare = text.strip()
    if not bare:
        return ""
    if not _INDUSTRY.fullmatch(bare):
        raise Unreadable(f"«{bare[:40]}» er ikke en næringskode (skal se ut som 56.110)")
    return bare.zfill(6)


def read_boolean(text: str) -> str:
    try:
        return _BOOLEANS[text.strip().lower()]
    except KeyError:
        raise Unreadable(f"«{text[:40]}» er verken true eller false") from None


def read_count(text: str) -> str:
    bare = text.strip()
    if not bare:
        return NULL
    if not (bare.isascii() and bare.isdigit()) or len(bare) > 7:
        raise Unreadable(f"«{bare[:40]}» er ikke et antall")
    return bare


def read_year(text: str) -> str:
    return _digits(text, 4) or NULL


def read_date(text: str) -> str:
    bare = text.strip()
    if not bare:
        return NULL
    norwegian = _NORWEGIAN_DATE.fullmatch(bare)
    iso = "-".join(reversed(norwegian.groups())) if norwegian else bare[:10]
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError:
        raise Unreadable(f"«{bare[:40]}» er ikke en dato (skal se ut som 2021-06-30)") from None


def read_language_form(text: str) -> str:
    return _LANGUAGE_FORMS.get(text.strip().lower(), "")


def _short(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Unreadable(f"«{text[:40]}» er for lang (høyst {longest} tegn)")
    return read_text(text)


def _digits(text: str, length: int) -> str:
    bare = text.strip()
    if bare and not (len(bare) == length and bare.isascii() and bare.isdigit()):
        raise Unreadable(f"«{bare[:40]}» har ikke {length} siffer")
    return bare
