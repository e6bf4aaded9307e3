"""Which open calls a company fits, judged from the register alone.

The same rules and the same program as the case is judged by later; what only the company can answer stays
unknown, and is said to be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from runde.engine.reference.api import Language
from runde.engine.rules import CompiledRuleSet, Verdict
from runde.foundation.companies.api import CompanyFacts
from runde.foundation.trust.api import fence
from runde.grants.applications.api import register_values
from runde.grants.schemes.api import compiled_rules, get_call, list_announcements
from runde.web.components.facts import Criterion
from runde.web.public.announcements import Card, open_cards
from runde.web.verdicts import criterion_of


@dataclass(frozen=True)
class Fit:
    """One call with how the company stands against each rule."""

    card: Card
    criteria: list[Criterion]
    questions: list[str] = field(default_factory=list)

    @property
    def unmet(self) -> list[Criterion]:
        return [one for one in self.criteria if one.verdict == "unmet"]


@dataclass(frozen=True)
class Groups:
    likely: list[Fit]
    open_questions: list[Fit]
    unmet: list[Fit]

    @property
    def total(self) -> int:
        return len(self.likely) + len(self.open_questions) + len(self.unmet)


def fit(company: CompanyFacts, *, at: datetime, language: Language) -> Groups:
    """Sort the open calls of the region by how the company stands."""
    judged = [(card, _judge(card, company, at)) for card in open_cards(list_announcements(at), at=at)]
    return Groups(
        likely=[_fit(card, verdict, language) for card, verdict in judged if verdict.lane == "green"],
        open_questions=[_fit(card, verdict, language) for card, verdict in judged if _is_open(verdict)],
        unmet=[
            _fit(card, verdict, language)
            for card, verdict in judged
            if verdict.lane != "green" and verdict.not_met
        ],
    )


def _is_open(verdict: Verdict) -> bool:
    return verdict.lane != "green" and not verdict.not_met


def _judge(card: Card, company: CompanyFacts, at: datetime) -> Verdict:
    """Inside the fence of the call's tenant: its rules are its own."""
    with fence(card.announcement.tenant_id):
        rules: CompiledRuleSet = compiled_rules(get_call(card.announcement.call_slug).scheme_version)
    return rules.check(register_values(company), on=timezone.localdate(at))


def _fit(card: Card, verdict: Verdict, language: Language) -> Fit:
    return Fit(
        card, [criterion_of(one, language) for one in verdict.criteria], list(_questions(verdict, language))
    )


def _questions(verdict: Verdict, language: Language) -> Iterable[str]:
    """What only the company knows, each question once."""
    for missing in verdict.missing:
        text = missing.question.get(language) or missing.question.get("nb")
        if text:
            yield text
