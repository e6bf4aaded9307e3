"""A table question as rows of fields, and what its buttons do when the page has no script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from runde.engine.reference.api import Language
from runde.foundation.forms.api import Question, Raw, chosen
from runde.web.applicant.raw_values import Row, is_blank, rows_of
from runde.web.components.fields import Field, Grid, GridColumn, GridRow

BLANK = "__"
"""Stands for the row's place in the row that is copied."""


class MakeField(Protocol):
    def __call__(self, question: Question, language: Language, *, value: Raw, error: str) -> Field: ...


def columns_of(question: Question) -> list[Question]:
    """The columns as questions of their own; a column's words are short, so a choice becomes a list."""
    return [_column(one) for one in question.settings["columns"]]


def _column(one: Mapping[str, Any]) -> Question:
    own = {"slug", "type", "label", "help", "required", "unit", "errors"}
    return Question(
        slug=one["slug"],
        type=one["type"],
        label=one["label"],
        help=one.get("help", {}),
        required=one.get("required", True),
        unit=one.get("unit", {}),
        errors=one.get("errors", {}),
        settings={name: value for name, value in one.items() if name not in own},
    )


def grid_of(
    question: Question, language: Language, value: Raw, wrong: Mapping[str, str], make: MakeField
) -> Grid:
    """The rows as typed, at least as many as the form demands; `wrong` has sentences by "<row>-<column>"."""
    columns, typed = columns_of(question), rows_of(value)
    least = max(int(question.settings.get("least_rows", 1)), 1)
    typed = [*typed, *[{} for _ in range(least - len(typed))]]

    def row(place: str, number: int, cells: Row) -> GridRow:
        made = [
            make(one, language, value=cells.get(one.slug, ""), error=wrong.get(f"{place}-{one.slug}", ""))
            for one in columns
        ]
        return GridRow(
            number,
            tuple(_named(cell, f"{question.slug}-{place}-{cell.name}") for cell in made),
            question.slug,
        )

    rows = tuple(row(str(place), place + 1, cells) for place, cells in enumerate(typed))
    heads = tuple(_head(one, language) for one in columns)
    return Grid(heads, rows, row(BLANK, 0, {}), int(question.settings.get("most_rows", 0)))


def _named(cell: Field, name: str) -> Field:
    return replace(cell, name=name, kind="select" if cell.kind in ("radios", "yesno") else cell.kind)


def _head(column: Question, language: Language) -> GridColumn:
    is_number = column.type in ("money", "integer", "decimal", "share")
    return GridColumn(column.slug, chosen(column.label, language), is_number=is_number)


def with_totals(grid: Grid, totals: Mapping[str, str]) -> Grid:
    columns = tuple(replace(one, total=totals.get(one.name, "")) for one in grid.columns)
    return replace(grid, columns=columns)


def after_act(rows: list[Row], act: str, place: int) -> list[Row]:
    """The rows after a button: "add", "remove", "up" or "down" at a place from 0. Unknown acts change nothing."""
    changed = list(rows)
    if act == "add":
        return [*changed, {}]
    if not 0 <= place < len(changed):
        return changed
    if act == "remove":
        del changed[place]
    other = place + {"up": -1, "down": 1}.get(act, 0)
    if act in ("up", "down") and 0 <= other < len(changed):
        changed[place], changed[other] = changed[other], changed[place]
    return changed


def readable_rows(raw: Raw, wrong: Mapping[str, str]) -> Raw:
    """The rows without a mistake: each row is saved on its own, whatever stands in the next."""
    bad = {int(name.partition("-")[0]) for name in wrong if name.partition("-")[0].isdecimal()}
    return [row for place, row in enumerate(rows_of(raw)) if place not in bad and not is_blank(row)]
