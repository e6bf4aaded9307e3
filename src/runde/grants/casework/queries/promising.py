"""Which ready cases could get a conditional grant, and what the expected money has left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from runde.foundation.people.api import Actor, authorise
from runde.grants.applications.api import assess_many
from runde.grants.schemes.api import Call, FundingSource

from ..domain.split import MoneyShort, Pot, Want, carry_whole
from ..models import Case, Lane
from ..operations.promised import fitting, waiting_pots, waiting_sources

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class ExpectedSource:
    """Money not decided yet: `left_nok` of it is promised to nobody."""

    source: FundingSource
    left_nok: Decimal


@dataclass(frozen=True, slots=True)
class PromisePreview:
    """`cases` are the ready ones the expected money reaches, oldest first; `without` how many it does not reach."""

    sources: tuple[ExpectedSource, ...]
    cases: tuple[Case, ...]
    without: int

    @property
    def left_nok(self) -> Decimal:
        return sum((one.left_nok for one in self.sources), NOTHING)

    @property
    def sum_nok(self) -> Decimal:
        return sum((case.recommended_nok or NOTHING for case in self.cases), NOTHING)


def preview_promise(call: Call, *, by: Actor, at: datetime) -> PromisePreview:
    """A fixed number of SQL statements. Stores nothing. Raises NotAllowed."""
    authorise(by, "casework.list")
    sources = waiting_sources(call)
    pots = waiting_pots(sources)
    ready = Case.objects.filter(
        call_id=call.id, state=Case.State.OPEN, lane=Lane.GREEN, recommended_nok__gt=0
    )
    cases = list(
        ready.exclude(declarations__person_id=by.person_id, declarations__is_impartial=False)
        .select_related("application")
        .order_by("ordinal")
    )
    known = assess_many([case.application for case in cases], at) if sources else []
    on = timezone.localdate(at)
    wants = [
        Want(case.id, case.recommended_nok or NOTHING, fitting(one.values, sources, on))
        for case, one in zip(cases, known, strict=False)
    ]
    reached = _reached(wants, pots)
    left = {pot.source_id: pot.left_nok for pot in pots}
    kept = tuple(case for case in cases if case.id in reached)
    return PromisePreview(
        tuple(ExpectedSource(one, left[one.id]) for one in sources), kept, len(cases) - len(kept)
    )


def _reached(wants: list[Want], pots: list[Pot]) -> set[object]:
    """The cases that can be carried, in order; one that cannot is passed over."""
    try:
        return set(carry_whole(wants, pots))
    except MoneyShort as short:
        without = set(short.cases)
        return {want.case_id for want in wants if want.case_id not in without}


def ready_cases(call: Call, *, by: Actor) -> list[Case]:
    """Open cases the rules alone settle, granted or refused, by number; without those the person may not treat."""
    authorise(by, "casework.list")
    settled = Case.objects.filter(call_id=call.id, state=Case.State.OPEN).exclude(lane=Lane.YELLOW)
    mine = settled.exclude(declarations__person_id=by.person_id, declarations__is_impartial=False)
    return list(mine.order_by("ordinal"))
