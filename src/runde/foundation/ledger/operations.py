from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from runde.engine.reference.api import amount_text
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import current_tenant, hold, new_id

from .domain import (
    APPROPRIATE,
    COME_BACK,
    COMMIT,
    FLOORS,
    MARK_PAID,
    REDUCE,
    RELEASE,
    TO_BANK_FILE,
    Move,
    Place,
    Share,
    Side,
    gather,
    is_postable,
    sides_of,
)
from .errors import InvalidAmount, NotEnoughMoney, PostedOtherwise, UnknownSource, refusal_for
from .models import Account, Entry, Leg
from .queries import balances

Places = Mapping[tuple[UUID, str], UUID]


def open_accounts(source_id: UUID) -> None:
    """Give a funding source its accounts; harmless when it has them."""
    accounts = [Account(source_id=source_id, kind=place.value, floor=FLOORS[place]) for place in Place]
    Account.objects.bulk_create(accounts, ignore_conflicts=True)


def appropriate(
    *, source_id: UUID, amount_nok: Decimal, key: str, by: Actor | None, at: datetime, text: str = ""
) -> None:
    """Book what the giver has decided to give. The same key and amount again does nothing."""
    _post(APPROPRIATE, [Share(key, source_id, source_id, amount_nok)], by=by, at=at, text=text)


def reduce_appropriation(
    *, source_id: UUID, amount_nok: Decimal, key: str, by: Actor | None, at: datetime, text: str = ""
) -> None:
    """Book that the giver gives less. Only what is neither bound nor paid can go back: raises NotEnoughMoney."""
    _post(REDUCE, [Share(key, source_id, source_id, amount_nok)], by=by, at=at, text=text)


def commit_many(shares: Iterable[Share], *, by: Actor | None, at: datetime, text: str = "") -> None:
    """Set money aside for cases. One entry for each key; raises NotEnoughMoney and books nothing at all."""
    _post(COMMIT, shares, by=by, at=at, text=text)


def release_many(shares: Iterable[Share], *, by: Actor | None, at: datetime, text: str = "") -> None:
    """Give money set aside for cases back to its sources, when a new decision lowers or ends a grant."""
    _post(RELEASE, shares, by=by, at=at, text=text)


def to_bank_file_many(shares: Iterable[Share], *, by: Actor | None, at: datetime, text: str = "") -> None:
    """Move committed money into a sealed bank file; raises NotThatMuchOnCase."""
    _post(TO_BANK_FILE, shares, by=by, at=at, text=text)


def mark_paid_many(shares: Iterable[Share], *, by: Actor | None, at: datetime, text: str = "") -> None:
    """Move money from the bank file to paid; raises NotThatMuchOnCase."""
    _post(MARK_PAID, shares, by=by, at=at, text=text)


def come_back_many(shares: Iterable[Share], *, by: Actor | None, at: datetime, text: str = "") -> None:
    """Set aside for its case again what the bank did not carry out or sent back; raises NotThatMuchOnCase."""
    _post(COME_BACK, shares, by=by, at=at, text=text)


def _post(move: Move, shares: Iterable[Share], *, by: Actor | None, at: datetime, text: str) -> None:
    wanted = gather(shares)
    _refuse_odd_amounts(wanted)
    hold("ledger_source", [str(source_id) for source_id in _sources(wanted)])
    new = _leave_out_posted(move, wanted)
    if not new:
        return
    places = _places(_sources(new))
    if move.out_of is Place.AVAILABLE:
        _refuse_shortage(new)
    with transaction.atomic(), _broken_constraints_named():
        _write(move, new, places, by=by, at=at, text=text or move.text)


def _sources(entries: Mapping[str, Sequence[Share]]) -> set[UUID]:
    return {share.source_id for shares in entries.values() for share in shares}


def _refuse_odd_amounts(entries: Mapping[str, Sequence[Share]]) -> None:
    for key, shares in entries.items():
        for share in shares:
            if not is_postable(share.amount_nok):
                raise InvalidAmount(
                    "Beløpet må være større enn null, i hele øre og under tusen milliarder.", key=key
                )


