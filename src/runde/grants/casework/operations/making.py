"""From approved lines to decisions with frozen snapshots. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from runde.engine.reference.api import deadline, next_working_day
from runde.foundation.organisations.api import get_tenant
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import current_tenant, new_id
from runde.grants.applications.api import Application, account_in, load_versions
from runde.grants.letters.api import LetterWords, decision_kind, words_for
from runde.grants.schemes.api import Call, FundingSource, SchemeVersion

from ..domain.change import Standing
from ..domain.changed import Board, Change, fields_told
from ..domain.evidence import Freezing
from ..domain.final import Final
from ..domain.snapshot import (
    Applicant,
    Authority,
    FollowUp,
    Funding,
    Move,
    Outcome,
    Scheme,
    Weighing,
    make_snapshot,
    seal_over,
)
from ..domain.words import as_language
from ..models import Award, CaseMove, Decision, Proposal, ProposalLine
from .changing import change_of
from .freezing import gather_evidence
from .money import Shares


@dataclass(frozen=True, slots=True)
class Making:
    """Everything decisions are made from, read once for all of them."""

    lines: Sequence[ProposalLine]
    call: Call
    proposal: Proposal
    versions: Mapping[UUID, SchemeVersion]
    """The version each case is judged by; its texts and legal basis are what the letter rests on."""
    moves: Mapping[UUID, CaseMove]
    sources: Mapping[UUID, FundingSource]
    shares: Shares
    standing: Mapping[UUID, Standing]
    """What the decisions that are replaced carry now, by case."""
    owed: frozenset[UUID]
    """Cases whose grant is owed already: accepted, or one that need not be."""
    prepared_by: UUID
    names: Mapping[UUID, str]
    by: Actor
    at: datetime
    depends: Mapping[UUID, UUID] = field(default_factory=dict)
    """The source a conditional grant waits for, by case."""
    ranks: Mapping[UUID, int] = field(default_factory=dict)
    """The place on the reserve list a refusal gives, by case."""
    board: Board | None = None
    finals: Mapping[UUID, Final] = field(default_factory=dict)
    """The appeal body's word that is carried out, by case."""
    freezing: Freezing = field(default_factory=Freezing)
    """Filled on the way: what the decisions rest on and share."""

    @property
    def on(self) -> date:
        return timezone.localdate(self.at)


def make_decisions(making: Making) -> tuple[list[Decision], list[Award]]:
    """The decisions with their snapshots and seals, and the awards, in the order of the lines.

    What they rest on is gathered in `making.freezing`; whoever stores them, keeps it (`keep_parts`).
    """
    authority = _authority()
    load_versions([line.case.application for line in making.lines])
    evidence = gather_evidence(making.lines, making.versions, making.on, making.freezing)
    own = words_for(
        scheme_id=making.call.scheme_version.scheme_id, case_ids=[line.case_id for line in making.lines]
    )
    decisions, awards = [], []
    for line in making.lines:
        decision = _decision(line, making)
        shared, change = _awards(decision, making.shares), change_of(decision, line, making)
        decision.snapshot = make_snapshot(
            authority=authority,
            scheme=_scheme(making.call, making.versions[line.case_id]),
            applicant=_applicant(line.case.application),
            outcome=_outcome(decision, line, making),
            funding=[_funding(award, making.sources[award.source_id]) for award in shared],
            verdict=line.check_run.verdict,
            move=_move(line.case_id, making),
            follow_up=_follow_up(decision),
            weighing=_weighing(decision),
            change=change,
            board=making.board,
            final=making.finals.get(line.case_id),
            letter=_letter(decision, line, own, change),
        )
        decision.snapshot["evidence"] = evidence.part(line)
        decision.seal = seal_over(decision.snapshot)
        decisions.append(decision)
        awards += shared
    return decisions, awards


def _decision(line: ProposalLine, making: Making) -> Decision:
    return Decision(
        id=new_id(),
        case=line.case,
        number=line.replaces.number + 1 if line.replaces else 1,
        replaces=line.replaces,
        proposal=making.proposal,
        check_run=line.check_run,
        outcome=line.outcome,
        amount_nok=line.amount_nok,
        reason_code=line.reason_code,
        reason_text=line.reason_text,
        deviations=line.deviations,
        departure_code=line.departure_code,
        departure_words=line.departure_words,
        prepared_by=making.prepared_by,
        decided_by=making.by.person_id,
        decided_at=making.at,
        appeal_by_date=deadline("appeal", making.on),
        accept_by_date=_accept_by(line, making),
        depends_on=making.depends.get(line.case_id),
        report_days=making.call.report_due_days if line.outcome == "granted" else None,
    )


