"""Discretion: every criterion gone past has its reason, and like cases are not treated unlike without one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from runde.foundation.people.api import Role
from runde.grants.casework.api import (
    Case,
    Decision,
    Deviation,
    Line,
    LinesRefused,
    NothingLeft,
    ProposalLine,
    approve_proposal,
    case_features,
    declare_impartiality,
    list_departure_reasons,
    list_deviation_reasons,
    propose,
    propose_as_checked,
    seal_over,
    similar_cases,
)
from runde.grants.precedents.api import Precedent
from tests.factories import an_actor

from .conftest import Office
from .weighing import PAST

WORDS = "Lokalet var stengt i mai."
AWAY = {"departure_code": "facts_differ", "departure_words": "Her var lokalet åpent hele tiden."}


def grant(case: Case, amount: int = 40_000, **more: Any) -> Line:
    given: dict[str, Any] = {"deviations": PAST, **more}
    return Line(case.id, "granted", "discretion_granted", Decimal(amount), WORDS, **given)


def refusal(case: Case, **more: Any) -> Line:
    return Line(case.id, "refused", "discretion_refused", None, "Ikke særlige forhold.", **more)


def decided(office: Office, *lines: Line) -> list[Decision]:
    proposal = propose(lines=lines, by=office.officer, at=office.at, declares_impartial=True)
    made = approve_proposal(proposal_id=proposal.id, key=str(proposal.id), by=office.approver, at=office.at)
    return list(Decision.objects.filter(id__in=made.decision_ids).order_by("case__number"))


def ask(office: Office, line: Line) -> Any:
    return propose(lines=[line], by=office.officer, at=office.at, declares_impartial=True)


@pytest.mark.parametrize(
    ("deviations", "sentence"),
    [
        ((), "Velg hvorfor dere går forbi kravet"),
        ((Deviation("revenue_drop", "no_such", "Stengt"),), "Velg hvorfor dere går forbi kravet"),
        ((Deviation("revenue_drop", "passing", "  "),), "Skriv med egne ord hvorfor dere går forbi kravet"),
        ((Deviation("industry", "passing", "Stengt"),), "Velg hvorfor dere går forbi kravet"),
    ],
)
def test_each_criterion_gone_past_needs_code_and_words(
    office: Office, deviations: tuple[Deviation, ...], sentence: str
) -> None:
    case = office.yellow()
    with pytest.raises(LinesRefused, match=sentence) as refused:
        ask(office, grant(case, deviations=deviations))
    assert list(refused.value.facts["unexplained"][case.number]) == ["deviation:revenue_drop"]
    assert Case.objects.get(id=case.id).state == "open"


def test_a_refusal_goes_past_nothing(office: Office) -> None:
    [decision] = decided(office, refusal(office.yellow(), deviations=PAST))
    assert decision.deviations == []
    assert "weighing" not in decision.snapshot


def test_the_reasons_are_frozen_with_the_decision(office: Office) -> None:
    [decision] = decided(office, grant(office.yellow()))
    reasons = [{"criterion": "revenue_drop", "code": "beyond_control", "words": "Stengt av kommunen i mai."}]
    assert decision.deviations == reasons
    assert decision.snapshot["weighing"]["deviations"] == reasons
    assert seal_over(decision.snapshot) == decision.seal
    kept = Precedent.objects.get(decision_id=decision.id)
    assert (kept.outcome, kept.amount_nok, kept.missed_key) == ("granted", Decimal(40_000), "revenue_drop")
    assert kept.deviations == reasons
    assert kept.municipality == "3407"


def test_every_decision_becomes_a_precedent(office: Office) -> None:
    cases = [*office.green(2), office.red()]
    proposal = propose_as_checked(
        case_ids=[case.id for case in cases], by=office.officer, at=office.at, declares_impartial=True
    )
    approve_proposal(proposal_id=proposal.id, key="k", by=office.approver, at=office.at)
    kept = Precedent.objects.order_by("case_number").values_list("case_id", "outcome", "lane")
    expected = [(case.id, "refused" if case.lane == "red" else "granted", case.lane) for case in cases]
    assert list(kept) == expected


def test_departing_from_like_cases_needs_a_coded_reason(office: Office) -> None:
    decided(office, *(grant(office.yellow()) for _ in range(3)))
    case = office.yellow()
    with pytest.raises(LinesRefused, match="3 av 3 lignende saker fikk tilskudd") as refused:
        ask(office, refusal(case))
    assert list(refused.value.facts["unexplained"][case.number]) == ["departure"]
    with pytest.raises(LinesRefused, match="Skriv med egne ord hvorfor denne saken blir avgjort annerledes"):
        ask(office, refusal(case, departure_code="facts_differ"))
    [decision] = decided(office, refusal(case, **AWAY))
    assert (decision.departure_code, decision.departure_words) == tuple(AWAY.values())
    assert decision.snapshot["weighing"]["departure_code"] == "facts_differ"
    line = ProposalLine.objects.get(case=case)
    assert len(line.departs_from["decisions"]) == 3


def test_an_amount_far_from_like_cases_departs_too(office: Office) -> None:
    decided(office, *(grant(office.yellow()) for _ in range(3)))
    with pytest.raises(LinesRefused, match="Du foreslår"):
        ask(office, grant(office.yellow(), 5_000))
    assert decided(office, grant(office.yellow(), 38_000))[0].departure_code == ""


def test_going_with_like_cases_keeps_no_reason_for_departing(office: Office) -> None:
    decided(office, *(grant(office.yellow()) for _ in range(3)))
    [decision] = decided(office, grant(office.yellow(), **AWAY))
    assert (decision.departure_code, decision.departure_words) == ("", "")


def test_failing_cases_whose_like_were_granted_are_taken_out_of_a_batch(office: Office) -> None:
    first = office.red()
    missed = case_features([first.id], at=office.at)[first.id].missed
    past = tuple(Deviation(one.slug, "beyond_control", "Stengt.") for one in missed)
    decided(office, *(grant(case, deviations=past) for case in [first, office.red(), office.red()]))
    [green], red = office.green(), office.red()
    proposal = propose_as_checked(
        case_ids=[green.id, red.id], by=office.officer, at=office.at, declares_impartial=True
    )
    assert [line.case_id for line in proposal.lines.all()] == [green.id]
    assert [one["why"] for one in proposal.left_out] == [
        "Lignende saker er avgjort annerledes. Saken må vurderes for seg."
    ]
    with pytest.raises(NothingLeft):
        propose_as_checked(case_ids=[red.id], by=office.officer, at=office.at, declares_impartial=True)


def test_what_departs_by_the_time_it_is_approved_falls_out(office: Office) -> None:
    case = office.yellow()
    waiting = ask(office, refusal(case))
    decided(office, *(grant(office.yellow()) for _ in range(3)))
    with pytest.raises(NothingLeft) as nothing:
        approve_proposal(proposal_id=waiting.id, key="late", by=office.approver, at=office.at)
    assert nothing.value.facts["left_out"] == [
        "Lignende saker er avgjort annerledes siden forslaget ble laget."
    ]


def test_the_panel_leaves_out_the_case_itself_and_what_the_reader_has_an_interest_in(office: Office) -> None:
    decisions = decided(office, *(grant(office.yellow()) for _ in range(3)))
    case = office.yellow()
    found = similar_cases(case.id, by=office.officer, at=office.at)
    assert (found.granted, found.refused, found.median_nok) == (3, 0, Decimal(40_000))
    assert case.id not in {one.precedent.case_id for one in found.found}
    other = an_actor(Role.OFFICER, at=office.at)
    declare_impartiality(
        case_id=decisions[0].case_id, is_impartial=False, reason="Nabo", by=other, at=office.at
    )
    assert len(similar_cases(case.id, by=other, at=office.at).found) == 2


def test_codes_are_listed_once_in_every_language() -> None:
    listed = [*list_deviation_reasons(), *list_departure_reasons()]
    assert len({one.code for one in listed}) == len(listed)
    assert all(set(one.label) == {"nb", "nn", "en"} for one in listed)
