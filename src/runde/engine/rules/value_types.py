"""The types of the rule language: what a value is, how exact it is, and how large it can be.

Every number carries its scale (decimals) and the lowest and highest value it can take, in units of the
last decimal. With these known before anything runs, the bulk evaluator can pick a decimal type that
cannot overflow, and a formula that could is refused while it is being written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LARGEST_UNITS = 10**38 - 1
"""The widest decimal the bulk engine can hold has 38 digits."""

LARGEST_SCALE = 18


class Kind(StrEnum):
    TEXT = "text"
    BOOLEAN = "boolean"
    NUMBER = "number"
    DATE = "date"
    CODES = "codes"


NORWEGIAN_KIND = {
    Kind.TEXT: "tekst",
    Kind.BOOLEAN: "ja/nei",
    Kind.NUMBER: "tall",
    Kind.DATE: "dato",
    Kind.CODES: "liste av koder",
}

COUNTED: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "employees": {
        "nb": ("ansatt", "ansatte"),
        "nn": ("tilsett", "tilsette"),
        "en": ("employee", "employees"),
    },
    "persons": {"nb": ("person", "personer"), "nn": ("person", "personar"), "en": ("person", "people")},
    "days": {"nb": ("dag", "dager"), "nn": ("dag", "dagar"), "en": ("day", "days")},
    "months": {"nb": ("måned", "måneder"), "nn": ("månad", "månader"), "en": ("month", "months")},
    "years": {"nb": ("år", "år"), "nn": ("år", "år"), "en": ("year", "years")},
    "hours": {"nb": ("time", "timer"), "nn": ("time", "timar"), "en": ("hour", "hours")},
}
"""Units a fact may count in, as one and as many. Other units show as the bare number."""

PLAIN = ""
"""The unit of a bare number: goes with every other unit."""
NOK = "nok"
SHARE = "share"


@dataclass(frozen=True, slots=True)
class ValueType:
    """`scale`, `low`, `high` and `unit` are for numbers only; `codes` for text and code lists.

    `low` and `high` are in units of the last decimal: 12.50 with two decimals is 1250.
    """

    kind: Kind
    scale: int = 0
    low: int = 0
    high: int = 0
    unit: str = PLAIN
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False, hash=False)

    @property
    def bound(self) -> int:
        """The largest absolute value, in units of the last decimal."""
        return max(abs(self.low), abs(self.high))

    def range_at(self, scale: int) -> tuple[int, int]:
        """Lowest and highest in units of `scale` decimals, `scale` being at least the type's own."""
        factor = int(10 ** (scale - self.scale))
        return self.low * factor, self.high * factor

    def described(self) -> str:
        if self.kind is not Kind.NUMBER:
            return NORWEGIAN_KIND[self.kind]
        return {NOK: "kroner", SHARE: "andel", PLAIN: "tall"}.get(self.unit) or f"antall {self._counted()}"

    def _counted(self) -> str:
        return COUNTED[self.unit]["nb"][1] if self.unit in COUNTED else self.unit


def within(bound: int, scale: int = 0, unit: str = PLAIN) -> ValueType:
    """The numbers from −bound to bound."""
    return ValueType(Kind.NUMBER, scale, -bound, bound, unit)


TEXT = ValueType(Kind.TEXT)
BOOLEAN = ValueType(Kind.BOOLEAN)
DATE = ValueType(Kind.DATE)

FACT_TYPES = ("text", "boolean", "integer", "decimal", "money", "share", "date", "codes")

_DEFAULT_SCALE = {"integer": 0, "decimal": 2, "money": 2, "share": 4}

_WHOLE_DIGITS = {"integer": 12, "decimal": 12, "money": 13, "share": 3}
"""Digits before the point. Thirteen for money: the largest Norwegian turnovers pass 10^12 NOK."""

_UNIT = {"money": NOK, "share": SHARE}


def declared_type(
    type_name: str, scale: int | None, unit: str, codes: Mapping[str, Mapping[str, str]]
) -> ValueType:
    """The value type of a fact or parameter declared as `type_name` (one of FACT_TYPES)."""
    if type_name in ("text", "codes"):
        return ValueType(Kind(type_name), codes=codes)
    if type_name in ("boolean", "date"):
        return ValueType(Kind(type_name))
    decimals = _DEFAULT_SCALE[type_name] if scale is None else scale
    bound = 10 ** (_WHOLE_DIGITS[type_name] + decimals) - 1
    return within(bound, decimals, _UNIT.get(type_name, unit))


def type_name_of(value_type: ValueType) -> str:
    """The declared-type word that describes a computed value, for showing and storing it."""
    if value_type.kind is not Kind.NUMBER:
        return value_type.kind.value
    if value_type.unit in (NOK, SHARE):
        return {NOK: "money", SHARE: "share"}[value_type.unit]
    return "decimal" if value_type.scale else "integer"
