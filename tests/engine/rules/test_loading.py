"""Rule sets as plain data: what is read back, and what is refused with a path."""

import copy
from typing import Any

import pytest

from runde.engine.rules import RuleError, RuleSet, load_example

BASE = load_example("smittevern").to_dict()


def broken(*path: str | int, to: Any) -> RuleError:
    data: Any = copy.deepcopy(BASE)
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    with pytest.raises(RuleError) as error:
        RuleSet.from_dict(data)
    return error.value


@pytest.mark.parametrize(
    ("path", "to", "where", "code"),
    [
        (("format",), "x", "format", "format"),
        (("name",), "", "name", "structure"),
        (("title",), {"nn": "Berre nynorsk"}, "title", "texts"),
        (("facts", 0, "type"), "txt", "facts.nace_section.type", "choice"),
        (("facts", 0, "source"), "gjetting", "facts.nace_section.source", "choice"),
        (("facts", 0, "name"), "Nace Section", "facts.Nace Section", "name"),
        (("facts", 1, "name"), "nace_section", "facts.nace_section", "duplicate"),
        (("facts", 1, "name"), "case", "facts.case", "name"),
        (("facts", 0, "colour"), "red", "facts.nace_section", "unknown_field"),
        (("criteria", 0, "when_not_met"), "reject", "criteria.industry.when_not_met", "choice"),
        (("criteria", 0, "valid_from"), "1. mars", "criteria.industry.valid_from", "date"),
        (("criteria", 0, "texts"), {}, "criteria.industry.texts.requirement", "texts"),
        (
            ("criteria", 0, "texts", "requirement", "nn"),
            "Minst {treshold}.",
            "criteria.industry.texts.requirement.nn",
            "placeholder",
        ),
        (
            ("criteria", 0, "texts", "requirement", "nb"),
            "Omsetning {revenue_period}",
            "criteria.industry.texts.requirement.nb",
            "placeholder",
        ),
        (("parameters", 2, "values", 0, "value"), 0.3, "parameters.required_drop.values[1].value", "value"),
        (("parameters", 2, "values", 0, "value"), "NaN", "parameters.required_drop.values[1].value", "value"),
        (("parameters", 2, "values", 0, "value"), "0.30001", "parameters.required_drop", "value"),
        (("amount", 5, "applies_to"), "later", "amount.not_negative.applies_to", "unknown_name"),
        (("amount", 8, "kind"), "subtotal", "amount", "amount"),
        (
            ("parameters", 2, "values", 0, "value"),
            "1e999999999",
            "parameters.required_drop.values[1].value",
            "value",
        ),
        (("parameters", 2, "values", 0, "value"), "٣", "parameters.required_drop.values[1].value", "value"),
        (("parameters", 2, "values", 0, "value"), "0_3", "parameters.required_drop.values[1].value", "value"),
        (
            ("criteria", 0, "texts", "requirement", "nb"),
            "x" * 5000,
            "criteria.industry.texts.requirement",
            "too_long",
        ),
        (
            ("facts", 0, "codes"),
            {str(n): {"nb": "x"} for n in range(4000)},
            "facts.nace_section.codes",
            "too_long",
        ),
        (("derived",), [{}] * 400, "derived", "too_long"),
        (("facts", 1, "name"), "figure", "facts.figure", "name"),
        (("facts", 1, "name"), "threshold_2", "facts.threshold_2", "name"),
        (("amount", 7, "label", "nb"), "{threshold}", "amount.rounded.label.nb", "placeholder"),
        (("criteria",), {}, "criteria", "structure"),
        (("facts", 0), "nace", "facts[1]", "structure"),
    ],
)
def test_each_fault_is_told_with_its_path(
    path: tuple[str | int, ...], to: Any, where: str, code: str
) -> None:
    error = broken(*path, to=to)
    assert (where, code) in [(one.where, one.code) for one in error.problems], error


def test_a_criterion_cannot_end_before_it_begins() -> None:
    data = copy.deepcopy(BASE)
    data["criteria"][0] |= {"valid_from": "2026-03-01", "valid_to": "2026-02-28"}
    with pytest.raises(RuleError) as error:
        RuleSet.from_dict(data)
    assert [(one.where, one.code) for one in error.value.problems] == [
        ("criteria.industry.valid_to", "period")
    ]


@pytest.mark.parametrize("data", [None, [], "x", 3, {}])
def test_anything_else_than_a_rule_set_is_refused(data: Any) -> None:
    with pytest.raises(RuleError):
        RuleSet.from_dict(data)


def test_several_faults_are_told_together() -> None:
    data = copy.deepcopy(BASE)
    data["criteria"][0]["expression"] = "nace_sectoin = 'I'"
    data["criteria"][1]["expression"] = "municipality > 3"
    with pytest.raises(RuleError) as error:
        RuleSet.from_dict(data)
    assert [one.where for one in error.value.problems] == [
        "criteria.industry.expression",
        "criteria.municipality.expression",
    ]


def test_the_digest_is_the_same_whatever_order_the_fields_came_in() -> None:
    backwards = {name: BASE[name] for name in reversed(list(BASE))}
    assert RuleSet.from_dict(backwards).digest == RuleSet.from_dict(BASE).digest


def test_an_unknown_parameter_is_refused_with_the_nearest() -> None:
    with pytest.raises(RuleError) as error:
        load_example("smittevern").with_parameter("scheme_municipalty", "3103")
    assert error.value.first.suggestion == "scheme_municipality"
