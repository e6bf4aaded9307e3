"""The rules' door: expressions to a verdict with reasons, for one company or a million."""

from runde.engine.rules.authoring import (
    last_criterion,
    moved_criterion,
    new_criterion,
    with_amount_row,
    with_criterion,
    with_derived,
    with_fact,
    with_new_parameter,
    without_criterion,
    without_part,
)
from runde.engine.rules.bulk import check_relation, open_connection, register_query
from runde.engine.rules.comparing import Difference, compare_rulesets
from runde.engine.rules.conditions import Condition, compile_condition, names_written
from runde.engine.rules.describing import (
    CriterionText,
    DerivedText,
    FactText,
    ParameterText,
    RowText,
    RuleDocument,
    describe,
)
from runde.engine.rules.editable import (
    AmountLine,
    Editable,
    amount_parts,
    sentence_parts,
    values_in_criterion,
    with_amount_value,
    with_parameter_value,
    with_value,
)
from runde.engine.rules.errors import Problem, RuleError
from runde.engine.rules.examples import load_example
from runde.engine.rules.program import CompiledRuleSet, compile_ruleset
from runde.engine.rules.references import Reference, references_in, users_of
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
from runde.engine.rules.shape_reading import Shape
from runde.engine.rules.shapes import expression_of, shape_from_typed, shape_of, shapes_for
from runde.engine.rules.steps import Step
from runde.engine.rules.text_warnings import text_warnings
from runde.engine.rules.typed_values import (
    FieldKind,
    field_kind,
    read_codes,
    read_typed,
    typed_date,
    typed_text,
    unit_word,
)
from runde.engine.rules.value_types import FACT_TYPES, NOK, ValueType, declared_type, type_name_of
from runde.engine.rules.verdict import (
    CriterionResult,
    Distance,
    Missing,
    RowResult,
    UsedValue,
    Verdict,
)

__all__ = [
    "FACT_TYPES",
    "NOK",
    "AmountLine",
    "AmountRow",
    "CompiledRuleSet",
    "Condition",
    "Criterion",
    "CriterionResult",
    "CriterionText",
    "DatedValue",
    "Derived",
    "DerivedText",
    "Difference",
    "Distance",
    "Editable",
    "Fact",
    "FactText",
    "FieldKind",
    "Missing",
    "Parameter",
    "ParameterText",
    "Problem",
    "Reference",
    "RowResult",
    "RowText",
    "RuleDocument",
    "RuleError",
    "RuleSet",
    "Shape",
    "Step",
    "UsedValue",
    "Value",
    "ValueType",
    "Verdict",
    "amount_parts",
    "check_relation",
    "compare_rulesets",
    "compile_condition",
    "compile_ruleset",
    "declared_type",
    "describe",
    "expression_of",
    "field_kind",
    "last_criterion",
    "load_example",
    "moved_criterion",
    "names_written",
    "new_criterion",
    "open_connection",
    "read_codes",
    "read_typed",
    "references_in",
    "register_query",
    "sentence_parts",
    "shape_from_typed",
    "shape_of",
    "shapes_for",
    "text_warnings",
    "type_name_of",
    "typed_date",
    "typed_text",
    "unit_word",
    "users_of",
    "values_in_criterion",
    "with_amount_row",
    "with_amount_value",
    "with_criterion",
    "with_derived",
    "with_fact",
    "with_new_parameter",
    "with_parameter_value",
    "with_value",
    "without_criterion",
    "without_part",
]
