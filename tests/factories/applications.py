from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from runde.engine.reference.api import Language, synthetic_account
from runde.foundation.forms.api import Raw
from runde.foundation.organisations.api import get_tenant
from runde.foundation.trust.api import current_tenant
from runde.grants.applications.api import (
    Application,
    NewApplication,
    start_many,
    submit_many,
)
from runde.grants.schemes.api import Call

from .companies import CompanyFactory
from .people import an_applicant

ANSWERS: Mapping[str, Raw] = {
    "revenue_period": "320 000",
    "revenue_comparison": "800 000",
    "fixed_costs": "180 000",
    "de_minimis_three_years": "0",
    "exceptional_circumstances": "no",
    "account_number": synthetic_account(1),
    "declaration": "yes",
}
"""As typed: revenue down 60 per cent, so every requirement is met."""


def a_draft(
    *,
    call: Call,
    at: datetime,
    answers: Mapping[str, Raw] | None = None,
    language: Language = "nb",
    **company: object,
) -> Application:
    """A draft with all answers in place, for a new company in the tenant's municipality."""
    return _drafts(call, 1, at, ANSWERS if answers is None else answers, language, company)[0][0]


def a_submitted(
    *,
    call: Call,
    at: datetime,
    answers: Mapping[str, Raw] | None = None,
    language: Language = "nb",
    **company: object,
) -> Application:
    """A sent application for a new company; `answers` replace some of ANSWERS, `company` facts its own."""
    given = {**ANSWERS, **(answers or {})}
    drafts, applicant = _drafts(call, 1, at, given, language, company)
    return submit_many(applications=drafts, by=applicant, at=at)[0]


def submitted_applications(
    *, call: Call, count: int, at: datetime, answers: Mapping[str, Raw] | None = None, **company: object
) -> list[Application]:
    """Several at once, by one person who acts for all the companies."""
    drafts, applicant = _drafts(call, count, at, {**ANSWERS, **(answers or {})}, "nb", company)
    return submit_many(applications=drafts, by=applicant, at=at)


def _drafts(call, count, at, answers, language, company):  # type: ignore[no-untyped-def]
    number = get_tenant(current_tenant()).municipality_number
    facts = {"municipality": number, "municipality_as_written": number} | company
    numbers = [CompanyFactory.create(**facts).orgnr for _ in range(count)]
    applicant = an_applicant(*numbers, at=at)
    new = [NewApplication(one, answers, language) for one in numbers]
    return start_many(call=call, new=new, by=applicant, at=at), applicant
