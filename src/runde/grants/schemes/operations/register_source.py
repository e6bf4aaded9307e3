from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.ledger.api import appropriate, open_accounts
from runde.foundation.people.api import Actor, authorise

from ..domain.earmarks import check_earmark
from ..domain.refusals import SourceRefused
from ..models import FundingSource, SourceChange
from .noting_changes import note_change

Kind = SourceChange.Kind
FIRST = {
    FundingSource.State.APPLIED_FOR: Kind.APPLIED_FOR,
    FundingSource.State.SUBJECT_TO_DECISION: Kind.EXPECTED,
    FundingSource.State.DECIDED: Kind.DECIDED,
}


@transaction.atomic
def register_source(
    *,
    name: str,
    giver: str,
    amount_nok: Decimal,
    by: Actor,
    at: datetime,
    decision_document: str = "",
    decision_expected_date: date | None = None,
    earmark: str = "",
    earmark_text: str = "",
    use_by_date: date | None = None,
    use_from_date: date | None = None,
    legal_basis: str = "",
    applied_for: bool = False,
) -> FundingSource:
    """Register money. With a `decision_document` it is decided and can be awarded at once.

    Without one it waits for a budget decision, expected on `decision_expected_date`; money only `applied_for` is not
    expected yet, and no grant may be promised from it. `earmark` is a rule
    expression over company facts, such as `nace_section = 'I'`, and `earmark_text` says the same to people.
    """
    authorise(by, "schemes.fund")
    state = _state(decision_document, applied_for=applied_for)
    _require_sound(amount_nok, state, decision_expected_date, earmark, earmark_text)
    require_forward(use_from_date, use_by_date)
    source = FundingSource.objects.create(
        name=name,
        giver=giver,
        amount_nok=amount_nok,
        earmark=earmark,
        earmark_text=earmark_text,
        state=state,
        decision_document=decision_document,
        decision_expected_date=decision_expected_date,
        use_by_date=use_by_date,
        use_from_date=use_from_date,
        legal_basis=legal_basis,
    )
    note_change(source, FIRST[state], by=by, at=at, document=decision_document)
    record(
        action="schemes.source_registered",
        subject_kind="funding_source",
        subject_id=source.id,
        by=by.person_id,
        at=at,
        name=name,
        giver=giver,
        amount_nok=amount_nok,
        earmark=earmark,
        state=source.state,
        document=decision_document,
    )
    open_accounts(source.id)
    if source.state == FundingSource.State.DECIDED:
        put_in_books(source, by=by, at=at)
    return source


def _state(document: str, *, applied_for: bool) -> FundingSource.State:
    if document:
        return FundingSource.State.DECIDED
    return FundingSource.State.APPLIED_FOR if applied_for else FundingSource.State.SUBJECT_TO_DECISION


def put_in_books(source: FundingSource, *, by: Actor, at: datetime) -> None:
    """Enter decided money in the ledger, once for each source whatever happens."""
    appropriate(
        source_id=source.id,
        amount_nok=source.amount_nok,
        key=f"appropriation:{source.id}",
        by=by,
        at=at,
    )


def require_amount(amount_nok: Decimal) -> None:
    if amount_nok <= 0 or amount_nok != amount_nok.quantize(Decimal("0.01")):
        raise SourceRefused("Beløpet må være høyere enn 0 kroner, med høyst to sifre etter komma.")


def require_forward(first: date | None, last: date | None) -> None:
    if first and last and last < first:
        raise SourceRefused("Siste dag pengene kan brukes, må være etter den første.")


def _require_sound(
    amount_nok: Decimal, state: str, expected: date | None, earmark: str, earmark_text: str
) -> None:
    require_amount(amount_nok)
    if state == FundingSource.State.SUBJECT_TO_DECISION and expected is None:
        raise SourceRefused("Skriv når budsjettvedtaket ventes, eller legg inn vedtaket.")
    if bool(earmark) != bool(earmark_text):
        raise SourceRefused("En øremerking må ha både en regel og en forklaring med ord.")
    check_earmark(earmark)
