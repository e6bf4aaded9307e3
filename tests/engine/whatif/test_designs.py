"""Designs in and out of data, and every way they can be wrong."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from runde.engine.rules import RuleError, RuleSet
from runde.engine.whatif import Design, DesignError, Register, TakeUp, load_example_plan

from .designs import WIDE, smittevern, wide

Change = Callable[[dict[str, Any]], object]


def test_data_round_trip() -> None:
    design = wide()
    assert Design.from_dict(design.to_dict()) == design
    assert design.to_dict()["take_up"] == {"low": "0.3", "middle": "0.55", "high": "0.85"}


def test_the_example_plan_says_that_it_is_made_up() -> None:
    assert all(
        one["source"].startswith("Eksempel, ikke målt")
        for one in load_example_plan("smittevern")["assumptions"]
    )
    with pytest.raises(KeyError):
        load_example_plan("ukjent")


def _line(data: dict[str, Any]) -> dict[str, Any]:
    line: dict[str, Any] = data["assumptions"][0]["lines"][0]
    return line


def _put(*path: Any) -> Change:
    """Change the value at a path of keys; the last part is the value."""
    *keys, last, value = path

    def change(data: dict[str, Any]) -> None:
        place: Any = data
        for key in keys:
            place = place[key]
        place[last] = value

    return change


LINE = ("assumptions", 0, "lines", 0)
BAND = (*LINE, "bands", 0)
FAULTS: list[tuple[str, Change, str, str]] = [
    ("not a list", _put("assumptions", "alt"), "assumptions", "liste"),
    ("not an object", _put("assumptions", 0, "noe"), "assumptions[1]", "objekt"),
    ("unknown field", _put("assumptions", 0, "linjer", []), "assumptions.fall_share", "finnes ikke"),
    (
        "unknown fact",
        _put("assumptions", 0, "name", "fall_shar"),
        "assumptions.fall_shar",
        "Mente du «fall_share»",
    ),
    (
        "register fact",
        _put("assumptions", 0, "name", "employees"),
        "assumptions.employees",
        "står i registeret",
    ),
    ("name twice", _put("assumptions", 1, "name", "fall_share"), "assumptions.fall_share", "to ganger"),
    ("no source", _put("assumptions", 0, "source", " "), "assumptions.fall_share.source", "mangler kilde"),
    ("no lines", _put("assumptions", 0, "lines", []), "assumptions.fall_share", "0 linjer"),
    ("no bands", _put(*LINE, "bands", []), "assumptions.fall_share.lines[1]", "0 verdier"),
    ("shares over", _put(*BAND, "share", "0.4"), "assumptions.fall_share.lines[1].bands", "106,7 prosent"),
    ("share below nought", _put(*BAND, "share", "-0.1"), "lines[1].bands", "kan ikke brukes"),
    ("share too fine", _put(*BAND, "share", "0.3335"), "lines[1].bands", "tre desimaler"),
    ("share as fraction", _put(*BAND, "share", 0.333), "bands[1].share", "nøyaktig tall"),
    ("share as NaN", _put(*BAND, "share", "NaN"), "bands[1].share", "nøyaktig tall"),
    ("share too long", _put(*BAND, "share", "1" * 50), "bands[1].share", "nøyaktig tall"),
    ("share huge", _put(*BAND, "share", "1e999999"), "bands[1].share", "nøyaktig tall"),
    ("value with comma", _put(*BAND, "value", "0,45"), "bands[1].value", "Mente du «0.45»"),
    ("value of words", _put(*BAND, "value", "mye"), "bands[1].value", "kan ikke brukes som andel"),
    ("value too fine", _put(*BAND, "value", "0.123456"), "bands[1].value", "4 desimaler"),
    ("value with exponent", _put(*BAND, "value", "1e2"), "bands[1].value", "andel"),
    ("value as number", _put(*BAND, "value", 1), "bands[1].value", "tekst"),
    ("wrong section", _put(*LINE, "sections", ["Ø"]), "lines[1].sections", "A til V"),
    ("sections as text", _put(*LINE, "sections", "IS"), "lines[1].sections", "liste"),
    ("inside 1-4 from", _put(*LINE, "employees_from", 3), "lines[1]", "mellom 1 og 4"),
    ("inside 1-4 to", _put(*LINE, "employees_to", 2), "lines[1]", "mellom 1 og 4"),
    ("employees as text", _put(*LINE, "employees_to", "ti"), "lines[1].employees_to", "helt tall"),
    ("employees as yes", _put(*LINE, "employees_from", True), "lines[1].employees_from", "helt tall"),
    ("employees below nought", _put(*LINE, "employees_from", -1), "employees_from", "antall ansatte"),
    (
        "from above to",
        _put(*LINE, {"bands": [{"share": "1", "value": "0"}], "employees_from": 10, "employees_to": 5}),
        "lines[1]",
        "fra 10 til 5",
    ),
    ("bad day", _put("assumptions", 0, "as_of", "i går"), "assumptions.fall_share.as_of", "ikke en dato"),
    (
        "boolean",
        _put("assumptions", 2, "lines", 0, "bands", 0, "value", "ja"),
        "licensed",
        "true eller false",
    ),
    (
        "date",
        _put("assumptions", 3, "lines", 0, "bands", 0, "value", "2026-02-30"),
        "last_award",
        "åååå-mm-dd",
    ),
    ("no take-up", _put("take_up", None), "take_up", "kommer til å søke"),
    ("take-up above one", _put("take_up", "high", "1.1"), "take_up", "være en andel"),
    ("take-up out of order", _put("take_up", "low", "0.7"), "take_up", "rekkefølge"),
    ("source without name", _put("sources", 0, "name", " "), "sources", "mangler navn"),
    ("source twice", _put("sources", 1, "name", "Fri"), "sources.Fri", "to ganger"),
    ("negative money", _put("sources", 0, "amount_nok", "-1"), "sources.Fri.amount_nok", "kan ikke brukes"),
    (
        "money in thousandths",
        _put("sources", 0, "amount_nok", "1.001"),
        "sources.Fri.amount_nok",
        "to desimaler",
    ),
    ("money as fraction", _put("sources", 0, "amount_nok", 1.5), "sources.Fri.amount_nok", "nøyaktig tall"),
    ("earmark on an answer", _put("sources", 1, "earmark", "turnover > 0"), "Servering.earmark", "turnover"),
    (
        "earmark that is no yes or no",
        _put("sources", 1, "earmark", "employees"),
        "Servering.earmark",
        "ja eller nei",
    ),
    ("earmark with a query", _put("sources", 1, "earmark", "1 IN (SELECT 1)"), "Servering.earmark", "SELECT"),
    (
        "too many sources",
        _put("sources", [{"name": f"{n}", "amount_nok": 1} for n in range(21)]),
        "sources",
        "21",
    ),
]


@pytest.mark.parametrize(
    ("change", "where", "words"), [one[1:] for one in FAULTS], ids=[one[0] for one in FAULTS]
)
def test_a_fault_is_told_with_its_place(change: Change, where: str, words: str) -> None:
    data = deepcopy(WIDE)
    change(data)
    with pytest.raises(DesignError) as caught:
        Design.from_dict(data)
    told = [one for one in caught.value.problems if where in one.where and words in one.sentence()]
    assert told, [one.sentence() for one in caught.value.problems]


def test_faults_in_the_rules_come_from_the_rules() -> None:
    data = deepcopy(WIDE)
    data["rules"]["criteria"][0]["expression"] = "nace_sectoin IN ('I')"
    with pytest.raises(RuleError, match="Mente du «nace_section»"):
        Design.from_dict(data)


@pytest.mark.parametrize("data", [None, [], "plan", 3])
def test_what_is_no_object_is_refused(data: Any) -> None:
    with pytest.raises(DesignError):
        Design.from_dict(data)


def test_every_fault_is_told_at_once() -> None:
    data = deepcopy(WIDE)
    data["assumptions"][0]["source"] = ""
    data["take_up"]["low"] = "0.9"
    data["sources"][0]["amount_nok"] = "-5"
    with pytest.raises(DesignError) as caught:
        Design.from_dict(data)
    assert len(caught.value.problems) == 3


def test_a_value_made_of_the_register_alone_cannot_be_assumed() -> None:
    data = deepcopy(WIDE)
    data["rules"]["derived"].append(
        {"name": "heads", "expression": "COALESCE(employees, 0) + 1", "label": {"nb": "Hoder"}}
    )
    data["rules"]["amount"][1]["name"] = "more"
    data["rules"]["amount"][2]["expression"] = "ROUND(LEAST(base * fall_share + more, 300000), 2)"
    data["assumptions"].append(
        {"name": "heads", "source": "Prøve", "lines": [{"bands": [{"share": "1", "value": "2"}]}]}
    )
    with pytest.raises(DesignError, match="regnes ut av registeret alene"):
        Design.from_dict(data)


def test_a_design_made_by_hand_is_checked_too(register: Register) -> None:
    from dataclasses import replace

    broken = replace(wide(), take_up=TakeUp(Decimal("0.5"), Decimal("0.4"), Decimal("NaN")))
    with pytest.raises(DesignError, match="være en andel"):
        register.reach(broken, date(2026, 11, 23))


def test_a_scheme_without_its_municipality_is_refused(register: Register) -> None:
    from dataclasses import replace

    from runde.engine.rules import load_example

    unfinished = replace(smittevern(), ruleset=load_example("smittevern"))
    with pytest.raises(RuleError, match="scheme_municipality"):
        register.reach(unfinished, date(2026, 11, 23))


@pytest.mark.parametrize("scope", [("31033",), ("abcd",), ("",), ("3103) OR 1=1 --",)])
def test_a_scope_that_is_no_municipality_is_refused(register: Register, scope: tuple[str, ...]) -> None:
    with pytest.raises(DesignError, match="fire siffer"):
        register.reach(wide(), date(2026, 11, 23), scope)


def test_hostile_texts_stay_texts(register: Register) -> None:
    data = deepcopy(WIDE)
    data["rules"]["facts"][10]["name"] = "licensed"
    data["rules"]["facts"].append(
        {"name": "word", "type": "text", "source": "answer", "label": {"nb": "Ord"}}
    )
    data["rules"]["criteria"].append(
        {**data["rules"]["criteria"][0], "slug": "word", "expression": "word = 'x'"}
    )
    hostile = "x'); DROP TABLE companies; --"
    data["assumptions"].append(
        {"name": "word", "source": hostile, "lines": [{"bands": [{"share": "1", "value": hostile}]}]}
    )
    data["sources"][0]["name"] = hostile
    reach = register.reach(Design.from_dict(data), date(2026, 11, 23))
    assert reach.criterion("word").not_met == reach.companies
    assert RuleSet.from_dict(data["rules"]).name == "bred"
