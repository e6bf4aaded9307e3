"""Where all the money stands now: for each source and each scheme, and how it came there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from runde.foundation.ledger.api import Flow, balances, flows_of, is_balanced, sum_of_cases
from runde.foundation.ledger.api import Standing as Place
from runde.foundation.people.api import Actor, authorise
from runde.grants.casework.api import Case, funding_preview, pending_grants
from runde.grants.schemes.api import Call, FundingSource, list_sources, scheme_name

from ..domain.statement import Standing, over_time

State = FundingSource.State
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class SourceMoney:
    """One source, in NOK. `committed_nok` counts what lies in bank files; `free_nok` is not even proposed.

    `lapsing_nok` is what is not paid of money whose last day comes this year, or has passed.
    """

    source: FundingSource
    recommended_nok: Decimal
    committed_nok: Decimal
    paid_nok: Decimal
    returned_nok: Decimal
    available_nok: Decimal
    lapsing_nok: Decimal
    has_lapsed: bool = False

    @property
    def free_nok(self) -> Decimal:
        return self.available_nok - self.recommended_nok

    @property
    def is_decided(self) -> bool:
        return self.source.state == State.DECIDED


@dataclass(frozen=True, slots=True)
class SchemeMoney:
    """One scheme, in NOK. `available_nok` is what its sources have left; a shared source counts whole in each."""

    scheme_id: UUID
    name: str
    recommended_nok: Decimal
    committed_nok: Decimal
    paid_nok: Decimal
    available_nok: Decimal


@dataclass(frozen=True, slots=True)
class Cockpit:
    """`short` are the sentences of calls whose proposals the money does not reach. Figures may be shown only when
    `is_balanced`."""

    sources: tuple[SourceMoney, ...]
    schemes: tuple[SchemeMoney, ...]
    timeline: tuple[Standing, ...]
    short: tuple[str, ...]
    is_balanced: bool

    @property
    def decided_nok(self) -> Decimal:
        return sum((one.source.amount_nok for one in self.sources if one.is_decided), NOTHING)

    @property
    def free_nok(self) -> Decimal:
        return sum((one.free_nok for one in self.sources if one.is_decided), NOTHING)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What waits for approval, by source and by call, and the sentences where the money does not reach."""

    by_source: Mapping[UUID, Decimal]
    by_call: Mapping[UUID, Decimal]
    short: tuple[str, ...]


def cockpit(*, by: Actor, at: datetime) -> Cockpit:
    """All sources with their schemes. Some statements for each call with proposals, else a fixed number."""
    authorise(by, "budget.see")
    sources = list_sources()
    calls = list(Call.objects.select_related("scheme_version__scheme").prefetch_related("funding"))
    proposed = _proposed(calls, at)
    flows = flows_of([source.id for source in sources])
    standing = balances([source.id for source in sources])
    today = timezone.localdate(at)
    return Cockpit(
        sources=tuple(_source(one, standing[one.id], proposed, flows, today) for one in sources),
        schemes=_schemes(calls, proposed, standing),
        timeline=tuple(over_time(flows)),
        short=proposed.short,
        is_balanced=is_balanced(),
    )


def _proposed(calls: Sequence[Call], at: datetime) -> Proposed:
    by_source: dict[UUID, Decimal] = {}
    by_call: dict[UUID, Decimal] = {}
    short = []
    for call in calls:
        pending = pending_grants(call.id)
        if not pending:
            continue
        by_call[call.id] = sum((amount for _case, amount in pending), NOTHING)
        preview = funding_preview(call, pending, at=at)
        short += [preview.short] if preview.short else []
        for source_id, taken in preview.taken.items():
            by_source[source_id] = by_source.get(source_id, NOTHING) + taken
    return Proposed(by_source, by_call, tuple(short))


def _source(
    source: FundingSource, standing: Place, proposed: Proposed, flows: Sequence[Flow], today: date
) -> SourceMoney:
    own = [flow for flow in flows if flow.source_id == source.id]
    committed = standing.committed + standing.in_bank_file
    last = source.use_by_date
    soon = last is not None and last <= date(today.year, 12, 31)
    return SourceMoney(
        source=source,
        recommended_nok=proposed.by_source.get(source.id, NOTHING),
        committed_nok=committed,
        paid_nok=standing.paid,
        returned_nok=-sum((flow.amount_nok for flow in own if flow.is_return), NOTHING),
        available_nok=standing.available,
        lapsing_nok=standing.available + committed if soon else NOTHING,
        has_lapsed=last is not None and last < today,
    )


def _schemes(
    calls: Sequence[Call], proposed: Proposed, standing: Mapping[UUID, Place]
) -> tuple[SchemeMoney, ...]:
    grouped: dict[UUID, list[Call]] = {}
    for call in calls:
        grouped.setdefault(call.scheme_version.scheme_id, []).append(call)
    found = [_scheme(scheme_id, own, proposed, standing) for scheme_id, own in grouped.items()]
    return tuple(sorted(found, key=lambda one: one.name))


def _scheme(
    scheme_id: UUID, calls: Sequence[Call], proposed: Proposed, standing: Mapping[UUID, Place]
) -> SchemeMoney:
    ids = [call.id for call in calls]
    stands = sum_of_cases(Case.objects.filter(call_id__in=ids).values("id"))
    paying = {funding.source_id for call in calls for funding in call.funding.all()}
    newest = max(calls, key=lambda call: call.scheme_version.number)
    return SchemeMoney(
        scheme_id=scheme_id,
        name=scheme_name(newest.scheme_version, "nb"),
        recommended_nok=sum((proposed.by_call.get(one, NOTHING) for one in ids), NOTHING),
        committed_nok=stands.committed + stands.in_bank_file,
        paid_nok=stands.paid,
        available_nok=sum((standing[one].available for one in paying if one in standing), NOTHING),
    )
