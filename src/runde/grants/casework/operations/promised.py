"""Money that is promised before it has been decided: conditional grants, each waiting for one funding source."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from runde.engine.reference.api import amount_text
from runde.engine.rules import Value
from runde.foundation.trust.api import hold
from runde.grants.applications.api import assess_many
from runde.grants.schemes.api import Call, FundingSource, earmark_fits, sources_of

from ..domain.split import MoneyShort, Pot, Want, carry_whole
from ..errors import TooLittleMoney, counted_cases
from ..models import Decision, ProposalLine

State = FundingSource.State
NOTHING = Decimal(0)


def conditional_in_force(source_ids: Collection[UUID]) -> list[Decision]:
    """Conditional grants that wait for these sources, by case, each with its case; without their snapshots."""
    waiting = Decision.objects.filter(depends_on__in=list(source_ids), decision__isnull=True)
    return list(waiting.select_related("case").defer("snapshot").order_by("case__ordinal", "id"))


def promised(source_ids: Collection[UUID], *, but: Collection[UUID] = ()) -> dict[UUID, Decimal]:
    """By source, what conditional grants in force wait for; without those in the cases `but`."""
    waiting = Decision.objects.filter(depends_on__in=list(source_ids), decision__isnull=True)
    rows = waiting.exclude(case_id__in=list(but)).values_list("depends_on").annotate(total=Sum("amount_nok"))
    return {source_id: total for source_id, total in rows if source_id}


def hold_waiting_sources(call: Call) -> list[FundingSource]:
    """The call's sources that are not decided yet, by rank, held until the transaction ends."""
    ranked = [source.id for source in sources_of(call)]
    hold("ledger_source", [str(source_id) for source_id in ranked])
    held = FundingSource.objects.select_for_update().filter(id__in=ranked).order_by("id")
    waiting = [source for source in held if source.state == State.SUBJECT_TO_DECISION]
    return sorted(waiting, key=lambda source: ranked.index(source.id))


def waiting_sources(call: Call) -> list[FundingSource]:
    return [source for source in sources_of(call) if source.state == State.SUBJECT_TO_DECISION]


def waiting_pots(sources: Sequence[FundingSource], *, but: Collection[UUID] = ()) -> list[Pot]:
    """What is expected of each source and not promised to others, in the order given."""
    taken = promised([source.id for source in sources], but=but)
    return [
        Pot(source.id, rank, source.amount_nok - taken.get(source.id, NOTHING), bool(source.earmark))
        for rank, source in enumerate(sources)
    ]


def depends_on(
    sources: Sequence[FundingSource], lines: Sequence[ProposalLine], at: datetime
) -> dict[UUID, UUID]:
    """By case, the source each granted line waits for; what the cases were promised before counts no more.

    Each line comes with its case and application. Raises TooLittleMoney.
    """
    granted = [line for line in lines if line.outcome == "granted"]
    known, on = assess_many([line.case.application for line in granted], at), timezone.localdate(at)
    wants = [
        Want(line.case_id, line.amount_nok, fitting(one.values, sources, on))
        for line, one in zip(granted, known, strict=True)
    ]
    return rest_on(wants, sources, but=[line.case_id for line in lines])


def rest_on(
    wishes: Sequence[Want], sources: Sequence[FundingSource], *, but: Collection[UUID] = ()
) -> dict[UUID, UUID]:
    """The one source each conditional grant waits for. Raises TooLittleMoney."""
    try:
        return carry_whole(wishes, waiting_pots(sources, but=but))
    except MoneyShort as short:
        raise TooLittleMoney(
            f"Det er ikke ventet nok penger. Det mangler {amount_text(short.short_nok)} til "
            f"{counted_cases(len(short.cases))}. Et betinget vedtak må hvile på én finansieringskilde alene.",
            short_nok=short.short_nok,
            cases=[str(case_id) for case_id in short.cases],
        ) from short


def fitting(known: Mapping[str, Value], sources: Sequence[FundingSource], on: date) -> frozenset[UUID]:
    """The earmarked ones among the sources whose purpose the company fits."""
    earmarked = [source for source in sources if source.earmark]
    return frozenset(source.id for source in earmarked if earmark_fits(source, known, on))
