from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict, hold

from ..domain.refusals import CallRefused
from ..models import Call, SchemeVersion


@transaction.atomic
def open_call(
    *,
    scheme_version: SchemeVersion,
    slug: str,
    opens_at: datetime,
    closes_at: datetime,
    answer_by_date: date,
    euro_rate: Decimal,
    euro_rate_date: date,
    euro_rate_source: str,
    by: Actor,
    at: datetime,
) -> Call:
    """Draft a call; nobody outside sees it until `publish_call`.

    The euro rate is NOK for one euro on the day and by the source named: aid ceilings are in euro.
    """
    authorise(by, "schemes.manage", scheme_version)
    _require_order(opens_at, closes_at, answer_by_date)
    if euro_rate <= 0:
        raise CallRefused("Eurokursen må være høyere enn 0.")
    hold("call", [slug])
    if Call.objects.filter(slug=slug).exists():
        raise Conflict(f"Det finnes allerede en utlysning med adressen «{slug}». Velg en annen adresse.")
    call = Call.objects.create(
        scheme_version=scheme_version,
        slug=slug,
        opens_at=opens_at,
        closes_at=closes_at,
        answer_by_date=answer_by_date,
        euro_rate=euro_rate,
        euro_rate_date=euro_rate_date,
        euro_rate_source=euro_rate_source,
    )
    record(
        action="schemes.call_drafted",
        subject_kind="call",
        subject_id=call.id,
        by=by.person_id,
        at=at,
        slug=slug,
        scheme_version=scheme_version.id,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    return call


def _require_order(opens_at: datetime, closes_at: datetime, answer_by_date: date) -> None:
    if closes_at <= opens_at:
        raise CallRefused("Fristen må være etter at utlysningen åpner.")
    if answer_by_date < timezone.localdate(closes_at):
        raise CallRefused("Svardatoen kan ikke være før fristen.")
