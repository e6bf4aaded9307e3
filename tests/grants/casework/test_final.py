"""What the appeal body has decided is final: the letter says so, and nobody can appeal against it again."""

from __future__ import annotations

import re

import pytest

from runde.engine.reference.api import Language
from runde.engine.typeset.api import Letter, Section, Steps, Summary, paragraphs_of
from runde.foundation.notices.models import Notice
from runde.foundation.people.api import get_actor, get_person
from runde.foundation.trust.api import Refused
from runde.grants.casework import api as casework
from runde.grants.casework.api import Decision, FinalDecision, Line, get_case
from runde.grants.casework.domain.letters import letter_of
from runde.grants.casework.operations.telling import notices_about

from .appealing import Board, refused_yellow
from .conftest import Office

ABOUT_APPEALS = {
    "nb": ("kan dere klage", "Siste dag", "Klag hvis"),
    "nn": ("kan de klage", "Siste dag", "Klag viss"),
    "en": ("you can appeal", "Last day", "Appeal if", "appeal by"),
}
FINAL = {
    "nb": "Derfor er vedtaket endelig, og dere kan ikke klage en gang til.",
    "nn": "Derfor er vedtaket endeleg, og de kan ikkje klage ein gong til.",
    "en": "It is therefore final, and you cannot appeal again.",
}


@pytest.fixture
def board(office: Office) -> Board:
    return refused_yellow(office)


def carried_out(board: Board, line: Line | None = None, outcome: str = "changed") -> Decision:
    """The appeal body has changed the decision, and the municipality has done what it says."""
    appeal = board.outcome(board.forward(board.taken()), outcome)
    proposal = casework.propose_after_body(
        appeal_id=appeal.id, line=line or board.granted("70000"), by=board.other_officer, at=board.at
    )
    board.approve(proposal)
    return board.newest()


def refusing(board: Board) -> Line:
    return Line(board.case.id, "refused", "discretion_refused", None, "Nemnda mener det samme.")


def spoken(letter: Letter) -> str:
    texts = [text for block in letter.blocks for text in paragraphs_of(block)]
    for block in letter.blocks:
        if isinstance(block, Summary):
            texts += [f"{fact.label} {fact.value}" for fact in block.facts]
        if isinstance(block, Steps):
            texts += block.items
    return " ".join(texts).replace("\u00a0", " ")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("outcome", ["granted", "refused"])
def test_the_letter_says_whose_word_it_is_and_not_that_one_can_appeal(
    office: Office, language: Language, outcome: str
) -> None:
    board = refused_yellow(office, language)
    decision = carried_out(board, refusing(board) if outcome == "refused" else None)
    assert decision.reason_code == f"body_{outcome}"
    letter = letter_of(decision.snapshot)
    said = spoken(letter)
    [section] = [one for one in letter.blocks if isinstance(one, Section) and one.name == "appeal"]
    assert FINAL[language] in section.paragraphs[0]
    assert "KN 12/26" in section.paragraphs[0]
    assert [words for words in ABOUT_APPEALS[language] if words in said] == []
    [rules] = [one for one in letter.blocks if isinstance(one, Section) and one.name == "rules"]
    assert not re.search(r"\b(28|29|42)\b", rules.paragraphs[0])


def test_an_own_paragraph_that_names_the_day_is_left_out(board: Board) -> None:
    decision = carried_out(board)
    part = {**decision.snapshot["letter"], "added": {"contact": ["Klag innen {appeal_day}.", "Ring oss."]}}
    said = spoken(letter_of({**decision.snapshot, "letter": part}))
    assert "Ring oss." in said
    assert "Klag innen" not in said


def test_nobody_can_appeal_or_ask_for_reasons_again(board: Board) -> None:
    decision = carried_out(board)
    with pytest.raises(FinalDecision, match="vedtaket er endelig"):
        board.appeal()
    with pytest.raises(FinalDecision):
        casework.demand_reasons(decision_id=decision.id, by=board.party, at=board.at)
    with pytest.raises(FinalDecision):
        casework.register_appeal(
            decision_id=decision.id,
            text="Vi er uenige.",
            came_date=board.at.date(),
            by=board.other_officer,
            at=board.at,
        )
    assert not decision.appeals.exists()


def test_a_draft_from_before_is_not_sent_either(board: Board) -> None:
    decision = carried_out(board)
    draft = casework.Appeal.objects.create(
        decision=decision, written_by=board.party.person_id, begun_at=board.at
    )
    with pytest.raises(FinalDecision):
        casework.send_appeal(appeal_id=draft.id, text="Vi er uenige.", by=board.party, at=board.at)


def test_a_decision_the_body_let_stand_cannot_be_appealed_by_the_same_party_again(board: Board) -> None:
    board.outcome(board.forward(board.taken()), "kept")
    with pytest.raises(FinalDecision, match="vedtaket er endelig"):
        board.appeal()
    with pytest.raises(FinalDecision):
        on_paper(board)
    assert on_paper(board, other_party="Nabokafeen AS").state == "received"


def test_the_applicant_sees_that_the_word_was_the_last(board: Board) -> None:
    board.outcome(board.forward(board.taken()), "kept")
    shown = casework.applicant_view(board.case, board.party, board.at).decision
    assert shown is not None
    assert shown.appeal_period.is_final
    assert shown.change.is_final


def test_an_appeal_the_body_did_not_hear_closes_nothing(board: Board) -> None:
    board.outcome(board.forward(board.taken()), "dismissed")
    assert not casework.appeal_period_of(board.decision).is_final


def on_paper(board: Board, other_party: str = "") -> casework.Appeal:
    return casework.register_appeal(
        decision_id=board.decision.id,
        text="Vi er uenige.",
        came_date=board.at.date(),
        other_party=other_party,
        known_date=board.at.date() if other_party else None,
        by=board.other_officer,
        at=board.at,
    )


def test_what_is_decided_anew_after_an_annulment_can_be_appealed(board: Board) -> None:
    carried_out(board, outcome="annulled")
    assert board.newest().reason_code == "appeal_upheld"
    assert "kan dere klage" in spoken(letter_of(board.newest().snapshot))
    assert board.appeal().state == "received"


def test_an_annulled_decision_is_not_passed_off_as_the_bodys(board: Board) -> None:
    line = Line(board.case.id, "granted", "body_granted", None, "Nemnda sa det.")
    with pytest.raises(Refused, match="opphevet"):
        carried_out(board, line, outcome="annulled")


@pytest.mark.parametrize(
    ("language", "final"),
    [("nb", "vedtaket er endelig"), ("nn", "vedtaket er endeleg"), ("en", "the decision is final")],
)
def test_the_mails_say_that_it_is_final(office: Office, language: Language, final: str) -> None:
    board = refused_yellow(office, language)
    decision = carried_out(board)
    told = Notice.objects.get(key=f"decision:{decision.id}").body
    decision = Decision.objects.select_related("case__application").get(id=decision.id)
    [again] = notices_about([decision], board.office.call, at=board.at, kind="decision_again")
    for body in (told, again.body):
        assert final in body
        assert "/o/" in body
        assert [words for words in ABOUT_APPEALS[language] if words in body] == []


def test_the_applicants_view_has_no_last_day(board: Board) -> None:
    decision = carried_out(board)
    casework.confirm_reading(decision_id=decision.id, by=board.party, at=board.at)
    party = get_actor(get_person(board.party.person_id), on=board.at.date())
    shown = casework.applicant_view(get_case(board.case.id), party, board.at).decision
    assert shown is not None
    assert shown.appeal_period.is_final
    assert (shown.change.is_final, shown.change.body_reference) == (True, "KN 12/26")
