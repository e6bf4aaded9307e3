"""What the approver signs: the unusual first, the money before and after, and a sample drawn by the system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F

from runde.foundation.approvals.api import Approval, get_latest
from runde.foundation.people.api import Actor, authorise, may, names_of
from runde.grants.precedents.api import first_sentence
from runde.grants.schemes.api import Call

from ..domain.deviating import is_weighed
from ..domain.lines import Line, Standing, deviates
from ..domain.sampling import SAMPLE, drawn
from ..domain.state_table import TABLE
from ..models import Case, Check, Proposal, ProposalLine, Treatment
from ..operations.laying import KIND
from .batching import near_ceiling_with
from .cases import declarations_by, latest_checks, number_key
from .funding_preview import FundingPreview
from .proposal_money import proposal_money
from .proposals import get_proposal


@dataclass(frozen=True, slots=True)
class LineRow:
    """One proposed decision. `deviates`: the officer went another way than the rules, or weighed what they leave open.

    `will_fall_out` says why approving would leave it out; empty when it would not. `unusual` are sentences on what the
    approver should look at: figures set by hand, like cases decided otherwise, a ceiling that is near. `set_by_hand`
    has the figures one by one, as `domain.overrides.Override` is stored; `near_ceiling` the sentence alone.
    """

    line: ProposalLine
    case: Case
    company_name: str
    deviates: bool
    will_fall_out: str
    unusual: tuple[str, ...] = ()
    set_by_hand: tuple[Mapping[str, Any], ...] = ()
    near_ceiling: str = ""


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """Count and sum are of the lines that can be approved. `why_not` says why the viewer may not, else it is empty.

    `criteria` names those that are deviated from, by their slug; `treatment` the body, when one is to decide.
    """

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
    criteria: Mapping[str, str] = field(default_factory=dict)
    treatment: Treatment | None = None

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
    every = _rows(proposal, call, by, at)
    sampled = [row.case.id for row in every]
    rows = [row for row in every if row.case.id not in set(leave_out) and not _is_gone(row, proposal)]
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
        deviating=tuple(row for row in kept if row.deviates or row.unusual),
        largest=tuple(sorted(granted, key=lambda row: row.line.amount_nok, reverse=True)[:SAMPLE]),
        sample=_sample(kept, sampled, proposal),
        funding=_funding(proposal, call, granted, at),
        left_out=tuple(proposal.left_out),
        why_not=_why_not(proposal, by),
        criteria=_criteria(kept),
        treatment=_treatment(proposal),
    )


def _criteria(rows: Iterable[LineRow]) -> dict[str, str]:
    """What each criterion deviated from requires, in the words of a check that rests on it. One statement, or none."""
    checks = {one["criterion"]: row.line.check_run_id for row in rows for one in row.line.deviations}
    if not checks:
        return {}
    verdicts = dict(Check.objects.filter(id__in=set(checks.values())).values_list("id", "verdict"))
    return {slug: _requirement(verdicts[check], slug) for slug, check in checks.items()}


def _requirement(verdict: Mapping[str, Any], slug: str) -> str:
    found = (one["texts"]["nb"]["requirement"] for one in verdict["criteria"] if one["slug"] == slug)
    return first_sentence(next(found, slug))


def _treatment(proposal: Proposal) -> Treatment | None:
    if proposal.route != Proposal.Route.BOARD:
        return None
    return Treatment.objects.filter(proposal=proposal).first()


def _is_gone(row: LineRow, proposal: Proposal) -> bool:
    """Left out when the proposal was approved."""
    return str(row.case.id) in {str(one["case_id"]) for one in proposal.left_out}


def _rows(proposal: Proposal, call: Call, by: Actor, at: datetime) -> list[LineRow]:
    """Every line by case number."""
    lines = ProposalLine.objects.filter(proposal=proposal)
    whole = lines.select_related("case__application", "replaces").defer("replaces__snapshot")
    found = list(whole.annotate(set_by_hand=F("check_run__overrides")))
    ids = [line.case_id for line in found]
    pending = proposal.state == Proposal.State.PENDING
    checks = latest_checks(ids) if pending else {}
    spoken = declarations_by([by.person_id, proposal.prepared_by], ids) if pending else {}
    near = _near_ceiling(found, call, at) if pending else {}
    rows = [
        LineRow(
            line=line,
            case=line.case,
            company_name=line.case.application.company_name,
            deviates=_deviates(line, proposal),
            will_fall_out=_why_it_falls_out(line, checks, spoken, proposal, by) if pending else "",
            unusual=_unusual(line, near.get(line.case_id, "")),
            set_by_hand=tuple(getattr(line, "set_by_hand", None) or ()),
            near_ceiling=near.get(line.case_id, ""),
        )
        for line in found
    ]
    return sorted(rows, key=lambda row: number_key(row.case.number))


def _near_ceiling(lines: Sequence[ProposalLine], call: Call, at: datetime) -> dict[UUID, str]:
    granted = {line.case_id: line for line in lines if line.outcome == "granted"}
    amounts = {case_id: line.amount_nok for case_id, line in granted.items()}
    return near_ceiling_with([line.case for line in granted.values()], amounts, call, at)


def _unusual(line: ProposalLine, near: str) -> tuple[str, ...]:
    by_hand = [str(one.get("reason", "")) for one in getattr(line, "set_by_hand", None) or []]
    found = [f"Satt for hånd: {reason}" for reason in by_hand]
    away = str(line.departs_from.get("sentence", "")) if line.departs_from else ""
    if away:
        found.append(f"{away} {line.departure_words}".strip())
    return tuple([*found, near] if near else found)


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


def _deviates(line: ProposalLine, proposal: Proposal) -> bool:
    """What terms or a ranking have done alike to many is no deviation in each case."""
    if proposal.terms:
        return False
    standing = Standing(line.case.lane, line.case.recommended_nok)
    proposed = Line(line.case_id, line.outcome, line.reason_code, line.amount_nok or None)
    if proposal.kind == Proposal.Kind.FIRST and not is_weighed(proposed):
        return False
    return standing.lane == "yellow" or deviates(proposed, standing)


def _funding(
    proposal: Proposal, call: Call, granted: Sequence[LineRow], at: datetime
) -> FundingPreview | None:
    if proposal.state != Proposal.State.PENDING:
        return None
    return proposal_money(proposal, call, [(row.line, row.case) for row in granted], at=at)


def _sample(rows: Sequence[LineRow], every: Sequence[UUID], proposal: Proposal) -> tuple[LineRow, ...]:
    """The same each time the page is opened: those that were drawn when the proposal was made, and are still in it."""
    chosen = set(drawn(sorted(every), proposal.id))
    return tuple(row for row in rows if row.case.id in chosen)


def _why_not(proposal: Proposal, by: Actor) -> str:
    if proposal.state != Proposal.State.PENDING:
        return "Forslaget er allerede behandlet."
    if proposal.route == Proposal.Route.BOARD:
        return "Dette skal til politisk behandling. Registrer hva som blir bestemt, i stedet for å godkjenne her."
    if proposal.prepared_by == by.person_id:
        return "Du kan ikke godkjenne det du har forberedt selv. En annen godkjenner må gjøre det."
    if not may(by, "casework.approve"):
        return "Det er godkjennere som kan godkjenne forslag til vedtak."
    return ""
