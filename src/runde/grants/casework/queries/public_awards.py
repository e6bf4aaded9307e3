"""Who got what in a call, as anyone may see it: grants that stand, on money that has been decided.

A sole trader's name is a person's name and the number leads to it, so neither is told on the web; whoever asks for
access to the case gets them. Companies are not persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Sum, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.utils import timezone

from ..domain.public_letter import SOLE_TRADERS
from ..models import Acceptance, Decision

REGISTER = KeyTransform("register", "case__application__facts")
LEGAL_FORM = KeyTextTransform("value", KeyTransform("legal_form", REGISTER))
"""The register's, under the application's seal; none for an application sent while the register was away."""


@dataclass(frozen=True, slots=True)
class PublicAward:
    """`company_name` and `organisation_number` are empty when they would name a person."""

    case_number: str
    company_name: str
    organisation_number: str
    municipality_number: str
    amount_nok: Decimal
    decided_date: date


@dataclass(frozen=True, slots=True)
class PublicAwards:
    """Some of the awards, by amount and then case number; the count and sum are of all that were found."""

    rows: Sequence[PublicAward]
    count: int
    sum_nok: Decimal


def public_awards(call_id: UUID, *, text: str = "", first: int = 0, most: int | None = None) -> PublicAwards:
    """At most `most` awards from `first` on; two statements. `text` finds companies by part of the name, or number."""
    found = _standing(call_id)
    if text:
        named = Q(case__company_name__icontains=text) | Q(case__organisation_number=text.replace(" ", ""))
        found = found.filter(named, Q(may_name_person=False))
    told = found.aggregate(count=Count("id"), sum_nok=Sum("amount_nok"))
    until = None if most is None else first + most
    ordered = found.order_by("-amount_nok", "case__ordinal").select_related("case").defer("snapshot")
    return PublicAwards(
        [_award(one) for one in ordered[first:until]], told["count"], told["sum_nok"] or Decimal(0)
    )


def _standing(call_id: UUID) -> QuerySet[Decision]:
    gone = (Acceptance.Answer.DECLINED, Acceptance.Answer.LAPSED)
    return (
        Decision.objects.filter(case__call_id=call_id, outcome="granted", depends_on=None, decision=None)
        .exclude(acceptance__answer__in=gone)
        .annotate(legal_form=LEGAL_FORM)
        .annotate(may_name_person=_may_name_person())
    )


def _may_name_person() -> Case:
    """A sole trader, and whoever nobody knows the form of."""
    is_person = Q(legal_form__isnull=True) | Q(legal_form__in=SOLE_TRADERS)
    return Case(When(is_person, then=Value(True)), default=Value(False), output_field=BooleanField())


def _award(decision: Decision) -> PublicAward:
    case, withheld = decision.case, decision.may_name_person  # type: ignore[attr-defined]
    return PublicAward(
        case_number=case.number,
        company_name="" if withheld else case.company_name,
        organisation_number="" if withheld else case.organisation_number,
        municipality_number=case.municipality_number,
        amount_nok=decision.amount_nok,
        decided_date=timezone.localdate(decision.decided_at),
    )
