"""Which payments stand, and what the bank has said of those that failed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from runde.engine.reference.api import bank_reason

from .domain.answers import FAILED, BankState, bank_state
from .models import BankAnswer, Payment

STANDS = Q(superseded__isnull=True, renewal__isnull=True)
"""Payments that carry what is owed: not taken out by a new decision, not owed anew by another attempt."""


@dataclass(frozen=True, slots=True)
class Failures:
    """Why payments may not go out again: accounts the bank refused, by payment, and those it is unsure about."""

    refused: dict[UUID, frozenset[str]] = field(default_factory=dict)
    unsure: frozenset[UUID] = frozenset()


def failures_of(payments: Sequence[Payment]) -> Failures:
    """What earlier attempts of these payments met. One query when there are any, none otherwise."""
    anew = {one.id: one for one in payments if one.renews_id}
    if not anew:
        return Failures()
    answers = _by_case(one.case_id for one in anew.values())
    return Failures(
        refused={
            one.id: frozenset(
                _account(said) for said in answers.get(one.case_id, ()) if _blames_account(said)
            )
            for one in anew.values()
        },
        unsure=frozenset(
            one.id for one in anew.values() if _is_unsure(one.renews_id, answers.get(one.case_id, ()))
        ),
    )


def _by_case(case_ids: Iterable[UUID]) -> dict[UUID, list[BankAnswer]]:
    found: dict[UUID, list[BankAnswer]] = {}
    rows = BankAnswer.objects.filter(sealed__payment__case_id__in=set(case_ids), settled__isnull=True)
    for one in rows.select_related("sealed__payment"):
        found.setdefault(_payment_of(one).case_id, []).append(one)
    return found


def _blames_account(said: BankAnswer) -> bool:
    return (
        said.kind in FAILED and bank_reason(said.reason_code, timezone.localdate(said.at)).effect == "account"
    )


def _is_unsure(payment_id: UUID | None, answers: Iterable[BankAnswer]) -> bool:
    kinds = {said.kind for said in answers if _payment_of(said).id == payment_id}
    return bank_state(kinds) is BankState.UNSURE


def _account(said: BankAnswer) -> str:
    return (said.sealed.account_number if said.sealed else "") or _payment_of(said).account_number


def _payment_of(said: BankAnswer) -> Payment:
    if said.sealed is None:
        raise LookupError(f"Answer {said.id} is about no payment")
    return said.sealed.payment
