"""What an assessor sees: their own cases, the application, and nothing of what others think."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from runde.engine.rules import Verdict
from runde.foundation.documents.api import Version, list_documents
from runde.foundation.people.api import Actor, authorise
from runde.grants.applications.api import Application, load_versions
from runde.grants.casework.api import Check, Impartiality

from ..domain.criteria import Criterion, Scale
from ..domain.scoring import Score, scores_from
from ..models import Assignment, Panel
from .panels import criteria_of, scale_of
from .sheets import ShownSheet, handed_in_ids, visible_sheets


@dataclass(frozen=True, slots=True)
class MyCase:
    """One case in the assessor's own list: not begun, begun, handed in."""

    assignment: Assignment
    is_handed_in: bool
    has_draft: bool


@dataclass(frozen=True, slots=True)
class MyPanel:
    panel: Panel
    cases: tuple[MyCase, ...]

    @property
    def left(self) -> int:
        return sum(not one.is_handed_in for one in self.cases)


@dataclass(frozen=True, slots=True)
class SheetPage:
    """Everything for scoring one case. `word` is the assessor's own answer about impartiality, None before it."""

    assignment: Assignment
    panel: Panel
    application: Application
    criteria: tuple[Criterion, ...]
    scale: Scale
    word: bool | None
    mine: ShownSheet | None
    draft: tuple[Score, ...]
    verdict: Verdict | None
    documents: tuple[Version, ...]
    next_one: Assignment | None
    left: int


def my_panels(*, by: Actor) -> list[MyPanel]:
    """The panels the person scores in, with their own cases in case order."""
    rows = Assignment.objects.filter(
        assessor__person_id=by.person_id, assessor__left_at__isnull=True, end=""
    ).select_related("assessor", "panel_case__panel__call__scheme_version", "panel_case__case__application")
    panels: dict[UUID, tuple[Panel, list[Assignment]]] = {}
    for one in rows.order_by("panel_case__case__number", "id"):
        panel = one.panel_case.panel
        panels.setdefault(panel.id, (panel, []))[1].append(one)
    return [_mine(panel, given) for panel, given in panels.values()]


def _mine(panel: Panel, assignments: list[Assignment]) -> MyPanel:
    handed = handed_in_ids(panel)
    return MyPanel(panel, tuple(MyCase(one, one.id in handed, bool(one.draft)) for one in assignments))


def sheet_page(assignment: Assignment, *, by: Actor) -> SheetPage:
    """Before the person has said that they are impartial it holds nothing of the application. Raises NotAllowed."""
    authorise(by, "panels.assess", assignment)
    panel, case = assignment.panel_case.panel, assignment.panel_case.case
    word = word_of(by.person_id, case.id)
    own = [one for one in visible_sheets(panel, by=by) if one.assignment_id == assignment.id]
    mine = next((one for one in own if one.given_by == by.person_id), None)
    mine_of_panel = next((one for one in my_panels(by=by) if one.panel.id == panel.id), None)
    left = [one for one in (mine_of_panel.cases if mine_of_panel else ()) if not one.is_handed_in]
    others = [one.assignment for one in left if one.assignment.id != assignment.id]
    may_read = word is True
    if may_read:
        load_versions([case.application])
    return SheetPage(
        assignment=assignment,
        panel=panel,
        application=case.application,
        criteria=criteria_of(panel),
        scale=scale_of(panel),
        word=word,
        mine=mine,
        draft=scores_from(assignment.draft.get("scores", [])),
        verdict=_verdict(case.id) if may_read else None,
        documents=tuple(list_documents("application", case.application_id)) if may_read else (),
        next_one=others[0] if others else None,
        left=len(left),
    )


def word_of(person_id: UUID, case_id: UUID) -> bool | None:
    """Whether the person has said they are impartial; a declared interest wins. None when they have not spoken."""
    spoken = list(
        Impartiality.objects.filter(person_id=person_id, case_id=case_id).values_list(
            "is_impartial", flat=True
        )
    )
    return all(spoken) if spoken else None


def _verdict(case_id: UUID) -> Verdict | None:
    newest = Check.objects.filter(case_id=case_id).order_by("-number").first()
    return Verdict.from_dict(newest.verdict) if newest else None
