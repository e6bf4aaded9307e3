"""The lines of one assumption as fields: whom, how many of them, which value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from runde.engine.rules import ValueType, field_kind
from runde.engine.whatif import Assumption, AssumptionLine, Band
from runde.web.components.fields import Choice, Field
from runde.web.designer.shape_words import FIELD_KINDS
from runde.web.designer.trees import industry_names
from runde.web.designer.typed import percent_text, shown_value

EMPTY_LINES, EMPTY_BANDS, FEWEST_BANDS = 1, 1, 2
_SHARE = re.compile(r"share-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class LineFields:
    """One line. `pairs` are share and value side by side; `chosen` the sections it is about."""

    number: int
    is_new: bool
    pairs: tuple[tuple[Field, Field], ...]
    sizes: tuple[Field, Field]
    industries: tuple[Choice, ...]
    chosen: tuple[str, ...]
    name: str

    @property
    def whom(self) -> str:
        names = industry_names()
        return ", ".join(names.get(code, code) for code in self.chosen) or "Alle andre næringer"

    @property
    def fields(self) -> tuple[Field, ...]:
        return (*(field for pair in self.pairs for field in pair), *self.sizes)


class LineMaker:
    """Fields from what stands, or from what was sent when it could not be used."""

    def __init__(self, sent: QueryDict, value_type: ValueType, errors: Mapping[str, str]) -> None:
        self._sent, self._type, self._errors = sent, value_type, errors
        found = [_SHARE.fullmatch(name) for name, value in sent.items() if value]
        self._rows = [(int(one[1]), int(one[2])) for one in found if one]

    def lines(self, standing: Assumption | None) -> list[LineFields]:
        given = standing.lines if standing else ()
        sent = max((row for row, _ in self._rows), default=-1) + 1
        count = max(len(given), sent) + EMPTY_LINES
        return [self._line(given[row] if row < len(given) else None, row) for row in range(count)]

    def _line(self, line: AssumptionLine | None, row: int) -> LineFields:
        bands = line.bands if line else ()
        sent = max((place for at, place in self._rows if at == row), default=-1) + 1
        count = max(max(len(bands), sent) + EMPTY_BANDS, FEWEST_BANDS)
        standing = line.sections if line else ()
        return LineFields(
            number=row + 1,
            is_new=line is None,
            pairs=tuple(
                self._pair(bands[place] if place < len(bands) else None, row, place) for place in range(count)
            ),
            sizes=(
                self._size(f"from-{row}", "Fra antall ansatte", line.employees_from if line else None),
                self._size(f"to-{row}", "Til antall ansatte", line.employees_to if line else None),
            ),
            industries=tuple(Choice(code, name) for code, name in industry_names().items() if code.isalpha()),
            chosen=tuple(self._sent.getlist(f"i-{row}") if self._sent else standing),
            name=f"i-{row}",
        )

    def _pair(self, band: Band | None, row: int, place: int) -> tuple[Field, Field]:
        share, value = f"share-{row}-{place}", f"value-{row}-{place}"
        kind = FIELD_KINDS.get(field_kind(self._type), "text")
        return (
            Field(
                share,
                f"Andel {place + 1}",
                kind="percent",
                value=self._sent.get(share, percent_text(band.share) if band else ""),
                error=self._errors.get(share, ""),
            ),
            Field(
                value,
                f"Verdi {place + 1}",
                kind=kind,
                value=self._sent.get(value, shown_value(band.value, self._type) if band else ""),
                error=self._errors.get(value, ""),
            ),
        )

    def _size(self, name: str, label: str, standing: int | None) -> Field:
        value = self._sent.get(name, "" if standing is None else str(standing))
        return Field(name, label, kind="number", value=value, optional=True, error=self._errors.get(name, ""))


def every_field(lines: Sequence[LineFields]) -> list[Field]:
    return [field for line in lines for field in line.fields]