def _leave_out_posted(move: Move, entries: dict[str, list[Share]]) -> dict[str, list[Share]]:
    """The entries not yet in the books; one that stands there with other legs is refused."""
    posted = Entry.objects.filter(key__in=list(entries)).values_list("key", "kind")
    known = dict(posted)
    if not known:
        return entries
    standing = _legs_of(known)
    for key, kind in known.items():
        if kind != move.kind or standing[key] != sorted(sides_of(move, entries[key]), key=str):
            raise PostedOtherwise(
                "Dette er allerede bokført med et annet beløp. Last siden på nytt og se hva som er gjort.",
                key=key,
            )
    return {key: shares for key, shares in entries.items() if key not in known}


def _legs_of(keys: Iterable[str]) -> dict[str, list[Side]]:
    rows = Leg.objects.filter(entry__key__in=list(keys)).select_related("entry", "account")
    legs: dict[str, list[Side]] = {}
    for leg in rows:
        side = Side(leg.account.source_id, Place(leg.account.kind), leg.subject_id, leg.amount_nok)
        legs.setdefault(leg.entry.key, []).append(side)
    return {key: sorted(sides, key=str) for key, sides in legs.items()}


def _places(source_ids: set[UUID]) -> Places:
    rows = Account.objects.filter(source_id__in=source_ids).values_list("source_id", "kind", "id")
    places = {(source_id, kind): account_id for source_id, kind, account_id in rows}
    for source_id in source_ids:
        if (source_id, Place.AVAILABLE.value) not in places:
            raise UnknownSource(
                "Finansieringskilden er ikke åpnet i regnskapet. Registrer budsjettvedtaket først.",
                source_id=source_id,
            )
    return places


def _refuse_shortage(entries: Mapping[str, Sequence[Share]]) -> None:
    """Say how much is missing before the database says no."""
    need: dict[UUID, Decimal] = {}
    for shares in entries.values():
        for share in shares:
            need[share.source_id] = need.get(share.source_id, Decimal(0)) + share.amount_nok
    for source_id, standing in balances(need).items():
        short = need[source_id] - standing.available
        if short > 0:
            raise NotEnoughMoney(
                f"Det er ikke nok penger igjen i finansieringskilden. Det mangler {amount_text(short)}.",
                source_id=source_id,
                short_nok=short,
            )


WRITE_ENTRIES = """
INSERT INTO ledger_entry (id, tenant_id, key, kind, at, by, text, leg_count)
SELECT i, %(tenant)s, k, %(kind)s, %(at)s, %(by)s, %(text)s, n
FROM unnest(%(ids)s::uuid[], %(keys)s::text[], %(counts)s::int[]) AS entry(i, k, n)
"""
# One statement for all legs of all entries: the trigger demands an entry whole.
WRITE_LEGS = """
INSERT INTO ledger_leg (id, tenant_id, entry_id, position, account_id, subject_id, amount_nok)
SELECT i, %(tenant)s, e, p, a, s, n FROM unnest(%(ids)s::uuid[], %(entries)s::uuid[], %(positions)s::int[],
    %(accounts)s::uuid[], %(subjects)s::uuid[], %(amounts)s::numeric[]) AS leg(i, e, p, a, s, n)
"""


def _write(
    move: Move,
    entries: Mapping[str, Sequence[Share]],
    places: Places,
    *,
    by: Actor | None,
    at: datetime,
    text: str,
) -> None:
    tenant, ids = current_tenant(), {key: new_id() for key in entries}
    header: dict[str, Any] = {"tenant": tenant, "kind": move.kind, "at": at, "text": text[:300]}
    header |= {"by": by.person_id if by else None, "ids": list(ids.values()), "keys": list(ids)}
    header |= {"counts": [2 * len(shares) for shares in entries.values()]}
    with connection.cursor() as cursor:
        cursor.execute(WRITE_ENTRIES, header)
        cursor.execute(WRITE_LEGS, {"tenant": tenant, **_columns(move, entries, places, ids)})


def _columns(
    move: Move, entries: Mapping[str, Sequence[Share]], places: Places, ids: Mapping[str, UUID]
) -> dict[str, list[Any]]:
    rows = [
        (
            new_id(),
            ids[key],
            position,
            places[side.source_id, side.place.value],
            side.case_id,
            side.amount_nok,
        )
        for key, shares in entries.items()
        for position, side in enumerate(sides_of(move, shares), start=1)
    ]
    names = ("ids", "entries", "positions", "accounts", "subjects", "amounts")
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


@contextmanager
def _broken_constraints_named() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        refusal = refusal_for(error)
        if refusal is None:
            raise
        raise refusal from error
