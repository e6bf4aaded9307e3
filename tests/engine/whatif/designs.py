"""Designs the what-if's tests share."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

from runde.engine.rules import load_example
from runde.engine.whatif import Design, load_example_plan

HOME = "3103"


def _texts(slug: str) -> dict[str, Any]:
    return {"requirement": {"nb": f"Krav {slug}."}, "not_met": {"nb": f"Ikke {slug}."}}


def _fact(name: str, kind: str, source: str = "register", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "source": source, "label": {"nb": name}, **more}


def _criterion(slug: str, expression: str, **more: Any) -> dict[str, Any]:
    return {"slug": slug, "expression": expression, "texts": _texts(slug), **more}


def _line(bands: list[tuple[str, str]], **more: Any) -> dict[str, Any]:
    return {**more, "bands": [{"share": share, "value": value} for share, value in bands]}


def smittevern(municipality: str | None = HOME) -> Design:
    """The example scheme; without a municipality it is for the whole country."""
    rules = load_example("smittevern", municipality or HOME).to_dict()
    if municipality is None:
        rules["criteria"] = [one for one in rules["criteria"] if one["slug"] != "municipality"]
    return Design.from_dict({"rules": rules, **load_example_plan("smittevern")})


WIDE: dict[str, Any] = {
    "rules": {
        "format": "runde-rules/1",
        "name": "bred",
        "version": "1",
        "title": {"nb": "Bred ordning"},
        "facts": [
            _fact("nace_section", "text"),
            _fact("municipality", "text"),
            _fact("legal_form", "text"),
            _fact("bankrupt", "boolean"),
            _fact("employees", "integer", unit="employees"),
            _fact("registered_date", "date"),
            _fact("vat_registered", "boolean"),
            _fact("turnover", "money", "answer"),
            _fact("turnover_before", "money", "answer"),
            _fact("fixed_costs", "money", "answer"),
            _fact("licensed", "boolean", "answer"),
            _fact("last_award_date", "date", "earlier_awards"),
            _fact("tags", "codes", "answer"),
            _fact("aid_nok", "money", "aid_ledger"),
        ],
        "parameters": [
            {
                "name": "registered_limit",
                "type": "date",
                "label": {"nb": "Grense"},
                "values": [{"value": "2026-03-01"}],
            },
            {
                "name": "least_drop",
                "type": "share",
                "label": {"nb": "Fall"},
                "values": [{"value": "0.30"}],
            },
        ],
        "derived": [
            {
                "name": "fall_share",
                "expression": "DIVIDE(turnover_before - turnover, turnover_before, 4)",
                "label": {"nb": "Fall"},
            },
            {
                "name": "per_head",
                "expression": "fixed_costs - COALESCE(employees, 1) * 20000",
                "label": {"nb": "Per hode"},
            },
        ],
        "criteria": [
            _criterion("industry", "nace_section IN ('I', 'S', 'T', 'G')"),
            _criterion("place", "municipality IN ('3103', '3107', '0301')"),
            _criterion("solvent", "NOT bankrupt"),
            _criterion("form", "legal_form <> 'ENK'", when_not_met="refer"),
            _criterion("before", "registered_date < registered_limit"),
            _criterion("age", "DAYS_BETWEEN(registered_date, registered_limit) >= 365"),
            _criterion("small", "COALESCE(employees, 0) <= 49"),
            _criterion("five", "employees >= 5", when_not_met="refer"),
            _criterion("fall", "fall_share >= least_drop"),
            _criterion("licence", "licensed", when_not_met="refer"),
            _criterion("costs", "per_head >= 10000"),
            _criterion("waited", "last_award_date < DATE '2026-01-01'"),
            _criterion("tagged", "HAS_ANY(tags, 'a', 'b')"),
            _criterion("gone", "employees >= 1000", valid_to="2020-12-31"),
        ],
        "amount": [
            {"name": "base", "kind": "base", "expression": "fixed_costs", "label": {"nb": "Kostnader"}},
            {
                "name": "heads",
                "kind": "addition",
                "expression": "COALESCE(employees, 1) * 1000",
                "label": {"nb": "Ansatte"},
            },
            {
                "name": "total",
                "kind": "total",
                "expression": "ROUND(LEAST(base * fall_share + heads, 300000), 2)",
                "label": {"nb": "Sum"},
            },
        ],
    },
    "assumptions": [
        {
            "name": "fall_share",
            "source": "Prøve",
            "as_of": "2026-06-01",
            "lines": [
                _line([("0.333", "0.30"), ("0.333", "0.2999"), ("0.334", "0.75")], sections=["I", "S"]),
                _line([("0.5", "-0.10"), ("0.5", "0.31")], sections=["G", "T"]),
                _line([("1", "0.5")], employees_from=5),
            ],
        },
        {
            "name": "fixed_costs",
            "source": "Prøve",
            "lines": [
                _line([("0.5", "30000"), ("0.5", "29999.50")], employees_to=4),
                _line([("0.25", "120000"), ("0.75", "450000")], employees_from=5, employees_to=9),
                _line([("0.1", "1500000.25"), ("0.9", "900000")], employees_from=10),
            ],
        },
        {"name": "licensed", "source": "Prøve", "lines": [_line([("0.9", "true"), ("0.1", "false")])]},
        {
            "name": "last_award_date",
            "source": "Prøve",
            "lines": [_line([("0.8", "2024-05-01"), ("0.1", "2026-01-05"), ("0.1", "2026-06-01")])],
        },
        {"name": "tags", "source": "Prøve", "lines": [_line([("0.95", "a,c"), ("0.05", "c")])]},
        {"name": "aid_nok", "source": "Prøve, ikke i bruk", "lines": [_line([("1", "0")])]},
    ],
    "take_up": {"low": "0.3", "middle": "0.55", "high": "0.85"},
    "sources": [
        {"name": "Fri", "amount_nok": "3000000"},
        {"name": "Servering", "amount_nok": "1500000.50", "earmark": "nace_section = 'I'"},
        {
            "name": "Små på stedet",
            "amount_nok": "900000",
            "earmark": "municipality = '3103' AND COALESCE(employees, 0) < 10",
        },
        {"name": "Mva", "amount_nok": "700000", "earmark": "vat_registered"},
        {"name": "Resten", "amount_nok": "5000000"},
    ],
}


def wide(**changes: Any) -> Design:
    """Fourteen criteria of every kind, some of which mix the register with assumptions."""
    return Design.from_dict({**deepcopy(WIDE), **changes})


def without(name: str) -> Design:
    """The wide design with one assumption left out."""
    kept = [one for one in deepcopy(WIDE["assumptions"]) if one["name"] != name]
    return wide(assumptions=kept)


def looser(design: Design) -> Design:
    """The same with a lower required fall."""
    from dataclasses import replace

    return replace(design, ruleset=design.ruleset.with_parameter("least_drop", Decimal("0.2")))
