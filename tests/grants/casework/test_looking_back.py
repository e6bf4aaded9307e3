"""The case as it was: only what had happened by then."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from runde.foundation.trust.api import Refused
from runde.grants.casework.api import (
    approve_proposal,
    case_page,
    declare_impartiality,
    following,
    get_case,
    mark_openness,
    neighbour_of,
    override_value,
    propose_as_checked,
    write_note,
)

from .conftest import Office

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_page_as_of_then_knows_nothing_of_later(office: Office) -> None:
    [case] = office.green()
    at, by = office.at, office.officer
    declare_impartiality(case_id=case.id, is_impartial=True, by=by, at=at + HOUR)
    override_value(case_id=case.id, name="costs", typed="200 000", reason="Delt.", by=by, at=at + 2 * HOUR)
    write_note(case_id=case.id, text="Ring.", by=by, at=at + 3 * HOUR)
    proposal = propose_as_checked(case_ids=[case.id], by=by, at=at + 4 * HOUR)
    approve_proposal(proposal_id=proposal.id, key="k", by=office.approver, at=at + 5 * HOUR)
    seen = [
        case_page(case.id, by=by, at=at + 9 * HOUR, as_of=at + hours * HOUR + HOUR / 2) for hours in range(6)
    ]
    assert [page.verdict.amount_nok for page in seen] == [Decimal(86_800)] * 2 + [Decimal(97_000)] * 4
    assert [len(page.declarations) for page in seen] == [0, 1, 1, 1, 1, 2]
    assert [len(page.notes) for page in seen] == [0, 0, 0, 1, 1, 1]
    assert [len(page.lines) for page in seen] == [0, 0, 0, 0, 1, 1]
    assert [len(page.decisions) for page in seen] == [0, 0, 0, 0, 0, 1]
    assert [len(page.history) for page in seen] == sorted(len(page.history) for page in seen)
    assert not any(page.may_propose or page.may_set or page.may_note for page in seen)


def test_a_case_that_was_not_there_yet_says_so(office: Office) -> None:
    [case] = office.green()
    page = case_page(case.id, by=office.officer, at=office.at, as_of=office.at - HOUR)
    with pytest.raises(Refused, match="Saken fantes ikke den dagen"):
        _ = page.verdict


def test_a_mark_and_an_answer_date_belong_to_their_time(office: Office) -> None:
    [case] = office.green()
    at, by = office.at, office.officer
    mark_openness(
        case_id=case.id,
        kind="answer",
        subject_id="fixed_costs",
        is_exempt=True,
        ground="trade_secret",
        by=by,
        at=at + HOUR,
    )
    before, after = (
        case_page(case.id, by=by, at=at + 2 * HOUR, as_of=when).openness.access("answer", "fixed_costs")
        for when in (at, at + HOUR)
    )
    assert (before.is_exempt, after.is_exempt) == (False, True)
    found = following(get_case(case.id), by=by, at=at + HOUR, as_of=at)
    assert (found.may_correspond, found.expected) == (False, None)


def test_neighbours_follow_the_deadline_and_pass_over_ones_own_interests(office: Office) -> None:
    first, second, third = office.green(3)
    by, at = office.officer, office.at
    assert neighbour_of(first.id, forward=True, by=by) == second.id
    declare_impartiality(case_id=second.id, is_impartial=False, reason="Svoger.", by=by, at=at)
    assert neighbour_of(first.id, forward=True, by=by) == third.id
    assert neighbour_of(third.id, forward=False, by=by) == first.id
    assert neighbour_of(third.id, forward=True, by=by) is None
