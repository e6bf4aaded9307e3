"""One yes-or-no expression over typed values: true, false or unknown, and refused with its place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from runde.engine.rules import RuleError, compile_condition, declared_type, names_written

TYPES = {
    name: declared_type(kind, None, "", {})
    for name, kind in {
        "costs": "money", "staff": "boolean", "kinds": "codes", "begun": "date", "place": "text",
    }.items()
}  # fmt: skip


def holds(expression: str, **values: Any) -> bool | None:
    return compile_condition(expression, TYPES).holds(values)


@pytest.mark.parametrize(
    ("expression", "values", "outcome"),
    [
        ("staff", {"staff": True}, True),
        ("staff", {}, None),
        ("NOT staff", {"staff": None}, None),
        ("costs > 10 OR staff", {"staff": True}, True),
        ("costs > 10 AND staff", {"staff": False}, False),
        ("costs > 10 AND staff", {"staff": True}, None),
        ("HAS_ANY(kinds, 'a')", {"kinds": frozenset({"a", "b"})}, True),
        ("place = '3103'", {"place": ""}, None),
        ("COALESCE(costs, 0) = 0", {}, True),
        ("costs >= 12.50", {"costs": Decimal("12.5"), "stranger": 1}, True),
    ],
)
def test_it_is_true_false_or_unknown(expression: str, values: dict[str, Any], outcome: bool | None) -> None:
    assert holds(expression, **values) is outcome


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("costs", "Et vilkår må kunne være oppfylt eller ikke, men dette gir kroner."),
        ("nobody > 1", "Vi kjenner ingen opplysning som heter «nobody»."),
        ("staff = 1", "Ja/nei kan ikke sammenlignes med tall."),
        ("costs >", "Uttrykket kan ikke leses"),
        ("", "Uttrykket er tomt."),
    ],
)
def test_what_is_no_condition_is_refused_with_words(expression: str, told: str) -> None:
    with pytest.raises(RuleError) as refused:
        compile_condition(expression, TYPES)
    assert refused.value.first.message.startswith(told)


def test_a_value_of_the_wrong_type_is_the_callers_fault() -> None:
    with pytest.raises(RuleError, match="costs"):
        holds("costs > 1", costs=1.5)


def test_it_tells_which_names_it_rests_on() -> None:
    assert compile_condition("costs > 1 AND (staff OR costs < 0)", TYPES).names == ("costs", "staff")
    assert names_written("nobody > 1 AND costs > 2") == ("nobody", "costs")
