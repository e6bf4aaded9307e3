"""The history of a source: one line for each thing that happened to it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from runde.foundation.people.api import Actor

from ..domain.refusals import SourceRefused
from ..models import FundingSource, SourceChange


def note_change(
    source: FundingSource,
    kind: str,
    *,
    by: Actor,
    at: datetime,
    document: str = "",
    reason: str = "",
    on_date: date | None = None,
    before_nok: Decimal | None = None,
    carried_nok: Decimal | None = None,
) -> SourceChange:
    """Written with the source as it becomes. The source must be held by the caller, or be new."""
    return SourceChange.objects.create(
        source=source,
        number=SourceChange.objects.filter(source=source).count() + 1,
        kind=kind,
        on_date=on_date or timezone.localdate(at),
        document=document,
        reason=reason,
        amount_nok=source.amount_nok,
        before_nok=before_nok,
        carried_nok=carried_nok,
        use_by_date=source.use_by_date,
        made_by=by.person_id,
        made_at=at,
    )


def said_document(document: str) -> str:
    """The document that says so. Raises SourceRefused."""
    text = document.strip()
    if not text:
        raise SourceRefused(
            "Skriv hvilket vedtak som sier dette, for eksempel «Kommunestyret sak 42/26».", field="document"
        )
    if len(text) > 300:
        raise SourceRefused(f"Skriv høyst 300 tegn. Nå er det {len(text)}.", field="document")
    return text


def said_reason(reason: str) -> str:
    """Why. Raises SourceRefused."""
    text = reason.strip()
    if not text:
        raise SourceRefused("Skriv hvorfor, så andre kan forstå det senere.", field="reason")
    if len(text) > 1000:
        raise SourceRefused(f"Skriv høyst 1 000 tegn. Nå er det {len(text)}.", field="reason")
    return text


def not_ahead(on_date: date, at: datetime) -> date:
    """The day of a decision that has been made. Raises SourceRefused."""
    if on_date > timezone.localdate(at):
        raise SourceRefused("Vedtaket kan ikke være datert fram i tid.", field="on_date")
    return on_date
