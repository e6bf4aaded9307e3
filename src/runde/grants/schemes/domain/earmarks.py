"""Money that may only go to some companies: an expression over what the business register knows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from runde.engine.rules import (
    CompiledRuleSet,
    Criterion,
    RuleError,
    RuleSet,
    Value,
    compile_ruleset,
)

from .refusals import SourceRefused
from .register_facts import register_facts


def check_earmark(expression: str) -> None:
    """Raise SourceRefused, saying what is wrong, unless the expression can tell companies apart."""
    if not expression:
        return
    try:
        _compiled(expression)
    except RuleError as error:
        reasons = " ".join(problem.sentence() for problem in error.problems)
        raise SourceRefused(f"Øremerkingen kan ikke brukes. {reasons}", expression=expression) from error


def fits(expression: str, values: Mapping[str, Value], on: date) -> bool:
    """Whether money with this earmark may go to a company. An unknown fact does not fit."""
    if not expression:
        return True
    return _compiled(expression).check(values, on).criterion("earmark").outcome == "met"


@lru_cache(maxsize=256)
def _compiled(expression: str) -> CompiledRuleSet:
    earmark = Criterion(slug="earmark", expression=expression, texts={})
    ruleset = RuleSet(
        name="earmark", version="1", title={"nb": "Øremerking"}, facts=register_facts(), criteria=(earmark,)
    )
    return compile_ruleset(ruleset)
