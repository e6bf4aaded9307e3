"""Figures that a person has set in place of the rules' own, in one case."""

from collections.abc import Mapping
from typing import Any

from runde.engine.rules import wording
from runde.engine.rules.errors import Problem, RuleError, closest
from runde.engine.rules.model import CheckedRules, admission
from runde.engine.rules.ruleset import Value
from runde.engine.rules.value_types import ValueType

_INSTEAD = {
    "nb": "Satt av saksbehandler. Reglene alene gir {own}.",
    "nn": "Sett av saksbehandlar. Reglane åleine gir {own}.",
    "en": "Set by the case officer. The rules alone give {own}.",
}


def split_overrides(
    rules: CheckedRules, values: Mapping[str, Value], overrides: Mapping[str, Value]
) -> tuple[dict[str, Value], dict[str, Value]]:
    """The case's values with the overridden facts in them, and the overridden derived values and rows.

    Raises RuleError for a name the rules do not have, and for a value that its type has no room for.
    """
    for name, given in overrides.items():
        _refuse_unfit(rules, name, given)
    facts = {name: given for name, given in overrides.items() if name in rules.facts}
    fixed = {name: given for name, given in overrides.items() if name in rules.named}
    return {**values, **facts}, fixed


def admitted(rules: CheckedRules, name: str, given: Value) -> Any:
    return admission(rules.types[name], name)(given.value)


def workings_instead(own: Any, value_type: ValueType, language: str) -> str:
    """What stands behind a row that is not worked out: that somebody set it, and what the rules give."""
    return _INSTEAD[language].format(own=wording.shown(own, value_type, language))


def _refuse_unfit(rules: CheckedRules, name: str, given: Value) -> None:
    known = [*rules.facts, *rules.named]
    if name not in known:
        message = f"Reglene har ingen verdi som heter «{name[:60]}»."
        raise RuleError(Problem("unknown_name", message, name, suggestion=closest(name, known)))
    if admitted(rules, name, given) is None:
        expected = rules.types[name].described()
        raise RuleError(
            Problem("value", "Verdien er for stor, for nøyaktig eller tom.", name, None, None, expected)
        )
