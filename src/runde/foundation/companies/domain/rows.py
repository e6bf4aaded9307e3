"""One row of the register, from texts to a line the database can copy in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from runde.engine.reference.api import Edition

from .editions import edition_of_codes
from .names import search_words
from .register_fields import FIELDS, Content, RegisterField
from .register_values import Unreadable
from .sort_keys import name_sort_key

NAME, INDUSTRY = 1, 3  # places in every field list, see register_fields
DERIVED: Final = {
    Content.UNITS: ("sort_key", "search_words", "position"),
    Content.SUB_UNITS: ("sort_key", "position"),
}


class BadRow(ValueError):
    """The row cannot be taken in; the message names every field at fault."""


class RowReader:
    """Turns the texts of one kind of unit into COPY lines, and notices which edition the industry codes are of."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.fields: tuple[RegisterField, ...] = FIELDS[content]
        self.columns = (*(field.column for field in self.fields), *DERIVED[content])
        self._readers = [field.make_reader() for field in self.fields]
        self._industries: Counter[str] = Counter()
        self._searchable = content is Content.UNITS

    def copy_line(self, texts: Sequence[str], position: int) -> bytes:
        """The row in COPY text form, UTF-8; `position` is its number among the rows. Raises BadRow."""
        try:
            values = [read(text) for read, text in zip(self._readers, texts, strict=True)]
        except Unreadable:
            raise BadRow(self._faults(texts)) from None
        self._industries[values[INDUSTRY]] += 1
        name = texts[NAME].strip()
        values.append(name_sort_key(name))
        if self._searchable:
            values.append(" ".join(search_words(name)))
        values.append(str(position))
        return _encode("\t".join(values) + "\n")

    def edition(self) -> Edition | None:
        """The edition of the standard the codes of this file belong to, or None when they do not tell."""
        return edition_of_codes(self._industries)

    def _faults(self, texts: Sequence[str]) -> str:
        faults = []
        for field, text in zip(self.fields, texts, strict=True):
            try:
                field.reader(text)
            except Unreadable as fault:
                faults.append(f"{field.headings[0]}: {fault}")
        return "; ".join(dict.fromkeys(faults))


def _encode(line: str) -> bytes:
    if "\x00" in line:
        raise BadRow("raden inneholder et nulltegn (NUL), som ikke er tekst")
    try:
        return line.encode()
    except UnicodeEncodeError:
        raise BadRow("raden er ikke skrevet med tegnkodingen UTF-8") from None
