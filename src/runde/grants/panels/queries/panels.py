from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from runde.foundation.people.api import Actor, authorise, may
from runde.foundation.trust.api import NotFound
from runde.grants.casework.api import Impartiality

from ..domain.criteria import Criterion, Scale, criteria_from
from ..domain.ranking import Rules
from ..models import Assessor, Assignment, Panel, PanelCase

LOST = "Vi finner ikke panelet. Gå tilbake til lista over paneler."


def get_panel(panel_id: UUID) -> Panel:
    """The panel with its call and scheme version. Raises NotFound."""
    found = Panel.objects.select_related("call__scheme_version").filter(id=panel_id).first()
    if found is None:
        raise NotFound(LOST)
    return found


def lock_panel(panel_id: UUID) -> Panel:
    """The panel, held until the transaction ends. Raises NotFound."""
    if Panel.objects.select_for_update().filter(id=panel_id).first() is None:
        raise NotFound(LOST)
    return get_panel(panel_id)


def find_panel_of(call_id: UUID) -> Panel | None:
    return Panel.objects.select_related("call__scheme_version").filter(call_id=call_id).first()


def list_panels(*, by: Actor) -> list[Panel]:
    """Those the person may read, the nearest deadline first."""
    every = Panel.objects.select_related("call__scheme_version").order_by("score_by_date", "id")
    return [panel for panel in every if may(by, "panels.read", panel)]


def criteria_of(panel: Panel) -> tuple[Criterion, ...]:
    return criteria_from(panel.criteria)


def scale_of(panel: Panel) -> Scale:
    return Scale(panel.lowest, panel.highest)


def rules_of(panel: Panel) -> Rules:
    return Rules(criteria_of(panel), panel.tie_rule, Fraction(panel.discuss_from), str(panel.id))


def active_assessors(panel: Panel) -> list[Assessor]:
    return list(panel.assessors.filter(left_at__isnull=True).order_by("invited_at", "id"))


def get_assignment(assignment_id: UUID, *, by: Actor) -> Assignment:
    """The person's own, with its panel, case and application. Raises NotFound, NotAllowed."""
    found = find_assignment(assignment_id)
    authorise(by, "panels.assess", found)
    return found


def find_assignment(assignment_id: UUID) -> Assignment:
    """Anybody's, with what is typed in it: for operations, never for a page. Raises NotFound."""
    found = (
        Assignment.objects.select_related(
            "assessor", "panel_case__panel__call__scheme_version", "panel_case__case__application"
        )
        .filter(id=assignment_id)
        .first()
    )
    if found is None:
        raise NotFound("Vi finner ikke vurderingen. Gå tilbake til lista di.")
    return found


def interests_in(panel: Panel) -> set[tuple[UUID, UUID]]:
    """(case, person) for every declared interest in the panel's cases, wherever it was declared."""
    cases = PanelCase.objects.filter(panel=panel).values("case_id")
    rows = Impartiality.objects.filter(case_id__in=cases, is_impartial=False)
    return set(rows.values_list("case_id", "person_id"))


def standing_assignments(panel: Panel) -> list[Assignment]:
    """Those that are expected to give a sheet or have given one: none of an interest, each with its case."""
    barred = interests_in(panel)
    found = Assignment.objects.filter(panel_case__panel=panel).exclude(end=Assignment.End.INTEREST)
    rows = found.select_related("assessor", "panel_case__case").order_by("panel_case__case__number", "id")
    return [one for one in rows if (one.panel_case.case_id, one.assessor.person_id) not in barred]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the scoring has come, without a word of what anybody thinks. `by_person` is (given, expected).

    `without` are the numbers of cases that nobody is to score and nobody has scored.
    """

    by_person: Mapping[UUID, tuple[int, int]]
    without: tuple[str, ...]

    @property
    def given(self) -> int:
        return sum(given for given, _ in self.by_person.values())

    @property
    def expected(self) -> int:
        return sum(expected for _, expected in self.by_person.values())

    @property
    def is_all_in(self) -> bool:
        return self.expected > 0 and self.given == self.expected and not self.without


def progress(panel: Panel, *, by: Actor) -> Progress:
    """Raises NotAllowed."""
    authorise(by, "panels.read", panel)
    return progress_of(panel)


def progress_of(panel: Panel) -> Progress:
    from .sheets import handed_in_ids

    handed = handed_in_ids(panel)
    counts: dict[UUID, tuple[int, int]] = {}
    covered = set()
    for one in standing_assignments(panel):
        has = one.id in handed
        if one.end and not has:
            continue
        given, expected = counts.get(one.assessor.person_id, (0, 0))
        counts[one.assessor.person_id] = (given + has, expected + 1)
        covered.add(one.panel_case_id)
    every = PanelCase.objects.filter(panel=panel).select_related("case").order_by("case__number")
    return Progress(counts, tuple(one.case.number for one in every if one.id not in covered))
