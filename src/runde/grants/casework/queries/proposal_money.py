"""What a proposal does to the money, before anybody has approved it: by the same sharing out as the approval itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from runde.grants.applications.api import assess_many
from runde.grants.schemes.api import Call, FundingSource

from ..domain.change import Standing
from ..errors import GrantStands, TooLittleMoney
from ..models import Case, Proposal, ProposalLine
from ..operations.money import NO_GRANT, Shares, Wish, decided_sources, pots_of, share_out, standings
from ..operations.promised import depends_on, waiting_pots, waiting_sources
from .funding_preview import FundingPreview, SourceShare, funding_preview

NOTHING = Decimal(0)


def proposal_money(
    proposal: Proposal, call: Call, granted: Sequence[tuple[ProposalLine, Case]], *, at: datetime
) -> FundingPreview:
    """The sources it rests on by rank, and what it takes of each in NOK. A fixed number of SQL statements.

    A conditional one rests on money that is not decided, and takes nothing of the rest; one that replaces decisions
    moves only the difference. Each line comes with its case and application, and the decision it replaces.
    """
    lines = [line for line, _case in granted]
    if proposal.is_conditional:
        return _promised(call, lines, at)
    if proposal.kind == Proposal.Kind.FIRST:
        return funding_preview(call, [(case, line.amount_nok) for line, case in granted], at=at)
    return _changed(proposal, call, lines, at)


def _promised(call: Call, lines: Sequence[ProposalLine], at: datetime) -> FundingPreview:
    sources = waiting_sources(call)
    free = {pot.source_id: pot.left_nok for pot in waiting_pots(sources, but=[one.case_id for one in lines])}
    taken: dict[UUID, Decimal] = {}
    short = ""
    try:
        waits_for = depends_on(sources, lines, at)
        for line in lines:
            source = waits_for[line.case_id]
            taken[source] = taken.get(source, NOTHING) + line.amount_nok
    except TooLittleMoney as refusal:
        short = refusal.sentence
    return _shown(sources, free, taken, short)


def _changed(proposal: Proposal, call: Call, lines: Sequence[ProposalLine], at: datetime) -> FundingPreview:
    settling = proposal.kind == Proposal.Kind.BUDGET
    sources = decided_sources(call)
    if settling:
        sources = [one for one in sources if str(one.id) == proposal.terms["source_id"]]
    standing = standings([line.replaces for line in lines if line.replaces])
    known = assess_many([line.case.application for line in lines], at)
    wishes = [
        Wish(line.case_id, line.amount_nok, one.values, standing.get(line.case_id, NO_GRANT))
        for line, one in zip(lines, known, strict=True)
    ]
    free = {pot.source_id: pot.left_nok for pot in pots_of(sources, settling=settling)}
    try:
        shares = share_out(wishes, sources, timezone.localdate(at), settling=settling)
    except (TooLittleMoney, GrantStands) as refusal:
        return _shown(sources, free, {}, refusal.sentence)
    return _shown(sources, free, _moved(shares, list(standing.values())), "")


def _moved(shares: Shares, standing: Sequence[Standing]) -> dict[UUID, Decimal]:
    """What is taken of each source beyond what stands there already; below nothing where it gets money back."""
    moved: dict[UUID, Decimal] = {}
    for part in (part for parts in shares.values() for part in parts):
        moved[part.source_id] = moved.get(part.source_id, NOTHING) + part.amount_nok
    for part in (part for one in standing for part in one.parts):
        moved[part.source_id] = moved.get(part.source_id, NOTHING) - part.amount_nok
    return moved


def _shown(
    sources: Sequence[FundingSource], free: dict[UUID, Decimal], taken: dict[UUID, Decimal], short: str
) -> FundingPreview:
    return FundingPreview(
        tuple(SourceShare(one, free[one.id], taken.get(one.id, NOTHING)) for one in sources), short
    )
