"""From lines somebody may decide to decisions: money moved, aid written down, letters and messages on their way.

The same for an approver and for what a board has decided. All in the transaction of the caller.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from runde.foundation.journal.api import Happening, record_many
from runde.foundation.notices.api import queue_notices
from runde.foundation.people.api import Actor, names_of
from runde.foundation.trust.api import insert_rows
from runde.grants.applications.api import assess_many
from runde.grants.schemes.api import Call, FundingSource, SchemeVersion

from ..domain.change import Standing
from ..domain.changed import Board
from ..domain.state_table import TABLE
from ..models import Award, Case, Decision, Proposal, ProposalLine
from ..queries.bodies import finals_for
from ..queries.cases import lock_cases
from ..queries.versions import get_version_for, last_moves, versions_of
from ..signals import decisions_made
from .aid import record_aid
from .appeal_decided import settle_decided
from .correspond import end_requests
from .freezing import keep_parts
from .keep_precedents import keep_precedents
from .making import Making, make_decisions, settled_source
from .money import NO_GRANT, Shares, Wish, carrying, hold_decided_sources, share_out, standings
from .moving_money import move_difference, owed_cases
from .own_letters import keep_own_letters
from .promised import depends_on, hold_waiting_sources
from .queue_letters import queue_letters
from .reserving import enter_reserve, money_came_back, ranks_for
from .telling import notices_about

Kind = Proposal.Kind


@dataclass(frozen=True, slots=True)
class Held:
    """What a proposal is about, held until the transaction ends. `sources` are those its grants may rest on."""

    proposal: Proposal
    lines: Sequence[ProposalLine]
    cases: Mapping[UUID, Case]
    call: Call
    sources: Sequence[FundingSource]


def hold_proposal(proposal: Proposal) -> Held:
    """Cases first, then money, before the first line in the journal: everybody waits in the same order."""
    lines = open_lines(proposal)
    cases = {case.id: case for case in lock_cases([line.case_id for line in lines])}
    call = Call.objects.select_related("scheme_version__form").get(id=proposal.call_id)
    before = [line.replaces for line in lines if line.replaces]
    return Held(proposal, lines, cases, call, _hold_sources(proposal, call, before))


def open_lines(proposal: Proposal) -> list[ProposalLine]:
    lines = ProposalLine.objects.filter(proposal=proposal, is_open=True)
    return list(lines.select_related("check_run", "case__application", "replaces"))


def _hold_sources(proposal: Proposal, call: Call, before: Sequence[Decision]) -> list[FundingSource]:
    """A conditional proposal rests on money that is not decided; one after a budget decision on that money alone."""
    if proposal.is_conditional:
        return hold_waiting_sources(call)
    sources = hold_decided_sources(call, also=carrying(before))
    if proposal.kind == Kind.BUDGET:
        return [one for one in sources if str(one.id) == proposal.terms["source_id"]]
    return sources


def carry_out(
    held: Held,
    kept: Sequence[ProposalLine],
    why: Mapping[UUID, str],
    *,
    by: Actor,
    at: datetime,
    board: Board | None = None,
) -> dict[str, Any]:
    """Make decisions of the kept lines, and give the other cases back. `why` says what took each of them out.

    Raises TooLittleMoney, GrantStands.
    """
    making = _gather(held, kept, by, at, board)
    decisions, awards = make_decisions(making)
    _store(decisions, awards, making)
    left_out = [_left_out(line, why) for line in held.lines if line.case_id in why]
    _close(held, kept, left_out)
    end_requests([line.case_id for line in kept], by, at)
    record_aid(decisions, held.call, at)
    keep_precedents(decisions, at)
    enter_reserve(decisions, making, at)
    settle_decided(decisions, by=by, at=at)
    _tell(decisions, awards, making, by, at)
    return _result(decisions, left_out)


def _gather(held: Held, kept: Sequence[ProposalLine], by: Actor, at: datetime, board: Board | None) -> Making:
    proposal, before = held.proposal, [line.replaces for line in kept if line.replaces]
    standing = standings(before)
    depends = depends_on(held.sources, kept, at) if proposal.is_conditional else {}
    shares = {} if proposal.is_conditional else _shares(held, kept, standing, at)
    named = {part.source_id for parts in shares.values() for part in parts} | set(depends.values())
    return Making(
        lines=kept,
        call=held.call,
        proposal=proposal,
        board=board,
        versions=_versions(held, kept),
        moves=last_moves([line.case_id for line in kept]),
        sources=FundingSource.objects.in_bulk(named | settled_source(proposal)),
        shares=shares,
        standing=standing,
        depends=depends,
        ranks=ranks_for(held.call.id, kept),
        finals=finals_for(kept),
        owed=owed_cases(before),
        prepared_by=proposal.prepared_by,
        names=names_of({proposal.prepared_by, by.person_id}),
        by=by,
        at=at,
    )


def _versions(held: Held, kept: Sequence[ProposalLine]) -> dict[UUID, SchemeVersion]:
    """Each case's own; a top-up may go by a newer one."""
    newer = held.proposal.terms.get("version_id")
    if not newer:
        return versions_of([line.case for line in kept])
    return dict.fromkeys((line.case_id for line in kept), get_version_for(held.call, UUID(newer)))


