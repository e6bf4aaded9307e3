"""What every chart has besides its drawing: the finding in words, the measure, the source and the table."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from ..spreadsheet import spreadsheet
from .drawing import Sheet

WIDE = 640
PHONE = 328
OPEN_TABLE_ROWS = 8  # a short table is shown at once
PHONE_COLUMNS = 3


@dataclass(frozen=True)
class Words:
    """`finding` is a sentence, `measure` says what, unit, whom and when, `source` the snapshot behind it."""

    finding: str
    measure: str
    source: str
    csv_url: str = ""


class Figure(ABC):
    """A chart. `identity` is unique on the page; it names the parts for screen readers."""

    identity: str
    words: Words

    @property
    @abstractmethod
    def columns(self) -> tuple[str, ...]:
        """Heads of the table, the first for the names."""

    @property
    @abstractmethod
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The table's rows, in words and figures as people read them."""

    @abstractmethod
    def draw(self, sheet: Sheet) -> None:
        """Put the drawing on a sheet of any width."""

    @property
    def description(self) -> str:
        """The values as one line: the finding alone is the title."""
        heads = self.columns[1:]
        lines = (f"{name} {', '.join(said(heads, values))}" for name, *values in self.rows)
        return f"{self.words.measure}. {'; '.join(lines)}."

    def svg(self, width: int = WIDE, suffix: str = "") -> str:
        sheet = Sheet(width)
        self.draw(sheet)
        return sheet.finished(f"{self.identity}{suffix}", self.words.finding, self.description)

    @property
    def wide_svg(self) -> str:
        return self.svg(WIDE)

    @property
    def phone_svg(self) -> str:
        return self.svg(PHONE, "-phone")

    @property
    def is_wide(self) -> bool:
        """Too many columns for a phone: the rows become cards there."""
        return len(self.columns) > PHONE_COLUMNS

    @property
    def is_short(self) -> bool:
        return len(self.rows) <= OPEN_TABLE_ROWS


def said(heads: tuple[str, ...], values: list[str]) -> list[str]:
    """With one column of values its head goes without saying."""
    if len(heads) == 1:
        return values
    return [f"{head.lower()} {value}" for head, value in zip(heads, values, strict=True) if value]


def figure_csv(figure: Figure) -> bytes:
    """The table as a spreadsheet reads it."""
    return spreadsheet([figure.columns, *figure.rows])
