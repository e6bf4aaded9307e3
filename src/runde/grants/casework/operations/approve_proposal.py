from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.foundation.approvals.api import approve
from runde.foundation.journal.api import Happening, record_many
from runde.foundation.notices.api import queue_notices
from runde.foundation.people.api import Actor, authorise, names_of
from runde.foundation.trust.api import once
from runde.grants.applications.api import assess_many
from runde.grants.schemes.api import Call, FundingSource

from ..domain.change import Standing
from ..errors import NothingLeft
from ..models import Award, Case, Decision, Proposal, ProposalLine
from ..queries.cases import declarations_by, latest_checks, lock_cases, number_key
from ..queries.proposals import lock_pending_proposal
from ..queries.versions import last_moves, versions_of
from ..signals import decisions_made
from .aid import record_aid
from .appeal_decided import refuse_barred_by_appeals, settle_decided
from .appeal_money import use_set_aside
from .comparing import departed_meanwhile
from .correspond import end_requests
from .declare_impartiality import declare_missing
from .freezing import keep_parts
from .keep_precedents import keep_precedents
from .making import Making, make_decisions
from .money import NO_GRANT, Shares, Wish, carrying, hold_decided_sources, share_out, standings
from .moving_money import move_difference, owed_cases
from .own_letters import keep_own_letters
from .propose import KIND
from .queue_letters import queue_letters
from .storing import insert_rows
from .telling import notices_about

WHY_CHOSEN = "Tatt ut av godkjenneren."
WHY_CHANGED = "Saken er endret siden forslaget ble laget."
WHY_DEPARTS = "Lignende saker er avgjort annerledes siden forslaget ble laget."
WHY_APPROVER = "Godkjenneren har meldt fra om at hen ikke kan behandle saken."
WHY_PAID = "Mer enn det nye beløpet er allerede betalt eller ligger i en bankfil."
WHY_PREPARER = "Saksbehandleren har meldt fra om at hen ikke kan behandle saken."


@dataclass(frozen=True, slots=True)
class Approved:
    """What pressing the button did. `left_out` is `[{"case_id", "number", "why"}]`."""

    decision_ids: tuple[UUID, ...]
    granted: int
    refused: int
    sum_nok: Decimal
    left_out: tuple[dict[str, Any], ...]


def approve_proposal(
    *, proposal_id: UUID, leave_out: Collection[UUID] = (), key: str, by: Actor, at: datetime
) -> Approved:
    """Turn a proposal into decisions: awards, money set aside, letters and messages, all or none.

    Pressing the button is also the approver's word that they may work on the cases; the page must say so. Left
    out and listed: `leave_out` (case ids), cases where the approver or the preparer has declared an interest, and
    cases that have changed, or whose like were decided otherwise, since. The same `key` again gives the same
    answer; of two approvers one wins.

    Raises NotAllowed, OwnWork, AlreadyHandled, TookPart, TooLittleMoney, NothingLeft, NotFound.
    """
    authorise(by, "casework.approve")
    body = {"proposal": proposal_id, "leave_out": sorted(map(str, leave_out)), "by": by.person_id}
    with transaction.atomic():
        result = once(
            operation="casework.approve_proposal",
            key=key,
            body=body,
            at=at,
            work=lambda: _approve(proposal_id, frozenset(leave_out), by, at),
        )
    return _as_approved(result)


def _approve(proposal_id: UUID, leave_out: frozenset[UUID], by: Actor, at: datetime) -> dict[str, Any]:
    # Cases and money are held before the first line in the journal: everybody waits in the same order.
    proposal = lock_pending_proposal(proposal_id)
    lines = _open_lines(proposal)
    cases = {case.id: case for case in lock_cases([line.case_id for line in lines])}
    call = Call.objects.select_related("scheme_version__form").get(id=proposal.call_id)
    before = [line.replaces for line in lines if line.replaces]
    sources = hold_decided_sources(call, also=carrying(before))
    refuse_barred_by_appeals(lines, by)
    use_set_aside(lines, by=by, at=at)
    approve(kind=KIND, subject_id=proposal.id, by=by, at=at)
    why = _reasons_to_leave_out(lines, cases, leave_out, proposal, by)
    remaining = [line for line in lines if line.case_id not in why]
    why |= dict.fromkeys(departed_meanwhile(remaining, at), WHY_DEPARTS)
    kept = sorted(
        (line for line in lines if line.case_id not in why), key=lambda line: number_key(line.case.number)
    )
    if not kept:
        raise NothingLeft(
            "Ingen av sakene kan godkjennes nå. Send forslaget tilbake.", left_out=list(why.values())
        )
    declare_missing([cases[line.case_id] for line in kept], by, at)
    making = _gather(proposal, call, sources, kept, by, at)
    decisions, awards = make_decisions(making)
    _store(decisions, awards, making)
    left_out = [_left_out(line, why) for line in lines if line.case_id in why]
    _close(proposal, lines, kept, left_out)
    end_requests([line.case_id for line in kept], by, at)
    record_aid(decisions, call, at)
    keep_precedents(decisions, at)
    settle_decided(decisions, by=by, at=at)
    _tell(decisions, awards, making, by, at)
    return _result(decisions, left_out)


def _open_lines(proposal: Proposal) -> list[ProposalLine]:
    lines = ProposalLine.objects.filter(proposal=proposal, is_open=True)
    return list(lines.select_related("check_run", "case__application", "replaces"))


