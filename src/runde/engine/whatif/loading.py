"""Designs in and out of plain JSON data, with a problem for everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from runde.engine.rules import Problem, RuleSet
from runde.engine.rules.errors import closest
from runde.engine.whatif.checking import check_design
from runde.engine.whatif.design import (
    ESTIMATES,
    Assumption,
    AssumptionLine,
    Band,
    Design,
    DesignError,
    PlannedSource,
    TakeUp,
)

_LONGEST_NUMBER = 40


def load_design(data: Mapping[str, Any], ruleset: RuleSet | None = None) -> Design:
    """Read and check. Raises RuleError for faults in the rules, DesignError for faults beside them."""
    if not isinstance(data, Mapping):
        raise DesignError(Problem("structure", "Planen må være et objekt med navngitte felt."))
    reading = _Reading()
    design = Design(
        ruleset or RuleSet.from_dict(data.get("rules")),
        tuple(reading.assumption(*one) for one in reading.items(data, "assumptions", "name")),
        reading.take_up(data.get("take_up")),
        tuple(reading.source(*one) for one in reading.items(data, "sources", "name")),
    )
    if reading.problems:
        raise DesignError(reading.problems)
    check_design(design)
    return design


def load_assumptions(data: Sequence[Mapping[str, Any]]) -> tuple[Assumption, ...]:
    """Read assumptions alone; `check_design` holds them against the rules. Raises DesignError."""
    reading = _Reading()
    found = tuple(
        reading.assumption(*one) for one in reading.items({"assumptions": data}, "assumptions", "name")
    )
    if reading.problems:
        raise DesignError(reading.problems)
    return found


class _Reading:
    """Reads parts of a design, gathering problems instead of stopping at the first."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def problem(self, where: str, message: str, expected: str, found: object = None) -> None:
        shown = None if found is None else str(found)[:40]
        self.problems.append(Problem("structure", message, where, expected=expected, found=shown))

    def items(self, data: Mapping[str, Any], field: str, key: str = "") -> Iterator[tuple[Any, str]]:
        """Each mapping of a list, with where it stands."""
        value = data.get(field, [])
        if not isinstance(value, list | tuple):
            self.problem(field, f"«{field}» må være en liste.", "[ … ]")
            return
        for number, item in enumerate(value, start=1):
            if not isinstance(item, Mapping):
                self.problem(f"{field}[{number}]", "Her skal det stå et objekt.", "{ … }")
                continue
            name = item.get(key)
            yield item, f"{field}.{name}" if isinstance(name, str) and name else f"{field}[{number}]"

    def known(self, item: Mapping[str, Any], where: str, *fields: str) -> None:
        for field in item:
            if field not in fields:
                message = f"Feltet «{str(field)[:60]}» finnes ikke."
                near = closest(str(field), fields)
                self.problems.append(Problem("unknown_field", message, where, suggestion=near))

    def text(self, item: Mapping[str, Any], where: str, field: str) -> str:
        value = item.get(field, "")
        if isinstance(value, str):
            return value
        self.problem(f"{where}.{field}", f"«{field}» må være en tekst.", "tekst", value)
        return ""

    def number(self, value: Any, where: str, example: str) -> Decimal:
        """An exact number. JSON's own fractions are refused: they are not exact."""
        whole = isinstance(value, int) and not isinstance(value, bool)
        try:
            if whole or (isinstance(value, str) and len(value) <= _LONGEST_NUMBER):
                number = Decimal(value)
                if number.is_finite() and abs(number.adjusted()) < _LONGEST_NUMBER:
                    return number
        except InvalidOperation:
            pass
        near = value.replace(",", ".") if isinstance(value, str) and "," in value else None
        self.problems.append(
            Problem(
                "value",
                "Verdien er ikke et nøyaktig tall.",
                where,
                expected=f'et tall skrevet som tekst, som "{example}"',
                found=str(value)[:40],
                suggestion=near,
            )
        )
        return Decimal(0)

    def assumption(self, item: Mapping[str, Any], where: str) -> Assumption:
        self.known(item, where, "name", "lines", "source", "as_of")
        lines = tuple(self.line(line, f"{where}.{at}") for line, at in self.items(item, "lines"))
        name, source = self.text(item, where, "name"), self.text(item, where, "source")
        return Assumption(name, lines, source, self.day(item.get("as_of"), f"{where}.as_of"))

    def day(self, value: Any, where: str) -> date | None:
        if value is None or value == "":
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.problem(where, f"«{str(value)[:40]}» er ikke en dato.", "åååå-mm-dd")
            return None

    def line(self, item: Mapping[str, Any], where: str) -> AssumptionLine:
        self.known(item, where, "bands", "sections", "employees_from", "employees_to")
        bands = tuple(self.band(band, f"{where}.{at}") for band, at in self.items(item, "bands"))
        sections = item.get("sections", [])
        if not isinstance(sections, list | tuple) or not all(isinstance(one, str) for one in sections):
            self.problem(f"{where}.sections", "«sections» må være en liste av bokstaver.", '["I", "S"]')
            sections = []
        low, high = (self.employees(item, where, field) for field in ("employees_from", "employees_to"))
        return AssumptionLine(bands, tuple(sections), low, high)

    def employees(self, item: Mapping[str, Any], where: str, field: str) -> int | None:
        value = item.get(field)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self.problem(f"{where}.{field}", "Antall ansatte må være et helt tall.", "et helt tall", value)
        return None

    def band(self, item: Mapping[str, Any], where: str) -> Band:
        self.known(item, where, "share", "value")
        share = self.number(item.get("share"), f"{where}.share", "0.4")
        return Band(share, self.text(item, where, "value"))

    def take_up(self, item: Any) -> TakeUp:
        if not isinstance(item, Mapping):
            expected = '{"low": …, "middle": …, "high": …}'
            self.problem("take_up", "Oppgi hvor stor del av dem som kan få, som kommer til å søke.", expected)
            return TakeUp(Decimal(0), Decimal(0), Decimal(0))
        self.known(item, "take_up", *ESTIMATES)
        return TakeUp(*(self.number(item.get(field), f"take_up.{field}", "0.5") for field in ESTIMATES))

    def source(self, item: Mapping[str, Any], where: str) -> PlannedSource:
        self.known(item, where, "name", "amount_nok", "earmark")
        amount = self.number(item.get("amount_nok"), f"{where}.amount_nok", "500000")
        return PlannedSource(self.text(item, where, "name"), amount, self.text(item, where, "earmark"))


