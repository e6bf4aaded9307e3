"""The books follow the decisions: what is set aside more, and what goes back to its sources."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from runde.foundation.ledger.api import Share, commit_many, release_many

from ..domain.change import above
from ..models import Acceptance, Decision
from .making import Making
from .money import NO_GRANT


def move_difference(decisions: Sequence[Decision], making: Making) -> None:
    """Set aside and give back what each decision changes by source; a first decision sets aside all of it.

    What goes back goes first, so that the others can use it.
    """
    back, more = list[Share](), list[Share]()
    for decision in decisions:
        parts = making.shares.get(decision.case_id, ())
        before = making.standing.get(decision.case_id, NO_GRANT).parts
        back += [
            Share(f"changed:{decision.id}", decision.case_id, part.source_id, part.amount_nok)
            for part in above(before, parts)
        ]
        more += [
            Share(f"decision:{decision.id}", decision.case_id, part.source_id, part.amount_nok)
            for part in above(parts, before)
        ]
    if back:
        release_many(back, by=making.by, at=making.at, text="Frigitt ved nytt vedtak")
    if more:
        commit_many(more, by=making.by, at=making.at)


def owed_cases(replaced: Collection[Decision]) -> frozenset[UUID]:
    """Cases whose grant is owed: it has been accepted, or need not be."""
    granted = {one.id: one for one in replaced if one.outcome == "granted" and not one.is_conditional}
    answered = dict(Acceptance.objects.filter(decision_id__in=granted).values_list("decision_id", "answer"))
    return frozenset(
        one.case_id
        for one in granted.values()
        if answered.get(one.id, "" if one.accept_by_date else "accepted") == "accepted"
    )
