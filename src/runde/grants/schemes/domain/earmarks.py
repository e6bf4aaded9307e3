"""Money that may only go to some companies: an expression over what the business register knows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from runde.engine.rules import (
    CompiledRuleSet,
    Criterion,
    Fact,
    RuleError,
    RuleSet,
    Value,
    compile_ruleset,
    load_example,
)

from .refusals import SourceRefused


def company_facts() -> tuple[Fact, ...]:
    """What an earmark may speak of: the register facts that ready-made rule sets share."""
    return tuple(fact for fact in load_example("smittevern").facts if fact.source == "register")


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
        name="earmark", version="1", title={"nb": "Øremerking"}, facts=company_facts(), criteria=(earmark,)
    )
    return compile_ruleset(ruleset)
