"""What one SQL dialect calls things, and how far its decimals stay exact."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from runde.engine.rules.value_types import Kind, ValueType, within


@dataclass(frozen=True, slots=True)
class ColumnType:
    """What a column can hold. `whole_digits` None: as many as it likes; so too `scale`."""

    kind: Kind
    whole_digits: int | None = None
    scale: int | None = None


class Dialect(ABC):
    """Templates take their operands as {}. A number is always a piece of exactly `type_name` of its type."""

    title: ClassVar[str]
    fence: ClassVar[str] = ""
    longest_name: ClassVar[int | None] = None
    quote: ClassVar[str]
    days: ClassVar[str]
    """Whole days from the first date to the second."""
    prefix: ClassVar[str]
    names: ClassVar[Mapping[Kind, str]]

    def quoted(self, name: str) -> str:
        return self.quote + name.replace(self.quote, self.quote * 2) + self.quote

    def constant(self, value: Any, value_type: ValueType | None = None) -> str:
        """A literal. Numbers become decimals by our own hand, never by the engine's guess."""
        match value:
            case bool():
                return "TRUE" if value else "FALSE"
            case str():
                return self.text(value)
            case Decimal():
                return f"CAST('{value:f}' AS {self.type_name(value_type or _type_of(value))})"
            case date():
                return f"DATE '{value.isoformat()}'"
        raise TypeError(f"no literal for {type(value).__name__}")

    @abstractmethod
    def text(self, value: str) -> str:
        """A text literal that means the same whatever the session's settings for escapes are."""

    def type_name(self, value_type: ValueType) -> str:
        if value_type.kind is Kind.NUMBER:
            return self.number_name(value_type)
        return self.names[value_type.kind]

    def column_name(self, value_type: ValueType) -> str:
        """The column type we would choose for a fact."""
        return self.type_name(value_type).lower()

    @abstractmethod
    def number_name(self, value_type: ValueType) -> str:
        """The decimal type that holds the number. Raises RuleError when none does."""

    @abstractmethod
    def require_exact(self, operator: str, one: ValueType, other: ValueType) -> None:
        """Raises RuleError when the engine would round or overflow on its way to the result."""

    @abstractmethod
    def fitted(self, template: str, value_type: ValueType) -> str:
        """The result of a calculation as exactly its type; the value is known to fit."""

    def settled(self, value_type: ValueType) -> str:
        """Template of a number that is known to be of the type, but may be written with more decimals."""
        return self.fitted("{}", value_type)

    @abstractmethod
    def whole_quotient(self, above: ValueType, below: ValueType, largest: int) -> str:
        """Template of two numbers, none negative, and the second twice more: how many whole times it goes.

        NULL when the second is zero; right up to `largest`, and beyond it NULL or a number beyond it.
        """

    @abstractmethod
    def any_of(self, codes: int) -> str:
        """Template of a list and so many codes: whether the list holds any of them."""

    @abstractmethod
    def column(self, declared: str) -> ColumnType | None:
        """What the engine's type name means; None when it cannot hold a fact exactly."""

    @abstractmethod
    def clean(self, column: str, kind: Kind) -> str:
        """A text or a list of codes, compared by its bytes and without empty text."""


def _type_of(value: Decimal) -> ValueType:
    scale = max(0, -int(value.as_tuple().exponent))
    return within(abs(int(value.scaleb(scale))), scale)


def digits_of(value_type: ValueType) -> int:
    """Digits the number needs in all, its decimals among them."""
    return max(len(str(value_type.bound)), value_type.scale, 1)


def spelled(value: str, unsafe: str, code_function: str) -> str:
    """A text literal in which each character in `unsafe` is given by its number."""
    parts = [f"'{run}'" if safe else run for safe, run in _runs(value, unsafe, code_function)]
    return "concat(" + ", ".join(parts) + ")" if len(parts) > 1 else (parts or ["''"])[0]


def _runs(value: str, unsafe: str, code_function: str) -> list[tuple[bool, str]]:
    runs: list[tuple[bool, str]] = []
    for sign in value:
        safe = sign not in unsafe
        if safe and runs and runs[-1][0]:
            runs[-1] = (True, runs[-1][1] + sign)
        else:
            runs.append((safe, sign if safe else f"{code_function}({ord(sign)})"))
    return runs