def _accept_by(line: ProposalLine, making: Making) -> date | None:
    """So many days from the decision, for a grant, moved to a working day. What the call asked holds for good.

    Who has a grant that is owed is not asked again when its amount changes.
    """
    days = making.call.acceptance_days
    if line.outcome != "granted" or not making.call.needs_acceptance or days is None:
        return None
    if line.case_id in making.owed or line.case_id in making.depends:
        return None
    return next_working_day(making.on + timedelta(days=days))


def _follow_up(decision: Decision) -> FollowUp | None:
    if decision.accept_by_date is None and decision.report_days is None:
        return None
    return FollowUp(decision.accept_by_date, decision.report_days)


def _letter(
    decision: Decision, line: ProposalLine, own: LetterWords, change: Change | None
) -> Mapping[str, object]:
    """The words of the letter that are the municipality's own, as they stand now."""
    language = as_language(line.case.application.language)
    fields = fields_told(change, decision.amount_nok, language) if change else {}
    return own.part(kind=letter_kind(decision), language=language, case_id=decision.case_id, fields=fields)


def _weighing(decision: Decision) -> Weighing | None:
    if not decision.deviations and not decision.departure_code:
        return None
    return Weighing(decision.deviations, decision.departure_code, decision.departure_words)


def settled_source(proposal: Proposal) -> set[UUID]:
    """The source a budget decision was about: its document is told."""
    return {UUID(proposal.terms["source_id"])} if proposal.kind == Proposal.Kind.BUDGET else set()


def letter_kind(decision: Decision) -> str:
    """The kind of letter by what brought the decision about."""
    if decision.is_conditional:
        return "conditional"
    if decision.proposal.kind == Proposal.Kind.TOP_UP:
        return "topped_up"
    return decision_kind(outcome=decision.outcome, number=decision.number)


def _awards(decision: Decision, shares: Shares) -> list[Award]:
    return [
        Award(decision=decision, source_id=part.source_id, amount_nok=part.amount_nok)
        for part in shares.get(decision.case_id, ())
    ]


def _authority() -> Authority:
    tenant = get_tenant(current_tenant())
    return Authority(tenant.id, tenant.name, tenant.contact_name, tenant.contact_phone, tenant.contact_email)


def _scheme(call: Call, version: SchemeVersion) -> Scheme:
    return Scheme(
        version_id=version.id,
        texts=version.texts,
        legal_basis=version.legal_basis,
        euro_rate=call.euro_rate,
        euro_rate_date=call.euro_rate_date,
        euro_rate_source=call.euro_rate_source,
    )


def _move(case_id: UUID, making: Making) -> Move | None:
    move = making.moves.get(case_id)
    if move is None:
        return None
    number = making.versions[case_id].number
    return Move(move.from_version_id, number, timezone.localdate(move.moved_at), move.reason)


def _applicant(application: Application) -> Applicant:
    if application.submitted_at is None:
        raise ValueError(f"Application {application.id} has a case but was never submitted")
    return Applicant(
        application_id=application.id,
        seal=application.seal,
        submitted_at=application.submitted_at,
        submitted_date=timezone.localdate(application.submitted_at),
        language=application.language,
        organisation_number=application.organisation_number,
        company_name=application.company_name,
        account_number=account_in(application),
        answers=application.answers,
        facts=application.facts,
    )


def _outcome(decision: Decision, line: ProposalLine, making: Making) -> Outcome:
    return Outcome(
        case_id=decision.case_id,
        case_number=line.case.number,
        decision_id=decision.id,
        number=decision.number,
        replaces=decision.replaces_id,
        outcome=decision.outcome,
        amount_nok=decision.amount_nok,
        reason_code=decision.reason_code,
        reason_text=decision.reason_text,
        prepared_by=decision.prepared_by,
        prepared_by_name=making.names[decision.prepared_by],
        decided_by=decision.decided_by,
        decided_by_name=making.names[decision.decided_by],
        decided_at=decision.decided_at,
        decided_date=making.on,
        appeal_by_date=decision.appeal_by_date,
        check_id=line.check_run_id,
        check_number=line.check_run.number,
        checked_at=line.check_run.ran_at,
    )


def _funding(award: Award, source: FundingSource) -> Funding:
    return Funding(source.id, source.name, source.giver, source.earmark_text, award.amount_nok)
