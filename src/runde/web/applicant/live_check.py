"""How the application stands with the answers so far. Preliminary, and said to be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from runde.engine.reference.api import amount_text
from runde.foundation.forms.api import questions_of
from runde.grants.applications.api import Application, assess
from runde.web.components.facts import Criterion, SumRow
from runde.web.components.tags.norwegian import page_language
from runde.web.verdicts import criteria_of, criterion_of, rests_on, sum_rows


@dataclass(frozen=True)
class LiveCheck:
    """One sentence first; the rules and the calculation behind it."""

    sentence: str
    amount: str = ""
    rows: list[SumRow] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    reached: list[Criterion] = field(default_factory=list)
    """Met with what the applicant has answered."""

    @property
    def unmet(self) -> list[Criterion]:
        return [one for one in self.criteria if one.verdict == "unmet"]


def live_check(application: Application, *, at: datetime) -> LiveCheck:
    language = page_language()
    _facts, verdict = assess(application, at)
    criteria = criteria_of(verdict, language)
    met = sum(one.verdict == "met" for one in criteria)
    counted = _("%(met)s av %(total)s krav er oppfylt så langt.") % {"met": met, "total": len(criteria)}
    asked = {question.slug for question in questions_of(application.scheme_version.form)}
    answered = [one for one in verdict.criteria if one.outcome == "met" and rests_on(one, asked)]
    reached = [criterion_of(one, language) for one in answered]
    if verdict.amount_nok is None:
        return LiveCheck(counted, criteria=criteria, reached=reached)
    amount = amount_text(verdict.amount_nok, language)
    return LiveCheck(counted, amount, sum_rows(verdict, language), criteria, reached)
