from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from runde.foundation.companies.api import CompanyFacts, facts_of_many
from runde.foundation.people.api import Actor, authorise

from ..domain.register import FactChange, changes_between
from ..domain.values import plain_value, register_values, to_plain
from ..models import Application

RegisterState = Application.RegisterState
COLUMNS = ("register_state", "company_name", "facts_seen", "facts_changed")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The draft on the register as it is now. `was_pending`: the register had no answer before, and has now."""

    application: Application
    changed: tuple[FactChange, ...]
    was_pending: bool = False

    @property
    def is_news(self) -> bool:
        return bool(self.changed) or self.was_pending


def refresh_register(*, application: Application, at: datetime) -> Refreshed:
    """Look the company up again, and write down what is another than the applicant was shown.

    It stays in `facts_changed` until `see_facts`. Drafts only: what is sent stands on what was sealed. When the
    register has no answer, what was known stays.
    """
    return refresh_many(applications=[application], at=at)[0]


@transaction.atomic
def refresh_many(*, applications: Sequence[Application], at: datetime) -> list[Refreshed]:
    """Several at once, in the same order, with one look in the register."""
    companies = facts_of_many({one.organisation_number for one in applications})
    found = [_refreshed(one, companies, at) for one in applications]
    news = [one.application for one in found if one.is_news]
    if news:
        Application.objects.bulk_update(news, COLUMNS, batch_size=500)
    return found


@transaction.atomic
def see_facts(*, application: Application, by: Actor, at: datetime) -> Application:
    """The applicant has been shown what has changed in the register."""
    authorise(by, "applications.change", application)
    drafts = Application.objects.filter(id=application.id, state=Application.State.DRAFT)
    drafts.update(facts_changed=[])
    application.facts_changed = []
    return application


def _refreshed(application: Application, companies: Mapping[str, CompanyFacts], at: datetime) -> Refreshed:
    company = companies.get(application.organisation_number)
    if company is None or application.state != Application.State.DRAFT:
        return Refreshed(application, ())
    now = to_plain(register_values(company))
    was_pending = application.register_state == RegisterState.PENDING
    changed = () if was_pending else changes_between(application.facts_seen, now)
    if changed or was_pending:
        application.register_state, application.facts_seen = RegisterState.KNOWN, now
        application.company_name = company.name[:300]
        application.facts_changed = [*application.facts_changed, *(_told(one, at) for one in changed)]
    return Refreshed(application, changed, was_pending)


def _told(change: FactChange, at: datetime) -> dict[str, Any]:
    return {
        "fact": change.fact,
        "was": plain_value(change.was),
        "now": plain_value(change.now),
        "at": at.isoformat(),
    }
