"""What decisions mean for the aid each undertaking has received, and whether the ceilings have room for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from runde.foundation.organisations.api import get_tenant
from runde.foundation.trust.api import current_tenant
from runde.grants.aid.api import (
    Given,
    PastAward,
    Wanted,
    Why,
    hold_undertakings,
    reckon,
    record_awards,
    reverse_awards,
    standing_awards,
)
from runde.grants.schemes.api import Call

from ..domain.aid_change import AidChange, Stood, aid_change
from ..domain.words import in_language
from ..models import Case, Decision, ProposalLine
from ..queries.declared_aid import declared_by
from ..queries.versions import versions_of

NOTHING = Decimal(0)


def hold_room(lines: Sequence[ProposalLine], at: datetime) -> None:
    """Hold the undertakings of what is about to be granted, across municipalities, until the transaction ends.

    After cases and money and before the first line in the journal: everybody waits in the same order.
    """
    granted = {line.case.organisation_number for line in lines if line.outcome == "granted"}
    if granted:
        hold_undertakings(granted, timezone.localdate(at))


def over_ceiling(lines: Sequence[ProposalLine], call: Call, at: datetime) -> dict[UUID, str]:
    """By case, why its grant is more than the ceilings have room for, with the most that fits.

    The undertakings must be held (`hold_room`): then what fits now still fits when it is written down. Lines come
    with their cases, in the order they are decided. Raises NoCeiling.
    """
    granted = [line for line in lines if line.outcome == "granted"]
    versions = versions_of([line.case for line in granted])
    standing = _standing_of_cases([line.case for line in granted if line.replaces_id])
    wanted = [
        _wanted(line, standing.get(line.case_id, ()), versions[line.case_id].legal_basis, call)
        for line in granted
    ]
    reckoned = reckon(wanted, on=timezone.localdate(at), holds=False)
    return {one.wanted.key: one.sentence for one in reckoned if not one.fits}


def _wanted(
    line: ProposalLine, standing: Sequence[PastAward], legal_basis: Mapping[str, str], call: Call
) -> Wanted:
    application = line.case.application
    return Wanted(
        key=line.case_id,
        organisation_number=line.case.organisation_number,
        rule=legal_basis.get("aid_rule", ""),
        amount_nok=line.amount_nok,
        euro_rate=call.euro_rate,
        instead_of=frozenset(one.decision_id for one in standing),
        declared=declared_by(application, call.euro_rate),
        takes_room=line.amount_nok > sum((one.amount_nok for one in standing), NOTHING),
    )


def record_aid(decisions: Sequence[Decision], call: Call, at: datetime) -> None:
    """Write down what is granted, and take back what no longer stands, in the transaction that makes the decisions.

    The right arises with the decision, also when it must be accepted: a ceiling may not be filled twice meanwhile.
    A conditional decision gives no right yet, but keeps room. Raises OverCeiling, NoCeiling.
    """
    standing = _standing_of_cases([one.case for one in decisions if one.replaces_id])
    giver_number = get_tenant(current_tenant()).organisation_number
    given, taken_back = [], list[UUID]()
    for decision in decisions:
        before = standing.get(decision.case_id, [])
        change = _change(decision, before, timezone.localdate(at))
        taken_back += change.reversed_ids
        if change.more_nok:
            rises = decision.amount_nok > sum((one.amount_nok for one in before), NOTHING)
            given.append(_given(decision, call, change, giver_number, takes_room=rises))
    if taken_back:
        reverse_awards(decision_ids=taken_back, why="replaced", at=at)
    record_awards(given, at=at)


def take_back_aid(decision: Decision, why: Why, at: datetime) -> None:
    """All that stands by the decision and the earlier ones it built on."""
    chain = Decision.objects.filter(case_id=decision.case_id).values_list("id", flat=True)
    reverse_awards(decision_ids=list(chain), why=why, at=at)


def _change(decision: Decision, before: Sequence[PastAward], on: date) -> AidChange:
    """Room that was kept is given back whole; a right to aid is changed as little as may be."""
    if decision.is_conditional:
        return AidChange(tuple(one.decision_id for one in before), decision.amount_nok, on)
    stood = [
        Stood(one.decision_id, one.amount_nok, one.right_arose_date) for one in before if not one.is_reserved
    ]
    change = aid_change(stood, decision.amount_nok, on)
    kept = tuple(one.decision_id for one in before if one.is_reserved)
    return AidChange((*kept, *change.reversed_ids), change.more_nok, change.from_date)


def _standing_of_cases(cases: Collection[Case]) -> dict[UUID, list[PastAward]]:
    """Aid that stands by earlier decisions of these cases, oldest first."""
    if not cases:
        return {}
    earlier = Decision.objects.filter(case_id__in=[one.id for one in cases])
    case_of = dict(earlier.values_list("id", "case_id"))
    found: dict[UUID, list[PastAward]] = {}
    for one in standing_awards(case_of):
        found.setdefault(case_of[one.decision_id], []).append(one)
    return found


def _given(
    decision: Decision, call: Call, change: AidChange, giver_number: str, *, takes_room: bool
) -> Given:
    scheme, applicant = decision.snapshot["scheme"], decision.snapshot["applicant"]
    return Given(
        decision_id=decision.id,
        organisation_number=applicant["organisation_number"],
        giver=decision.snapshot["authority"]["name"],
        giver_number=giver_number,
        scheme_name=in_language(scheme["texts"]["name"], "nb"),
        basis=scheme["legal_basis"].get("aid_rule", ""),
        right_arose_date=change.from_date,
        amount_nok=change.more_nok,
        euro_rate=call.euro_rate,
        euro_rate_date=call.euro_rate_date,
        euro_rate_source=call.euro_rate_source,
        is_reserved=decision.is_conditional,
        declared=declared_by(decision.case.application, call.euro_rate),
        takes_room=takes_room,
    )
