"""Cases and rule sets the rule tests share."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

import pytest

from runde.engine.rules import (
    AmountRow,
    CompiledRuleSet,
    Criterion,
    Derived,
    Fact,
    RuleSet,
    Value,
    compile_ruleset,
    load_example,
)

ON = date(2026, 11, 23)
REGISTER = ("Enhetsregisteret", date(2026, 11, 20))

FACTS = (
    Fact("employees", "integer", "register", {"nb": "Ansatte"}, unit="employees"),
    Fact("turnover", "money", "answer", {"nb": "Omsetning"}),
    Fact("before", "money", "answer", {"nb": "Omsetning før"}),
    Fact("share", "share", "answer", {"nb": "Andel"}),
    Fact("founded", "date", "register", {"nb": "Stiftet"}),
    Fact("bankrupt", "boolean", "register", {"nb": "Konkurs"}),
    Fact("place", "text", "register", {"nb": "Sted"}),
    Fact(
        "section",
        "text",
        "register",
        {"nb": "Næring"},
        codes={"I": {"nb": "servering"}, "S": {"nb": "kultur"}},
    ),
    Fact("tags", "codes", "answer", {"nb": "Merker"}),
)


@pytest.fixture(scope="session")
def smittevern() -> CompiledRuleSet:
    return compile_ruleset(load_example("smittevern", "3103", {"nb": "Moss"}))


@pytest.fixture
def cafe() -> dict[str, Value]:
    """The worked example: costs of 320 000, revenue down from 1 000 000 to 550 000."""
    return {
        "nace_section": Value("I", *REGISTER),
        "nace_code": Value("56.110", *REGISTER),
        "municipality": Value("3103", *REGISTER),
        "bankrupt": Value(False, *REGISTER),
        "under_liquidation": Value(False, *REGISTER),
        "registered_date": Value(date(2014, 3, 1), *REGISTER),
        "revenue_period": Value(Decimal(550_000), "søknaden", date(2026, 11, 12)),
        "revenue_comparison": Value(Decimal(1_000_000), "søknaden", date(2026, 11, 12)),
        "fixed_costs": Value(Decimal(320_000), "søknaden", date(2026, 11, 12)),
    }


def one_rule(expression: str, **texts: Mapping[str, str]) -> RuleSet:
    """A rule set with a single criterion over FACTS."""
    standard = {"requirement": {"nb": "Krav."}, "not_met": {"nb": "Ikke oppfylt."}}
    criterion = Criterion("rule", expression, standard | texts)
    return RuleSet("enkel", "1", {"nb": "Enkel"}, FACTS, (criterion,))


def amount_of(expression: str) -> RuleSet:
    """A rule set with a single amount row over FACTS."""
    row = AmountRow("total", "total", expression, {"nb": "Sum"})
    return RuleSet("enkel", "1", {"nb": "Enkel"}, FACTS, (), amount=(row,))


def with_drop(expression: str) -> RuleSet:
    derived = Derived("drop_share", "DIVIDE(before - turnover, before, 4)", {"nb": "Fall"})
    rules = one_rule(expression)
    return RuleSet("enkel", "1", {"nb": "Enkel"}, FACTS, rules.criteria, derived=(derived,))


Outcome = Callable[..., str]


@pytest.fixture(scope="session")
def outcome() -> Outcome:
    """The outcome of one expression for the facts given as keywords."""

    def judge(expression: str, **facts: object) -> str:
        values = {name: Value(value) for name, value in facts.items()}  # type: ignore[arg-type]
        return compile_ruleset(one_rule(expression)).check(values, ON).criterion("rule").outcome

    return judge
