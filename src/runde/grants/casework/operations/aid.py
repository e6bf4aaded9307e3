"""What decisions mean for the aid each undertaking has received."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from runde.grants.aid.api import Given, Why, record_awards, reverse_awards, standing_awards
from runde.grants.schemes.api import Call

from ..domain.aid_change import Stood, aid_change
from ..domain.words import in_language
from ..models import Decision


def record_aid(decisions: Sequence[Decision], call: Call, at: datetime) -> None:
    """Write down what is granted, and take back what no longer stands, in the transaction that makes the decisions.

    The right arises with the decision, also when it must be accepted: a ceiling may not be filled twice meanwhile.
    A conditional decision gives no right yet.
    """
    standing = _standing([one for one in decisions if one.replaces_id])
    given, taken_back = [], list[UUID]()
    for decision in decisions:
        total = Decimal(0) if decision.is_conditional else decision.amount_nok
        change = aid_change(standing.get(decision.case_id, ()), total, timezone.localdate(at))
        taken_back += change.reversed_ids
        if change.more_nok:
            given.append(_given(decision, call, change.more_nok, change.from_date))
    if taken_back:
        reverse_awards(decision_ids=taken_back, why="replaced", at=at)
    record_awards(given, at=at)


def take_back_aid(decision: Decision, why: Why, at: datetime) -> None:
    """All that stands by the decision and the earlier ones it built on."""
    chain = Decision.objects.filter(case_id=decision.case_id).values_list("id", flat=True)
    reverse_awards(decision_ids=list(chain), why=why, at=at)


def _standing(anew: Collection[Decision]) -> dict[UUID, list[Stood]]:
    """Aid that stands by earlier decisions of the same cases, oldest first."""
    if not anew:
        return {}
    earlier = Decision.objects.filter(case_id__in=[one.case_id for one in anew])
    cases = dict(earlier.values_list("id", "case_id"))
    found: dict[UUID, list[Stood]] = {}
    for one in standing_awards(cases):
        stood = Stood(one.decision_id, one.amount_nok, one.right_arose_date)
        found.setdefault(cases[one.decision_id], []).append(stood)
    return found


def _given(decision: Decision, call: Call, amount_nok: Decimal, since: date) -> Given:
    scheme, applicant = decision.snapshot["scheme"], decision.snapshot["applicant"]
    return Given(
        decision_id=decision.id,
        organisation_number=applicant["organisation_number"],
        giver=decision.snapshot["authority"]["name"],
        scheme_name=in_language(scheme["texts"]["name"], "nb"),
        basis=scheme["legal_basis"].get("aid_rule", ""),
        right_arose_date=since,
        amount_nok=amount_nok,
        euro_rate=call.euro_rate,
        euro_rate_date=call.euro_rate_date,
        euro_rate_source=call.euro_rate_source,
    )
