"""One list of what the register knows, the same for rules, applications and the extract."""

from __future__ import annotations

from datetime import date

import pytest

from runde.engine.rules import Criterion, RuleError, RuleSet, compile_ruleset
from runde.engine.whatif.extract import FACT_COLUMNS
from runde.foundation.companies.api import FACT_ATTRIBUTES
from runde.grants.applications.api import REGISTER_FACTS
from runde.grants.designs.api import register_facts

NO_RULE_ASKS = {"orgnr", "industry_standard"}
TYPES = {"VARCHAR": "text", "INTEGER": "integer", "SMALLINT": "integer", "BOOLEAN": "boolean", "DATE": "date"}


def test_every_column_of_the_extract_is_a_fact_of_the_same_type_and_nothing_else_is() -> None:
    columns = {name: TYPES[kind] for name, kind in FACT_COLUMNS.items() if name not in NO_RULE_ASKS}
    assert {fact.name: fact.type for fact in register_facts()} == columns


def test_an_application_is_judged_by_the_same_facts() -> None:
    assert dict(REGISTER_FACTS) == {fact.name: FACT_ATTRIBUTES[fact.name] for fact in register_facts()}


def test_every_fact_has_a_name_in_every_language() -> None:
    for fact in register_facts():
        assert all(fact.label.get(language) for language in ("nb", "nn", "en")), fact.name
        assert fact.source == "register"


def rules_with(expression: str) -> RuleSet:
    criterion = Criterion("one", expression, {"requirement": {"nb": "x"}, "not_met": {"nb": "x"}})
    return RuleSet("all", "1", {"nb": "Alt"}, facts=register_facts(), criteria=(criterion,))


def test_together_they_make_rules_that_run() -> None:
    compiled = compile_ruleset(
        rules_with("nace_section = 'I' AND municipality IN ('3407', '0301') AND in_group")
    )
    assert compiled.check({}, date(2026, 11, 23)).criterion("one").outcome == "unknown"


@pytest.mark.parametrize("expression", ["nace_section = 'Å'", "municipality = '9999'", "legal_form = 'ASS'"])
def test_a_code_that_does_not_exist_is_refused(expression: str) -> None:
    with pytest.raises(RuleError, match="finnes ikke i kodelista"):
        compile_ruleset(rules_with(expression))
