"""The rules' verdict in the words and rows that pages show."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from runde.engine.reference.api import Language, date_text
from runde.engine.rules import CriterionResult
from runde.engine.rules import Verdict as RulesVerdict
from runde.web.components.facts import Criterion, SumRow, Verdict

OUTCOMES: dict[str, Verdict] = {"met": "met", "not_met": "unmet", "unknown": "unknown"}


def criteria_of(verdict: RulesVerdict, language: Language) -> list[Criterion]:
    """Every rule with how it went: the reason where it is known, the distance where it is not met."""
    return [criterion_of(result, language) for result in verdict.criteria]


def criterion_of(result: CriterionResult, language: Language) -> Criterion:
    texts = result.texts[language]
    detail = "" if result.outcome == "unknown" else texts["reason"]
    return Criterion(texts["requirement"], OUTCOMES[result.outcome], detail, sources_of(result, language))


def rests_on(result: CriterionResult, facts: Collection[str]) -> bool:
    """Whether the rule looked at one of the named facts."""
    return any(value.name in facts for value in result.values)


def sources_of(result: CriterionResult, language: Language) -> str:
    """ "Enhetsregisteret, 20. november 2026": where the values came from, each source once."""
    known = [value for value in result.values if value.source and value.value is not None]
    return " · ".join(dict.fromkeys(source_text(value.source, value.as_of, language) for value in known))


@lru_cache(maxsize=256)
def source_text(source: str, as_of: date | None, language: Language) -> str:
    """ "Enhetsregisteret, 20. november 2026" """
    said = source[:1].upper() + source[1:]
    return f"{said}, {date_text(as_of, language)}" if as_of else said


def sum_rows(verdict: RulesVerdict, language: Language) -> list[SumRow]:
    """The calculation, without the rows that changed nothing."""
    return [
        SumRow(
            row.texts[language]["label"],
            row.texts[language]["shown"],
            note=row.texts[language]["workings"],
            result=row.kind == "total",
        )
        for row in verdict.rows
        if row.applied and not row.audit_only and row.value is not None
    ]
