from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.people.api import Actor, authorise

from ..domain.lines import Line, as_checked, settled_amount
from ..domain.state_table import TABLE
from ..errors import CaseDecided, NothingLeft
from ..models import Case, Decision, Proposal
from ..queries.cases import latest_checks, latest_decisions, lock_cases
from ..queries.features import standing_of
from .comparing import compare_lines
from .declare_impartiality import declare_missing
from .laying import (
    Draft,
    How,
    lay_before,
    listed_cases,
    reasons_to_leave_out,
    refuse_several_calls,
    refuse_twice,
)
from .money import NO_GRANT, kept_parts, standings

WHY_WEIGH = "Saken må vurderes for seg."
WHY_DEPARTS = "Lignende saker er avgjort annerledes. Saken må vurderes for seg."
FIRST, ANEW = How(), How(kind=Proposal.Kind.ANEW)


def propose(
    *, lines: Sequence[Line], by: Actor, at: datetime, declares_impartial: bool = False, how: How = FIRST
) -> Proposal:
    """Lay decisions before an approver or a board, as one frozen set of cases in one call.

    `declares_impartial` is the officer's word, given on the page, for every case they have not spoken of; without
    it such cases stop the proposal (NotDeclared). Cases with the officer's declared interest, and cases that are
    no longer open, are left out and listed in the proposal's `left_out`. A line that goes past a criterion, or
    another way than like cases, must say why. Raises LinesRefused, NothingLeft, NotFound.
    """
    authorise(by, "casework.propose")
    refuse_twice(lines)
    with transaction.atomic():
        cases = lock_cases([line.case_id for line in lines])
        refuse_several_calls(cases)
        if declares_impartial:
            declare_missing([case for case in cases if TABLE.fits("case", "propose", case.state)], by, at)
        left_out = reasons_to_leave_out(cases, by, event="propose")
        kept = [case for case in cases if case.id not in left_out]
        checks = latest_checks([case.id for case in kept])
        draft = Draft(kept, {line.case_id: line for line in lines}, checks, {}, how)
        return lay_before(draft, listed_cases(cases, left_out), by, at)


def propose_as_checked(
    *,
    case_ids: Collection[UUID],
    by: Actor,
    at: datetime,
    declares_impartial: bool = False,
    how: How = FIRST,
) -> Proposal:
    """Propose what the rules alone lead to: ready cases granted as calculated, failing ones refused.

    Cases that a person must weigh, and those whose like were decided otherwise, are left out and listed. Raises as
    `propose`.
    """
    authorise(by, "casework.propose")
    with transaction.atomic():
        cases = lock_cases(case_ids)
        found = {case.id: as_checked(case.id, standing_of(case)) for case in cases}
        settled = {case_id: line for case_id, line in found.items() if line is not None}
        to_weigh = {case_id: WHY_WEIGH for case_id in found if case_id not in settled}
        to_weigh |= dict.fromkeys(_departing(cases, settled, at), WHY_DEPARTS)
        lines = [line for case_id, line in settled.items() if case_id not in to_weigh]
        if not lines:
            raise NothingLeft(
                "Ingen av sakene er klare. De må vurderes én for én.", left_out=listed_cases(cases, to_weigh)
            )
        proposal = propose(lines=lines, by=by, at=at, declares_impartial=declares_impartial, how=how)
        if to_weigh:
            proposal.left_out = [*proposal.left_out, *listed_cases(cases, to_weigh)]
            proposal.save(update_fields=["left_out"])
    return proposal


def _departing(cases: Sequence[Case], settled: Mapping[UUID, Line], at: datetime) -> Collection[UUID]:
    kept = [case for case in cases if case.id in settled]
    return compare_lines(kept, settled, latest_checks(settled), at).departures


def decide_anew(
    *, line: Line, by: Actor, at: datetime, declares_impartial: bool = False, how: How = ANEW
) -> Proposal:
    """Propose a new decision in a decided case, for instance after an appeal. Approved like any other.

    The amount is the new total. Of a grant that stands only the difference is set aside or goes back when it is
    approved, and only what has not left for the bank is paid. What brought the new decision about is its reason: it
    may go past criteria and like cases without coded reasons. Raises GrantStands for less than is in a bank file or
    paid, CaseDecided when the case has no decision or is being decided.
    """
    authorise(by, "casework.propose")
    with transaction.atomic():
        [case] = lock_cases([line.case_id])
        if not TABLE.fits("case", "propose_anew", case.state) or not case.decisions.exists():
            raise CaseDecided(
                "Saken har ikke et vedtak som kan endres nå. Last siden på nytt og se hvor den er."
            )
        return propose_changes(lines=[line], by=by, at=at, declares_impartial=declares_impartial, how=how)


def propose_changes(
    *,
    lines: Sequence[Line],
    by: Actor,
    at: datetime,
    how: How,
    declares_impartial: bool = False,
    checks: Mapping[UUID, UUID] | None = None,
) -> Proposal:
    """The same for many decided cases of one call. `checks` are those the amounts rest on, else the newest.

    Cases with the officer's interest, and those that have no decision to change now, are left out and listed.
    Raises GrantStands, LinesRefused, NothingLeft, NotDeclared, NotFound.
    """
    authorise(by, "casework.propose")
    refuse_twice(lines)
    with transaction.atomic():
        cases = lock_cases([line.case_id for line in lines])
        refuse_several_calls(cases)
        if declares_impartial:
            standing = [case for case in cases if TABLE.fits("case", "propose_anew", case.state)]
            declare_missing(standing, by, at)
        left_out = reasons_to_leave_out(cases, by, event="propose_anew")
        kept = [case for case in cases if case.id not in left_out]
        before = latest_decisions([case.id for case in kept])
        by_case = {line.case_id: line for line in lines}
        _refuse_below_paid(by_case, kept, before)
        rests_on = latest_checks([case.id for case in kept]) | dict(checks or {})
        draft = Draft(kept, by_case, rests_on, before, how)
        return lay_before(draft, listed_cases(cases, left_out), by, at)


def _refuse_below_paid(
    lines: Mapping[UUID, Line], cases: Sequence[Case], before: Mapping[UUID, Decision]
) -> None:
    """Said early, while the officer is at work; looked at again under lock when it is approved."""
    standing = standings(list(before.values()))
    for case in cases:
        kept_parts(standing.get(case.id, NO_GRANT), settled_amount(lines[case.id], standing_of(case)))
