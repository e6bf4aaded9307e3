from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from runde.foundation.approvals.api import ask_approval
from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Refused

from ..domain.lines import Line, as_checked, problem, settled_amount
from ..errors import CaseDecided, LinesRefused, NotDeclared, NothingLeft, listed
from ..models import Case, Decision, Proposal, ProposalLine
from ..queries.cases import declarations_by, latest_checks, latest_decisions, lock_cases
from ..queries.features import standing_of
from .comparing import Compared, compare_lines, refuse_unexplained
from .declare_impartiality import declare_missing
from .money import NO_GRANT, kept_parts, standings

KIND = "proposal"
BATCH = 500
WHY_INTEREST = "Du har meldt fra om at du ikke kan behandle saken."
WHY_CHANGED = "Saken er ikke lenger åpen."
WHY_WEIGH = "Saken må vurderes for seg."
WHY_DEPARTS = "Lignende saker er avgjort annerledes. Saken må vurderes for seg."


@dataclass(frozen=True, slots=True)
class Draft:
    """What a proposal is made from: the cases held, what is proposed for each, and what each rests on."""

    cases: Sequence[Case]
    lines: Mapping[UUID, Line]
    checks: Mapping[UUID, UUID]
    replaces: Mapping[UUID, Decision]


def propose(*, lines: Sequence[Line], by: Actor, at: datetime, declares_impartial: bool = False) -> Proposal:
    """Lay decisions before an approver, as one frozen set of cases in one call.

    `declares_impartial` is the officer's word, given on the page, for every case they have not spoken of; without
    it such cases stop the proposal (NotDeclared). Cases with the officer's declared interest, and cases that are
    no longer open, are left out and listed in the proposal's `left_out`. A line that goes past a criterion, or
    another way than like cases, must say why. Raises LinesRefused, NothingLeft, NotFound.
    """
    authorise(by, "casework.propose")
    _refuse_twice(lines)
    with transaction.atomic():
        cases = lock_cases([line.case_id for line in lines])
        _refuse_several_calls(cases)
        if declares_impartial:
            declare_missing([case for case in cases if case.state == Case.State.OPEN], by, at)
        left_out = _reasons_to_leave_out(cases, by, must_be=Case.State.OPEN)
        kept = [case for case in cases if case.id not in left_out]
        draft = Draft(
            kept, {line.case_id: line for line in lines}, latest_checks([case.id for case in kept]), {}
        )
        return _lay_before(draft, _listed(cases, left_out), by, at)


def propose_as_checked(
    *, case_ids: Collection[UUID], by: Actor, at: datetime, declares_impartial: bool = False
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
                "Ingen av sakene er klare. De må vurderes én for én.", left_out=_listed(cases, to_weigh)
            )
        proposal = propose(lines=lines, by=by, at=at, declares_impartial=declares_impartial)
        if to_weigh:
            proposal.left_out = [*proposal.left_out, *_listed(cases, to_weigh)]
            proposal.save(update_fields=["left_out"])
    return proposal


def _departing(cases: Sequence[Case], settled: Mapping[UUID, Line], at: datetime) -> Collection[UUID]:
    kept = [case for case in cases if case.id in settled]
    return compare_lines(kept, settled, latest_checks(settled), at).departures


def decide_anew(*, line: Line, by: Actor, at: datetime, declares_impartial: bool = False) -> Proposal:
    """Propose a new decision in a decided case, for instance after an appeal. Approved like any other.

    The amount is the new total. Of a grant that stands only the difference is set aside or goes back when it is
    approved, and only what has not left for the bank is paid. What brought the new decision about is its reason: it
    may go past criteria and like cases without coded reasons. Raises GrantStands for less than is in a bank file or
    paid, CaseDecided when the case has no decision or is being decided.
    """
    authorise(by, "casework.propose")
    with transaction.atomic():
        [case] = cases = lock_cases([line.case_id])
        before = latest_decisions([case.id]).get(case.id)
        if before is None or case.state != Case.State.DECIDED:
            raise CaseDecided(
                "Saken har ikke et vedtak som kan endres nå. Last siden på nytt og se hvor den er."
            )
        _refuse_below_paid(line, case, before)
        if declares_impartial:
            declare_missing(cases, by, at)
        left_out = _reasons_to_leave_out(cases, by, must_be=Case.State.DECIDED)
        kept = [case for case in cases if case.id not in left_out]
        draft = Draft(kept, {line.case_id: line}, latest_checks([case.id]), {case.id: before})
        return _lay_before(draft, _listed(cases, left_out), by, at)


