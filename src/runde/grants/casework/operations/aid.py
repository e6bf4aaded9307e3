"""What decisions mean for the aid each undertaking has received."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from runde.grants.aid.api import Given, record_awards, reverse_awards
from runde.grants.schemes.api import Call

from ..domain.words import in_language
from ..models import Decision


def record_aid(decisions: Sequence[Decision], call: Call, at: datetime) -> None:
    """Write down what is granted, and take back what the decisions replace, in the transaction that makes them.

    The right arises with the decision, also when it must be accepted: a ceiling may not be filled twice meanwhile.
    """
    replaced = [one.replaces_id for one in decisions if one.replaces_id]
    if replaced:
        reverse_awards(decision_ids=replaced, why="replaced", at=at)
    record_awards([_given(one, call) for one in decisions if one.outcome == "granted"], at=at)


def _given(decision: Decision, call: Call) -> Given:
    scheme, applicant = decision.snapshot["scheme"], decision.snapshot["applicant"]
    return Given(
        decision_id=decision.id,
        organisation_number=applicant["organisation_number"],
        giver=decision.snapshot["authority"]["name"],
        scheme_name=in_language(scheme["texts"]["name"], "nb"),
        basis=scheme["legal_basis"].get("aid_rule", ""),
        right_arose_date=timezone.localdate(decision.decided_at),
        amount_nok=decision.amount_nok,
        euro_rate=call.euro_rate,
        euro_rate_date=call.euro_rate_date,
        euro_rate_source=call.euro_rate_source,
    )
