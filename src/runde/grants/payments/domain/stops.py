"""What stops a payment before it goes to the bank. Pure: facts in, stops out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from runde.engine.reference.api import date_text, format_account, is_valid_account


class StopKind(StrEnum):
    INVALID_ACCOUNT = "invalid_account"
    OWN_ACCOUNT = "own_account"
    SHARED_ACCOUNT = "shared_account"
    NOT_REGISTERED = "not_registered"
    DELETED = "deleted"
    BANKRUPT = "bankrupt"
    UNDER_LIQUIDATION = "under_liquidation"
    REPLACED = "replaced"
    ACCOUNT_WAITS = "account_waits"
    ACCOUNT_CHANGED = "account_changed"
    SUSPENDED = "suspended"
    ACCOUNT_REFUSED = "account_refused"
    BANK_UNSURE = "bank_unsure"


@dataclass(frozen=True, slots=True)
class Payable:
    """A payment as the stops see it."""

    payment_id: UUID
    decision_id: UUID
    case_number: str
    recipient_number: str
    recipient_name: str
    account_number: str
    amount_nok: Decimal
    gathered_on: str = ""
    """The account it was gathered on, empty before it lies in a batch."""
    waits_until: date | None = None
    """The day a new account can be used, while one waits."""


@dataclass(frozen=True, slots=True)
class Health:
    """What the register says about a recipient today."""

    is_deleted: bool = False
    is_bankrupt: bool = False
    is_under_liquidation: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What payments are held against.

    `owners` names every recipient an account has been used for, in this batch or before; `health` lacks those the
    register does not hold; `replaced` are decisions a newer one has taken the place of.
    """

    owners: Mapping[str, Set[str]] = field(default_factory=dict)
    health: Mapping[str, Health] = field(default_factory=dict)
    replaced: Set[UUID] = frozenset()
    payer_account: str = ""
    suspended: Set[UUID] = frozenset()
    """Decisions that wait to be carried out until an appeal is settled."""
    refused_accounts: Mapping[UUID, Set[str]] = field(default_factory=dict)
    """By payment, the accounts the bank has refused in an earlier attempt."""
    bank_unsure: Set[UUID] = frozenset()
    """Payments of which the bank has said of the attempt before that it was both paid and rejected."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Why one payment may not go out. `sentence` is for the screen."""

    payment_id: UUID
    case_number: str
    kind: StopKind
    sentence: str


def find_stops(payables: Iterable[Payable], known: Known) -> list[Stop]:
    """Everything that stops these payments, in their order; a payment may have several."""
    return [
        Stop(payable.payment_id, payable.case_number, kind, f"{payable.recipient_name}: {why}")
        for payable in payables
        for kind, why in [*_account_stops(payable, known), *_recipient_stops(payable, known)]
    ]


def _account_stops(payable: Payable, known: Known) -> list[tuple[StopKind, str]]:
    account = payable.account_number
    if payable.waits_until is not None:
        day = date_text(payable.waits_until)
        return [(StopKind.ACCOUNT_WAITS, f"Et nytt kontonummer venter. Betal tidligst {day}.")]
    if payable.gathered_on and payable.gathered_on != account:
        why = (
            "Kontonummeret er endret etter at betalingen ble klargjort. Send den tilbake og klargjør på nytt."
        )
        return [(StopKind.ACCOUNT_CHANGED, why)]
    if not is_valid_account(account):
        return [(StopKind.INVALID_ACCOUNT, "Kontonummeret mangler eller stemmer ikke.")]
    if account == known.payer_account:
        return [(StopKind.OWN_ACCOUNT, "Kontonummeret er kommunens egen konto.")]
    if account in known.refused_accounts.get(payable.payment_id, frozenset()):
        why = f"Banken tok ikke imot konto {format_account(account)}. Be om et nytt kontonummer."
        return [(StopKind.ACCOUNT_REFUSED, why)]
    others = known.owners.get(account, frozenset()) - {payable.recipient_number}
    if others:
        names = ", ".join(sorted(others))
        return [(StopKind.SHARED_ACCOUNT, f"Konto {format_account(account)} er også brukt av {names}.")]
    return []


def _recipient_stops(payable: Payable, known: Known) -> list[tuple[StopKind, str]]:
    if payable.decision_id in known.replaced:
        return [(StopKind.REPLACED, "Vedtaket er erstattet av et nytt vedtak.")]
    if payable.payment_id in known.bank_unsure:
        why = (
            "Banken har sagt både at den forrige betalingen er utført og at den er avvist. Ring banken først."
        )
        return [(StopKind.BANK_UNSURE, why)]
    if payable.decision_id in known.suspended:
        return [(StopKind.SUSPENDED, "Vedtaket er klaget på, og dere venter med å gjennomføre det.")]
    health = known.health.get(payable.recipient_number)
    if health is None:
        return [(StopKind.NOT_REGISTERED, "Virksomheten står ikke i Enhetsregisteret.")]
    found = []
    if health.is_deleted:
        found.append((StopKind.DELETED, "Virksomheten er slettet fra Enhetsregisteret."))
    if health.is_bankrupt:
        found.append((StopKind.BANKRUPT, "Virksomheten er konkurs."))
    if health.is_under_liquidation:
        found.append((StopKind.UNDER_LIQUIDATION, "Virksomheten er under avvikling."))
    return found
