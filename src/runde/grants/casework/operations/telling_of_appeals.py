"""Mails about appeals: one for each step, in the words of the applicant's own page."""

from __future__ import annotations

from datetime import date, datetime

from runde.engine.reference.api import date_text

from ..domain.case_letters import language_of
from ..models import Appeal, AppealStep
from .telling_of_cases import News, tell_applicant


def tell_of_step(
    appeal: Appeal,
    step: AppealStep,
    sentence: str,
    at: datetime,
    *,
    has_letter: bool = False,
    day: date | None = None,
    **slots: str,
) -> None:
    """One mail for one step; none to the applicant about somebody else's appeal, which is answered by post."""
    if appeal.other_party:
        return
    if day:
        slots["day"] = date_text(day, language_of(appeal.decision.snapshot))
    news = News(key=f"appeal_step:{step.id}", sentence=sentence, slots=slots, has_letter=has_letter)
    tell_applicant(appeal.decision.case, news, at=at)
