"""Turns a letter into the plain values the template reads: lists, dicts, texts, and moments as ISO in UTC."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any


def plain_values(value: Any, change: Callable[[str], str]) -> Any:
    """The value with every text changed; a dataclass becomes a dict, with its `type` if its class has one."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple | list):
        return [plain_values(item, change) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        kind: Any = type(value)
        content = {name: plain_values(getattr(value, name), change) for name in _field_names(kind)}
        return content | {"type": value.type} if hasattr(value, "type") else content
    return value


@cache
def _field_names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
