"""What the approver signs: the unusual first, the money before and after, and a sample drawn by the system."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from runde.foundation.approvals.api import Approval, get_latest
from runde.foundation.people.api import Actor, authorise, may, names_of
from runde.grants.schemes.api import Call

from ..domain.lines import Line, Standing, deviates
from ..domain.state_table import TABLE
from ..models import Case, Proposal, ProposalLine
from ..operations.laying import KIND
from .cases import declarations_by, latest_checks, number_key
from .funding_preview import FundingPreview, funding_preview
from .proposals import get_proposal

SAMPLE = 5


@dataclass(frozen=True, slots=True)
class LineRow:
    """One proposed decision. `deviates`: the officer went another way than the rules, or weighed what they leave open.

    `will_fall_out` says why approving would leave it out; empty when it would not.
    """

    line: ProposalLine
    case: Case
    company_name: str
    deviates: bool
    will_fall_out: str


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """Count and sum are of the lines that can be approved. `why_not` says why the viewer may not, else it is empty."""

    proposal: Proposal
    call: Call
    approval: Approval
    prepared_by: str
    decided_by: str
    rows: tuple[LineRow, ...]
    granted: int
    refused: int
    sum_nok: Decimal
    deviating: tuple[LineRow, ...]
    largest: tuple[LineRow, ...]
    sample: tuple[LineRow, ...]
    funding: FundingPreview | None
    left_out: tuple[dict[str, Any], ...]
    why_not: str

    @property
    def count(self) -> int:
        return self.granted + self.refused


def proposal_page(
    proposal_id: UUID, *, by: Actor, at: datetime, leave_out: Sequence[UUID] = ()
) -> ProposalPage:
    """The page of a proposal, without the cases in `leave_out`. A fixed number of SQL statements.

    Raises NotFound, NotAllowed.
    """
    authorise(by, "casework.list")
    proposal = get_proposal(proposal_id)
    call = Call.objects.select_related("scheme_version__form").get(id=proposal.call_id)
    rows = [row for row in _rows(proposal, by) if row.case.id not in set(leave_out)]
    kept = [row for row in rows if not row.will_fall_out]
    granted = [row for row in kept if row.line.outcome == "granted"]
    approval = get_latest(KIND, proposal.id)
    names = names_of({person for person in (proposal.prepared_by, approval.decided_by) if person})
    return ProposalPage(
        proposal=proposal,
        call=call,
        approval=approval,
        prepared_by=names.get(proposal.prepared_by, ""),
        decided_by=names.get(approval.decided_by, "") if approval.decided_by else "",
        rows=tuple(rows),
        granted=len(granted),
        refused=len(kept) - len(granted),
        sum_nok=sum((row.line.amount_nok for row in granted), Decimal(0)),
        deviating=tuple(row for row in kept if row.deviates),
        largest=tuple(sorted(granted, key=lambda row: row.line.amount_nok, reverse=True)[:SAMPLE]),
        sample=_sample(kept, proposal),
        funding=_funding(proposal, call, granted, at),
        left_out=tuple(proposal.left_out),
        why_not=_why_not(proposal, by),
    )


def _rows(proposal: Proposal, by: Actor) -> list[LineRow]:
    """Every line by case number, except those an approval has left out."""
    found = list(ProposalLine.objects.filter(proposal=proposal).select_related("case__application"))
    ids = [line.case_id for line in found]
    pending = proposal.state == Proposal.State.PENDING
    checks = latest_checks(ids) if pending else {}
    spoken = declarations_by([by.person_id, proposal.prepared_by], ids) if pending else {}
    gone = {str(one["case_id"]) for one in proposal.left_out}
    rows = [
        LineRow(
            line=line,
            case=line.case,
            company_name=line.case.application.company_name,
            deviates=_deviates(line),
            will_fall_out=_why_it_falls_out(line, checks, spoken, proposal, by) if pending else "",
        )
        for line in found
        if str(line.case_id) not in gone
    ]
    return sorted(rows, key=lambda row: number_key(row.case.number))


def _why_it_falls_out(
    line: ProposalLine,
    checks: dict[UUID, UUID],
    spoken: dict[tuple[UUID, UUID], bool],
    proposal: Proposal,
    by: Actor,
) -> str:
    """The same reasons, in the same order, as when the proposal is approved."""
    if spoken.get((line.case_id, by.person_id)) is False:
        return "Du har meldt fra om at du ikke kan behandle saken."
    if spoken.get((line.case_id, proposal.prepared_by)) is False:
        return "Saksbehandleren har meldt fra om at hen ikke kan behandle saken."
    if not TABLE.fits("case", "decide", line.case.state) or checks[line.case_id] != line.check_run_id:
        return "Saken er endret siden forslaget ble laget."
    return ""


def _deviates(line: ProposalLine) -> bool:
    standing = Standing(line.case.lane, line.case.recommended_nok)
    proposed = Line(line.case_id, line.outcome, line.reason_code, line.amount_nok or None)
    return standing.lane == "yellow" or deviates(proposed, standing)


def _funding(
    proposal: Proposal, call: Call, granted: Sequence[LineRow], at: datetime
) -> FundingPreview | None:
    if proposal.state != Proposal.State.PENDING:
        return None
    return funding_preview(call, [(row.case, row.line.amount_nok) for row in granted], at=at)


def _sample(rows: Sequence[LineRow], proposal: Proposal) -> tuple[LineRow, ...]:
    """The same five each time the page is opened, drawn from the proposal's own id."""
    drawn = random.Random(proposal.id.int).sample(range(len(rows)), min(SAMPLE, len(rows)))  # noqa: S311
    return tuple(rows[place] for place in sorted(drawn))


def _why_not(proposal: Proposal, by: Actor) -> str:
    if proposal.state != Proposal.State.PENDING:
        return "Forslaget er allerede behandlet."
    if proposal.prepared_by == by.person_id:
        return "Du kan ikke godkjenne det du har forberedt selv. En annen godkjenner må gjøre det."
    if not may(by, "casework.approve"):
        return "Det er godkjennere som kan godkjenne forslag til vedtak."
    return ""
