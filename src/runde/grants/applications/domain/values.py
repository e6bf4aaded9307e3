"""What is known about an applicant, as values with a source and a day: from the register and from the answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from runde.engine.rules import Value
from runde.foundation.companies.api import CompanyFacts
from runde.grants.schemes.api import register_attributes

ANSWER_SOURCE = "søknaden"

REGISTER_FACTS: Mapping[str, str] = register_attributes()
"""The name rules know a fact by, and what the register room calls it."""

Values = dict[str, Value]


def register_values(company: CompanyFacts | None) -> Values:
    """What the register says, by the names rules use. What it does not say is a value nobody knows."""
    if company is None:
        return {}
    return {
        name: Value(_known(getattr(company, attribute)), company.source, company.as_of_date)
        for name, attribute in REGISTER_FACTS.items()
    }


def answer_values(typed: Mapping[str, Any], on: date) -> Values:
    """The applicant's answers as values, given on a day."""
    return {name: Value(value, ANSWER_SOURCE, on) for name, value in typed.items()}


def _known(value: Any) -> Any:
    return None if value == "" else value


def to_plain(values: Mapping[str, Value]) -> dict[str, dict[str, Any]]:
    """JSON-safe; `from_plain` gives equal values back."""
    return {
        name: {
            "kind": _kind(one.value),
            "value": plain_value(one.value),
            "source": one.source,
            "as_of": one.as_of.isoformat() if one.as_of else None,
        }
        for name, one in sorted(values.items())
    }


def from_plain(data: Mapping[str, Mapping[str, Any]]) -> Values:
    return {
        name: Value(
            _REVIVE[one["kind"]](one["value"]),
            one["source"],
            date.fromisoformat(one["as_of"]) if one["as_of"] else None,
        )
        for name, one in data.items()
    }


plain_values = to_plain
revived_values = from_plain
"""By these names other rooms keep values and take them up again."""

_REVIVE: Mapping[str, Any] = {
    "unknown": lambda value: None,
    "boolean": bool,
    "integer": int,
    "decimal": Decimal,
    "date": date.fromisoformat,
    "codes": frozenset,
    "text": str,
}


def _kind(value: Any) -> str:
    match value:
        case None:
            return "unknown"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case Decimal():
            return "decimal"
        case date():
            return "date"
        case str():
            return "text"
    return "codes"


def plain_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset | set | tuple | list) else value
