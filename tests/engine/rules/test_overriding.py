"""What a person sets in place of the rules' own figure, and what follows from it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runde.engine.rules import CompiledRuleSet, RuleError, Value, Verdict, compile_ruleset, load_example

from .conftest import ON

RULES = compile_ruleset(load_example("smittevern", "3103", {"nb": "Moss"}))
TOTAL = RULES.ruleset.amount[-1].name
OFFICER = ("saksbehandler", date(2026, 11, 22))


def by_hand(value: object) -> Value:
    return Value(value, *OFFICER)  # type: ignore[arg-type]


def rows(verdict: Verdict) -> dict[str, Decimal | None]:
    return {row.name: row.value for row in verdict.rows}


def test_rows_after_the_one_that_is_set_follow_and_rows_before_it_stand(
    smittevern: CompiledRuleSet, cafe: dict[str, Value]
) -> None:
    plain = smittevern.check(cafe, ON)
    first = plain.rows[0].name
    changed = smittevern.check(cafe, ON, {first: by_hand(Decimal(200_000))})
    assert rows(changed)[first] == Decimal(200_000)
    assert rows(changed)[plain.rows[1].name] == rows(plain)[plain.rows[1].name]
    assert changed.amount_nok == Decimal(71_500)  # 200 000 × 45 % × 85 % − 5 000
    assert plain.amount_nok == Decimal(117_400)


def test_a_row_that_is_set_says_what_the_rules_give_and_shows_on_every_page(
    smittevern: CompiledRuleSet, cafe: dict[str, Value]
) -> None:
    changed = smittevern.check(cafe, ON, {TOTAL: by_hand(Decimal(90_000))})
    total = changed.row(TOTAL)
    assert (changed.amount_nok, total.applied, total.audit_only) == (Decimal(90_000), True, False)
    workings = {
        language: total.texts[language]["workings"].replace("\u00a0", " ") for language in total.texts
    }
    assert workings == {
        "nb": "Satt av saksbehandler. Reglene alene gir 117 400 kroner.",
        "nn": "Sett av saksbehandlar. Reglane åleine gir 117 400 kroner.",
        "en": "Set by the case officer. The rules alone give NOK 117,400.",
    }


def test_a_fact_that_is_set_is_judged_and_named_with_its_new_source(
    smittevern: CompiledRuleSet, cafe: dict[str, Value]
) -> None:
    changed = smittevern.check(cafe, ON, {"bankrupt": by_hand(True)})
    assert changed.lane == "red"
    assert changed.amount_nok is None
    [value] = [one for result in changed.criteria for one in result.values if one.name == "bankrupt"]
    assert (value.value, value.source, value.as_of) == (True, *OFFICER)


def test_a_derived_value_that_is_set_moves_the_distance(
    smittevern: CompiledRuleSet, cafe: dict[str, Value]
) -> None:
    changed = smittevern.check(cafe, ON, {"revenue_drop": by_hand(Decimal("0.25"))})
    [missed] = changed.not_met
    assert missed.distance is not None
    assert missed.distance.gap == Decimal("0.05")
    [value] = [one for one in missed.values if one.name == "revenue_drop"]
    assert (value.value, value.source) == (Decimal("0.2500"), "saksbehandler")


def test_what_was_unknown_is_known_when_somebody_sets_it(
    smittevern: CompiledRuleSet, cafe: dict[str, Value]
) -> None:
    lacking = {name: value for name, value in cafe.items() if name != "fixed_costs"}
    assert smittevern.check(lacking, ON).lane == "yellow"
    assert smittevern.check(lacking, ON, {"fixed_costs": by_hand(Decimal(320_000))}).lane == "green"


@pytest.mark.parametrize(
    ("name", "value"),
    [("fixed_cost", Decimal(1)), (TOTAL, Decimal("1.23456789")), (TOTAL, None), ("bankrupt", "ja")],
)
def test_what_the_rules_have_no_name_or_room_for_is_refused(
    smittevern: CompiledRuleSet, cafe: dict[str, Value], name: str, value: object
) -> None:
    with pytest.raises(RuleError):
        smittevern.check(cafe, ON, {name: by_hand(value)})


def test_no_overrides_is_the_same_as_none(smittevern: CompiledRuleSet, cafe: dict[str, Value]) -> None:
    assert smittevern.check(cafe, ON, {}).to_dict() == smittevern.check(cafe, ON).to_dict()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    revenue=st.decimals(0, 1_500_000, places=2),
    costs=st.decimals(0, 900_000, places=2),
    place=st.integers(0, len(RULES.ruleset.amount) - 1),
)
def test_setting_a_row_to_what_the_rules_give_changes_no_figure(
    cafe: dict[str, Value], revenue: Decimal, costs: Decimal, place: int
) -> None:
    values = cafe | {"revenue_period": Value(revenue), "fixed_costs": Value(costs)}
    plain = RULES.check(values, ON)
    row = plain.rows[place]
    if row.value is None:
        return
    again = RULES.check(values, ON, {row.name: by_hand(row.value)})
    assert rows(again) == rows(plain)
    assert (again.lane, again.amount_nok) == (plain.lane, plain.amount_nok)