def _reasons_to_leave_out(
    lines: list[ProposalLine],
    cases: Mapping[UUID, Case],
    chosen: frozenset[UUID],
    proposal: Proposal,
    by: Actor,
) -> dict[UUID, str]:
    checks = latest_checks(cases.keys())
    spoken = declarations_by([by.person_id, proposal.prepared_by], cases.keys())
    why: dict[UUID, str] = {}
    for line in lines:
        case_id = line.case_id
        if case_id in chosen:
            why[case_id] = WHY_CHOSEN
        elif spoken.get((case_id, by.person_id)) is False:
            why[case_id] = WHY_APPROVER
        elif spoken.get((case_id, proposal.prepared_by)) is False:
            why[case_id] = WHY_PREPARER
        elif cases[case_id].state != Case.State.PROPOSED or checks[case_id] != line.check_run_id:
            why[case_id] = WHY_CHANGED
    return why | _paid_meanwhile([line for line in lines if line.case_id not in why])


def _paid_meanwhile(lines: list[ProposalLine]) -> dict[UUID, str]:
    """Cases that would get less than has left for the bank since they were proposed."""
    standing = standings([line.replaces for line in lines if line.replaces])
    return {
        line.case_id: WHY_PAID
        for line in lines
        if line.case_id in standing and line.amount_nok < standing[line.case_id].least_nok
    }


def _gather(
    proposal: Proposal,
    call: Call,
    sources: list[FundingSource],
    kept: list[ProposalLine],
    by: Actor,
    at: datetime,
) -> Making:
    before = [line.replaces for line in kept if line.replaces]
    standing = standings(before)
    shares = _shares(kept, standing, sources, at)
    return Making(
        lines=kept,
        call=call,
        versions=versions_of([line.case for line in kept]),
        moves=last_moves([line.case_id for line in kept]),
        sources=FundingSource.objects.in_bulk(
            {part.source_id for parts in shares.values() for part in parts}
        ),
        shares=shares,
        standing=standing,
        owed=owed_cases(before),
        prepared_by=proposal.prepared_by,
        names=names_of({proposal.prepared_by, by.person_id}),
        by=by,
        at=at,
    )


def _shares(
    kept: list[ProposalLine], standing: Mapping[UUID, Standing], sources: list[FundingSource], at: datetime
) -> Shares:
    """Who pays each grant. The companies are judged by what was sealed with their applications."""
    moving = [line for line in kept if line.outcome == "granted" or line.case_id in standing]
    known = assess_many([line.case.application for line in moving], at)
    wishes = [
        Wish(line.case_id, line.amount_nok, assessment.values, standing.get(line.case_id, NO_GRANT))
        for line, assessment in zip(moving, known, strict=True)
    ]
    return share_out(wishes, sources, timezone.localdate(at))


def _store(decisions: list[Decision], awards: list[Award], making: Making) -> None:
    keep_parts(making.freezing)
    insert_rows(decisions)
    keep_own_letters(decisions, making.at)
    Award.objects.bulk_create(awards, batch_size=2000)
    move_difference(decisions, making)


def _close(
    proposal: Proposal, lines: list[ProposalLine], kept: list[ProposalLine], left_out: list[dict[str, Any]]
) -> None:
    """The proposal is done with: kept cases are decided, left out ones go back where they came from."""
    ProposalLine.objects.filter(id__in=[line.id for line in lines]).update(is_open=False)
    decided = {line.case_id for line in kept}
    Case.objects.filter(id__in=decided).update(state=Case.State.DECIDED)
    give_back([line for line in lines if line.case_id not in decided])
    proposal.state, proposal.left_out = Proposal.State.APPROVED, [*proposal.left_out, *left_out]
    proposal.save(update_fields=["state", "left_out"])


def give_back(lines: Collection[ProposalLine]) -> None:
    """Cases that were laid before an approver and not decided: open again, or decided as before."""
    waiting = Case.objects.filter(state=Case.State.PROPOSED)
    anew = [line.case_id for line in lines if line.replaces_id]
    first = [line.case_id for line in lines if not line.replaces_id]
    if first:
        waiting.filter(id__in=first).update(state=Case.State.OPEN)
    if anew:
        waiting.filter(id__in=anew).update(state=Case.State.DECIDED)


def _tell(decisions: list[Decision], awards: list[Award], making: Making, by: Actor, at: datetime) -> None:
    record_many([_decided(decision) for decision in decisions], by=by.person_id, at=at)
    queue_notices(notices_about(decisions, making.call, at=at), at=at)
    queue_letters([decision.id for decision in decisions], at)
    decisions_made.send(sender=Decision, decisions=decisions, awards=awards, by=by, at=at)


def _decided(decision: Decision) -> Happening:
    facts = {
        "decision": decision.id,
        "number": decision.number,
        "outcome": decision.outcome,
        "amount_nok": decision.amount_nok,
        "reason_code": decision.reason_code,
        "prepared_by": decision.prepared_by,
        "seal": decision.seal,
    }
    return Happening("casework.decided", "case", decision.case_id, facts)


def _left_out(line: ProposalLine, why: Mapping[UUID, str]) -> dict[str, Any]:
    return {"case_id": str(line.case_id), "number": line.case.number, "why": why[line.case_id]}


def _result(decisions: list[Decision], left_out: list[dict[str, Any]]) -> dict[str, Any]:
    granted = [decision for decision in decisions if decision.outcome == "granted"]
    return {
        "decisions": [str(decision.id) for decision in decisions],
        "granted": len(granted),
        "refused": len(decisions) - len(granted),
        "sum_nok": str(sum((decision.amount_nok for decision in granted), Decimal(0))),
        "left_out": left_out,
    }


def _as_approved(result: dict[str, Any]) -> Approved:
    return Approved(
        decision_ids=tuple(UUID(decision_id) for decision_id in result["decisions"]),
        granted=result["granted"],
        refused=result["refused"],
        sum_nok=Decimal(result["sum_nok"]),
        left_out=tuple(result["left_out"]),
    )
