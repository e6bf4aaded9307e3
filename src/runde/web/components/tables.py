"""A table as data, for lists whose columns are decided in code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Column:
    """A column. Units belong in `name`. `sort_url` makes the head a link, `sorted` tells the order."""

    name: str
    kind: Literal["text", "number"] = "text"
    sort_url: str = ""
    sorted: Literal["none", "ascending", "descending"] = "none"
    hide_name: bool = False


@dataclass(frozen=True)
class Cell:
    """A value already in words and figures. `tag_color` shows it as a tag; `note` is a quiet second line."""

    text: str
    url: str = ""
    note: str = ""
    tag_color: str = ""


@dataclass(frozen=True)
class Row:
    """The first cell names the row. `tone` marks exceptions only: ordinary rows stay plain.

    `mark_amount` is what the row adds to the sum of the marked rows, as a plain number.
    """

    cells: tuple[Cell, ...]
    tone: Literal["", "warning", "danger"] = ""
    mark_value: str = ""
    mark_label: str = ""
    mark_amount: str = ""
    marked: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its caption. `mark_name` adds a box in front of every row that has a `mark_value`."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: tuple[str, ...] = ()
    hide_caption: bool = False
    tight: bool = False
    mark_name: str = ""
