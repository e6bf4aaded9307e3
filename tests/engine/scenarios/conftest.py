from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from runde.engine.rules import CompiledRuleSet, RuleSet, compile_ruleset
from runde.engine.scenarios import ScenarioReport, run_scenarios

ON = date(2026, 3, 1)


def text(words: str) -> dict[str, str]:
    return {"nb": words, "nn": words, "en": words}


def criterion(slug: str, expression: str, **more: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "expression": expression,
        "texts": {"requirement": text("Krav."), "not_met": text("Nei.")},
        **more,
    }


def fact(name: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "source": "answer", "label": {"nb": label}, **more}


RULES: dict[str, Any] = {
    "format": "runde-rules/1",
    "name": "hage",
    "version": "1",
    "title": text("Tilskudd til hager"),
    "parameters": [
        {
            "name": "smallest",
            "type": "money",
            "label": text("Minste kostnad"),
            "values": [{"value": "1000"}, {"value": "2000", "valid_from": "2026-06-01"}],
        }
    ],
    "facts": [
        fact(
            "kind",
            "text",
            "Slags hage",
            codes={"F": {"nb": "frukthage", "nn": "frukthage", "en": "orchard"}, "K": {"nb": "kjøkkenhage"}},
        ),
        fact("municipality", "text", "Kommune"),
        fact("open", "boolean", "Åpen for alle"),
        fact("costs", "money", "Kostnader"),
        fact("share", "share", "Egen andel"),
        fact("people", "integer", "Personer"),
        fact("planted", "date", "Plantet"),
        fact("tags", "codes", "Merker", codes={"a": {"nb": "allergi"}, "b": {"nb": "bier"}}),
    ],
    "derived": [{"name": "own", "expression": "costs * share", "label": text("Eget bidrag")}],
    "criteria": [
        criterion("orchard", "kind = 'F'"),
        criterion("open", "open", when_not_met="refer"),
        criterion("costs", "costs >= smallest"),
        criterion("planted", "planted < DATE '2026-01-01'"),
        criterion("bees", "HAS_ANY(tags, 'b')", when_not_met="refer"),
    ],
    "amount": [
        {"name": "half", "kind": "subtotal", "expression": "costs * 0.5", "label": text("Halvparten")},
        {"name": "grant_nok", "kind": "total", "expression": "ROUND(half, 2)", "label": text("Tilskuddet")},
    ],
}

HEADER = "Nr;Situasjon;Slags hage;Kommune;Åpen for alle;Kostnader;Egen andel;Personer;Plantet;Merker;Kommer i;Beløp"
GOOD = "1;En hage;frukthage;Moss;ja;10 000;25 %;3;01.05.2020;bier;Klare;5 000"


@pytest.fixture(scope="session")
def garden() -> CompiledRuleSet:
    return compile_ruleset(RuleSet.from_dict(RULES))


def run(garden: CompiledRuleSet, *lines: str, encoding: str = "utf-8") -> ScenarioReport:
    return run_scenarios(garden, "\r\n".join(lines).encode(encoding), ON)


def changed(column: str, cell: str, header: str = HEADER, line: str = GOOD) -> str:
    """The good row with another cell."""
    cells = line.split(";")
    cells[header.split(";").index(column)] = cell
    return ";".join(cells)
