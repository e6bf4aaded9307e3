"""What may happen to money after it is registered: expected, changed, carried over, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from runde.engine.reference.api import amount_text
from runde.foundation.journal.api import record
from runde.foundation.ledger.api import appropriate, balances, reduce_appropriation
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict, NotFound, hold

from ..domain.refusals import SourceRefused
from ..models import FundingSource, SourceChange
from .noting_changes import not_ahead, note_change, said_document, said_reason
from .register_budget_decision import announce_again
from .register_source import require_amount, require_forward

State, Kind = FundingSource.State, SourceChange.Kind


@dataclass(frozen=True, slots=True)
class Paper:
    """What says so: the document, the day of its decision, and why."""

    document: str
    on_date: date
    reason: str


def expect_source(*, source: FundingSource, expected_date: date, by: Actor, at: datetime) -> FundingSource:
    """Money that was applied for now has a day when it will be decided: conditional grants may rest on it."""
    authorise(by, "schemes.fund", source)
    with transaction.atomic():
        source = _held(source)
        if source.state != State.APPLIED_FOR:
            raise Conflict("Pengene er ikke lenger bare søkt om. Last siden på nytt og se hva som er gjort.")
        source.state, source.decision_expected_date = State.SUBJECT_TO_DECISION, expected_date
        source.save(update_fields=["state", "decision_expected_date"])
        _noted(source, note_change(source, Kind.EXPECTED, by=by, at=at), by, at)
    return source


def change_source_amount(
    *, source: FundingSource, amount_nok: Decimal, paper: Paper, by: Actor, at: datetime
) -> FundingSource:
    """A new decision gives the source another amount, in the books at once.

    Lower than what is bound and paid is refused: SourceRefused says how much that is. Raises Conflict.
    """
    authorise(by, "schemes.fund", source)
    require_amount(amount_nok)
    with transaction.atomic():
        source, said = _decided(source), _said(paper, at)
        before = source.amount_nok
        if amount_nok == before:
            raise SourceRefused("Beløpet er det samme som før. Skriv det nye beløpet.", field="amount")
        _refuse_below_used(source, amount_nok)
        source.amount_nok, source.is_changed = amount_nok, True
        made = _note(source, Kind.CHANGED, said, by, at, before_nok=before)
        source.save(update_fields=["amount_nok", "is_changed"])
        _book(source, amount_nok - before, made, by, at)
        _noted(source, made, by, at)
    return source


def withdraw_decided_source(*, source: FundingSource, paper: Paper, by: Actor, at: datetime) -> FundingSource:
    """The giver takes the whole source back; only when nothing of it is bound or paid. Raises SourceRefused."""
    authorise(by, "schemes.fund", source)
    with transaction.atomic():
        source, said = _decided(source), _said(paper, at)
        used = source.amount_nok - balances([source.id])[source.id].available
        if used:
            raise SourceRefused(
                f"{amount_text(used)} av pengene er bundet eller betalt. Sett beløpet ned i stedet.",
                used_nok=used,
            )
        made = _note(source, Kind.WITHDRAWN, said, by, at, before_nok=source.amount_nok)
        source.state = State.WITHDRAWN
        source.save(update_fields=["state"])
        _book(source, -source.amount_nok, made, by, at)
        _noted(source, made, by, at)
    return source


def carry_over(
    *, source: FundingSource, use_by_date: date, paper: Paper, by: Actor, at: datetime
) -> SourceChange:
    """What is not paid out may be used until a later day. The money stays where it stands in the books.

    Raises SourceRefused when the day is no later, or nothing is left to carry.
    """
    authorise(by, "schemes.fund", source)
    with transaction.atomic():
        source, said = _decided(source), _said(paper, at)
        if source.use_by_date is None:
            raise SourceRefused(
                "Pengene har ingen siste dag, og trenger ikke å overføres.", field="use_by_date"
            )
        if use_by_date <= source.use_by_date:
            raise SourceRefused("Skriv en dag som er senere enn den som gjelder nå.", field="use_by_date")
        require_forward(source.use_from_date, use_by_date)
        standing = balances([source.id])[source.id]
        carried = standing.available + standing.committed
        if not carried:
            raise SourceRefused("Alt er betalt. Det er ingenting å overføre.", field="use_by_date")
        source.use_by_date = use_by_date
        made = _note(source, Kind.CARRIED_OVER, said, by, at, carried_nok=carried)
        source.save(update_fields=["use_by_date"])
        _noted(source, made, by, at)
    return made


def _held(source: FundingSource) -> FundingSource:
    hold("ledger_source", [str(source.id)])
    found = FundingSource.objects.select_for_update().filter(id=source.id).first()
    if found is None:
        raise NotFound("Vi finner ikke denne finansieringskilden.")
    return found


def _decided(source: FundingSource) -> FundingSource:
    found = _held(source)
    if found.state != State.DECIDED:
        raise Conflict("Pengene er ikke vedtatt, eller de er trukket. Last siden på nytt.")
    return found


def _said(paper: Paper, at: datetime) -> Paper:
    return Paper(said_document(paper.document), not_ahead(paper.on_date, at), said_reason(paper.reason))


def _refuse_below_used(source: FundingSource, amount_nok: Decimal) -> None:
    used = source.amount_nok - balances([source.id])[source.id].available
    if amount_nok < used:
        raise SourceRefused(
            f"{amount_text(used)} er allerede bundet eller betalt. Beløpet kan ikke bli lavere enn det.",
            field="amount",
            used_nok=used,
        )


def _note(
    source: FundingSource,
    kind: str,
    said: Paper,
    by: Actor,
    at: datetime,
    *,
    before_nok: Decimal | None = None,
    carried_nok: Decimal | None = None,
) -> SourceChange:
    return note_change(
        source,
        kind,
        by=by,
        at=at,
        document=said.document,
        reason=said.reason,
        on_date=said.on_date,
        before_nok=before_nok,
        carried_nok=carried_nok,
    )


def _book(source: FundingSource, more_nok: Decimal, made: SourceChange, by: Actor, at: datetime) -> None:
    """The difference, once for each change whatever happens."""
    post = appropriate if more_nok > 0 else reduce_appropriation
    post(
        source_id=source.id,
        amount_nok=abs(more_nok),
        key=f"appropriation:{source.id}:{made.number}",
        by=by,
        at=at,
        text=f"{made.get_kind_display()}: {made.document}",
    )


def _noted(source: FundingSource, made: SourceChange, by: Actor, at: datetime) -> None:
    announce_again(source, at)
    record(
        action=f"schemes.source_{made.kind}",
        subject_kind="funding_source",
        subject_id=source.id,
        by=by.person_id,
        at=at,
        number=made.number,
        document=made.document,
        reason=made.reason,
        amount_nok=made.amount_nok,
        before_nok=made.before_nok,
        carried_nok=made.carried_nok,
        use_by_date=made.use_by_date,
    )
