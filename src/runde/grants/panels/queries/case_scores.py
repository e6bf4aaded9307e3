"""One case in the panel: what each assessor gave and why, once the scores are opened."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from runde.foundation.people.api import Actor, names_of
from runde.foundation.trust.api import NotFound
from runde.grants.casework.api import HasInterest

from ..domain.ranking import Ranked
from ..models import Discussion, Panel, PanelCase
from .assessing import word_of
from .panels import get_panel
from .ranking import Standings, standings
from .sheets import ShownSheet, history_of


@dataclass(frozen=True, slots=True)
class CaseScores:
    """`ranked` is None for a case nobody has scored. `sheets` are those that count, `history` all of them."""

    found: Standings
    panel_case: PanelCase
    ranked: Ranked | None
    sheets: tuple[ShownSheet, ...]
    history: tuple[ShownSheet, ...]
    discussions: tuple[Discussion, ...]
    names: dict[UUID, str]


@dataclass(frozen=True, slots=True)
class PanelStanding:
    """Where a case is in its panel, for its own page: `ranked` is None until the scores are opened."""

    panel: Panel
    ranked: Ranked | None
    count: int
    above: int | None


def case_scores(panel: Panel, case_id: UUID, *, by: Actor) -> CaseScores:
    """Raises NotAllowed, StillBlind, NotFound, and HasInterest for who has declared one in the case."""
    found = standings(panel, by=by)
    if case_id not in found.cases:
        raise NotFound("Saken er ikke med i panelet. Gå tilbake til rangeringen.")
    if word_of(by.person_id, case_id) is False:
        raise HasInterest("Du har meldt fra om at du ikke kan vurdere denne søknaden.")
    history = history_of(panel, case_id, by=by)
    ranked = next((one for one in found.ranking.ranked if one.entry.case_id == case_id), None)
    counting = ranked.totals if ranked else {}
    newest = {one.given_by: one for one in history}
    notes = Discussion.objects.filter(panel_case=found.cases[case_id]).order_by("written_at", "id")
    people = {one.given_by for one in history} | {one.written_by for one in notes}
    return CaseScores(
        found=found,
        panel_case=found.cases[case_id],
        ranked=ranked,
        sheets=tuple(newest[who] for who in counting),
        history=tuple(history),
        discussions=tuple(notes),
        names=names_of(people),
    )


def panel_standing(case_id: UUID, *, by: Actor) -> PanelStanding | None:
    """None when the case is in no panel. Before the scores are opened it says only that there is one."""
    held = PanelCase.objects.filter(case_id=case_id).first()
    if held is None:
        return None
    panel = get_panel(held.panel_id)
    if panel.opened_at is None:
        return PanelStanding(panel, None, panel.cases.count(), None)
    found = standings(panel, by=by)
    ranked = next((one for one in found.ranking.ranked if one.entry.case_id == case_id), None)
    above = found.line.above if found.line and found.line_holds else None
    return PanelStanding(panel, ranked, len(found.ranking.ranked), above)
