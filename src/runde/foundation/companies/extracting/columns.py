"""What rules call the register's facts, and what we call them."""

from __future__ import annotations

from collections.abc import Mapping

from runde.engine.whatif.extract import FACT_COLUMNS

RULE_NAMES: Mapping[str, str] = {"nace_code": "industry_1"}
"""Facts that rules know by another name than ours. The main industry is what criteria mean by industry."""

FACT_ATTRIBUTES: Mapping[str, str] = {name: RULE_NAMES.get(name, name) for name in FACT_COLUMNS}
"""For each column of the extract, in order, the attribute of `CompanyFacts` that it holds."""
