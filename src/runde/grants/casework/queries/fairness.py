"""Whether a round treats like cases alike: pairs to look at, and how groups came out, before it closes and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.utils import timezone

from runde.foundation.people.api import Actor, authorise
from runde.grants.precedents.api import (
    Fairness,
    Pair,
    Precedent,
    Treated,
    fairness_of,
    features_from,
    features_of,
    list_of_call,
    measures,
    unlike_pairs,
)

from ..models import ProposalLine
from .features import cases_of_interest

CHUNK = 500


@dataclass(frozen=True, slots=True)
class RoundFairness:
    """`pairs` are the first of `pairs_in_all`. The reader's own cases of interest are in the figures alone."""

    report: Fairness
    pairs: tuple[Pair, ...]
    pairs_in_all: int
    unexplained: int


def round_fairness(call_id: UUID, *, by: Actor) -> RoundFairness:
    """Over what is decided and what is proposed in the call, each case once. Raises NotAllowed."""
    authorise(by, "precedents.read")
    treated = list_treated(call_id)
    mine = set(cases_of_interest(by.person_id))
    report = fairness_of(treated)
    pairs = [pair for pair in unlike_pairs(treated) if not {pair.first.case_id, pair.second.case_id} & mine]
    return RoundFairness(
        report=_without(report, mine),
        pairs=tuple(pairs[: measures().pairs["most"]]),
        pairs_in_all=len(pairs),
        unexplained=sum(not pair.is_explained for pair in pairs),
    )


def list_treated(call_id: UUID) -> list[Treated]:
    """Every case of the call that has an outcome: what is proposed goes before what was decided. Two statements."""
    proposed = {one.case_id: one for one in _proposed(call_id)}
    decided = [_decided(row) for row, _ in list_of_call(call_id) if row.case_id not in proposed]
    return sorted([*proposed.values(), *decided], key=lambda one: (len(one.case_number), one.case_number))


def _decided(row: Precedent) -> Treated:
    return Treated(
        row.case_id,
        row.case_number,
        features_of(row),
        row.outcome,
        row.amount_nok,
        is_decided=True,
        is_explained=bool(row.departure_code),
    )


def _proposed(call_id: UUID) -> list[Treated]:
    rows = ProposalLine.objects.filter(case__call_id=call_id, is_open=True).values_list(
        "case_id",
        "case__number",
        "check_run__verdict",
        "case__application__facts__register",
        "outcome",
        "amount_nok",
        "departure_code",
        "proposal__prepared_at",
    )
    return [
        Treated(
            case_id,
            number,
            features_from(verdict, register or {}, timezone.localdate(at)),
            outcome,
            amount,
            is_decided=False,
            is_explained=bool(code),
        )
        for case_id, number, verdict, register, outcome, amount, code, at in rows.iterator(chunk_size=CHUNK)
    ]


def _without(report: Fairness, mine: set[UUID]) -> Fairness:
    return replace(report, outliers=tuple(one for one in report.outliers if one.treated.case_id not in mine))
