"""A recipient's new account number: asked for, told to everybody known, waited for, called off."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import ReferenceRefusal, clean_account, mask_account
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound, hold
from runde.grants.casework.api import Case, contacts_of, find_account, get_case

from ..account_notices import tell_of_account
from ..accounts import holding_of_case
from ..domain.accounts import effective_date
from ..errors import AccountRefused, AlreadyOnItsWay
from ..models import AccountChange, Payment
from ..standing import STANDS

SUPERSEDED = "Erstattet av en nyere endring."


def ask_account_change(*, case_id: UUID, account_number: str, by: Actor, at: datetime) -> AccountChange:
    """Ask that the case's money goes to another account. It waits, nothing is paid meanwhile, and all are told.

    A change that waits is called off by a newer one, and the waiting begins again. Raises AccountRefused for a
    number that is not one, is the same, or from who may not; AlreadyOnItsWay when the money is in a bank file.
    """
    number = _clean(account_number)
    with transaction.atomic():
        case, today = _held(case_id, by), timezone.localdate(at)
        _refuse_sealed(case)
        before = holding_of_case(case.id, find_account(case.id), on=today)
        waiting = before.waiting
        if number == before.number:
            raise AccountRefused(
                "Dette er kontonummeret som gjelder. Stopp endringen som venter, hvis det er en."
            )
        if waiting and number == waiting.new_number:
            raise AccountRefused("Denne endringen venter allerede.")
        if waiting:
            _cancel(AccountChange.objects.get(id=waiting.id), SUPERSEDED, by, at)
        change = AccountChange.objects.create(
            case_id=case.id,
            organisation_number=case.application.organisation_number,
            old_number=before.number,
            new_number=number,
            asked_by=by.person_id,
            asked_at=at,
            effective_date=effective_date(today),
        )
        _journal("payments.account_change_asked", change, by, at)
        tell_of_account(case, change, "asked", _everybody(case, by), at=at)
    return change


def cancel_account_change(*, change_id: UUID, why: str = "", by: Actor, at: datetime) -> AccountChange:
    """Call off a change while it waits: the old account holds on. Anyone who acts for the applicant may.

    Raises AccountRefused when its day has come or it is called off, NotFound.
    """
    with transaction.atomic():
        change = AccountChange.objects.filter(id=change_id).first()
        if change is None:
            raise NotFound("Vi finner ikke endringen. Gå tilbake til saken og se hva som gjelder.")
        case = _held(change.case_id, by, action="casework.follow")
        change.refresh_from_db()
        if change.cancelled_at is not None or timezone.localdate(at) >= change.effective_date:
            raise AccountRefused("Endringen venter ikke lenger. Be om en ny endring i stedet.")
        _cancel(change, why.strip()[:300], by, at)
        tell_of_account(case, change, "cancelled", _everybody(case, by), at=at)
    return change


def hold_accounts() -> None:
    """Nobody changes an account, and nothing is sealed on one, at the same time."""
    hold("payments", ["accounts"])


def _clean(text: str) -> str:
    try:
        return clean_account(text)
    except ReferenceRefusal as refusal:
        raise AccountRefused(str(refusal)) from refusal


def _held(case_id: UUID, by: Actor, *, action: str = "payments.change_account") -> Case:
    case = get_case(case_id)
    authorise(by, action, case)
    hold_accounts()
    return case


def _refuse_sealed(case: Case) -> None:
    """What is sealed stays; more that is owed in the case can still go to another account."""
    owed = Payment.objects.filter(STANDS, case_id=case.id)
    if owed.filter(sealed__isnull=False).exists() and not owed.filter(sealed__isnull=True).exists():
        raise AlreadyOnItsWay(
            "Pengene er allerede på vei til banken. Ring kommunen med en gang hvis kontonummeret er feil."
        )


def _cancel(change: AccountChange, why: str, by: Actor, at: datetime) -> None:
    change.cancelled_by, change.cancelled_at, change.cancelled_why = by.person_id, at, why
    change.save(update_fields=["cancelled_by", "cancelled_at", "cancelled_why"])
    _journal("payments.account_change_cancelled", change, by, at)


def _everybody(case: Case, by: Actor) -> frozenset[UUID]:
    """All who have acted in the case, or asked for an account before; who asks now is told as well."""
    earlier = AccountChange.objects.filter(case_id=case.id).values_list("asked_by", flat=True)
    return contacts_of(case) | frozenset(earlier) | {by.person_id}


def _journal(action: str, change: AccountChange, by: Actor, at: datetime) -> None:
    record(
        action=action,
        subject_kind="case",
        subject_id=change.case_id,
        by=by.person_id,
        at=at,
        change=change.id,
        account=mask_account(change.new_number),
        effective_date=change.effective_date,
    )
