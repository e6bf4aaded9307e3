"""From application to decision: lanes, proposal, four eyes, awards, letters and messages."""

from __future__ import annotations

from decimal import Decimal

from runde.foundation.documents.api import list_documents, read_version
from runde.foundation.ledger.api import balances, of_case
from runde.foundation.notices.api import list_notices
from runde.grants.casework.api import (
    Case,
    Decision,
    approve_proposal,
    awards_of,
    propose_as_checked,
    seal_over,
    write_letters,
)
from runde.grants.schemes.api import sources_of

from .conftest import Office


def test_a_submitted_application_opens_a_case_in_its_lane(office: Office) -> None:
    [green], yellow, red = office.green(), office.yellow(), office.red()
    assert (green.lane, green.recommended_nok) == ("green", Decimal(86_800))
    assert green.reason == "Alle 8 krav er oppfylt"
    assert yellow.lane == "yellow"
    assert yellow.reason.replace("\u00a0", " ") == "Fall i omsetning 27,5 prosent: mangler 2,5 prosentpoeng"
    assert (red.lane, red.recommended_nok) == ("red", None)
    assert {case.state for case in (green, yellow, red)} == {"open"}


def test_ready_cases_are_decided_in_a_batch(office: Office) -> None:
    cases = office.green(3)
    proposal = propose_as_checked(
        case_ids=[case.id for case in cases], by=office.officer, at=office.at, declares_impartial=True
    )
    approved = approve_proposal(proposal_id=proposal.id, key="k", by=office.approver, at=office.at)
    assert (approved.granted, approved.refused, approved.sum_nok) == (3, 0, Decimal(3 * 86_800))
    decisions = list(Decision.objects.order_by("case__number"))
    assert [decision.prepared_by for decision in decisions] == [office.officer.person_id] * 3
    assert [decision.decided_by for decision in decisions] == [office.approver.person_id] * 3
    assert {case.state for case in Case.objects.all()} == {"decided"}
    [source] = sources_of(office.call)
    assert balances([source.id])[source.id].committed == approved.sum_nok
    assert [of_case(case.id).committed for case in cases] == [Decimal(86_800)] * 3
    awards = awards_of(approved.decision_ids)
    assert [[award.amount_nok for award in parts] for parts in awards.values()] == [[Decimal(86_800)]] * 3


def test_the_snapshot_is_sealed(office: Office) -> None:
    [decision] = decide(office, office.green())
    decision = Decision.objects.get(id=decision.id)
    assert seal_over(decision.snapshot) == decision.seal
    assert decision.snapshot["outcome"]["amount_nok"] == "86800.00"
    assert decision.snapshot["verdict"]["lane"] == "green"
    assert decision.appeal_by_date.isoformat() == "2026-12-14"


def test_letters_are_written_once(office: Office) -> None:
    decisions = decide(office, [*office.green(2), office.red()])
    ids = [decision.id for decision in decisions]
    assert write_letters(decision_ids=ids, at=office.at) == 3
    assert write_letters(decision_ids=ids, at=office.at) == 0
    for decision in decisions:
        [letter] = list_documents("case", decision.case_id)
        assert read_version(letter).startswith(b"%PDF-")
        assert letter.data["seal"] == decision.seal


def test_the_applicant_is_told_that_there_is_an_answer(office: Office) -> None:
    [decision] = decide(office, office.green())
    [notice] = list_notices("case", decision.case_id)
    assert notice.subject == f"Svar på søknaden, sak {decision.case.number}"
    assert "mandag 14.\u00a0desember 2026" in notice.body
    assert "kroner" not in notice.body


def decide(office: Office, cases: list[Case]) -> list[Decision]:
    proposal = propose_as_checked(
        case_ids=[case.id for case in cases], by=office.officer, at=office.at, declares_impartial=True
    )
    approved = approve_proposal(
        proposal_id=proposal.id, key=str(proposal.id), by=office.approver, at=office.at
    )
    return list(Decision.objects.filter(id__in=approved.decision_ids).select_related("case").order_by("id"))
