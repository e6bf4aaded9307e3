"""Decisions by other ways: one a body made, one that waits on the reserve list, one changed before it was paid."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from runde.engine.reference.api import synthetic_orgnr
from runde.foundation.trust.api import fence
from runde.grants.aid.api import (
    Said,
    Told,
    list_duties,
    mark_registered,
    rule_on_undertaking,
    write_down_aid,
)
from runde.grants.casework.api import (
    Case,
    How,
    Line,
    Proposal,
    ToBoard,
    Treated,
    approve_proposal,
    cases_of,
    decide_anew,
    propose,
    propose_as_checked,
    register_treatment,
)
from runde.grants.payments.api import Payment

from ..region import Town, send

A_DAY = timedelta(days=1)


def decide_otherwise(town: Town, at: datetime) -> None:
    """When the town is filled: two more apply, and one who is not paid yet gets another amount."""
    sent = send(town, town.companies[16:18], at)
    with fence(town.id):
        before_board, in_line = cases_of([one.id for one in sent]).values()
        _by_a_body(town, before_board.id, at)
        _in_line(town, in_line.id, at)
        _other_amount(town, at)
        _aid(town, in_line, at)


def _aid(town: Town, case: Case, at: datetime) -> None:
    """Aid from elsewhere, a word on who is one undertaking, and the register's number; read by all, so unmarked."""
    officer, on = town.actor("officer", at), timezone.localdate(at)
    told = Told(
        organisation_number=case.organisation_number,
        giver="Innovasjon Norge",
        rule="general",
        instrument="grant",
        right_arose_date=on,
        amount_nok=Decimal(100),
        same_costs=False,
        euro_rate=Decimal(11),
        euro_rate_date=on,
        euro_rate_source="Norges Bank (eksempel)",
    )
    write_down_aid(case_id=case.id, told=told, by=officer, at=at)
    said = Said(
        number=case.organisation_number,
        other=synthetic_orgnr(700_000),
        is_linked=False,
        from_date=on,
        to_date=on,
        reason="Ikke samme eier",
    )
    rule_on_undertaking(case_id=case.id, said=said, by=officer, at=at)
    award = list_duties(by=officer, at=at)[0].award_id
    mark_registered(award_id=award, number="STT-000001", registered_date=on, by=officer, at=at)


def _by_a_body(town: Town, case_id: UUID, at: datetime) -> None:
    officer, approver = town.actor("officer", at), town.actor("approver", at)
    body = ToBoard(f"{town.mark} formannskap", timezone.localdate(at) + A_DAY, "61/26")
    listed = propose_as_checked(
        case_ids=[case_id], by=officer, at=at, declares_impartial=True, how=How(board=body)
    )
    register_treatment(
        proposal_id=listed.id,
        protocol=f"{town.mark} vedtok det.",
        treated=[Treated(case_id, "refused", words=f"{town.mark} prioriterer andre.")],
        key=str(listed.id),
        by=approver,
        at=at + 2 * A_DAY,
    )


def _in_line(town: Town, case_id: UUID, at: datetime) -> None:
    words, amount = f"{town.mark} har rangert den under streken.", Decimal(10_000)
    line = Line(case_id, "refused", "reserve_listed", reason_text=words, reserve_rank=1, reserve_nok=amount)
    _approve(town, propose(lines=[line], by=town.actor("officer", at), at=at, declares_impartial=True), at)


def _other_amount(town: Town, at: datetime) -> None:
    payment = Payment.objects.filter(batch_lines__isnull=True).earliest("reference")
    words = f"{town.mark} har fått nye tall."
    line = Line(payment.case_id, "granted", "other_amount", payment.amount_nok - 1_000, words)
    _approve(town, decide_anew(line=line, by=town.actor("officer", at), at=at, declares_impartial=True), at)


def _approve(town: Town, proposal: Proposal, at: datetime) -> None:
    approve_proposal(proposal_id=proposal.id, key=str(proposal.id), by=town.actor("approver", at), at=at)
