"""Paying what a municipality at work has decided: the bank's part, in as few words as the tests need."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Sum

from runde.adapters.audit.of_decisions import AID
from runde.adapters.audit.of_ledger import COMMITMENTS, GIVEN_BACK
from runde.engine.reference.api import next_working_day, synthetic_account
from runde.foundation.ledger.api import Standing, balances, is_balanced, of_case
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Role
from runde.grants.casework.api import Acceptance, Case, Decision, Line, approve_proposal, decide_anew
from runde.grants.payments import api as payments
from runde.grants.payments.models import Batch, Payment
from runde.grants.schemes.api import sources_of
from tests.factories import an_actor

from .conftest import Office

PAYDAY = date(2026, 12, 1)
_accounts = count(100)
PAYER = "99999900018"
PAYER_NUMBER = "310000019"


def open_bank(office: Office) -> None:
    """The municipality is known to its bank."""
    Organisation.objects.filter(id=office.tenant.id).update(organisation_number=PAYER_NUMBER)
    by = an_actor(Role.FINANCE, at=office.at)
    payments.set_payer_account(
        account_number=PAYER, bank_bic="TESTNOKKXXX", valid_from=date(2026, 1, 1), by=by, at=office.at
    )


def pay(office: Office, *, send: bool = True) -> Batch:
    """All that is due goes to the bank, by two people."""
    one, other = an_actor(Role.FINANCE, at=office.at), an_actor(Role.FINANCE, at=office.at)
    payday = next_working_day(office.at.date() + timedelta(days=8))
    batch = payments.prepare_batch(execution_date=payday, by=one, at=office.at)
    payments.approve_batch(batch_id=batch.id, key=uuid4().hex, by=other, at=office.at + timedelta(minutes=1))
    if send:
        payments.mark_sent(batch_id=batch.id, by=one, at=office.at + timedelta(minutes=2))
    return batch


def with_accounts(office: Office, how_many: int) -> list[Case]:
    """Ready cases, each company with an account of its own."""
    return [
        office.green(answers={"account_number": synthetic_account(next(_accounts))})[0]
        for _ in range(how_many)
    ]


def change(
    office: Office, case: Case, amount: int, words: str = "Nye tall etter klage.", reason: str = ""
) -> list[UUID]:
    """A new decision with this total, proposed by one and approved by another."""
    outcome = "granted" if amount else "refused"
    line = Line(
        case.id,
        outcome,
        reason or ("other_amount" if amount else "discretion_refused"),
        Decimal(amount) or None,
        words,
    )
    proposal = decide_anew(line=line, by=office.officer, at=office.at)
    approved = approve_proposal(
        proposal_id=proposal.id, key=str(proposal.id), by=office.approver, at=office.at
    )
    return list(approved.decision_ids)


def owed(case: Case) -> list[Decimal]:
    """What waits to be paid in the case, oldest first."""
    waiting = Payment.objects.filter(case_id=case.id, sealed__isnull=True, superseded__isnull=True)
    return list(waiting.order_by("reference").values_list("amount_nok", flat=True))


def in_bank(case: Case) -> Decimal:
    """All that has ever been put in a bank file for the case."""
    sealed = Payment.objects.filter(case_id=case.id, sealed__isnull=False)
    return sealed.aggregate(total=Sum("amount_nok"))["total"] or Decimal(0)


def in_force(case: Case) -> Decision:
    return Decision.objects.filter(case=case).latest("number")


def assert_whole(office: Office, cases: list[Case]) -> None:
    """To the krone: what is decided is set aside, in a file or paid; and no more is, or will be, paid than that."""
    for case in cases:
        newest = Decision.objects.filter(case=case).order_by("-number").first()
        total = newest.amount_nok if newest and not newest.is_conditional else Decimal(0)
        place = of_case(case.id)
        assert place.committed + place.in_bank_file + place.paid == total
        assert in_bank(case) == place.in_bank_file + place.paid
        assert in_bank(case) + sum(owed(case)) == (total if newest and _is_owed(newest) else 0)
    sources = [source.id for source in sources_of(office.call)]
    assert is_balanced()
    for standing in balances(sources).values():
        assert standing.given == _all_places(standing)
        assert standing.available >= 0
    assert_nothing_found()


def assert_nothing_found() -> None:
    """What the audit asks of decisions, aid and the books finds nothing in the open fence."""
    with connection.cursor() as cursor:
        for question in (AID, COMMITMENTS, GIVEN_BACK):
            cursor.execute(question.sql.replace("%", "%%"), [])
            assert cursor.fetchall() == [], question.promise


def _is_owed(decision: Decision) -> bool:
    accepted = Acceptance.objects.filter(decision=decision, answer="accepted")
    return decision.accept_by_date is None or accepted.exists()


def _all_places(standing: Standing) -> Decimal:
    return standing.available + standing.committed + standing.in_bank_file + standing.paid
