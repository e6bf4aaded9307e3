"""The most one applicant can get, read from the rules themselves."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from runde.engine.rules import RuleSet

_LEAST = re.compile(r"LEAST\(\s*\w+\s*,\s*(\w+)\s*\)")
_AFTERWARDS = ("cap", "rounding", "total")


def highest_amount(rules: RuleSet, on: date) -> Decimal | None:
    """The ceiling in NOK that closes the calculation on a day; None when there is no such ceiling.

    Only a cap by a figure alone tells, and only when nothing is added after it: "LEAST(before, ceiling)".
    """
    for row in reversed(rules.amount):
        if row.kind not in _AFTERWARDS:
            return None
        found = _LEAST.fullmatch(row.expression.strip())
        if row.kind == "cap" and found:
            return _figure(rules, found[1], on)
    return None


def _figure(rules: RuleSet, name: str, on: date) -> Decimal | None:
    for parameter in rules.parameters:
        if parameter.name == name:
            dated = parameter.on(on)
            return dated.value if dated and isinstance(dated.value, Decimal) else None
    return None
