"""Laying decisions before whoever makes them: one frozen set of lines, whatever brought it about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from runde.foundation.approvals.api import ask_approval
from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Refused, insert_rows

from ..domain.lines import Line, problem, settled_amount
from ..domain.state_table import TABLE
from ..errors import LinesRefused, NotDeclared, NothingLeft, listed
from ..models import Case, Decision, Proposal, ProposalLine, Treatment
from ..queries.cases import declarations_by
from ..queries.features import standing_of
from .comparing import Compared, compare_lines, refuse_unexplained
from .draw_sample import draw_sample

KIND = "proposal"
WHY_INTEREST = "Du har meldt fra om at du ikke kan behandle saken."
WHY_CHANGED = "Saken er ikke lenger åpen."


@dataclass(frozen=True, slots=True)
class ToBoard:
    """The body a proposal goes to, the day it meets, and its own number for the matter when it is known."""

    body: str
    meeting_date: date
    agenda_reference: str = ""


@dataclass(frozen=True, slots=True)
class How:
    """What brought a proposal about, by which terms, and who decides it.

    With terms, the amounts follow from them and need no words of their own. A conditional one rests on money that has
    not been decided.
    """

    kind: str = Proposal.Kind.FIRST
    terms: Mapping[str, Any] = field(default_factory=dict)
    is_conditional: bool = False
    board: ToBoard | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a proposal is made from: the cases held, what is proposed for each, and what each rests on."""

    cases: Sequence[Case]
    lines: Mapping[UUID, Line]
    checks: Mapping[UUID, UUID]
    replaces: Mapping[UUID, Decision]
    how: How = How()


def lay_before(draft: Draft, left_out: list[dict[str, Any]], by: Actor, at: datetime) -> Proposal:
    """Freeze the lines as a proposal. Raises NothingLeft, LinesRefused."""
    if not draft.cases:
        raise NothingLeft("Ingen av sakene kan være med i forslaget. Se hvorfor i lista.", left_out=left_out)
    _refuse_wrong_lines(draft)
    compared = compare_lines(draft.cases, draft.lines, draft.checks, at)
    refuse_unexplained([case for case in draft.cases if case.id not in draft.replaces], draft.lines, compared)
    proposal = _proposal(draft, left_out, by, at)
    lines = [_line(proposal, case, draft, compared) for case in draft.cases]
    insert_rows(lines)
    event = "propose_anew" if draft.replaces else "propose"
    after = TABLE.after("case", event, draft.cases[0].state)
    Case.objects.filter(id__in=[case.id for case in draft.cases]).update(state=after)
    ask_approval(kind=KIND, subject_id=proposal.id, by=by, at=at)
    draw_sample(proposal, [line.case_id for line in lines], by, at)
    record_many([_proposed(line) for line in lines], by=by.person_id, at=at)
    return proposal


def refuse_twice(lines: Sequence[Line]) -> None:
    if not lines:
        raise NothingLeft("Ingen saker er valgt. Gå til lista og velg saker.", left_out=[])
    if len({line.case_id for line in lines}) != len(lines):
        raise Refused("Samme sak er valgt to ganger. Ta ut den ene.")


def refuse_several_calls(cases: Sequence[Case]) -> None:
    if len({case.call_id for case in cases}) > 1:
        raise Refused("Et forslag kan bare gjelde én utlysning. Lag ett forslag for hver.")


def reasons_to_leave_out(cases: Sequence[Case], by: Actor, *, event: str) -> dict[UUID, str]:
    """Why each case falls out. Raises NotDeclared for cases the person has not spoken of."""
    spoken = declarations_by([by.person_id], [case.id for case in cases])
    why: dict[UUID, str] = {}
    silent = []
    for case in cases:
        word = spoken.get((case.id, by.person_id))
        if word is False:
            why[case.id] = WHY_INTEREST
        elif not TABLE.fits("case", event, case.state):
            why[case.id] = WHY_CHANGED
        elif word is None:
            silent.append(case.number)
    if silent:
        raise NotDeclared(f"Si først fra om du kan behandle sakene: {listed(silent)}.", cases=silent)
    return why


def listed_cases(cases: Sequence[Case], why: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """As a proposal keeps what fell out."""
    return [
        {"case_id": str(case.id), "number": case.number, "why": why[case.id]}
        for case in cases
        if case.id in why
    ]


def _refuse_wrong_lines(draft: Draft) -> None:
    by_terms = bool(draft.how.terms)
    found = {
        case.number: problem(draft.lines[case.id], standing_of(case), by_terms=by_terms)
        for case in draft.cases
    }
    problems = {number: sentence for number, sentence in found.items() if sentence}
    if problems:
        number, sentence = next(iter(problems.items()))
        raise LinesRefused(f"Sak {number}: {sentence}", problems=problems)


def _proposal(draft: Draft, left_out: list[dict[str, Any]], by: Actor, at: datetime) -> Proposal:
    how, board = draft.how, draft.how.board
    proposal = Proposal.objects.create(
        call_id=draft.cases[0].call_id,
        prepared_by=by.person_id,
        prepared_at=at,
        left_out=left_out,
        kind=how.kind,
        route=Proposal.Route.BOARD if board else Proposal.Route.DELEGATED,
        is_conditional=how.is_conditional,
        terms=dict(how.terms),
    )
    if board:
        Treatment.objects.create(
            proposal=proposal,
            body=board.body.strip(),
            meeting_date=board.meeting_date,
            agenda_reference=board.agenda_reference.strip(),
        )
    return proposal


def _line(proposal: Proposal, case: Case, draft: Draft, compared: Compared) -> ProposalLine:
    line = draft.lines[case.id]
    return ProposalLine(
        proposal=proposal,
        case=case,
        check_run_id=draft.checks[case.id],
        replaces=draft.replaces.get(case.id),
        outcome=line.outcome,
        amount_nok=settled_amount(line, standing_of(case)),
        reason_code=line.reason_code,
        reason_text=line.reason_text.strip(),
        reserve_rank=line.reserve_rank,
        reserve_nok=line.reserve_nok,
        **compared.explained(line),
    )


def _proposed(line: ProposalLine) -> Happening:
    facts = {
        "proposal": line.proposal_id,
        "check": line.check_run_id,
        "outcome": line.outcome,
        "amount_nok": line.amount_nok,
        "reason_code": line.reason_code,
        "deviations": len(line.deviations),
        "departure_code": line.departure_code,
    }
    return Happening("casework.proposed", "case", line.case_id, facts)
