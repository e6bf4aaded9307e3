"""Conditional grants and the money they wait for: what each choice after the budget decision would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import Count, Sum
from django.utils import timezone

from runde.foundation.ledger.api import balances
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound
from runde.grants.schemes.api import FundingSource

from ..domain.scaling import Wanted
from ..domain.settling import Settled, Terms, settle
from ..models import Case, Decision
from ..operations.promised import conditional_in_force

State = FundingSource.State
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A source with the conditional grants that wait for it: how many, and how much in all.

    `being_settled` of them lie in a proposal already.
    """

    source: FundingSource
    count: int
    promised_nok: Decimal
    being_settled: int

    @property
    def is_ready(self) -> bool:
        """The budget decision is there, or will not come."""
        return self.source.state != State.SUBJECT_TO_DECISION and self.count > self.being_settled


@dataclass(frozen=True, slots=True)
class SettledRow:
    """One conditional grant: what was promised, and what it becomes."""

    case_id: UUID
    decision_id: UUID
    call_id: UUID
    number: str
    company_name: str
    decided_date: date
    promised_nok: Decimal
    amount_nok: Decimal


@dataclass(frozen=True, slots=True)
class SettlementPreview:
    """By case number. `money_nok` is what there is for them; `stays` the numbers of cases in a proposal already.

    `seen` identifies what was shown: the settling itself is refused when it has changed.
    """

    source: FundingSource
    terms: Terms
    money_nok: Decimal
    rows: tuple[SettledRow, ...]
    stays: tuple[str, ...]
    share: Fraction
    left_over: int
    short_nok: Decimal

    @property
    def promised_nok(self) -> Decimal:
        return sum((row.promised_nok for row in self.rows), NOTHING)

    @property
    def total_nok(self) -> Decimal:
        return sum((row.amount_nok for row in self.rows), NOTHING)

    @property
    def dropped(self) -> tuple[SettledRow, ...]:
        return tuple(row for row in self.rows if not row.amount_nok)

    @property
    def seen(self) -> str:
        return f"{len(self.rows)}:{self.promised_nok}:{self.money_nok}:{self.total_nok}"


def list_waiting(*, by: Actor) -> list[Waiting]:
    """Sources with conditional grants in force, by name. Two SQL statements."""
    authorise(by, "casework.list")
    waiting = Decision.objects.filter(depends_on__isnull=False, decision__isnull=True)
    sums = waiting.values_list("depends_on").annotate(count=Count("id"), total=Sum("amount_nok"))
    counts = {source_id: (count, total) for source_id, count, total in sums}
    proposed = dict(
        waiting.filter(case__state=Case.State.PROPOSED).values_list("depends_on").annotate(Count("id"))
    )
    sources = FundingSource.objects.filter(id__in=counts).order_by("name", "id")
    return [Waiting(one, *counts[one.id], proposed.get(one.id, 0)) for one in sources]


def preview_settlement(
    source_id: UUID, terms: Terms, *, by: Actor, money_nok: Decimal | None = None
) -> SettlementPreview:
    """What a choice would do to every conditional grant that waits for the source. Stores nothing.

    `money_nok` tries an amount before the budget decision is there. Raises NotAllowed, NotFound.
    """
    authorise(by, "casework.list")
    source = FundingSource.objects.filter(id=source_id).first()
    if source is None:
        raise NotFound("Vi finner ikke finansieringskilden. Gå tilbake til oversikten og velg den på nytt.")
    decisions = conditional_in_force([source.id])
    there = money_for(source) if money_nok is None else money_nok
    return settlement_of(source, decisions, there, terms)


def money_for(source: FundingSource) -> Decimal:
    """What there is for the conditional grants: what is left of decided money, what is expected before that."""
    if source.state == State.WITHDRAWN:
        return NOTHING
    if source.state == State.SUBJECT_TO_DECISION:
        return source.amount_nok
    return balances([source.id])[source.id].available


def settlement_of(
    source: FundingSource, decisions: Sequence[Decision], money_nok: Decimal, terms: Terms
) -> SettlementPreview:
    """The one place where it is reckoned, for the preview and for the proposal itself."""
    free = [one for one in decisions if one.case.state == Case.State.DECIDED]
    settled = settle([Wanted(one.case_id, one.amount_nok) for one in free], money_nok, terms)
    return SettlementPreview(
        source=source,
        terms=terms,
        money_nok=money_nok,
        rows=tuple(_row(one, settled) for one in free),
        stays=tuple(one.case.number for one in decisions if one.case.state != Case.State.DECIDED),
        share=settled.share,
        left_over=settled.left_over,
        short_nok=settled.short_nok,
    )


def _row(decision: Decision, settled: Settled) -> SettledRow:
    return SettledRow(
        case_id=decision.case_id,
        decision_id=decision.id,
        call_id=decision.case.call_id,
        number=decision.case.number,
        company_name=decision.case.company_name,
        decided_date=timezone.localdate(decision.decided_at),
        promised_nok=decision.amount_nok,
        amount_nok=settled.amounts[decision.case_id],
    )
