from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict, hold

from ..domain.refusals import CallRefused
from ..domain.terms import CallDates, CallTerms, require_dates, require_terms
from ..models import Call, SchemeVersion
from .publish_call import locked_call

DEFAULT_TERMS = CallTerms()


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
    terms: CallTerms = DEFAULT_TERMS,
    by: Actor,
    at: datetime,
) -> Call:
    """Draft a call; nobody outside sees it until `publish_call`.

    The euro rate is NOK for one euro on the day and by the source named: aid ceilings are in euro. Raises
    CallRefused with `facts["place"]`, the field to mend.
    """
    authorise(by, "schemes.manage", scheme_version)
    _require_sound(CallDates(opens_at, closes_at, answer_by_date, euro_rate), terms)
    _require_free(slug)
    call = Call.objects.create(
        scheme_version=scheme_version,
        slug=slug,
        opens_at=opens_at,
        closes_at=closes_at,
        answer_by_date=answer_by_date,
        euro_rate=euro_rate,
        euro_rate_date=euro_rate_date,
        euro_rate_source=euro_rate_source,
        **asdict(terms),
    )
    _journal("schemes.call_drafted", call, by, at)
    return call


@transaction.atomic
def change_call(
    *,
    call: Call,
    scheme_version: SchemeVersion,
    slug: str,
    opens_at: datetime,
    closes_at: datetime,
    answer_by_date: date,
    euro_rate: Decimal,
    euro_rate_date: date,
    euro_rate_source: str,
    terms: CallTerms,
    by: Actor,
    at: datetime,
) -> Call:
    """Write a drafted call anew. Raises CallRefused as `open_call`, Conflict when it is no longer a draft."""
    authorise(by, "schemes.manage", call)
    _require_sound(CallDates(opens_at, closes_at, answer_by_date, euro_rate), terms)
    call = locked_call(call)
    if call.state != Call.State.DRAFT:
        raise Conflict("Utlysningen er publisert. Vilkårene kan ikke endres lenger.")
    if slug != call.slug:
        _require_free(slug)
    changed = {
        "scheme_version": scheme_version,
        "slug": slug,
        "opens_at": opens_at,
        "closes_at": closes_at,
        "answer_by_date": answer_by_date,
        "euro_rate": euro_rate,
        "euro_rate_date": euro_rate_date,
        "euro_rate_source": euro_rate_source,
        **asdict(terms),
    }
    for name, value in changed.items():
        setattr(call, name, value)
    call.save(update_fields=list(changed))
    _journal("schemes.call_changed", call, by, at)
    return call


def _require_sound(dates: CallDates, terms: CallTerms) -> None:
    require_dates(dates, timezone.localdate(dates.closes_at))
    require_terms(terms)


def _require_free(slug: str) -> None:
    if not slug:
        raise CallRefused("Skriv en adresse for utlysningen.", place="slug")
    hold("call", [slug])
    if Call.objects.filter(slug=slug).exists():
        raise Conflict(f"Det finnes allerede en utlysning med adressen «{slug}». Velg en annen adresse.")


def _journal(action: str, call: Call, by: Actor, at: datetime) -> None:
    record(
        action=action,
        subject_kind="call",
        subject_id=call.id,
        by=by.person_id,
        at=at,
        slug=call.slug,
        scheme_version=call.scheme_version_id,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
    )
