"""Read the register's JSON, an array of units, one unit at a time without holding the whole."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from json import JSONDecodeError
from typing import Any, TextIO

from runde.foundation.companies.domain.register_fields import FIELDS, ORGNR_HEADING, Content, RegisterField

from .refusals import NoOrganisationNumbers

CHUNK = 1 << 20
LONGEST_UNIT = 1 << 20  # characters
_BETWEEN = re.compile(r"[\s,\[\]]*")
_NEXT_UNIT = re.compile(r'\{\s*"organisasjonsnummer"')
SUB_UNIT_FORMS = ("BEDR", "AAFY")
Reject = Callable[[int, str], None]


class JsonRows:
    """The units of one JSON file, as texts in the order of our fields."""

    def __init__(self, stream: TextIO, reject: Reject, cut: Callable[[str], None]) -> None:
        """`cut` is told when the list ends before it is closed: units may be missing."""
        self._stream = stream
        self._reject = reject
        self._cut = cut
        self._open_lists = 0
        self._text = ""
        self._place = 0
        self._line = 1
        self._ended = False

    def __iter__(self) -> Iterator[tuple[int, Content, Sequence[str]]]:
        """Line number, kind of unit and texts. What is not a unit is reported and passed over."""
        found_any = False
        for line, unit in self._units():
            if ORGNR_HEADING not in unit:
                if not found_any:
                    raise NoOrganisationNumbers(
                        "Filen er JSON, men ikke en liste med enheter: feltet «organisasjonsnummer» mangler."
                    )
                self._reject(line, "organisasjonsnummer: mangler")
                continue
            found_any = True
            flat = flatten(unit)
            content = _content(flat)
            yield line, content, texts_of(flat, content)
        if self._open_lists > 0:
            self._cut(f"Lista i filen slutter før den er ferdig, ved linje {self._line}. Hent filen på nytt.")

    def _units(self) -> Iterator[tuple[int, dict[str, Any]]]:
        decode = json.JSONDecoder(strict=False).raw_decode
        while self._at_something():
            try:
                value, end = decode(self._text, self._place)
            except JSONDecodeError as fault:
                if not self._read_on(fault):
                    self._reject(self._line, f"enheten er ikke gyldig JSON ({fault.msg})")
                    self._move_to_next_unit()
                continue
            except (ValueError, RecursionError):  # a number of thousands of digits, or brackets in thousands
                self._reject(
                    self._line, "enheten er ikke gyldig JSON (for store tall eller for mange nivåer)"
                )
                self._move_to_next_unit()
                continue
            line = self._line
            self._move(end)
            if isinstance(value, dict):
                yield line, value
            else:
                self._reject(line, "dette er ikke en enhet")

    def _at_something(self) -> bool:
        """Step over what stands between units; False at the end of the file."""
        while True:
            match = _BETWEEN.match(self._text, self._place)
            if match:
                self._open_lists += match.group().count("[") - match.group().count("]")
                self._move(match.end())
            if self._place < len(self._text):
                return True
            if not self._fill():
                return False

    def _read_on(self, fault: JSONDecodeError) -> bool:
        """Whether the unit may only be cut by the end of what we have read, and more was read."""
        left = len(self._text) - self._place
        may_be_cut = fault.pos >= len(self._text) - 16 or fault.msg.startswith(("Unterminated", "Invalid \\"))
        return may_be_cut and left < LONGEST_UNIT and self._fill()

    def _move_to_next_unit(self) -> None:
        start = self._place + 1
        while True:
            match = _NEXT_UNIT.search(self._text, start)
            if match:
                self._move(match.start())
                return
            self._move(max(start, len(self._text) - 64))
            start = self._place
            if not self._fill():
                self._move(len(self._text))
                return
            start = self._place

    def _move(self, place: int) -> None:
        self._line += self._text.count("\n", self._place, place)
        self._place = place

    def _fill(self) -> bool:
        more = "" if self._ended else self._stream.read(CHUNK)
        self._ended = not more
        self._text = self._text[self._place :] + more
        self._place = 0
        return bool(more)


def flatten(unit: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Dotted names in small letters, as the CSV's headings."""
    flat: dict[str, Any] = {}
    for name, value in unit.items():
        heading = prefix + name.lower()
        if isinstance(value, dict) and not prefix:
            flat |= flatten(value, f"{heading}.")
        else:
            flat[heading] = value
    return flat


def texts_of(flat: dict[str, Any], content: Content) -> list[str]:
    """The unit's texts in the order of our fields; empty where it says nothing."""
    return [_text_of(flat, field) for field in FIELDS[content]]


def _content(flat: dict[str, Any]) -> Content:
    is_sub_unit = flat.get("organisasjonsform.kode") in SUB_UNIT_FORMS or any(
        heading.startswith("beliggenhetsadresse.") for heading in flat
    )
    return Content.SUB_UNITS if is_sub_unit else Content.UNITS


def _text_of(flat: dict[str, Any], field: RegisterField) -> str:
    for heading in field.headings:
        value = flat.get(heading)
        if value is not None:
            return _as_text(value)
    return ""


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "\n".join(str(line) for line in value if line)
    return str(value)
