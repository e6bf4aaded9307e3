"""What this room reads of decisions, cases and companies, gathered in one place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from runde.foundation.companies.api import facts_of_many
from runde.grants.casework.api import Award, Decision

from .domain.stops import Health


@dataclass(frozen=True, slots=True)
class Granted:
    """A decision to pay: to whom, to which account, and what each funding source carries."""

    decision_id: UUID
    case_id: UUID
    case_number: str
    organisation_number: str
    company_name: str
    account_number: str
    owed_from: datetime
    shares: tuple[tuple[UUID, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who wants to know how it goes with a decision's money, and in which language."""

    person_id: UUID
    language: str


def granted(decision_ids: Collection[UUID]) -> list[Granted]:
    """Those among the decisions that are owed: granted, and accepted where they must be; in order of case number.

    Three facts come from the sealed snapshot.
    """
    owed = Q(accept_by_date__isnull=True) | Q(acceptance__answer="accepted")
    found_rows = Decision.objects.filter(owed, id__in=decision_ids, outcome="granted")
    rows = list(found_rows.values_list(*COLUMNS))
    shares = _shares([row[0] for row in rows])
    found = [_granted(Row(*row), shares) for row in rows]
    return sorted(found, key=lambda one: (len(one.case_number), one.case_number))


COLUMNS = (
    "id",
    "case_id",
    "case__number",
    "decided_at",
    "acceptance__answered_at",
    "snapshot__applicant__organisation_number",
    "snapshot__applicant__company_name",
    "snapshot__applicant__account_number",
)


class Row(NamedTuple):
    """A decision as read, in the order of `COLUMNS`."""

    decision_id: UUID
    case_id: UUID
    case_number: str
    decided_at: datetime
    accepted_at: datetime | None
    organisation_number: str
    company_name: str
    account_number: str | None


def _granted(row: Row, shares: Mapping[UUID, list[tuple[UUID, Decimal]]]) -> Granted:
    return Granted(
        decision_id=row.decision_id,
        case_id=row.case_id,
        case_number=row.case_number,
        organisation_number=row.organisation_number,
        company_name=row.company_name,
        account_number=(row.account_number or "")[:11],
        owed_from=row.accepted_at or row.decided_at,
        shares=tuple(shares.get(row.decision_id, ())),
    )


def _shares(decision_ids: list[UUID]) -> dict[UUID, list[tuple[UUID, Decimal]]]:
    found: dict[UUID, list[tuple[UUID, Decimal]]] = {}
    awards = Award.objects.filter(decision_id__in=decision_ids).order_by("source_id")
    for decision_id, source_id, amount in awards.values_list("decision_id", "source_id", "amount_nok"):
        found.setdefault(decision_id, []).append((source_id, amount))
    return found


def replaced(decision_ids: Iterable[UUID]) -> frozenset[UUID]:
    """The decisions a newer one has taken the place of."""
    newer = Decision.objects.filter(replaces_id__in=list(decision_ids))
    return frozenset(newer.values_list("replaces_id", flat=True))


def newest_of_replaced(decision_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Every earlier decision in the cases of these decisions, to the one of these that took over."""
    taking_over = Decision.objects.filter(id__in=list(decision_ids), replaces__isnull=False)
    newest = dict(taking_over.values_list("case_id", "id"))
    earlier = Decision.objects.filter(case_id__in=newest).exclude(id__in=newest.values())
    return {decision_id: newest[case_id] for decision_id, case_id in earlier.values_list("id", "case_id")}


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
