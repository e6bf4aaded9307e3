"""A decided case and its people, for tests of appeals: those who took part, and those who did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from runde.engine.reference.api import Language
from runde.foundation.people.api import Actor, Role, get_actor, get_person
from runde.grants.casework import api as casework
from runde.grants.casework.api import Appeal, Case, Decision, Line, get_case
from tests.factories import an_actor

from .conftest import Office

A_DAY = timedelta(days=1)
WHY = "Vi har sett på tallene på nytt."


@dataclass(frozen=True)
class Board:
    """A case with its decision, the party, and two people who took no part in it."""

    office: Office
    case: Case
    decision: Decision
    party: Actor
    other_officer: Actor
    other_approver: Actor

    @property
    def at(self) -> datetime:
        return self.office.at

    def appeal(self, at: datetime | None = None, **more: Any) -> Appeal:
        at = at or self.at
        draft = casework.draft_appeal(decision_id=self.newest().id, by=self.party, at=at)
        return casework.send_appeal(appeal_id=draft.id, text="Tallene er feil.", by=self.party, at=at, **more)

    def taken(self, at: datetime | None = None) -> Appeal:
        appeal = self.appeal(at)
        return casework.take_appeal(appeal_id=appeal.id, by=self.other_officer, at=at or self.at)

    def granted(self, amount: str | None = None) -> Line:
        wanted = Decimal(amount) if amount else None
        return Line(self.case.id, "granted", "appeal_upheld", wanted, "Vi har vurdert saken på nytt.")

    def newest(self) -> Decision:
        return Decision.objects.filter(case=self.case).order_by("-number")[0]

    def approve(
        self, proposal: casework.Proposal, by: Actor | None = None, at: datetime | None = None
    ) -> None:
        by = by or self.other_approver
        casework.approve_proposal(proposal_id=proposal.id, key=str(uuid4()), by=by, at=at or self.at)

    def uphold(self, appeal: Appeal, amount: str = "90000", *, is_partial: bool = False) -> casework.Proposal:
        return casework.uphold_appeal(
            appeal_id=appeal.id,
            line=self.granted(amount),
            is_partial=is_partial,
            words=WHY,
            by=self.other_officer,
            at=self.at,
        )

    def forward(self, appeal: Appeal) -> Appeal:
        return casework.forward_appeal(
            appeal_id=appeal.id, statement="Vi mener vedtaket er riktig.", by=self.other_officer, at=self.at
        )

    def outcome(self, appeal: Appeal, outcome: str) -> Appeal:
        return casework.register_body_outcome(
            appeal_id=appeal.id,
            outcome=outcome,
            decided_on=self.at.date(),
            reference="KN 12/26",
            words="Nemnda mener det samme.",
            by=self.other_officer,
            at=self.at,
        )


def a_board(office: Office, case: Case, line: Line | None = None) -> Board:
    """The case decided by the office's own officer and approver: as the rules say, or by the line."""
    if line is None:
        proposal = casework.propose_as_checked(
            case_ids=[case.id], by=office.officer, at=office.at, declares_impartial=True
        )
    else:
        proposal = casework.propose(lines=[line], by=office.officer, at=office.at, declares_impartial=True)
    casework.approve_proposal(proposal_id=proposal.id, key=str(case.id), by=office.approver, at=office.at)
    case = get_case(case.id)
    party = get_actor(get_person(case.application.applicant_id), on=office.at.date())
    decision = Decision.objects.get(case=case)
    casework.confirm_reading(decision_id=decision.id, by=party, at=office.at)
    return Board(
        office,
        case,
        decision,
        party,
        an_actor(Role.OFFICER, at=office.at),
        an_actor(Role.APPROVER, at=office.at),
    )


def refused_yellow(office: Office, language: Language = "nb") -> Board:
    """A case that people weighed, and refused although the rules reach an amount."""
    case = office.yellow(language)
    line = Line(case.id, "refused", "discretion_refused", None, "Forholdene er ikke særlige.")
    return a_board(office, case, line)
