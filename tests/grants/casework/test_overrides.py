"""An officer's own figure is a calculation of its own, with a reason, on top of those before it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from runde.foundation.journal.api import events_of
from runde.foundation.people.api import Role
from runde.foundation.trust.api import NotAllowed, NotFound, Refused
from runde.grants.casework.api import (
    Case,
    CaseDecided,
    Check,
    NotDeclared,
    WrongFigure,
    declare_impartiality,
    override_value,
    overrides_in,
    propose_as_checked,
    run_check,
    withdraw_override,
)
from tests.factories import an_actor

from .conftest import Office

pytestmark = pytest.mark.django_db
WHY = "Husleien er delt med en annen virksomhet."


@pytest.fixture
def case(office: Office) -> Case:
    [found] = office.green()
    declare_impartiality(case_id=found.id, is_impartial=True, by=office.officer, at=office.at)
    return found


def set_costs(office: Office, case: Case, typed: str = "200 000", reason: str = WHY) -> Check:
    return override_value(
        case_id=case.id, name="costs", typed=typed, reason=reason, by=office.officer, at=office.at
    )


def test_a_new_check_holds_the_figure_and_the_old_one_stands(office: Office, case: Case) -> None:
    first = Check.objects.get(case=case)
    check = set_costs(office, case)
    case.refresh_from_db()
    assert (check.number, case.recommended_nok) == (2, Decimal(97_000))
    assert Check.objects.get(number=1, case=case).verdict == first.verdict
    [override] = overrides_in(check.overrides)
    assert (override.kind, override.name, override.was, override.is_now) == (
        "row",
        "costs",
        Decimal(180_000),
        Decimal(200_000),
    )
    assert (override.reason, override.by) == (WHY, office.officer.person_id)
    assert check.overrides[0]["row"] == "costs"
    assert {"was": "180000.00", "is": "200000"}.items() <= check.overrides[0].items()


def test_the_journal_tells_what_was_set_and_why(office: Office, case: Case) -> None:
    set_costs(office, case)
    told = [
        event.payload for event in events_of([("case", case.id)]) if event.action == "casework.overridden"
    ]
    assert [(one["label"], one["reason"]) for one in told] == [("Faste kostnader dere oppga", WHY)]


def test_a_second_figure_keeps_the_first_and_a_new_one_takes_its_place(office: Office, case: Case) -> None:
    set_costs(office, case)
    override_value(
        case_id=case.id, name="revenue_drop", typed="40 %", reason=WHY, by=office.officer, at=office.at
    )
    check = set_costs(office, case, "100 000")
    names = {one.name: one.is_now for one in overrides_in(check.overrides)}
    assert names == {"revenue_drop": Decimal("0.4"), "costs": Decimal(100_000)}
    assert {one.name: one.was for one in overrides_in(check.overrides)}["costs"] == Decimal(180_000)
    assert Decimal(check.verdict["amount_nok"]) == Decimal(29_000)  # 100 000 × 40 % × 85 % − 5 000


def test_a_check_by_the_register_now_keeps_what_was_set(office: Office, case: Case) -> None:
    set_costs(office, case)
    again = run_check(case_id=case.id, by=office.officer, at=office.at, with_register_now=True)
    assert [one.name for one in overrides_in(again.overrides)] == ["costs"]


def test_the_rules_own_figure_counts_again_when_it_is_taken_back(office: Office, case: Case) -> None:
    set_costs(office, case)
    check = withdraw_override(
        case_id=case.id, name="costs", reason="Jeg leste feil.", by=office.officer, at=office.at
    )
    case.refresh_from_db()
    assert (check.number, check.overrides, case.recommended_nok) == (3, [], Decimal(86_800))
    with pytest.raises(NotFound):
        withdraw_override(case_id=case.id, name="costs", reason="Igjen.", by=office.officer, at=office.at)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
def test_no_figure_without_a_reason(office: Office, case: Case, reason: str) -> None:
    with pytest.raises(Refused):
        set_costs(office, case, reason=reason)
    assert Check.objects.filter(case=case).count() == 1


@pytest.mark.parametrize("typed", ["", "mye", "10,001", "9" * 25])
def test_what_is_no_figure_is_refused_with_a_sentence(office: Office, case: Case, typed: str) -> None:
    with pytest.raises(WrongFigure) as refused:
        set_costs(office, case, typed)
    assert refused.value.sentence
    assert Check.objects.filter(case=case).count() == 1


def test_a_grant_below_nothing_is_refused(office: Office, case: Case) -> None:
    with pytest.raises(WrongFigure), transaction.atomic():
        override_value(
            case_id=case.id, name="grant_nok", typed="-1", reason=WHY, by=office.officer, at=office.at
        )
    assert Check.objects.filter(case=case).count() == 1


def test_only_an_officer_who_has_spoken_and_has_no_interest_may(office: Office, case: Case) -> None:
    silent, approver = an_actor(Role.OFFICER, at=office.at), office.approver
    with pytest.raises(NotDeclared):
        override_value(case_id=case.id, name="costs", typed="1", reason=WHY, by=silent, at=office.at)
    with pytest.raises(NotAllowed):
        override_value(case_id=case.id, name="costs", typed="1", reason=WHY, by=approver, at=office.at)
    declare_impartiality(case_id=case.id, is_impartial=False, reason="Nabo.", by=office.officer, at=office.at)
    with pytest.raises(NotAllowed):
        set_costs(office, case)


def test_a_case_before_an_approver_is_left_alone(office: Office, case: Case) -> None:
    propose_as_checked(case_ids=[case.id], by=office.officer, at=office.at)
    with pytest.raises(CaseDecided):
        set_costs(office, case)


def test_the_database_lets_nobody_change_what_was_set(office: Office, case: Case) -> None:
    check = set_costs(office, case)
    with pytest.raises(DatabaseError), transaction.atomic():
        Check.objects.filter(id=check.id).update(overrides=[])
