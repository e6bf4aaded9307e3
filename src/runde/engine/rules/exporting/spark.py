"""Spark SQL: decimals of at most 38 digits, whose own rules round or give up when a result may need more.

What Spark does then depends on settings (`spark.sql.ansi.enabled`,
`spark.sql.decimalOperations.allowPrecisionLoss`). So every operand is given the narrowest type its values
fit in, and a step that could still ask for a 39th digit is refused here. Nothing that is written depends on
the settings.
"""

import re
from typing import ClassVar

from runde.engine.rules.errors import Problem, RuleError
from runde.engine.rules.exporting.dialect import ColumnType, Dialect, digits_of, spelled
from runde.engine.rules.value_types import Kind, ValueType

MOST_DIGITS = 38
_LEAST_QUOTIENT_SCALE = 6

_DECIMAL = re.compile(r"(?:decimal|dec|numeric)(?:\((\d+)(?:,\s*(\d+))?\))?")
_TEXT = re.compile(r"string|varchar\(\d+\)")
_CODES = re.compile(r"array<\s*string\s*>")
_WHOLE_DIGITS = {
    "tinyint": 3,
    "byte": 3,
    "smallint": 5,
    "short": 5,
    "int": 10,
    "integer": 10,
    "bigint": 19,
    "long": 19,
}
_OTHERS = {"boolean": Kind.BOOLEAN, "date": Kind.DATE}


class SparkSql(Dialect):
    title = "Spark SQL"
    quote = "`"
    days = "datediff({1}, {0})"
    prefix = "startswith({}, {})"
    names: ClassVar = {
        Kind.TEXT: "STRING",
        Kind.BOOLEAN: "BOOLEAN",
        Kind.DATE: "DATE",
        Kind.CODES: "ARRAY<STRING>",
    }

    def text(self, value: str) -> str:
        """Spark replaces ${…} in the text of a query and reads \\ as an escape, depending on settings."""
        return spelled(value, "'\\$\n\r", "char")

    def number_name(self, value_type: ValueType) -> str:
        digits = digits_of(value_type)
        _require(digits)
        return f"DECIMAL({digits},{value_type.scale})"

    def require_exact(self, operator: str, one: ValueType, other: ValueType) -> None:
        whole = [digits_of(side) - side.scale for side in (one, other)]
        scale = max(one.scale, other.scale)
        match operator:
            case "*":
                _require(digits_of(one) + digits_of(other) + 1)
            case "%":
                _require(max(whole) + scale)
            case _:
                _require(max(whole) + scale + 1)

    def fitted(self, template: str, value_type: ValueType) -> str:
        return f"CAST({template} AS {self.number_name(value_type)})"

    def whole_quotient(self, above: ValueType, below: ValueType, largest: int) -> str:
        """The remainder is exact, and what is left goes up: the division has nothing to round."""
        self.require_exact("%", above, below)
        self.require_exact("-", above, below)
        _require_room(above, below, len(str(largest)))
        return "try_divide({0} - mod({0}, NULLIF({1}, 0)), {1})"

    def any_of(self, codes: int) -> str:
        return "arrays_overlap({}, array(" + ", ".join(["{}"] * codes) + "))"

    def column(self, declared: str) -> ColumnType | None:
        name = declared.strip().lower()
        if name in _WHOLE_DIGITS:
            return ColumnType(Kind.NUMBER, _WHOLE_DIGITS[name], 0)
        if number := _DECIMAL.fullmatch(name):
            digits, scale = int(number[1] or 10), int(number[2] or 0)
            return ColumnType(Kind.NUMBER, digits - scale, scale)
        if _TEXT.fullmatch(name):
            return ColumnType(Kind.TEXT)
        if _CODES.fullmatch(name):
            return ColumnType(Kind.CODES)
        return ColumnType(_OTHERS[name]) if name in _OTHERS else None

    def clean(self, column: str, kind: Kind) -> str:
        if kind is Kind.CODES:
            return f"filter({column}, code -> code IS NOT NULL)"
        return f"NULLIF({column}, '')"


def _require(digits: int) -> None:
    if digits > MOST_DIGITS:
        message = (
            f"Spark regner nøyaktig med høyst {MOST_DIGITS} sifre, og her kan det trengs {digits}. "
            "Rund av et mellomsvar med ROUND(…, 2)."
        )
        raise RuleError(Problem("too_large", message))


def _require_room(above: ValueType, below: ValueType, needed: int) -> None:
    """The digits before the point that Spark keeps of a quotient, under either setting."""
    digits, scale = digits_of(above), above.scale
    whole = digits - scale + below.scale
    decimals = max(_LEAST_QUOTIENT_SCALE, scale + digits_of(below) + 1)
    if whole + decimals > MOST_DIGITS:
        kept_when_loss_is_allowed = min(whole, MOST_DIGITS - _LEAST_QUOTIENT_SCALE)
        capped, fraction = min(whole, MOST_DIGITS), min(decimals, MOST_DIGITS)
        excess = capped + fraction - MOST_DIGITS
        fraction -= excess // 2 + 1 if excess > 0 else 0
        whole = min(kept_when_loss_is_allowed, MOST_DIGITS - fraction)
    if whole < needed:
        _require(MOST_DIGITS + needed - whole)