def dump_design(design: Design) -> dict[str, Any]:
    """Plain data in a fixed order, without empty fields."""
    return {
        "rules": design.ruleset.to_dict(),
        "assumptions": [_dump_assumption(one) for one in design.assumptions],
        "take_up": {
            name: format(share, "f") for name, share in zip(ESTIMATES, design.take_up.shares(), strict=True)
        },
        "sources": [
            {
                "name": one.name,
                "amount_nok": format(one.amount_nok, "f"),
                **({"earmark": one.earmark} if one.earmark else {}),
            }
            for one in design.sources
        ],
    }


def _dump_assumption(assumption: Assumption) -> dict[str, Any]:
    plain: dict[str, Any] = {"name": assumption.name, "source": assumption.source}
    if assumption.as_of is not None:
        plain["as_of"] = assumption.as_of.isoformat()
    return plain | {"lines": [_dump_line(line) for line in assumption.lines]}


def _dump_line(line: AssumptionLine) -> dict[str, Any]:
    bounds = {"employees_from": line.employees_from, "employees_to": line.employees_to}
    return {
        **({"sections": list(line.sections)} if line.sections else {}),
        **{name: bound for name, bound in bounds.items() if bound is not None},
        "bands": [{"share": format(band.share, "f"), "value": band.value} for band in line.bands],
    }
