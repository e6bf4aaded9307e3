"""When the appeal period of a decision runs out, which appeals have come, and who took part in what they are about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum
from django.utils import timezone

from runde.foundation.documents.api import Version, find_document
from runde.foundation.notices.api import Notice, list_notices
from runde.foundation.people.api import Actor, authorise, names_of

from ..domain.appeal_period import AppealPeriod, Demanded, appeal_period
from ..domain.final import is_final
from ..domain.reversal_states import ReversalState
from ..models import (
    Appeal,
    Decision,
    DecisionReading,
    ProposalLine,
    ReasonsDemand,
    Reversal,
    SetAside,
    Suspension,
)


@dataclass(frozen=True, slots=True)
class AppealRow:
    """An appeal in the list, with its case and who looks at it anew."""

    appeal: Appeal
    case_number: str
    company: str
    reassessor: str
    set_aside_nok: Decimal


def appeal_period_of(decision: Decision) -> AppealPeriod:
    """When the period began and ends, by what is known now. Five statements."""
    letter = find_document(f"decision_letter:{decision.id}")
    reading = DecisionReading.objects.filter(decision_id=decision.id).first()
    demand = ReasonsDemand.objects.filter(decision_id=decision.id).first()
    notices = list_notices("case", decision.case_id)
    return period_from(decision, letter, notices, reading, demand, kept=was_kept(decision.id))


def was_kept(decision_id: UUID) -> bool:
    """Whether the appeal body has heard the party's own appeal and changed nothing: that was the last word."""
    return Appeal.objects.filter(
        decision_id=decision_id, body_result=Appeal.Result.KEPT, other_party=""
    ).exists()


def period_from(
    decision: Decision,
    letter: Version | None,
    notices: Iterable[Notice],
    reading: DecisionReading | None,
    demand: ReasonsDemand | None = None,
    *,
    kept: bool = False,
) -> AppealPeriod:
    """`kept` says that the appeal body has let the decision stand (see `was_kept`)."""
    period = appeal_period(
        in_letter=decision.appeal_by_date,
        available_date=timezone.localdate(letter.made_at) if letter else None,
        notified_date=_notified(decision, notices),
        read_date=timezone.localdate(reading.read_at) if reading else None,
        demanded=_demanded(demand),
    )
    return replace(period, is_final=kept or is_final(decision.reason_code))


def _demanded(demand: ReasonsDemand | None) -> Demanded | None:
    if demand is None or not demand.stops_period:
        return None
    return Demanded(timezone.localdate(demand.answered_at) if demand.answered_at else None)


def _notified(decision: Decision, notices: Iterable[Notice]) -> date | None:
    keys = (f"decision:{decision.id}", f"decision_again:{decision.id}")
    left = [one.sent_at for one in notices if one.key in keys and one.state == "sent" and one.sent_at]
    return timezone.localdate(min(left)) if left else None


def took_part(decision: Decision) -> frozenset[UUID]:
    """Everybody who proposed or made the decision, or one before it in the same case, also what was sent back."""
    before = Decision.objects.filter(case_id=decision.case_id, number__lte=decision.number)
    people = {person for pair in before.values_list("prepared_by", "decided_by") for person in pair}
    led_here = Q(replaces__isnull=True) | Q(replaces__number__lt=decision.number)
    lines = ProposalLine.objects.filter(led_here, case_id=decision.case_id)
    return frozenset(people | set(lines.values_list("proposal__prepared_by", flat=True)))


def list_appeals(*, by: Actor) -> list[AppealRow]:
    """Every appeal that has come, those not settled first, by the day they must be looked at. Three statements."""
    authorise(by, "casework.list")
    found = Appeal.objects.filter(sent_at__isnull=False).select_related("decision__case__application")
    rows = list(found.defer("decision__snapshot"))
    names = names_of({one.reassessor for one in rows if one.reassessor})
    held = set_aside_for([one.id for one in rows])
    rows.sort(key=lambda one: (one.settled_at is not None, one.reassess_by_date or date.max, one.id))
    return [
        AppealRow(
            one,
            one.decision.case.number,
            one.decision.case.application.company_name,
            names.get(one.reassessor, "") if one.reassessor else "",
            held.get(one.id, Decimal(0)),
        )
        for one in rows
    ]


def set_aside_for(appeal_ids: Collection[UUID]) -> Mapping[UUID, Decimal]:
    """What is held now for each appeal."""
    held = SetAside.objects.filter(appeal_id__in=appeal_ids, ended_at__isnull=True)
    return dict(
        held.values_list("appeal_id").annotate(total=Sum("amount_nok")).values_list("appeal_id", "total")
    )


def set_aside_by_source(source_ids: Collection[UUID]) -> Mapping[UUID, Decimal]:
    """What is held now of each source for appeals that are not settled. It stands as committed in the books."""
    held = SetAside.objects.filter(source_id__in=source_ids, ended_at__isnull=True)
    return dict(
        held.values_list("source_id").annotate(total=Sum("amount_nok")).values_list("source_id", "total")
    )


def suspended(decision_ids: Iterable[UUID]) -> frozenset[UUID]:
    """The decisions that wait to be carried out until an appeal is settled: nothing is paid on them."""
    waits = Suspension.objects.filter(
        is_granted=True, ended_at__isnull=True, appeal__decision_id__in=list(decision_ids)
    )
    return frozenset(waits.values_list("appeal__decision_id", flat=True))


def reversals_to_comment(case_id: UUID) -> list[Reversal]:
    """The reversals the party has been told of and may comment on. One statement."""
    found = Reversal.objects.filter(decision__case_id=case_id, state=ReversalState.NOTIFIED)
    return list(found.order_by("notified_at"))


def list_second_looks(*, by: Actor) -> tuple[list[ReasonsDemand], list[Reversal]]:
    """Demands for reasons without an answer and reversals that are not ended, oldest first, each with its decision's
    case at hand. Two statements.
    """
    authorise(by, "casework.list")
    with_case = ("decision__case__application",)
    demands = ReasonsDemand.objects.filter(answered_at__isnull=True).select_related(*with_case)
    reversals = Reversal.objects.filter(ended_at__isnull=True).select_related(*with_case)
    return (
        list(demands.defer("decision__snapshot").order_by("asked_at")),
        list(reversals.defer("decision__snapshot").order_by("opened_at")),
    )
