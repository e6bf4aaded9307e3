"""Figures an officer has set in place of the rules' own, as they stand with a check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from runde.engine.rules import (
    UsedValue,
    Value,
    ValueType,
    Verdict,
    from_plain,
    shown_value,
    to_plain,
    type_name_of,
)

SET_BY_OFFICER = "saksbehandler"
"""Named as the source of a value that is set, on screen and in the letter."""


@dataclass(frozen=True, slots=True)
class Settable:
    """A value or row that an officer may set. `was` is the rules' own; `kind` is "row" or "value"."""

    kind: str
    name: str
    label: str
    value_type: ValueType
    was: Any


@dataclass(frozen=True, slots=True)
class Override:
    """One figure set by `by`, with the reason. `was` is what the rules alone gave, None for unknown.

    As JSON: `{"row" or "value": name, "label", "type", "was", "is", "shown": {"was", "is"}, "reason", "by", "at"}`.
    """

    kind: str
    name: str
    label: str
    type: str
    was: Any
    is_now: Any
    shown_was: str
    shown_is: str
    reason: str
    by: UUID
    at: datetime

    def value(self) -> Value:
        """As the rules take it."""
        return Value(self.is_now, SET_BY_OFFICER, self.at.date())

    def to_dict(self) -> dict[str, Any]:
        return {
            self.kind: self.name,
            "label": self.label,
            "type": self.type,
            "was": to_plain(self.was),
            "is": to_plain(self.is_now),
            "shown": {"was": self.shown_was, "is": self.shown_is},
            "reason": self.reason,
            "by": str(self.by),
            "at": self.at.isoformat(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Override:
        kind = "row" if "row" in data else "value"
        return cls(
            kind=kind,
            name=data[kind],
            label=data["label"],
            type=data["type"],
            was=from_plain(data["was"], data["type"]),
            is_now=from_plain(data["is"], data["type"]),
            shown_was=data["shown"]["was"],
            shown_is=data["shown"]["is"],
            reason=data["reason"],
            by=UUID(data["by"]),
            at=datetime.fromisoformat(data["at"]),
        )


def overrides_in(stored: Sequence[Mapping[str, Any]]) -> tuple[Override, ...]:
    """The overrides of a check or a snapshot."""
    return tuple(Override.from_dict(one) for one in stored)


def as_values(overrides: Iterable[Override]) -> dict[str, Value]:
    """For `CompiledRuleSet.check`."""
    return {one.name: one.value() for one in overrides}


def used_in(verdict: Verdict) -> list[UsedValue]:
    """Every value that criteria and rows looked at, as often as they did."""
    by_criteria = [value for one in verdict.criteria for value in one.values]
    return by_criteria + [value for one in verdict.rows for value in one.values]


def settable_in(verdict: Verdict, types: Mapping[str, ValueType]) -> tuple[Settable, ...]:
    """What the verdict rests on, rows first: rows of the calculation, then the values behind criteria and rows."""
    rows = [
        Settable("row", row.name, row.texts["nb"]["label"], types[row.name], row.value)
        for row in verdict.rows
    ]
    values = [
        Settable("value", one.name, one.label["nb"], types[one.name], one.value) for one in used_in(verdict)
    ]
    return each_once((*rows, *values))


def each_once(targets: Iterable[Settable]) -> tuple[Settable, ...]:
    """The first of each name."""
    found: dict[str, Settable] = {}
    for one in targets:
        found.setdefault(one.name, one)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Figure:
    """Something that can be set, as a person chooses it."""

    name: str
    label: str
    shown: str


def settable_figures(verdict: Verdict) -> tuple[Figure, ...]:
    """The rows of the calculation, then the values behind criteria and rows, each once, with what they are now."""
    rows = [Figure(row.name, row.texts["nb"]["label"], row.texts["nb"]["shown"]) for row in verdict.rows]
    values = [Figure(one.name, one.label["nb"], one.shown("nb")) for one in used_in(verdict)]
    found: dict[str, Figure] = {}
    for one in (*rows, *values):
        found.setdefault(one.name, one)
    return tuple(found.values())


def overridden(target: Settable, value: Any, *, reason: str, by: UUID, at: datetime) -> Override:
    """The override of one target, with both figures in words."""
    return Override(
        kind=target.kind,
        name=target.name,
        label=target.label,
        type=type_name_of(target.value_type),
        was=target.was,
        is_now=value,
        shown_was=shown_value(target.was, target.value_type, "nb"),
        shown_is=shown_value(value, target.value_type, "nb"),
        reason=reason,
        by=by,
        at=at,
    )


def with_override(standing: Sequence[Override], new: Override) -> tuple[Override, ...]:
    """In the place of an earlier one of the same name."""
    return (*without_override(standing, new.name), new)


def without_override(standing: Sequence[Override], name: str) -> tuple[Override, ...]:
    return tuple(one for one in standing if one.name != name)
