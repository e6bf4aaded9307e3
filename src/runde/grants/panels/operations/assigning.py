"""Cases given to assessors, and the scores opened when the last sheet is in. For operations that hold the panel."""

from __future__ import annotations

from datetime import datetime

from runde.foundation.journal.api import record
from runde.foundation.notices.api import queue_notices
from runde.foundation.people.api import Actor

from ..domain.sharing import share_out
from ..models import Assignment, Panel, PanelCase
from ..queries.panels import active_assessors, interests_in, progress_of
from .telling import opened


def give_out(panel: Panel) -> None:
    """Give each case the assessors it lacks, evenly. Nobody gets a case they have declared an interest in."""
    cases = list(PanelCase.objects.filter(panel=panel).order_by("case__opened_at", "case__number", "id"))
    assessors = active_assessors(panel)
    person = {one.id: one.person_id for one in assessors}
    barred = interests_in(panel)
    given = list(Assignment.objects.filter(panel_case__panel=panel).select_related("panel_case", "assessor"))
    ended = {(one.panel_case_id, one.assessor_id) for one in given if one.end}
    apart = {
        (one.id, who)
        for one in cases
        for who in person
        if (one.case_id, person[who]) in barred or (one.id, who) in ended
    }
    shared = share_out(
        [one.id for one in cases],
        list(person),
        panel.per_case,
        barred=apart,
        standing={
            one.id: {
                held.assessor_id
                for held in given
                if held.panel_case_id == one.id
                and not held.end
                and (one.case_id, held.assessor.person_id) not in barred
            }
            for one in cases
        },
    )
    Assignment.objects.bulk_create(
        Assignment(panel_case_id=case, assessor_id=who) for case, people in shared.items() for who in people
    )


def open_if_all_in(panel: Panel, by: Actor, at: datetime) -> None:
    """The last sheet opens the scores for all at the same moment."""
    if panel.state == Panel.State.SCORING and progress_of(panel).is_all_in:
        open_scores(panel, "", by, at)


def open_scores(panel: Panel, why: str, by: Actor, at: datetime) -> None:
    panel.state, panel.opened_at = Panel.State.OPENED, at
    panel.opened_by, panel.opened_why = by.person_id, why
    panel.save(update_fields=["state", "opened_at", "opened_by", "opened_why"])
    record(
        action="panels.opened", subject_kind="panel", subject_id=panel.id, by=by.person_id, at=at, reason=why
    )
    queue_notices([opened(panel)], at=at)
