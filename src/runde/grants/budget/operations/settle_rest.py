"""Let go of what will not be used of a commitment: asked for by one person, done by another."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from runde.foundation.approvals.api import approve, ask_approval, return_
from runde.foundation.journal.api import record
from runde.foundation.ledger.api import Share, release_many
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound, Refused, hold
from runde.grants.casework.api import Case
from runde.grants.payments.api import take_out_waiting, waiting_parts

from ..errors import NothingToSettle, RestChanged
from ..models import RestSettled

KIND = "budget_rest"
NOTHING = Decimal(0)
State = RestSettled.State


def ask_settling(*, case_id: UUID, reason: str, by: Actor, at: datetime) -> RestSettled:
    """Lay before somebody else that what waits to be paid in the case will not be used.

    Raises NothingToSettle, AlreadyPending when it is asked for already.
    """
    authorise(by, "budget.settle")
    with transaction.atomic():
        hold("budget_rest", [str(case_id)])
        rest = rest_of(case_id)
        case = Case.objects.get(id=case_id)
        asked = RestSettled.objects.filter(case_id=case_id, state=State.ASKED).first()
        if asked is not None:
            raise RestChanged("Noen har allerede bedt om dette. Det venter på godkjenning.")
        made = RestSettled.objects.create(
            case_id=case_id,
            case_number=case.number,
            company_name=case.company_name,
            amount_nok=rest,
            reason=_said(reason),
            asked_by=by.person_id,
            asked_at=at,
        )
        ask_approval(kind=KIND, subject_id=made.id, by=by, at=at)
        _journal("budget.rest_asked", made, by, at)
    return made


def approve_settling(*, rest_id: UUID, by: Actor, at: datetime) -> RestSettled:
    """The second person: the payment is taken out, and the money goes back to its sources.

    Raises OwnWork, AlreadyDecided, AlreadyInBatch, RestChanged.
    """
    authorise(by, "budget.approve_settling")
    with transaction.atomic():
        made = _held(rest_id)
        approve(kind=KIND, subject_id=made.id, by=by, at=at)
        parts = take_out_waiting(case_id=made.case_id, at=at)
        if sum(parts.values(), NOTHING) != made.amount_nok:
            raise RestChanged(
                "Det som er bundet i saken, er endret siden noen ba om dette. Send det tilbake, så noen kan be på nytt."
            )
        shares = [
            Share(f"rest:{made.id}", made.case_id, source_id, amount)
            for source_id, amount in sorted(parts.items())
        ]
        release_many(shares, by=by, at=at, text=f"Resten brukes ikke: {made.reason}")
        _decide(made, State.SETTLED, by, at)
        _journal("budget.rest_settled", made, by, at)
    return made


def return_settling(*, rest_id: UUID, reason: str, by: Actor, at: datetime) -> RestSettled:
    """The second person says no, with a reason. Nothing moves. Raises OwnWork, AlreadyDecided."""
    authorise(by, "budget.approve_settling")
    with transaction.atomic():
        made = _held(rest_id)
        return_(kind=KIND, subject_id=made.id, reason=reason, by=by, at=at)
        _decide(made, State.RETURNED, by, at)
        _journal("budget.rest_returned", made, by, at)
    return made


def rest_of(case_id: UUID) -> Decimal:
    """What waits to be paid in the case, in NOK. Raises NothingToSettle."""
    rest = sum(waiting_parts(case_id).values(), NOTHING)
    if not rest:
        raise NothingToSettle("Ingenting venter på å bli betalt i denne saken. Det er ikke noe å frigi.")
    return rest


def _said(reason: str) -> str:
    text = reason.strip()
    if not text:
        raise Refused("Skriv hvorfor resten ikke skal brukes.")
    if len(text) > 1000:
        raise Refused(f"Skriv høyst 1 000 tegn. Nå er det {len(text)}.")
    return text


def _held(rest_id: UUID) -> RestSettled:
    found = RestSettled.objects.select_for_update().filter(id=rest_id).first()
    if found is None:
        raise NotFound("Vi finner ikke dette. Gå tilbake til kilden og velg saken på nytt.")
    return found


def _decide(made: RestSettled, state: RestSettled.State, by: Actor, at: datetime) -> None:
    made.state, made.decided_by, made.decided_at = state, by.person_id, at
    made.save(update_fields=["state", "decided_by", "decided_at"])


def _journal(action: str, made: RestSettled, by: Actor, at: datetime) -> None:
    record(
        action=action,
        subject_kind="case",
        subject_id=made.case_id,
        by=by.person_id,
        at=at,
        rest=made.id,
        amount_nok=made.amount_nok,
        reason=made.reason,
    )