def _refuse_below_paid(line: Line, case: Case, before: Decision) -> None:
    """Said early, while the officer is at work; looked at again under lock when it is approved."""
    standing = standings([before]).get(case.id, NO_GRANT)
    kept_parts(standing, settled_amount(line, standing_of(case)))


def _refuse_twice(lines: Sequence[Line]) -> None:
    if not lines:
        raise NothingLeft("Ingen saker er valgt. Gå til lista og velg saker.", left_out=[])
    if len({line.case_id for line in lines}) != len(lines):
        raise Refused("Samme sak er valgt to ganger. Ta ut den ene.")


def _refuse_several_calls(cases: Sequence[Case]) -> None:
    if len({case.call_id for case in cases}) > 1:
        raise Refused("Et forslag kan bare gjelde én utlysning. Lag ett forslag for hver.")


def _reasons_to_leave_out(cases: Sequence[Case], by: Actor, *, must_be: str) -> dict[UUID, str]:
    """Why each case falls out. Raises NotDeclared for cases the person has not spoken of."""
    spoken = declarations_by([by.person_id], [case.id for case in cases])
    why: dict[UUID, str] = {}
    silent = []
    for case in cases:
        word = spoken.get((case.id, by.person_id))
        if word is False:
            why[case.id] = WHY_INTEREST
        elif case.state != must_be:
            why[case.id] = WHY_CHANGED
        elif word is None:
            silent.append(case.number)
    if silent:
        raise NotDeclared(f"Si først fra om du kan behandle sakene: {listed(silent)}.", cases=silent)
    return why


def _listed(cases: Sequence[Case], why: Mapping[UUID, str]) -> list[dict[str, Any]]:
    return [
        {"case_id": str(case.id), "number": case.number, "why": why[case.id]}
        for case in cases
        if case.id in why
    ]


def _lay_before(draft: Draft, left_out: list[dict[str, Any]], by: Actor, at: datetime) -> Proposal:
    if not draft.cases:
        raise NothingLeft("Ingen av sakene kan være med i forslaget. Se hvorfor i lista.", left_out=left_out)
    _refuse_wrong_lines(draft)
    compared = compare_lines(draft.cases, draft.lines, draft.checks, at)
    refuse_unexplained([case for case in draft.cases if case.id not in draft.replaces], draft.lines, compared)
    proposal = Proposal.objects.create(
        call_id=draft.cases[0].call_id, prepared_by=by.person_id, prepared_at=at, left_out=left_out
    )
    lines = [_line(proposal, case, draft, compared) for case in draft.cases]
    ProposalLine.objects.bulk_create(lines, batch_size=BATCH)
    Case.objects.filter(id__in=[case.id for case in draft.cases]).update(state=Case.State.PROPOSED)
    ask_approval(kind=KIND, subject_id=proposal.id, by=by, at=at)
    record_many([_proposed(line) for line in lines], by=by.person_id, at=at)
    return proposal


def _refuse_wrong_lines(draft: Draft) -> None:
    found = {case.number: problem(draft.lines[case.id], standing_of(case)) for case in draft.cases}
    problems = {number: sentence for number, sentence in found.items() if sentence}
    if problems:
        number, sentence = next(iter(problems.items()))
        raise LinesRefused(f"Sak {number}: {sentence}", problems=problems)


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
