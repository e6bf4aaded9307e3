"""The reserve list: a refusal can give a place on it, and whoever is first moves up when money comes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from runde.foundation.journal.api import Happening, record_many
from runde.foundation.notices.api import Outgoing, queue_notices
from runde.foundation.organisations.api import get_tenant
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import current_tenant
from runde.grants.applications.api import assess_many
from runde.grants.schemes.api import Call

from ..domain.split import MoneyShort, Pot, Want, split_awards
from ..models import Decision, ProposalLine, ReserveEntry
from .making import Making
from .money import decided_sources, pots_of
from .promised import fitting

State = ReserveEntry.State
LIVE = (State.WAITING, State.UP)


def enter_reserve(decisions: Sequence[Decision], making: Making, at: datetime) -> None:
    """Places by the decisions that give them, after those taken; and the end of places whose case is decided anew."""
    _end_places(decisions, at)
    places = {line.case_id: line.reserve_nok for line in making.lines if line.reserve_nok}
    placed = [decision for decision in decisions if decision.case_id in places]
    ReserveEntry.objects.bulk_create(
        [
            ReserveEntry(
                case=decision.case,
                decision=decision,
                call_id=making.call.id,
                rank=making.ranks[decision.case_id],
                amount_nok=places[decision.case_id],
                changed_at=at,
            )
            for decision in placed
        ]
    )


def ranks_for(call_id: UUID, lines: Sequence[ProposalLine]) -> dict[UUID, int]:
    """By case, the places the lines get: as ranked, after all that have been given in the call before."""
    ranked = sorted((line for line in lines if line.reserve_rank), key=lambda line: line.reserve_rank or 0)
    if not ranked:
        return {}
    last = ReserveEntry.objects.filter(call_id=call_id).aggregate(last=Max("rank"))["last"] or 0
    return {line.case_id: last + place for place, line in enumerate(ranked, start=1)}


def _end_places(decisions: Sequence[Decision], at: datetime) -> None:
    outcomes = {one.case_id: one.outcome for one in decisions if one.replaces_id}
    live = ReserveEntry.objects.filter(case_id__in=outcomes, state__in=LIVE)
    for outcome, state in (("granted", State.GRANTED), ("refused", State.ENDED)):
        cases = [case_id for case_id, came in outcomes.items() if came == outcome]
        live.filter(case_id__in=cases).update(state=state, changed_at=at)


def money_came_back(call_id: UUID, *, by: Actor | None, at: datetime) -> list[ReserveEntry]:
    """Move up those whom free money now reaches, strictly in order, and tell who prepared their case.

    Nothing is set aside: the next one is proposed by an officer and approved like any other.
    """
    live = list(live_entries(call_id))
    reached = within_reach(live, Call.objects.get(id=call_id), at)
    up = [one for one in live if one.id in reached and one.state == State.WAITING]
    if not up:
        return []
    ReserveEntry.objects.filter(id__in=[one.id for one in up]).update(state=State.UP, changed_at=at)
    record_many([_moved_up(one) for one in up], by=by.person_id if by else None, at=at)
    queue_notices([_notice(one) for one in up], at=at)
    return up


def live_entries(call_id: UUID) -> list[ReserveEntry]:
    """Who waits, those next first; each with its case, application and decision."""
    found = ReserveEntry.objects.filter(call_id=call_id, state__in=LIVE).order_by("rank")
    return list(found.select_related("case__application", "decision").defer("decision__snapshot"))


def within_reach(entries: Sequence[ReserveEntry], call: Call, at: datetime) -> frozenset[UUID]:
    """The entries the free money reaches: the first that it does not reach stops all after it."""
    if not entries:
        return frozenset()
    sources = decided_sources(call)
    pots, on = pots_of(sources), timezone.localdate(at)
    reached = set()
    known = assess_many([one.case.application for one in entries], at)
    for one, assessment in zip(entries, known, strict=True):
        want = Want(one.case_id, one.amount_nok, fitting(assessment.values, sources, on))
        left = _after(want, pots)
        if left is None:
            break
        pots = left
        reached.add(one.id)
    return frozenset(reached)


def _after(want: Want, pots: list[Pot]) -> list[Pot] | None:
    """What the sources have left when this one has got its money; None when they do not reach."""
    try:
        parts = split_awards([want], pots)[want.case_id]
    except MoneyShort:
        return None
    taken = {part.source_id: part.amount_nok for part in parts}
    return [
        Pot(pot.source_id, pot.rank, pot.left_nok - taken.get(pot.source_id, Decimal(0)), pot.is_earmarked)
        for pot in pots
    ]


def _moved_up(entry: ReserveEntry) -> Happening:
    facts = {"rank": entry.rank, "amount_nok": entry.amount_nok}
    return Happening("casework.reserve_up", "case", entry.case_id, facts)


def _notice(entry: ReserveEntry) -> Outgoing:
    """To the officer who prepared the case: there is money for the next in line."""
    tenant = get_tenant(current_tenant())
    return Outgoing(
        key=f"reserve_up:{entry.id}:{entry.changed_at:%Y%m%d%H%M%S}",
        language="nb",
        subject=f"Sak {entry.case.number} kan få penger fra reservelista",
        body=(
            f"Det er kommet penger tilbake. Sak {entry.case.number}, {entry.case.company_name}, er nå først på "
            f"reservelista og kan få penger.\n\nÅpne reservelista og lag et forslag til vedtak.\n\n{tenant.name}"
        ),
        subject_kind="case",
        subject_id=entry.case_id,
        to_person=entry.decision.prepared_by,
    )
