"""The scheme that is measured: twelve criteria, three assumed figures, and a calculation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

ON = date(2026, 11, 23)
SECTIONS = ("G", "H", "I", "R", "S", "T")
FORMS = ("AS", "ENK", "ANS", "DA", "SA")

CRITERIA: Mapping[str, str] = {
    "industry": "nace_section IN ('G', 'H', 'I', 'R', 'S', 'T') OR STARTS_WITH(nace_code, '79')",
    "outside_oslo": "municipality <> '0301'",
    "not_bankrupt": "NOT bankrupt",
    "not_under_liquidation": "NOT under_liquidation",
    "not_forced": "NOT forced_dissolution",
    "legal_form": "legal_form IN ('AS', 'ENK', 'ANS', 'DA', 'SA')",
    "registered_before": "registered_date < registered_limit",
    "size": "COALESCE(employees, 1) <= most_employees",
    "vat": "vat_registered",
    "business_register": "in_business_register",
    "fall": "revenue_drop >= required_drop",
    "revenue": "revenue_comparison >= smallest_revenue",
}
REFERS = "fall"
MEASURED = ("registered_before", "size", "fall", "revenue")

_FACTS = {
    "nace_section": "text",
    "nace_code": "text",
    "municipality": "text",
    "legal_form": "text",
    "employees": "integer",
    "registered_date": "date",
    "bankrupt": "boolean",
    "under_liquidation": "boolean",
    "forced_dissolution": "boolean",
    "vat_registered": "boolean",
    "in_business_register": "boolean",
}
_ANSWERS = ("revenue_period", "revenue_comparison", "fixed_costs")
_PARAMETERS = {
    "registered_limit": ("date", "2026-03-01"),
    "most_employees": ("integer", "249"),
    "required_drop": ("share", "0.30"),
    "smallest_revenue": ("money", "300000"),
    "coverage_rate": ("share", "0.85"),
    "deductible": ("money", "5000"),
    "ceiling": ("money", "500000"),
}
_AMOUNT = {
    "covered": ("base", "fixed_costs * revenue_drop * coverage_rate"),
    "net": ("subtotal", "GREATEST(covered - deductible, 0)"),
    "capped": ("cap", "LEAST(net, ceiling)"),
    "grant_nok": ("total", "ROUND_DOWN(capped, 100)"),
}
DROPS = {
    "I": ("0.05", "0.22", "0.2999", "0.30", "0.55", "0.80"),
    "S": ("0", "0.25", "0.40", "0.65", "0.2950", "0.3001"),
    "": ("-0.10", "0", "0.10", "0.28", "0.35", "0.50"),
}
REVENUES = ("180000", "299900", "300000", "1250000", "4200000", "18000000.50")
COSTS = ("20000", "75000", "210000.55", "640000", "1900000", "5000000")
SHARES = ("0.10", "0.20", "0.25", "0.25", "0.15", "0.05")


def scheme_data(**values: str) -> dict[str, Any]:
    """The design as an adviser's file holds it; `values` replaces parameters by name."""
    return {
        "rules": {
            "format": "runde-rules/1",
            "name": "benchmark",
            "version": "1",
            "title": _nb("Målt ordning"),
            "parameters": [
                {
                    "name": name,
                    "type": kind,
                    "label": _nb(name),
                    "values": [{"value": values.get(name, value)}],
                }
                for name, (kind, value) in _PARAMETERS.items()
            ],
            "facts": [_fact(name, kind, "register") for name, kind in _FACTS.items()]
            + [_fact(name, "money", "answer") for name in _ANSWERS],
            "derived": [
                {
                    "name": "revenue_drop",
                    "expression": "DIVIDE(revenue_comparison - revenue_period, revenue_comparison, 4)",
                    "label": _nb("Fall"),
                }
            ],
            "criteria": [_criterion(slug, expression) for slug, expression in CRITERIA.items()],
            "amount": [
                {"name": name, "kind": kind, "expression": expression, "label": _nb(name)}
                for name, (kind, expression) in _AMOUNT.items()
            ],
        },
        "assumptions": [
            {
                "name": "revenue_drop",
                "source": "oppdiktet",
                "lines": [_line(*pair) for pair in DROPS.items()],
            },
            {"name": "revenue_comparison", "source": "oppdiktet", "lines": [_line("", REVENUES)]},
            {"name": "fixed_costs", "source": "oppdiktet", "lines": [_line("", COSTS)]},
        ],
        "take_up": {"low": "0.25", "middle": "0.45", "high": "0.70"},
        "sources": [{"name": "Staten", "amount_nok": "900000000"}],
    }


def _nb(text: str) -> dict[str, str]:
    return {"nb": text}


def _fact(name: str, kind: str, source: str) -> dict[str, Any]:
    return {"name": name, "type": kind, "source": source, "label": _nb(name)}


def _criterion(slug: str, expression: str) -> dict[str, Any]:
    texts = {"requirement": _nb("Krav."), "not_met": _nb("Ikke oppfylt.")}
    outcome = "refer" if slug == REFERS else "refuse"
    return {"slug": slug, "expression": expression, "texts": texts, "when_not_met": outcome}


def _line(section: str, values: tuple[str, ...]) -> dict[str, Any]:
    bands = [{"share": share, "value": value} for share, value in zip(SHARES, values, strict=True)]
    return {"sections": [section] if section else [], "bands": bands}
