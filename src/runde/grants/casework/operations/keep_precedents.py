"""Decisions written down as precedents, so that the next like case is compared with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from runde.grants.precedents.api import Weighed, record_precedents

from ..models import Decision
from ..queries.features import features_at


def keep_precedents(decisions: Sequence[Decision], at: datetime) -> None:
    """In the transaction that makes them; each with its check and its case's application at hand."""
    replaced = [decision.replaces_id for decision in decisions if decision.replaces_id]
    record_precedents([_weighed(decision, at) for decision in decisions], replaced=replaced, at=at)


def _weighed(decision: Decision, at: datetime) -> Weighed:
    case = decision.case
    return Weighed(
        decision_id=decision.id,
        case_id=case.id,
        case_number=case.number,
        call_id=case.call_id,
        features=features_at(decision.check_run.verdict, case.application, at),
        outcome=decision.outcome,
        amount_nok=decision.amount_nok,
        reason_code=decision.reason_code,
        words=decision.reason_text,
        deviations=decision.deviations,
        departure_code=decision.departure_code,
        departure_words=decision.departure_words,
    )
