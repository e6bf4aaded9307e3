"""Appeals from received to ended: by whom, with what money, and what the party gets."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from runde.foundation.documents.api import find_document
from runde.foundation.ledger.api import balances, is_balanced, of_case
from runde.foundation.notices.models import Notice
from runde.foundation.people.api import Role
from runde.foundation.trust.api import NotAllowed, Refused
from runde.grants.casework import api as casework
from runde.grants.casework import migrations
from runde.grants.casework.api import APPEALS, Appeal, AppealState, Decision, SetAside, get_case
from tests.factories import an_actor

from .appealing import A_DAY, WHY, Board, a_board, refused_yellow
from .conftest import Office

NOTHING = Decimal(0)


@pytest.fixture
def board(office: Office) -> Board:
    return refused_yellow(office)


def held(appeal: Appeal) -> Decimal:
    return casework.set_aside_for([appeal.id]).get(appeal.id, Decimal(0))


def test_money_the_rules_reach_is_set_aside_when_the_appeal_comes(board: Board) -> None:
    wanted = get_case(board.case.id).recommended_nok
    appeal = board.appeal()
    assert wanted
    assert (appeal.state, held(appeal)) == (AppealState.RECEIVED, wanted)
    assert of_case(board.case.id).committed == wanted
    assert (
        sum(casework.set_aside_by_source([one.source_id for one in SetAside.objects.all()]).values())
        == wanted
    )


def test_who_took_part_may_not_touch_the_appeal(board: Board) -> None:
    appeal = board.appeal()
    with pytest.raises(casework.TookPart, match="Du var med på vedtaket"):
        casework.take_appeal(appeal_id=appeal.id, by=board.office.officer, at=board.at)
    with pytest.raises(NotAllowed):
        casework.take_appeal(appeal_id=appeal.id, by=board.party, at=board.at)
    taken = casework.take_appeal(appeal_id=appeal.id, by=board.other_officer, at=board.at)
    assert (taken.state, taken.reassessor) == (AppealState.REASSESSING, board.other_officer.person_id)


def test_an_upheld_appeal_gives_a_new_decision_approved_by_others_with_the_money_held(board: Board) -> None:
    appeal = board.taken()
    proposal = board.uphold(appeal)
    with pytest.raises(casework.TookPart):
        board.approve(proposal, by=board.office.approver)
    board.approve(proposal)
    appeal.refresh_from_db()
    new = board.newest()
    assert (appeal.state, appeal.result, appeal.new_decision_id) == ("ended", "upheld", new.id)
    assert (new.outcome, new.amount_nok, new.replaces_id) == ("granted", Decimal(90000), board.decision.id)
    assert held(appeal) == 0
    assert of_case(board.case.id).committed == Decimal(90000)
    assert {one.ended_how for one in SetAside.objects.all()} == {"used"}
    assert Notice.objects.filter(body__contains="Dere fikk medhold i klagen").count() == 1


def test_a_returned_proposal_gives_the_appeal_back_with_its_money(board: Board) -> None:
    appeal = board.taken()
    before = held(appeal)
    proposal = board.uphold(appeal)
    casework.return_proposal(
        proposal_id=proposal.id, reason="Se igjen.", by=board.other_approver, at=board.at
    )
    appeal.refresh_from_db()
    assert (appeal.state, held(appeal)) == (AppealState.REASSESSING, before)
    assert get_case(board.case.id).state == "decided"


def test_a_reassessment_never_gives_less_or_the_same(office: Office) -> None:
    board = a_board(office, office.green()[0])
    appeal = board.taken()
    with pytest.raises(casework.NotToHarm):
        board.uphold(appeal, "1000")
    with pytest.raises(Refused, match="likt det som står"):
        board.uphold(appeal, str(board.decision.amount_nok))


def test_part_of_it_asks_whether_the_appeal_stands_for_the_rest(board: Board) -> None:
    appeal = board.taken()
    board.approve(board.uphold(appeal, is_partial=True))
    appeal.refresh_from_db()
    assert (appeal.state, appeal.settled_at) == (AppealState.PARTLY, None)
    with pytest.raises(Refused, match="frist til og med"):
        casework.go_on_with_appeal(appeal_id=appeal.id, by=board.other_officer, at=board.at)
    casework.answer_rest(appeal_id=appeal.id, maintains=True, by=board.party, at=board.at)
    board.forward(appeal)
    ended = board.outcome(appeal, "kept")
    assert (ended.state, ended.result) == ("ended", "kept")


def test_silence_about_the_rest_lets_the_appeal_stand(board: Board) -> None:
    appeal = board.taken()
    board.approve(board.uphold(appeal, is_partial=True))
    later = board.at + 15 * A_DAY
    appeal = casework.go_on_with_appeal(appeal_id=appeal.id, by=board.other_officer, at=later)
    assert appeal.state == AppealState.REASSESSING


def test_content_with_part_ends_it(board: Board) -> None:
    appeal = board.taken()
    board.approve(board.uphold(appeal, is_partial=True))
    ended = casework.answer_rest(appeal_id=appeal.id, maintains=False, by=board.party, at=board.at)
    assert (ended.state, ended.result, held(ended)) == ("ended", "partly", NOTHING)


def test_forwarded_with_a_copy_to_the_party_and_kept_by_the_body(board: Board) -> None:
    appeal = board.forward(board.taken())
    step = appeal.steps.get(event="forward")
    assert find_document(casework.appeal_letter_key(step.id)) is not None
    assert step.facts["body"] == "klagenemnda i kommunen"
    assert Notice.objects.filter(body__contains="har sendt klagen til klagenemnda").count() == 1
    assert held(appeal) > 0
    ended = board.outcome(appeal, "kept")
    assert (ended.result, held(ended), of_case(board.case.id).committed) == ("kept", NOTHING, NOTHING)
    assert Decision.objects.filter(case=board.case).count() == 1


@pytest.mark.parametrize("outcome", ["changed", "annulled"])
def test_the_bodys_word_becomes_a_decision_whose_money_follows(board: Board, outcome: str) -> None:
    appeal = board.outcome(board.forward(board.taken()), outcome)
    assert (appeal.state, appeal.settled_at) == (AppealState.TO_DECIDE, None)
    proposal = casework.propose_after_body(
        appeal_id=appeal.id, line=board.granted("70000"), by=board.other_officer, at=board.at
    )
    board.approve(proposal)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.result, board.newest().amount_nok) == ("ended", outcome, Decimal(70000))
    assert of_case(board.case.id).committed == Decimal(70000)


def test_a_change_to_harm_by_the_body_must_be_told_in_three_months(office: Office) -> None:
    board = a_board(office, office.green()[0])
    appeal = board.forward(board.taken())
    late = board.at + 95 * A_DAY
    casework.register_body_outcome(
        appeal_id=appeal.id,
        outcome="changed",
        decided_on=late.date(),
        reference="KN 1/27",
        words="Mindre.",
        by=board.other_officer,
        at=late,
    )
    with pytest.raises(casework.NotToHarm, match=r"innen 23.\sfebruar 2027"):
        casework.propose_after_body(
            appeal_id=appeal.id, line=board.granted("1000"), by=board.other_officer, at=late
        )


def test_a_late_appeal_is_heard_with_a_reason_or_dismissed_with_a_way_on(board: Board) -> None:
    late = board.at + 22 * A_DAY
    appeal = board.appeal(late, late_words="Brevet lå hos regnskapsføreren.")
    assert (appeal.state, appeal.is_late) == (AppealState.LATE, True)
    dismissed = casework.dismiss_appeal(
        appeal_id=appeal.id, words="Fristen var ute.", by=board.other_officer, at=late
    )
    assert (dismissed.state, dismissed.result, held(dismissed)) == ("dismissed", "dismissed", NOTHING)
    assert find_document(casework.appeal_letter_key(appeal.steps.get(event="dismiss").id)) is not None
    again = casework.contest_dismissal(
        appeal_id=appeal.id, text="Han var syk.", by=board.party, at=late + A_DAY
    )
    assert again.state == AppealState.LATE
    heard = casework.hear_late_appeal(
        appeal_id=appeal.id, ground="excusable", words="Sykdom.", by=board.other_officer, at=late + A_DAY
    )
    assert heard.state == AppealState.RECEIVED
    with pytest.raises(casework.NotWaiting):
        casework.contest_dismissal(appeal_id=appeal.id, text="Igjen", by=board.party, at=late)


def test_a_dismissed_appeal_can_be_reinstated_with_its_money(board: Board) -> None:
    appeal = board.appeal(board.at + 22 * A_DAY)
    at = board.at + 23 * A_DAY
    before = held(appeal)
    casework.dismiss_appeal(appeal_id=appeal.id, words="For sent.", by=board.other_officer, at=at)
    back = casework.reinstate_appeal(appeal_id=appeal.id, words="Vi tok feil.", by=board.other_officer, at=at)
    assert (back.state, back.settled_at, held(back)) == (AppealState.RECEIVED, None, before)


def test_after_a_year_a_late_appeal_is_not_heard(board: Board) -> None:
    at = board.at + 367 * A_DAY
    appeal = board.appeal(at)
    with pytest.raises(casework.TooOld, match="ett år"):
        casework.hear_late_appeal(
            appeal_id=appeal.id, ground="special", words="x", by=board.other_officer, at=at
        )


def test_a_defect_has_a_last_day_and_dismissal_waits_for_it(board: Board) -> None:
    appeal = board.appeal()
    due = board.at.date() + 7 * A_DAY
    casework.ask_appeal_correction(
        appeal_id=appeal.id,
        words="Skriv hva dere vil ha endret.",
        due_date=due,
        by=board.other_officer,
        at=board.at,
    )
    with pytest.raises(Refused, match="avvises etter den dagen"):
        casework.dismiss_appeal(appeal_id=appeal.id, words="Mangler.", by=board.other_officer, at=board.at)
    mended = casework.correct_appeal(
        appeal_id=appeal.id, text="Vi vil ha 90 000.", by=board.party, at=board.at + A_DAY
    )
    assert (mended.state, mended.due_date) == (AppealState.RECEIVED, None)


def test_withdrawn_gives_the_money_back_and_the_decision_stands(board: Board) -> None:
    appeal = board.appeal()
    ended = casework.withdraw_appeal(appeal_id=appeal.id, by=board.party, at=board.at)
    assert (ended.result, held(ended), of_case(board.case.id).committed) == ("withdrawn", NOTHING, NOTHING)


def test_waiting_holds_the_payment_until_the_appeal_ends(office: Office) -> None:
    board = a_board(office, office.green()[0])
    appeal = board.appeal(wants_wait=True)
    assert casework.suspended([board.decision.id]) == frozenset()
    casework.answer_suspension(
        appeal_id=appeal.id, is_granted=True, reason="Det haster ikke.", by=board.other_officer, at=board.at
    )
    assert casework.suspended([board.decision.id]) == {board.decision.id}
    with pytest.raises(casework.NotWaiting):
        casework.answer_suspension(
            appeal_id=appeal.id, is_granted=False, reason="x", by=board.other_officer, at=board.at
        )
    casework.withdraw_appeal(appeal_id=appeal.id, by=board.party, at=board.at)
    assert casework.suspended([board.decision.id]) == frozenset()


def test_an_officer_sets_aside_another_amount(board: Board) -> None:
    appeal = board.appeal()
    casework.set_aside_for_appeal(
        appeal_id=appeal.id, amount_nok=Decimal(5000), by=board.other_officer, at=board.at
    )
    assert (held(appeal), of_case(board.case.id).committed) == (Decimal(5000), Decimal(5000))
    casework.set_aside_for_appeal(
        appeal_id=appeal.id, amount_nok=Decimal(0), by=board.other_officer, at=board.at
    )
    assert (held(appeal), of_case(board.case.id).committed) == (NOTHING, NOTHING)


def test_an_appeal_on_paper_by_another_with_a_legal_interest(board: Board) -> None:
    decided = board.at.date()
    made = casework.register_appeal(
        decision_id=board.decision.id,
        text="Konkurrenten fikk avslag med urett.",
        came_date=decided + 20 * A_DAY,
        other_party="Nabo Kafé AS",
        known_date=decided + 10 * A_DAY,
        by=board.office.officer,
        at=board.at + 21 * A_DAY,
    )
    assert (made.is_late, made.other_party, held(made)) == (False, "Nabo Kafé AS", NOTHING)
    with pytest.raises(Refused, match="hvem det er"):
        casework.register_appeal(
            decision_id=board.decision.id,
            text="x",
            came_date=decided,
            other_party="Nabo Kafé AS",
            by=board.office.officer,
            at=board.at,
        )


def test_only_the_reassessor_upholds_or_forwards(board: Board) -> None:
    appeal = board.taken()
    third = an_actor(Role.OFFICER, at=board.at)
    with pytest.raises(NotAllowed, match="En annen har klagen"):
        casework.forward_appeal(appeal_id=appeal.id, statement="x", by=third, at=board.at)
    casework.give_back_appeal(appeal_id=appeal.id, by=third, at=board.at)
    casework.take_appeal(appeal_id=appeal.id, by=third, at=board.at)
    assert (
        casework.forward_appeal(appeal_id=appeal.id, statement=WHY, by=third, at=board.at).state
        == "forwarded"
    )


def test_every_step_is_kept_in_order_and_never_changed(board: Board) -> None:
    appeal = board.forward(board.taken())
    assert [one.event for one in appeal.steps.order_by("number")] == ["send", "take", "forward"]
    with pytest.raises(Exception, match="append-only|permission denied"):
        appeal.steps.update(words="x")


def test_the_database_too_refuses_who_took_part(board: Board) -> None:
    """The wall under the operation: a decision for an appeal made by the first approver is not stored."""
    appeal = board.taken()
    proposal = board.uphold(appeal)
    made = board.decision
    with pytest.raises(IntegrityError, match="may not decide the appeal"), transaction.atomic():
        Decision.objects.create(
            case=board.case,
            number=2,
            replaces=made,
            proposal=proposal,
            check_run=made.check_run,
            outcome="refused",
            amount_nok=0,
            reason_code="discretion_refused",
            prepared_by=board.other_officer.person_id,
            decided_by=board.office.approver.person_id,
            decided_at=board.at,
            appeal_by_date=made.appeal_by_date,
            snapshot=made.snapshot,
            seal=made.seal,
        )


def test_the_database_knows_the_same_ways_as_the_table() -> None:
    named = {(state, one.after) for one in APPEALS.steps for state in one.before if state != "-"}
    kept = Path(migrations.__file__).parent.joinpath("0013_appealing_walls.py").read_text(encoding="utf-8")
    pairs = kept.split("(OLD.state, NEW.state) IN (")[1].split(")) THEN")[0]
    walled = set(re.findall(r"\('(\w+)', '(\w+)'\)", pairs))
    assert walled == {(str(before), str(after)) for before, after in named}


def test_the_books_of_every_source_follow(board: Board) -> None:
    appeal = board.taken()
    board.approve(board.uphold(appeal, "60000"))
    assert is_balanced()
    sources = [one.source_id for one in SetAside.objects.all()]
    assert sum(balances(set(sources))[one].committed for one in set(sources)) == Decimal(60000)
