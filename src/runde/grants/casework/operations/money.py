"""Sharing awards out over the money that is decided, and saying so when there is too little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from runde.engine.reference.api import amount_text
from runde.engine.rules import Value
from runde.foundation.ledger.api import balances
from runde.foundation.trust.api import hold
from runde.grants.schemes.api import Call, FundingSource, earmark_fits, sources_of

from ..domain.split import MoneyShort, Part, Pot, Want, split_awards
from ..errors import TooLittleMoney

Shares = dict[UUID, tuple[Part, ...]]


@dataclass(frozen=True, slots=True)
class Wish:
    """A grant that needs money: its case, and what was known of the company when it applied."""

    case_id: UUID
    amount_nok: Decimal
    known: Mapping[str, Value]


def decided_sources(call: Call) -> list[FundingSource]:
    """The call's sources whose money is decided; the others cannot be awarded from."""
    return [source for source in sources_of(call) if source.state == FundingSource.State.DECIDED]


def hold_decided_sources(call: Call) -> list[FundingSource]:
    """The same, held until the transaction ends: neither their money nor their state can change meanwhile."""
    ranked = [source.id for source in sources_of(call)]
    hold("ledger_source", [str(source_id) for source_id in ranked])
    held = FundingSource.objects.select_for_update().filter(id__in=ranked).order_by("id")
    decided = [source for source in held if source.state == FundingSource.State.DECIDED]
    return sorted(decided, key=lambda source: ranked.index(source.id))


def pots_of(sources: Sequence[FundingSource]) -> list[Pot]:
    """What is left of each source, in the order given."""
    standing = balances([source.id for source in sources])
    return [
        Pot(source.id, rank, standing[source.id].available, bool(source.earmark))
        for rank, source in enumerate(sources)
    ]


def share_out(wishes: Sequence[Wish], sources: Sequence[FundingSource], on: date) -> Shares:
    """Each case's parts. The sources must be held by the caller. Raises TooLittleMoney."""
    earmarked = [source for source in sources if source.earmark]
    wants = [Want(wish.case_id, wish.amount_nok, _fitting(wish.known, earmarked, on)) for wish in wishes]
    try:
        return split_awards(wants, pots_of(sources))
    except MoneyShort as short:
        raise _too_little(short) from short


def _fitting(known: Mapping[str, Value], earmarked: Sequence[FundingSource], on: date) -> frozenset[UUID]:
    return frozenset(source.id for source in earmarked if earmark_fits(source, known, on))


def _too_little(short: MoneyShort) -> TooLittleMoney:
    count = len(short.cases)
    cases = "én sak" if count == 1 else f"{count} saker"
    return TooLittleMoney(
        f"Det er ikke nok vedtatte penger. Det mangler {amount_text(short.short_nok)} til {cases}. "
        "Ta ut saker, eller vent til flere penger er vedtatt.",
        short_nok=short.short_nok,
        cases=[str(case_id) for case_id in short.cases],
    )
