"""What this room reads of decisions, cases and companies, gathered in one place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from runde.foundation.companies.api import facts_of_many
from runde.foundation.forms.api import questions_of
from runde.grants.casework.models import Award, Decision
from runde.grants.schemes.api import Call

from .domain.stops import Health

ACCOUNT_QUESTION = "account_number"
_COLUMNS = ("answers", "call_id", "organisation_number", "company_name")


@dataclass(frozen=True, slots=True)
class Granted:
    """A decision to pay: to whom, to which account, and what each funding source carries."""

    decision_id: UUID
    case_id: UUID
    case_number: str
    organisation_number: str
    company_name: str
    account_number: str
    decided_at: datetime
    shares: tuple[tuple[UUID, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who wants to know how it goes with a decision's money, and in which language."""

    person_id: UUID
    language: str


def granted(decision_ids: Collection[UUID]) -> list[Granted]:
    """The granted ones among the decisions, in order of case number."""
    rows = (
        Decision.objects.filter(id__in=decision_ids, outcome="granted")
        .select_related("case__application")
        .only("case_id", "decided_at", "case__number", *(f"case__application__{name}" for name in _COLUMNS))
    )
    shares = _shares([row.id for row in rows])
    slugs = _account_questions({row.case.application.call_id for row in rows})
    return sorted((_granted(row, shares, slugs) for row in rows), key=lambda one: one.case_number)


def _granted(
    row: Decision, shares: Mapping[UUID, list[tuple[UUID, Decimal]]], slugs: Mapping[UUID, list[str]]
) -> Granted:
    application = row.case.application
    typed = [str(application.answers.get(slug) or "") for slug in slugs[application.call_id]]
    return Granted(
        decision_id=row.id,
        case_id=row.case_id,
        case_number=row.case.number,
        organisation_number=application.organisation_number,
        company_name=application.company_name,
        account_number=next(filter(None, typed), "")[:11],
        decided_at=row.decided_at,
        shares=tuple(shares.get(row.id, ())),
    )


def _shares(decision_ids: list[UUID]) -> dict[UUID, list[tuple[UUID, Decimal]]]:
    found: dict[UUID, list[tuple[UUID, Decimal]]] = {}
    awards = Award.objects.filter(decision_id__in=decision_ids).order_by("source_id")
    for decision_id, source_id, amount in awards.values_list("decision_id", "source_id", "amount_nok"):
        found.setdefault(decision_id, []).append((source_id, amount))
    return found


def _account_questions(call_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """The questions for an account number in each call's form, in the order they are asked."""
    calls = Call.objects.filter(id__in=call_ids).select_related("scheme_version__form")
    return {
        call.id: [
            question.slug
            for question in questions_of(call.scheme_version.form)
            if question.type == ACCOUNT_QUESTION
        ]
        for call in calls
    }


def replaced(decision_ids: Iterable[UUID]) -> frozenset[UUID]:
    """The decisions a newer one has taken the place of."""
    newer = Decision.objects.filter(replaces_id__in=list(decision_ids))
    return frozenset(newer.values_list("replaces_id", flat=True))


def applicants(decision_ids: Iterable[UUID]) -> dict[UUID, Applicant]:
    """Who applied, for each decision."""
    rows = Decision.objects.filter(id__in=list(decision_ids)).values_list(
        "id", "case__application__applicant_id", "case__application__language"
    )
    return {decision_id: Applicant(person_id, language) for decision_id, person_id, language in rows}


def health(organisation_numbers: Iterable[str]) -> dict[str, Health]:
    """What the register we hold says now; companies it does not hold are left out."""
    return {
        number: Health(
            is_deleted=facts.is_deleted,
            is_bankrupt=bool(facts.bankrupt),
            is_under_liquidation=bool(facts.under_liquidation) or bool(facts.forced_dissolution),
        )
        for number, facts in facts_of_many(sorted(set(organisation_numbers))).items()
    }
