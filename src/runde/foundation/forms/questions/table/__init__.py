"""Rows and columns, such as a cost budget; kept as a list of rows, every cell as text.

Settings: `columns` [{slug, label, type, required?, unit?, sum?, …the type's own}], `least_rows`, `most_rows`.
Posted as "<slug>-<row>-<column>". The rules know the sum of the first summed column by the question's slug, and each
sum as `<slug>_<column>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from runde.engine.reference.api import Language
from runde.engine.rules import ValueType

from ...domain.question import BadAnswer, Json, Posted, Question, QuestionType, Raw, ShownTable, Texts, chosen
from ...domain.raw import as_line, as_rows
from ...domain.sentences import bad, sentence
from .columns import cell_value, column_problems, columns_of, kind_of, summed_in

USUAL_MOST_ROWS = 50
LARGEST_MOST_ROWS = 200
MOST_SENTENCES = 3
"""A table full of mistakes is told by its first few; every cell has its own sentence beside it."""

ROW: Texts = {"nb": "Rad {number}: {told}", "nn": "Rad {number}: {told}", "en": "Row {number}: {told}"}
SUM: Texts = {"nb": "Sum", "nn": "Sum", "en": "Total"}

Row = dict[str, str]


class Table(QuestionType):
    name = "table"
    settings = frozenset({"columns", "least_rows", "most_rows"})

    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        posted, columns = as_rows(raw), columns_of(question)
        rows: list[Row] = []
        wrong: dict[str, str] = {}
        told: list[str] = []
        for number, row in enumerate(posted):
            if not any(text.strip() for text in row.values()):
                continue
            cells, faults = _read_row(row, columns, language)
            rows.append(cells)
            wrong |= {f"{number}-{column}": fault for column, fault in faults.items()}
            template = chosen(ROW, language)
            told += [template.format(number=number + 1, told=fault) for fault in faults.values()]
        if wrong:
            raise BadAnswer(" ".join(told[:MOST_SENTENCES]), wrong)
        _require_count(len(rows), question, language)
        _require_sums(rows, question, language)
        return rows or None

    def written(self, value: Json, question: Question) -> Raw:
        columns = columns_of(question)
        return [
            {column.slug: _written(column, row.get(column.slug)) for column in columns}
            for row in _rows(value)
        ]

    def shown(self, value: Json, question: Question, language: Language) -> str:
        table = self.table(value, question, language)
        lines = [_line(table.columns, row) for row in table.rows]
        sums = _line(table.columns, table.sums)
        return "\n".join([*lines, *([f"{chosen(SUM, language)}: {sums}"] if sums else [])])

    def table(self, value: Json, question: Question, language: Language) -> ShownTable:
        columns, rows = columns_of(question), _rows(value)
        sums = {column.slug: _total(rows, column) for column in summed_in(question)}
        return ShownTable(
            tuple(chosen(column.label, language) for column in columns),
            tuple(
                tuple(_shown(column, row.get(column.slug), language) for column in columns) for row in rows
            ),
            tuple(
                _shown(column, f"{sums[column.slug]:f}" if column.slug in sums else None, language)
                for column in columns
            ),
        )

    def named(self, value: Json, question: Question) -> dict[str, Any]:
        rows = _rows(value)
        named = {
            f"{question.slug}_{one.slug}": _as_rules(one, _total(rows, one)) for one in summed_in(question)
        }
        return {question.slug: next(iter(named.values())), **named} if named else {}

    def facts(self, question: Question) -> dict[str, frozenset[str]]:
        return {name: frozenset({column.type}) for name, column in _summed_names(question)}

    def value_types(self, question: Question) -> dict[str, ValueType]:
        return {
            name: kind_of(column).value_types(column)[column.slug] for name, column in _summed_names(question)
        }

    def gathered(self, posted: Posted, question: Question) -> Raw:
        pattern = re.compile(rf"{re.escape(question.slug)}-([0-9]{{1,4}})-([a-z][a-z0-9_]*)")
        columns = {column.slug for column in columns_of(question)}
        rows: dict[int, Row] = {}
        for name, values in posted.items():
            found = pattern.fullmatch(name)
            if found and found[2] in columns:
                rows.setdefault(int(found[1]), {})[found[2]] = "".join(values[-1:])
        return [rows[number] for number in sorted(rows)]

    def problems(self, question: Question) -> Iterator[str]:
        yield from column_problems(question.settings.get("columns"))
        for name, usual in (("least_rows", 1), ("most_rows", USUAL_MOST_ROWS)):
            value = question.settings.get(name, usual)
            if type(value) is not int or not 1 <= value <= LARGEST_MOST_ROWS:
                yield f"«{name}» må være et helt tall fra 1 til {LARGEST_MOST_ROWS}"


def _read_row(row: Row, columns: tuple[Question, ...], language: Language) -> tuple[Row, dict[str, str]]:
    """The cells that could be read, as text, and a sentence for each that could not."""
    cells: Row = {}
    wrong: dict[str, str] = {}
    for column in columns:
        try:
            value = kind_of(column).read(row.get(column.slug, ""), column, language)
        except BadAnswer as error:
            wrong[column.slug] = error.sentence
            continue
        if value is not None:
            cells[column.slug] = str(value)
        elif column.required:
            wrong[column.slug] = sentence(kind_of(column).empty, column, language)
    return cells, wrong


def _require_count(count: int, question: Question, language: Language) -> None:
    least = question.settings.get("least_rows", 1)
    most = question.settings.get("most_rows", USUAL_MOST_ROWS)
    if 0 < count < least:
        raise bad("too_few_rows", question, language, limit=least)
    if count > most:
        raise bad("too_many_rows", question, language, limit=most)


def _require_sums(rows: list[Row], question: Question, language: Language) -> None:
    """A sum the rules cannot reckon with is refused here, where it can be mended."""
    for column in summed_in(question):
        bound = kind_of(column).value_types(column)[column.slug]
        if abs(_total(rows, column)).scaleb(bound.scale) > bound.bound:
            raise bad("sum_too_high", question, language, column=chosen(column.label, language))


def _total(rows: list[Row], column: Question) -> Decimal:
    return sum((Decimal(row[column.slug]) for row in rows if column.slug in row), Decimal(0))


def _as_rules(column: Question, total: Decimal) -> Decimal | int:
    return int(total) if column.type == "integer" else total


def _summed_names(question: Question) -> list[tuple[str, Question]]:
    summed = summed_in(question)
    first = [(question.slug, summed[0])] if summed else []
    return [*first, *((f"{question.slug}_{column.slug}", column) for column in summed)]


def _rows(value: Json) -> list[Row]:
    if not isinstance(value, list):
        raise TypeError(f"a table is kept as rows, not {value!r}")
    return [row for row in value if isinstance(row, dict)]


def _written(column: Question, text: str | None) -> str:
    return "" if text is None else as_line(kind_of(column).written(cell_value(column, text), column))


def _shown(column: Question, text: str | None, language: Language) -> str:
    return "" if text is None else kind_of(column).shown(cell_value(column, text), column, language)


def _line(columns: tuple[str, ...], cells: tuple[str, ...]) -> str:
    return ", ".join(f"{column}: {cell}" for column, cell in zip(columns, cells, strict=True) if cell)
