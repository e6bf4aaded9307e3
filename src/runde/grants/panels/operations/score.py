from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Refused
from runde.grants.casework.api import HasInterest, NotDeclared, Proposal, declare_impartiality

from ..domain.scoring import Score, as_rows, problems_with
from ..errors import ScoresRefused, WrongStage
from ..models import Assignment, Panel, Sheet
from ..queries.assessing import word_of
from ..queries.panels import criteria_of, find_assignment, get_assignment, lock_panel, scale_of
from ..queries.ranking import newest_proposal
from ..queries.sheets import next_number
from .assigning import give_out, open_if_all_in


def declare(*, assignment_id: UUID, is_impartial: bool, reason: str = "", by: Actor, at: datetime) -> None:
    """The assessor's word before the application opens. With an interest the case goes to others, for good.

    Raises NotAllowed, AlreadyDeclared, Refused without a reason, and for one who may act for the applicant.
    """
    with transaction.atomic():
        assignment, panel = _held(assignment_id, by)
        application = assignment.panel_case.case.application
        if is_impartial and by.acts_for(application.organisation_number):
            raise Refused(
                f"Du kan opptre for {application.company_name}, og er derfor inhabil etter forvaltningsloven § 6. "
                "Svar nei, så går søknaden til en annen."
            )
        declare_impartiality(
            case_id=assignment.panel_case.case_id, is_impartial=is_impartial, reason=reason, by=by, at=at
        )
        if not is_impartial:
            _end(assignment, at)
            if panel.state == Panel.State.SCORING:
                give_out(panel)
                open_if_all_in(panel, by, at)


def save_draft(*, assignment_id: UUID, scores: Sequence[Score], by: Actor, at: datetime) -> None:
    """Keep what is typed, however unfinished, for the assessor alone. Raises NotAllowed, NotDeclared, HasInterest."""
    with transaction.atomic():
        assignment, _ = _held(assignment_id, by)
        _refuse_undeclared(assignment, by)
        assignment.draft = {"scores": as_rows(scores), "saved_at": at.isoformat()}
        assignment.save(update_fields=["draft"])


def hand_in(
    *, assignment_id: UUID, scores: Sequence[Score], changed_why: str = "", by: Actor, at: datetime
) -> Sheet:
    """Hand in the scores, or hand in anew. The last sheet of the panel opens the scores for all.

    After that a change takes a reason, and is impossible once a proposal has been made from the ranking. Raises
    NotAllowed, NotDeclared, HasInterest, ScoresRefused, WrongStage.
    """
    with transaction.atomic():
        assignment, panel = _held(assignment_id, by)
        _refuse_undeclared(assignment, by)
        is_open = panel.state == Panel.State.OPENED
        _refuse_wrong(scores, panel, changed_why if is_open else None)
        sheet = Sheet.objects.create(
            assignment=assignment,
            number=next_number(assignment.id),
            scores=as_rows(scores),
            is_after_opening=is_open,
            changed_why=changed_why.strip()[:500] if is_open else "",
            handed_in_at=at,
        )
        Assignment.objects.filter(id=assignment.id).update(draft={})
        # The journal tells that a sheet was handed in, never the points: it is read by more than the panel.
        record(
            action="panels.handed_in",
            subject_kind="panel",
            subject_id=panel.id,
            by=by.person_id,
            at=at,
            case=assignment.panel_case.case_id,
            sheet=sheet.id,
            after_opening=is_open,
        )
        open_if_all_in(panel, by, at)
    return sheet


def refuse_if_proposed(panel: Panel) -> None:
    """A ranking that lies before an approver, or is decided, stays as it is."""
    standing = newest_proposal(panel)
    if standing and standing.state != Proposal.State.RETURNED:
        raise WrongStage("Det er laget forslag til vedtak fra rangeringen. Den kan ikke endres nå.")


def _held(assignment_id: UUID, by: Actor) -> tuple[Assignment, Panel]:
    """Both as they stand with the panel held."""
    panel = lock_panel(find_assignment(assignment_id).panel_case.panel_id)
    assignment = get_assignment(assignment_id, by=by)
    if panel.state == Panel.State.PREPARING:
        raise WrongStage("Vurderingen har ikke begynt ennå.")
    refuse_if_proposed(panel)
    return assignment, panel


def _refuse_undeclared(assignment: Assignment, by: Actor) -> None:
    case = assignment.panel_case.case
    word = word_of(by.person_id, case.id)
    if word is None:
        raise NotDeclared("Si først fra om du kan vurdere søknaden.", cases=[case.number])
    if word is False:
        raise HasInterest("Du har meldt fra om at du ikke kan vurdere denne søknaden.")


def _refuse_wrong(scores: Sequence[Score], panel: Panel, changed_why: str | None) -> None:
    found = problems_with(scores, criteria_of(panel), scale_of(panel))
    problems = {f"{part}_{key}": sentence for (key, part), sentence in found.items()}
    if changed_why is not None and not changed_why.strip():
        problems["changed_why"] = "Skriv hvorfor du endrer poengene. Panelet har sett de første."
    if problems:
        raise ScoresRefused(next(iter(problems.values())), problems=problems)


def _end(assignment: Assignment, at: datetime) -> None:
    assignment.end, assignment.ended_at, assignment.draft = Assignment.End.INTEREST, at, {}
    assignment.save(update_fields=["end", "ended_at", "draft"])
