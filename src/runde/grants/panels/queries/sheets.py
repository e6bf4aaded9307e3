"""The only place that reads sheets. Scores leave it for their own giver, or for all once the panel has opened them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from runde.foundation.people.api import Actor, authorise

from ..domain.blind import shown_to
from ..domain.scoring import Score, scores_from
from ..errors import StillBlind
from ..models import Panel, Sheet
from .panels import interests_in


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """One assessor's newest scores for one case. `changed_why` when they were changed after opening."""

    assignment_id: UUID
    case_id: UUID
    given_by: UUID
    number: int
    scores: tuple[Score, ...]
    changed_why: str
    handed_in_at: datetime

    @property
    def points(self) -> dict[str, int]:
        return {one.key: one.points for one in self.scores if one.points is not None}


def visible_sheets(panel: Panel, *, by: Actor) -> list[ShownSheet]:
    """The newest sheets the person may see: their own, or everybody's once the scores are opened. Raises NotAllowed."""
    authorise(by, "panels.read", panel)
    return shown_to(by.person_id, _newest(panel), opened=panel.opened_at is not None)


def opened_sheets(panel: Panel, *, by: Actor) -> list[ShownSheet]:
    """Everybody's newest sheets. Raises NotAllowed, and StillBlind before the scores are opened."""
    authorise(by, "panels.read", panel)
    refuse_blind(panel)
    return _newest(panel)


def refuse_blind(panel: Panel) -> None:
    if panel.opened_at is None:
        raise StillBlind(
            "Poengene vises når alle har levert, eller når lederen har avsluttet vurderingen. "
            "Til da ser ingen andres poeng."
        )


def handed_in_ids(panel: Panel) -> set[UUID]:
    """The assignments that have a sheet: that there is one, not what it says."""
    found = Sheet.objects.filter(assignment__panel_case__panel=panel)
    return set(found.values_list("assignment_id", flat=True).distinct())


def history_of(panel: Panel, case_id: UUID, *, by: Actor) -> list[ShownSheet]:
    """Every sheet of a case that is opened, oldest first. Raises NotAllowed, StillBlind."""
    authorise(by, "panels.read", panel)
    refuse_blind(panel)
    found = Sheet.objects.filter(assignment__panel_case__panel=panel, assignment__panel_case__case_id=case_id)
    return _shown(
        found.select_related("assignment__assessor", "assignment__panel_case").order_by("handed_in_at")
    )


def next_number(assignment_id: UUID) -> int:
    return Sheet.objects.filter(assignment_id=assignment_id).count() + 1


def _newest(panel: Panel) -> list[ShownSheet]:
    """Without those of people who have declared an interest in the case, before or after they scored it."""
    found = Sheet.objects.filter(assignment__panel_case__panel=panel)
    rows = found.select_related("assignment__assessor", "assignment__panel_case")
    barred = interests_in(panel)
    newest = _shown(rows.order_by("assignment_id", "-number").distinct("assignment_id"))
    return [one for one in newest if (one.case_id, one.given_by) not in barred]


def _shown(rows: Iterable[Sheet]) -> list[ShownSheet]:
    return [
        ShownSheet(
            assignment_id=one.assignment_id,
            case_id=one.assignment.panel_case.case_id,
            given_by=one.assignment.assessor.person_id,
            number=one.number,
            scores=scores_from(one.scores),
            changed_why=one.changed_why,
            handed_in_at=one.handed_in_at,
        )
        for one in rows
    ]
