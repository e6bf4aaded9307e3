"""Everything about one case on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from runde.engine.rules import Verdict
from runde.foundation.documents.api import Version, list_documents
from runde.foundation.journal.api import PastEvent, events_of
from runde.foundation.notices.api import Notice, list_notices
from runde.foundation.people.api import Actor, authorise, may, names_of
from runde.foundation.trust.api import NotAllowed
from runde.grants.applications.api import Application

from ..domain.history import words_for
from ..domain.reasons import Reason, list_reasons
from ..errors import HasInterest
from ..models import Award, Case, Check, Decision, Impartiality, ProposalLine
from ..permissions import has_interest
from .cases import get_case


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the case's history; `who` is empty when the system itself acted."""

    at: datetime
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """The case with its newest check, who has said what of their impartiality, and what has been decided."""

    case: Case
    application: Application
    check: Check
    verdict: Verdict
    age_days: int
    assigned_to: str
    my_word: Impartiality | None
    declarations: tuple[Impartiality, ...]
    open_line: ProposalLine | None
    decisions: tuple[Decision, ...]
    awards: tuple[Award, ...]
    documents: tuple[Version, ...]
    notices: tuple[Notice, ...]
    history: tuple[Moment, ...]
    names: dict[UUID, str]
    may_propose: bool
    grant_reasons: tuple[Reason, ...]
    refusal_reasons: tuple[Reason, ...]


def case_page(case_id: UUID, *, by: Actor, at: datetime) -> CasePage:
    """The page of a case. At most fourteen SQL statements. Raises NotFound, NotAllowed, HasInterest.

    After a decision the check is the one it rests on: the case as it was when it was decided.

    Reading a case leaves a trace: pages call `read_case`, which writes it.
    """
    case = get_case(case_id)
    _refuse_interest(case, by)
    checks = list(case.checks.order_by("-number"))
    declarations = list(case.declarations.order_by("declared_at", "id"))
    lines = list(case.proposal_lines.select_related("proposal").order_by("proposal__prepared_at"))
    decisions = list(case.decisions.order_by("-number"))
    notices = list_notices("case", case.id)
    documents = list_documents("case", case.id) + list_documents("application", case.application_id)
    events = events_of([("case", case.id), ("application", case.application_id)])
    names = names_of(_people(case, declarations, lines, decisions, events))
    check = _check_in_force(checks, decisions)
    return CasePage(
        case=case,
        application=case.application,
        check=check,
        verdict=Verdict.from_dict(check.verdict),
        age_days=(at - case.opened_at).days,
        assigned_to=names.get(case.assigned_to, "") if case.assigned_to else "",
        my_word=_word_of(by, declarations),
        declarations=tuple(declarations),
        open_line=next((line for line in lines if line.is_open), None),
        decisions=tuple(decisions),
        awards=tuple(Award.objects.filter(decision__in=decisions).order_by("id")),
        documents=tuple(documents),
        notices=tuple(notices),
        history=_history(events, names),
        names=names,
        may_propose=may(by, "casework.propose", case) and case.state == Case.State.OPEN,
        grant_reasons=tuple(list_reasons("granted", case.lane)),
        refusal_reasons=tuple(list_reasons("refused", case.lane)),
    )


def _refuse_interest(case: Case, by: Actor) -> None:
    try:
        authorise(by, "casework.read", case)
    except NotAllowed:
        if has_interest(by, case):
            raise HasInterest(
                "Du har meldt fra om at du ikke kan behandle denne saken. En annen må ta den."
            ) from None
        raise


def _word_of(by: Actor, declarations: list[Impartiality]) -> Impartiality | None:
    mine = [one for one in declarations if one.person_id == by.person_id]
    return next((one for one in mine if not one.is_impartial), mine[0] if mine else None)


def _check_in_force(checks: list[Check], decisions: list[Decision]) -> Check:
    if not decisions:
        return checks[0]
    return next(check for check in checks if check.id == decisions[0].check_run_id)


def _people(
    case: Case,
    declarations: list[Impartiality],
    lines: list[ProposalLine],
    decisions: list[Decision],
    events: list[PastEvent],
) -> set[UUID]:
    people = {one.person_id for one in declarations} | {line.proposal.prepared_by for line in lines}
    people |= {decision.decided_by for decision in decisions} | {case.application.applicant_id}
    people |= {event.actor_id for event in events if event.actor_id}
    return people | ({case.assigned_to} if case.assigned_to else set())


def _history(events: Sequence[PastEvent], names: dict[UUID, str]) -> tuple[Moment, ...]:
    """From the journal, newest first; what has no words for people is left out."""
    told = ((event, words_for(event)) for event in events)
    return tuple(
        Moment(event.at, words, names.get(event.actor_id, "") if event.actor_id else "")
        for event, words in told
        if words
    )
