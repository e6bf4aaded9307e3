"""A decision changed without an appeal, and reasons demanded."""

from __future__ import annotations

from decimal import Decimal

import pytest

from runde.foundation.documents.api import find_document
from runde.foundation.ledger.api import of_case
from runde.foundation.notices.models import Notice
from runde.foundation.trust.api import Refused
from runde.grants.casework import api as casework
from runde.grants.casework.api import Line, Reversal

from .appealing import A_DAY, WHY, Board, a_board, refused_yellow
from .conftest import Office


@pytest.fixture
def granted(office: Office) -> Board:
    return a_board(office, office.green()[0])


def opened(board: Board, ground: str) -> Reversal:
    return casework.open_reversal(
        decision_id=board.decision.id, ground=ground, why=WHY, by=board.office.officer, at=board.at
    )


def propose(board: Board, reversal: Reversal, line: Line, days: int = 0) -> casework.Proposal:
    return casework.propose_reversal(
        reversal_id=reversal.id, line=line, by=board.office.officer, at=board.at + days * A_DAY
    )


def lowered(board: Board) -> Line:
    return board.granted(str(board.decision.amount_nok - 1000))


def test_for_the_better_needs_no_warning(office: Office) -> None:
    board = refused_yellow(office)
    reversal = opened(board, "no_harm")
    board.approve(propose(board, reversal, board.granted("80000")), by=board.office.approver)
    reversal.refresh_from_db()
    assert (reversal.state, reversal.result) == ("ended", "changed")
    assert reversal.new_decision == board.newest()
    assert of_case(board.case.id).committed == Decimal(80000)


def test_harm_is_not_slipped_in_as_no_harm(granted: Board) -> None:
    reversal = opened(granted, "no_harm")
    with pytest.raises(casework.NotToHarm, match="dårligere"):
        propose(granted, reversal, lowered(granted))


def test_harm_is_told_first_and_the_party_is_heard(granted: Board) -> None:
    reversal = opened(granted, "invalid")
    with pytest.raises(casework.NotWaiting):
        propose(granted, reversal, lowered(granted))
    due = granted.at.date() + 14 * A_DAY
    casework.notify_reversal(
        reversal_id=reversal.id, notice=WHY, comment_by_date=due, by=granted.office.officer, at=granted.at
    )
    assert find_document(casework.appeal_letter_key(reversal.id)) is not None
    assert Notice.objects.filter(key=f"reversal_notice:{reversal.id}").count() == 1
    with pytest.raises(Refused, match="Vent til etter den dagen"):
        casework.go_on_with_reversal(
            reversal_id=reversal.id, by=granted.office.officer, at=granted.at + 14 * A_DAY
        )
    casework.comment_reversal(
        reversal_id=reversal.id, text="Det stemmer ikke.", by=granted.party, at=granted.at + A_DAY
    )
    board_line = lowered(granted)
    granted.approve(propose(granted, reversal, board_line, days=2), by=granted.office.approver)
    assert granted.newest().amount_nok == granted.decision.amount_nok - 1000
    assert of_case(granted.case.id).committed == granted.newest().amount_nok


def test_silence_lets_it_go_on_after_the_day(granted: Board) -> None:
    reversal = opened(granted, "reserved")
    due = granted.at.date() + 7 * A_DAY
    casework.notify_reversal(
        reversal_id=reversal.id, notice=WHY, comment_by_date=due, by=granted.office.officer, at=granted.at
    )
    after = casework.go_on_with_reversal(
        reversal_id=reversal.id, by=granted.office.officer, at=granted.at + 8 * A_DAY
    )
    assert after.state == "ready"


def test_not_told_is_no_ground_when_they_have_read_it(granted: Board) -> None:
    with pytest.raises(casework.NotToHarm, match="fått vite"):
        opened(granted, "not_told")


def test_dropped_it_stands_and_a_returned_one_can_be_made_again(granted: Board) -> None:
    reversal = opened(granted, "no_harm")
    more = granted.granted(str(granted.decision.amount_nok + 500))
    proposal = propose(granted, reversal, more)
    casework.return_proposal(
        proposal_id=proposal.id, reason="Nei.", by=granted.office.approver, at=granted.at
    )
    reversal.refresh_from_db()
    assert reversal.state == "ready"
    ended = casework.drop_reversal(
        reversal_id=reversal.id, why="Likevel ikke.", by=granted.office.officer, at=granted.at
    )
    assert (ended.state, ended.result) == ("ended", "dropped")
    assert Notice.objects.filter(key__startswith="reversal_").count() == 0


def test_an_appeal_comes_first(granted: Board) -> None:
    granted.appeal()
    with pytest.raises(casework.NotWaiting, match="klage på vedtaket"):
        opened(granted, "no_harm")


def test_demanded_reasons_stop_the_period_and_it_begins_anew_with_them(granted: Board) -> None:
    casework.demand_reasons(decision_id=granted.decision.id, by=granted.party, at=granted.at + 20 * A_DAY)
    waiting = casework.appeal_period_of(granted.decision)
    assert (waiting.waits_for_reasons, waiting.is_late(granted.at.date() + 90 * A_DAY)) == (True, False)
    with pytest.raises(casework.NotWaiting):
        casework.demand_reasons(decision_id=granted.decision.id, by=granted.party, at=granted.at)
    answered = granted.at + 40 * A_DAY
    demand = casework.give_reasons(
        decision_id=granted.decision.id, text=WHY, by=granted.office.officer, at=answered
    )
    period = casework.appeal_period_of(granted.decision)
    assert (period.start_date, period.started_by) == (answered.date(), "reasons")
    assert find_document(casework.appeal_letter_key(demand.id)) is not None
    appeal = granted.appeal(answered + 20 * A_DAY)
    assert appeal.is_late is False


def test_reasons_are_not_demanded_after_the_period(granted: Board) -> None:
    with pytest.raises(casework.NotWaiting, match="Siste dag å be om begrunnelse"):
        casework.demand_reasons(decision_id=granted.decision.id, by=granted.party, at=granted.at + 22 * A_DAY)
