"""A list laid before a body, and what it decided registered line by line."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from runde.foundation.approvals.api import OwnWork
from runde.foundation.people.api import Role
from runde.foundation.trust.api import Refused
from runde.grants.casework.api import (
    AlreadyHandled,
    Approved,
    Case,
    ForTheBoard,
    How,
    LinesRefused,
    Proposal,
    ToBoard,
    Treated,
    TreatedLine,
    Treatment,
    approve_proposal,
    propose_as_checked,
    register_treatment,
)
from tests.factories import an_actor

from .conftest import Office
from .paying import in_force

GREEN = 86_800
PROTOCOL = "Formannskapet 8. desember 2026, sak 61/26"


def laid(office: Office, *cases: Case, by: Any = None) -> Proposal:
    meeting = (office.at + timedelta(days=15)).date()
    return propose_as_checked(
        case_ids=[case.id for case in cases],
        by=by or office.officer,
        at=office.at,
        declares_impartial=True,
        how=How(board=ToBoard("Formannskapet", meeting, "61/26")),
    )


def registered(office: Office, proposal: Proposal, *treated: Treated, **more: Any) -> Approved:
    after = office.at + timedelta(days=16)
    given = {"protocol": PROTOCOL, "key": "t", "by": office.approver, "at": after, **more}
    return register_treatment(proposal_id=proposal.id, treated=treated, **given)


def test_an_approver_cannot_decide_what_a_body_decides(office: Office) -> None:
    proposal = laid(office, *office.green())
    with pytest.raises(ForTheBoard, match="Formannskapet skal behandle dette"), transaction.atomic():
        approve_proposal(proposal_id=proposal.id, key="k", by=office.approver, at=office.at)


def test_each_line_comes_out_as_the_body_decided(office: Office) -> None:
    as_is, other, refused, later = cases = office.green(4)
    approved = registered(
        office,
        laid(office, *cases),
        Treated(other.id, "other_amount", Decimal(50_000), "Formannskapet la vekt på antall ansatte."),
        Treated(refused.id, "refused", words="Virksomheten har fått støtte før."),
        Treated(later.id, "postponed"),
    )
    assert (approved.granted, approved.refused, approved.sum_nok) == (2, 1, GREEN + 50_000)
    assert [one["why"] for one in approved.left_out] == ["Formannskapet utsatte saken."]
    assert [in_force(case).amount_nok for case in (as_is, other, refused)] == [GREEN, 50_000, 0]
    assert (in_force(other).reason_code, in_force(refused).reason_code) == ("board_granted", "board_refused")
    assert Case.objects.get(id=later.id).state == "open"
    board = in_force(as_is).snapshot["board"]
    assert (board["body"], board["protocol"], board["agenda_reference"]) == (
        "Formannskapet",
        PROTOCOL,
        "61/26",
    )
    assert sorted(TreatedLine.objects.values_list("result", flat=True)) == [
        "as_proposed",
        "other_amount",
        "postponed",
        "refused",
    ]


def test_the_same_press_gives_the_same_answer_and_another_is_too_late(office: Office) -> None:
    proposal = laid(office, *office.green())
    assert registered(office, proposal) == registered(office, proposal)
    with pytest.raises(AlreadyHandled), transaction.atomic():
        registered(office, proposal, key="another")


def test_whoever_prepared_the_list_does_not_register_its_outcome(office: Office) -> None:
    both = an_actor(Role.OFFICER, Role.APPROVER, at=office.at)
    with pytest.raises(OwnWork), transaction.atomic():
        registered(office, laid(office, *office.green(), by=both), by=both)


def test_before_the_meeting_and_without_a_protocol_nothing_is_registered(office: Office) -> None:
    proposal = laid(office, *office.green())
    with pytest.raises(Refused, match="etter møtet"), transaction.atomic():
        registered(office, proposal, at=office.at)
    with pytest.raises(Refused, match="hvor vedtaket står"), transaction.atomic():
        registered(office, proposal, protocol=" ")


def test_another_amount_must_be_one(office: Office) -> None:
    [case] = office.green()
    with pytest.raises(LinesRefused, match="beløpet som ble bestemt"), transaction.atomic():
        registered(office, laid(office, case), Treated(case.id, "other_amount"))


def test_the_database_registers_a_treatment_once(office: Office) -> None:
    registered(office, laid(office, *office.green()))
    with pytest.raises(DatabaseError, match="registered once"), transaction.atomic():
        Treatment.objects.update(protocol="Noe annet")


def test_the_letter_names_the_body(office: Office) -> None:
    from runde.grants.casework.domain.letters import letter_of

    [case] = office.green()
    registered(office, laid(office, case))
    letter = str(letter_of(in_force(case).snapshot))
    assert f"Formannskapet bestemte dette 8.\\xa0desember 2026. Vedtaket står i {PROTOCOL}." in letter
