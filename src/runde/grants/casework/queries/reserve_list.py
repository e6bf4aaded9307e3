"""Who stands in line for money, and how far the free money reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from runde.foundation.people.api import Actor, authorise
from runde.grants.schemes.api import Call

from ..models import Case, ReserveEntry
from ..operations.money import decided_sources, pots_of
from ..operations.reserving import live_entries, within_reach


@dataclass(frozen=True, slots=True)
class ReserveRow:
    """One place. `is_reached` says that the free money carries this one and all before it."""

    entry_id: UUID
    case_id: UUID
    number: str
    company_name: str
    rank: int
    amount_nok: Decimal
    is_reached: bool
    is_proposed: bool


@dataclass(frozen=True, slots=True)
class ReserveList:
    """By rank. `done` have got their money or left the list."""

    rows: tuple[ReserveRow, ...]
    done: tuple[ReserveEntry, ...]
    free_nok: Decimal

    @property
    def ready(self) -> tuple[ReserveRow, ...]:
        return tuple(row for row in self.rows if row.is_reached and not row.is_proposed)


def reserve_list(call: Call, *, by: Actor, at: datetime) -> ReserveList:
    """The call's list now. A fixed number of SQL statements. Raises NotAllowed."""
    authorise(by, "casework.list")
    live = live_entries(call.id)
    reached = within_reach([one for one in live if one.case.state == Case.State.DECIDED], call, at)
    free = sum((pot.left_nok for pot in pots_of(decided_sources(call))), Decimal(0))
    done = ReserveEntry.objects.filter(
        call_id=call.id, state__in=(ReserveEntry.State.GRANTED, ReserveEntry.State.ENDED)
    )
    return ReserveList(
        tuple(_row(one, one.id in reached) for one in live),
        tuple(done.select_related("case").order_by("rank")),
        free,
    )


def _row(entry: ReserveEntry, is_reached: bool) -> ReserveRow:
    return ReserveRow(
        entry_id=entry.id,
        case_id=entry.case_id,
        number=entry.case.number,
        company_name=entry.case.company_name,
        rank=entry.rank,
        amount_nok=entry.amount_nok,
        is_reached=is_reached,
        is_proposed=entry.case.state == Case.State.PROPOSED,
    )
