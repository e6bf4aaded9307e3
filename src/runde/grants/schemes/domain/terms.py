"""What a call says beyond its clock, and what makes no sense together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from runde.engine.reference.api import LANGUAGES

from .content import LANGUAGE_LABELS, listed
from .refusals import CallRefused

LONGEST_WAIT = 32_767  # as the columns


@dataclass(frozen=True, slots=True)
class CallTerms:
    """What applicants are told besides when.

    `late_rule` is in nb, nn and en, or empty. `acceptance_days` counts from the decision and `report_due_days`
    from the payment; None means that no report is due. Drafts are kept `keep_drafts_days` after the deadline.
    """

    kind: Literal["deadline", "running"] = "deadline"
    grace_minutes: int = 0
    late_rule: Mapping[str, str] = field(default_factory=dict)
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    needs_acceptance: bool = False
    acceptance_days: int | None = None
    keep_drafts_days: int = 90
    report_due_days: int | None = None


@dataclass(frozen=True, slots=True)
class CallDates:
    """A call's clock, and the rate aid ceilings in euro are counted with."""

    opens_at: datetime
    closes_at: datetime
    answer_by_date: date
    euro_rate: Decimal


def require_dates(dates: CallDates, closes_on: date) -> None:
    """Raise CallRefused with the place of the fault. `closes_on` is the local day of the deadline."""
    if dates.closes_at <= dates.opens_at:
        raise CallRefused("Fristen må være etter at utlysningen åpner.", place="closes_at")
    if dates.answer_by_date < closes_on:
        raise CallRefused("Svardatoen kan ikke være før fristen.", place="answer_by_date")
    if dates.euro_rate <= 0:
        raise CallRefused("Eurokursen må være høyere enn 0.", place="euro_rate")


def require_terms(terms: CallTerms) -> None:
    """Raise CallRefused with the place of the fault."""
    if terms.kind not in ("deadline", "running"):
        raise CallRefused("Velg om utlysningen er løpende eller har frist.", place="kind")
    _require_counts(terms)
    _require_late_rule(terms.late_rule)
    if terms.needs_acceptance and not terms.acceptance_days:
        raise CallRefused("Skriv hvor mange dager søkeren har på å svare.", place="acceptance_days")


def _require_counts(terms: CallTerms) -> None:
    counts = {
        "grace_minutes": terms.grace_minutes,
        "acceptance_days": terms.acceptance_days or 0,
        "keep_drafts_days": terms.keep_drafts_days,
        "report_due_days": terms.report_due_days or 0,
    }
    for place, count in counts.items():
        if not 0 <= count <= LONGEST_WAIT:
            raise CallRefused("Skriv et tall som er 0 eller høyere, og ikke altfor høyt.", place=place)
    if terms.keep_drafts_days == 0:
        raise CallRefused("Kladder må lagres minst én dag etter fristen.", place="keep_drafts_days")


def _require_late_rule(texts: Mapping[str, str]) -> None:
    lacking = [language for language in LANGUAGES if not texts.get(language, "").strip()]
    if texts and lacking and len(lacking) < len(LANGUAGES):
        words = listed([LANGUAGE_LABELS[one] for one in lacking])
        raise CallRefused(f"Regelen for dem som kommer for sent, mangler på {words}.", place="late_rule")