def _shares(
    held: Held, kept: Sequence[ProposalLine], standing: Mapping[UUID, Standing], at: datetime
) -> Shares:
    """Who pays each grant. The companies are judged by what was sealed with their applications."""
    moving = [line for line in kept if line.outcome == "granted" or line.case_id in standing]
    known = assess_many([line.case.application for line in moving], at)
    wishes = [
        Wish(line.case_id, line.amount_nok, assessment.values, standing.get(line.case_id, NO_GRANT))
        for line, assessment in zip(moving, known, strict=True)
    ]
    settling = held.proposal.kind == Kind.BUDGET
    return share_out(wishes, held.sources, timezone.localdate(at), settling=settling)


def _store(decisions: list[Decision], awards: list[Award], making: Making) -> None:
    keep_parts(making.freezing)
    insert_rows(decisions)
    keep_own_letters(decisions, making.at)
    Award.objects.bulk_create(awards, batch_size=2000)
    move_difference(decisions, making)


def _close(held: Held, kept: Sequence[ProposalLine], left_out: list[dict[str, Any]]) -> None:
    """The proposal is done with: kept cases are decided, left out ones go back where they came from."""
    proposal = held.proposal
    ProposalLine.objects.filter(id__in=[line.id for line in held.lines]).update(is_open=False)
    decided = {line.case_id for line in kept}
    Case.objects.filter(id__in=decided).update(state=TABLE.after("case", "decide", Case.State.PROPOSED))
    give_back([line for line in held.lines if line.case_id not in decided])
    proposal.state, proposal.left_out = Proposal.State.APPROVED, [*proposal.left_out, *left_out]
    proposal.save(update_fields=["state", "left_out"])


def give_back(lines: Collection[ProposalLine]) -> None:
    """Cases that were laid before somebody and not decided: open again, or decided as before."""
    waiting = Case.objects.filter(state=Case.State.PROPOSED)
    anew = [line.case_id for line in lines if line.replaces_id]
    first = [line.case_id for line in lines if not line.replaces_id]
    if first:
        waiting.filter(id__in=first).update(state=TABLE.after("case", "give_back", Case.State.PROPOSED))
    if anew:
        before = TABLE.after("case", "give_back", Case.State.PROPOSED, stands=True)
        waiting.filter(id__in=anew).update(state=before)


def _tell(decisions: list[Decision], awards: list[Award], making: Making, by: Actor, at: datetime) -> None:
    record_many([_decided(decision) for decision in decisions], by=by.person_id, at=at)
    queue_notices(notices_about(decisions, making.call, at=at), at=at)
    queue_letters([decision.id for decision in decisions], at)
    decisions_made.send(sender=Decision, decisions=decisions, awards=awards, by=by, at=at)
    if making.standing:
        money_came_back(making.call.id, by=by, at=at)


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
    if decision.depends_on:
        facts["depends_on"] = decision.depends_on
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
