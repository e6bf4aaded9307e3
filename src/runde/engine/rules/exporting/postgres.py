"""PostgreSQL: numeric has room for every digit, so sums and products are exact as they are."""

import re
from typing import ClassVar

from runde.engine.rules.exporting.dialect import ColumnType, Dialect, digits_of, spelled
from runde.engine.rules.value_types import Kind, ValueType

_NUMERIC = re.compile(r"(?:numeric|decimal)(?:\((\d+)(?:,\s*(-?\d+))?\))?")
_TEXT = re.compile(r"text|(?:character varying|varchar)(?:\(\d+\))?")
_WHOLE_DIGITS = {"smallint": 5, "int2": 5, "integer": 10, "int": 10, "int4": 10, "bigint": 19, "int8": 19}
_OTHERS = {"boolean": Kind.BOOLEAN, "bool": Kind.BOOLEAN, "date": Kind.DATE}


class PostgreSql(Dialect):
    title = "PostgreSQL"
    fence = (
        " OFFSET 0"  # keeps the planner from folding the layers together and writing parts many times over
    )
    longest_name = 63
    quote = '"'
    days = "({1} - {0})"
    prefix = "starts_with({}, {})"
    names: ClassVar = {
        Kind.TEXT: "text",
        Kind.BOOLEAN: "boolean",
        Kind.DATE: "date",
        Kind.CODES: "text[]",
    }

    def text(self, value: str) -> str:
        return spelled(value, "'\\", "chr")

    def column_name(self, value_type: ValueType) -> str:
        if value_type.kind is Kind.NUMBER:
            return f"numeric({digits_of(value_type)},{value_type.scale})"
        return self.type_name(value_type)

    def number_name(self, value_type: ValueType) -> str:
        return "numeric"

    def require_exact(self, operator: str, one: ValueType, other: ValueType) -> None:
        """numeric keeps up to 131 072 digits before the point."""

    def fitted(self, template: str, value_type: ValueType) -> str:
        return template

    def settled(self, value_type: ValueType) -> str:
        return f"round({{}}, {value_type.scale})"

    def whole_quotient(self, above: ValueType, below: ValueType, largest: int) -> str:
        return "div({0}, NULLIF({1}, 0))"

    def any_of(self, codes: int) -> str:
        return "({} && ARRAY[" + ", ".join(["{}"] * codes) + "])"

    def column(self, declared: str) -> ColumnType | None:
        name = declared.strip().lower()
        if name in _WHOLE_DIGITS:
            return ColumnType(Kind.NUMBER, _WHOLE_DIGITS[name], 0)
        if number := _NUMERIC.fullmatch(name):
            return _numeric(number)
        if _TEXT.fullmatch(name):
            return ColumnType(Kind.TEXT)
        if name.endswith("[]") and _TEXT.fullmatch(name[:-2]):
            return ColumnType(Kind.CODES)
        return ColumnType(_OTHERS[name]) if name in _OTHERS else None

    def clean(self, column: str, kind: Kind) -> str:
        if kind is Kind.CODES:
            return f'CAST({column} AS text[]) COLLATE "C"'
        return f"NULLIF(CAST({column} AS text) COLLATE \"C\", '')"


def _numeric(found: re.Match[str]) -> ColumnType:
    if found[1] is None:
        return ColumnType(Kind.NUMBER)
    digits, scale = int(found[1]), int(found[2] or 0)
    return ColumnType(Kind.NUMBER, digits - scale, max(0, scale))
