from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict

from ..domain.refusals import SourceRefused
from ..models import Call, FundingSource, SourceChange
from .announcing import announce
from .noting_changes import not_ahead, note_change
from .register_source import put_in_books, require_amount

Kind = SourceChange.Kind
UNDECIDED = (FundingSource.State.APPLIED_FOR, FundingSource.State.SUBJECT_TO_DECISION)


@transaction.atomic
def register_budget_decision(
    *,
    source: FundingSource,
    document: str,
    amount_nok: Decimal,
    by: Actor,
    at: datetime,
    decided_date: date | None = None,
) -> FundingSource:
    """The money has been decided, perhaps with another amount: from now on it can be awarded.

    `decided_date` is the day of the decision, today unless given.
    """
    authorise(by, "schemes.fund", source)
    require_amount(amount_nok)
    if not document.strip():
        raise SourceRefused(
            "Skriv hvilket vedtak pengene kommer fra, for eksempel «Kommunestyret sak 42/26»."
        )
    source = _waiting(source)
    expected = source.amount_nok
    source.state, source.decision_document = FundingSource.State.DECIDED, document
    source.amount_nok = amount_nok
    source.save(update_fields=["state", "decision_document", "amount_nok"])
    on_date = not_ahead(decided_date, at) if decided_date else None
    note_change(source, Kind.DECIDED, by=by, at=at, document=document, on_date=on_date, before_nok=expected)
    put_in_books(source, by=by, at=at)
    announce_again(source, at)
    record(
        action="schemes.source_decided",
        subject_kind="funding_source",
        subject_id=source.id,
        by=by.person_id,
        at=at,
        document=document,
        amount_nok=amount_nok,
        expected_nok=expected,
    )
    return source


@transaction.atomic
def withdraw_source(
    *, source: FundingSource, reason: str, by: Actor, at: datetime, document: str = ""
) -> FundingSource:
    """The money will not come. Only money that has not been decided can be withdrawn like this."""
    authorise(by, "schemes.fund", source)
    source = _waiting(source)
    source.state = FundingSource.State.WITHDRAWN
    source.save(update_fields=["state"])
    note_change(source, Kind.WITHDRAWN, by=by, at=at, document=document.strip(), reason=reason)
    announce_again(source, at)
    record(
        action="schemes.source_withdrawn",
        subject_kind="funding_source",
        subject_id=source.id,
        by=by.person_id,
        at=at,
        reason=reason,
    )
    return source


def _waiting(source: FundingSource) -> FundingSource:
    source = FundingSource.objects.select_for_update().get(id=source.id)
    if source.state not in UNDECIDED:
        raise Conflict("Det er allerede registrert et vedtak for disse pengene.")
    return source


def announce_again(source: FundingSource, at: datetime) -> None:
    """What the public reads about conditional money follows the decision."""
    published = Call.objects.filter(funding__source=source, state=Call.State.PUBLISHED)
    for call in published.select_related("scheme_version__form"):
        announce(call, at)
