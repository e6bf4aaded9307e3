"""The rules' door: expressions to a verdict with reasons, for one company or a million."""

from runde.engine.rules.bulk import check_relation, open_connection, register_query
from runde.engine.rules.errors import Problem, RuleError
from runde.engine.rules.examples import load_example
from runde.engine.rules.program import CompiledRuleSet, compile_ruleset
from runde.engine.rules.ruleset import (
    AmountRow,
    Criterion,
    DatedValue,
    Derived,
    Fact,
    Parameter,
    RuleSet,
    Value,
)
from runde.engine.rules.verdict import (
    CriterionResult,
    Distance,
    Missing,
    RowResult,
    UsedValue,
    Verdict,
)

__all__ = [
    "AmountRow",
    "CompiledRuleSet",
    "Criterion",
    "CriterionResult",
    "DatedValue",
    "Derived",
    "Distance",
    "Fact",
    "Missing",
    "Parameter",
    "Problem",
    "RowResult",
    "RuleError",
    "RuleSet",
    "UsedValue",
    "Value",
    "Verdict",
    "check_relation",
    "compile_ruleset",
    "load_example",
    "open_connection",
    "register_query",
]
