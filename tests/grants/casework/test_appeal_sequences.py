"""Whatever people press, in whatever order: an appeal can be ended, its money is used or given back, and nobody who
took part in the decision decides the appeal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runde.foundation.ledger.api import is_balanced, of_case
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Refused
from runde.grants.casework import api as casework
from runde.grants.casework.api import APPEALS, Appeal, AppealState, Award, Decision, Proposal, SetAside

from .appealing import A_DAY, WHY, Board, a_board, refused_yellow
from .conftest import Office

OFFICERS_ACTS = (
    "take",
    "give_back",
    "uphold",
    "uphold_partly",
    "forward",
    "dismiss",
    "reinstate",
    "hear",
    "go_on",
)
OTHER_ACTS = ("approve", "return", "propose", "ask_correction", "set_aside", "answer_wait")
BODYS_WORDS = ("kept", "changed", "annulled", "body_dismissed")
PARTYS_ACTS = ("contest", "correct", "withdraw", "content", "maintain", "wait")
ACTS = (*OFFICERS_ACTS, *OTHER_ACTS, *BODYS_WORDS, *PARTYS_ACTS)
plans = st.lists(
    st.tuples(
        st.sampled_from(ACTS), st.sampled_from(["party", "officer", "approver", "other", "other_approver"])
    ),
    min_size=4,
    max_size=16,
)


@settings(
    derandomize=True,
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(plan=plans, is_late=st.booleans(), was_granted=st.booleans())
def test_an_appeal_can_always_be_ended_lawfully(
    office: Office, plan: list[tuple[str, str]], is_late: bool, was_granted: bool
) -> None:
    with transaction.atomic():
        board = a_board(office, office.green()[0]) if was_granted else refused_yellow(office)
        play = Play(board, board.appeal(board.at + (25 if is_late else 1) * A_DAY))
        for act, who in plan:
            with suppress(Refused), transaction.atomic():
                play.press(act, who)
            play.check()
        play.end()
        play.check()
        assert play.appeal.state == AppealState.ENDED
        assert not SetAside.objects.filter(ended_at__isnull=True).exists()
        assert of_case(board.case.id).committed == _owed(board)
        transaction.set_rollback(True)


class Play:
    """One appeal, pressed on by everybody. Time goes on with each press."""

    def __init__(self, board: Board, appeal: Appeal) -> None:
        self.board, self.appeal = board, appeal
        self.at = board.at + 26 * A_DAY
        self.states = [str(appeal.state)]

    def press(self, act: str, who: str) -> None:
        self.at += timedelta(hours=7)
        self._act(act, self._person(who))

    def check(self) -> None:
        self.appeal = Appeal.objects.get(id=self.appeal.id)
        self.states.append(str(self.appeal.state))
        steps = list(self.appeal.steps.order_by("number"))
        assert [one.number for one in steps] == list(range(1, len(steps) + 1))
        assert [one.at for one in steps] == sorted(one.at for one in steps)
        pairs = list(zip(self.states, self.states[1:], strict=False))
        assert all(one == two or _leads(one, two) for one, two in pairs)
        self._check_people_and_money()

    def _check_people_and_money(self) -> None:
        first = {self.board.office.officer.person_id, self.board.office.approver.person_id}
        for decision in Decision.objects.filter(case=self.board.case, number__gt=1):
            assert not first & {decision.prepared_by, decision.decided_by}
        if self.appeal.settled_at:
            assert not SetAside.objects.filter(appeal=self.appeal, ended_at__isnull=True).exists()
        assert is_balanced()

    def end(self) -> None:
        """Only what the municipality's own people may do; the party says nothing more."""
        for _ in range(8):
            state = AppealState(self.appeal.state)
            if state == AppealState.ENDED:
                return
            self.at += 30 * A_DAY
            for act, who in ENDINGS[state]:
                self.press(act, who)
            self.appeal = Appeal.objects.get(id=self.appeal.id)

    def _person(self, who: str) -> Actor:
        office = self.board.office
        people = {
            "party": self.board.party,
            "officer": office.officer,
            "approver": office.approver,
            "other": self.board.other_officer,
            "other_approver": self.board.other_approver,
        }
        return people[who]

    def _act(self, act: str, by: Actor) -> None:
        moment: dict[str, object] = {"by": by, "at": self.at}
        subject = {"appeal_id": self.appeal.id, **moment}
        day = self.at.date()
        simple: dict[str, Callable[[], object]] = {
            "take": lambda: casework.take_appeal(**subject),  # type: ignore[arg-type]
            "give_back": lambda: casework.give_back_appeal(**subject),  # type: ignore[arg-type]
            "uphold": lambda: self._uphold(by, is_partial=False),
            "uphold_partly": lambda: self._uphold(by, is_partial=True),
            "approve": lambda: self._approve(by),
            "return": lambda: casework.return_proposal(
                proposal_id=self._proposal().id, reason="Nei.", by=by, at=self.at
            ),
            "forward": lambda: casework.forward_appeal(statement=WHY, **subject),  # type: ignore[arg-type]
            "propose": lambda: casework.propose_after_body(line=self.board.granted("95000"), **subject),  # type: ignore[arg-type]
            "dismiss": lambda: casework.dismiss_appeal(words=WHY, **subject),  # type: ignore[arg-type]
            "contest": lambda: casework.contest_dismissal(text=WHY, **subject),  # type: ignore[arg-type]
            "reinstate": lambda: casework.reinstate_appeal(words=WHY, **subject),  # type: ignore[arg-type]
            "hear": lambda: casework.hear_late_appeal(ground="special", words=WHY, **subject),  # type: ignore[arg-type]
            "ask_correction": lambda: casework.ask_appeal_correction(
                words=WHY,
                due_date=day + A_DAY,
                **subject,  # type: ignore[arg-type]
            ),
            "correct": lambda: casework.correct_appeal(text=WHY, **subject),  # type: ignore[arg-type]
            "go_on": lambda: casework.go_on_with_appeal(**subject),  # type: ignore[arg-type]
            "withdraw": lambda: casework.withdraw_appeal(**subject),  # type: ignore[arg-type]
            "content": lambda: casework.answer_rest(maintains=False, **subject),  # type: ignore[arg-type]
            "maintain": lambda: casework.answer_rest(maintains=True, **subject),  # type: ignore[arg-type]
            "set_aside": lambda: casework.set_aside_for_appeal(amount_nok=Decimal(5000), **subject),  # type: ignore[arg-type]
            "wait": lambda: casework.ask_suspension(**subject),  # type: ignore[arg-type]
            "answer_wait": lambda: casework.answer_suspension(is_granted=True, reason=WHY, **subject),  # type: ignore[arg-type]
        }
        if act in simple:
            simple[act]()
        else:
            casework.register_body_outcome(
                outcome=act.removeprefix("body_"),
                decided_on=day,
                reference="KN 1",
                words=WHY,
                **subject,  # type: ignore[arg-type]
            )

    def _uphold(self, by: Actor, *, is_partial: bool) -> None:
        more = self.board.newest().amount_nok + 1000
        line = self.board.granted(str(more))
        casework.uphold_appeal(
            appeal_id=self.appeal.id, line=line, is_partial=is_partial, words=WHY, by=by, at=self.at
        )

    def _proposal(self) -> Proposal:
        return Proposal.objects.filter(lines__case=self.board.case).order_by("-prepared_at")[0]

    def _approve(self, by: Actor) -> None:
        casework.approve_proposal(proposal_id=self._proposal().id, key=str(uuid4()), by=by, at=self.at)


S = AppealState
OTHER, APPROVER = "other", "other_approver"
ENDINGS: dict[AppealState, list[tuple[str, str]]] = {
    S.LATE: [("forward", OTHER)],
    S.RECEIVED: [("take", OTHER)],
    S.DEFECT: [("go_on", OTHER)],
    S.REASSESSING: [("forward", OTHER)],
    S.CHANGING: [("return", APPROVER)],
    S.PARTLY: [("go_on", OTHER)],
    S.FORWARDED: [("kept", OTHER)],
    S.TO_DECIDE: [("propose", OTHER)],
    S.CARRYING_OUT: [("approve", APPROVER)],
    S.DISMISSED: [("reinstate", OTHER)],
}


def _leads(one: str, two: str) -> bool:
    return any(one in step.before and step.after == two for step in APPEALS.steps)


def _owed(board: Board) -> Decimal:
    """What the decision in force sets aside, which is what is left on the case."""
    awards = Award.objects.filter(decision=board.newest())
    return sum(awards.values_list("amount_nok", flat=True), Decimal(0))
