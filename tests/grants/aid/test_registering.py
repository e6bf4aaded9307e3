"""What must be entered in the national register, by when, and the report."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import NotAllowed, Refused, fence
from runde.grants.aid.api import (
    AlreadyRegistered,
    NoSuchAid,
    duty_report,
    list_duties,
    mark_registered,
    record_awards,
)
from tests.factories import an_actor

from .conftest import UNIT, a_grant


@pytest.fixture
def finance(moss: UUID, at: datetime) -> Actor:
    return an_actor(Role.FINANCE, at=at)


def test_small_aid_has_twenty_working_days_and_other_aid_six_months(
    finance: Actor, on: date, at: datetime
) -> None:
    record_awards(
        [
            a_grant(1, on),
            a_grant(100_000, on, basis=""),
            a_grant("99999.99", on, basis=""),
            a_grant(5, on, is_reserved=True),
        ],
        at=at,
    )
    small, other = list_duties(by=finance, at=at)
    assert (small.amount_nok, small.last_date, small.days_left) == (Decimal(10), date(2026, 12, 21), 28)
    assert (other.amount_nok, other.last_date) == (Decimal(1_000_000), date(2027, 5, 24))


def test_the_report_has_the_fields_of_the_regulation(finance: Actor, on: date, at: datetime) -> None:
    record_awards([a_grant(2, on, giver="=Moss", giver_number="310000001")], at=at)
    report = duty_report(list_duties(by=finance, at=at)).decode("utf-8-sig").splitlines()
    assert report[1:] == [
        f"'=Moss;310000001;{UNIT};2026-11-23;20,00;Omstilling;forordning (EU) 2023/2831;Tilskudd;2026-12-21"
    ]


def test_a_number_is_written_down_once_and_ends_the_duty(finance: Actor, on: date, at: datetime) -> None:
    record_awards([a_grant(2, on)], at=at)
    [duty] = list_duties(by=finance, at=at)
    with pytest.raises(Refused), transaction.atomic():
        mark_registered(award_id=duty.award_id, number=" ", registered_date=on, by=finance, at=at)
    mark_registered(award_id=duty.award_id, number="STT-000001", registered_date=on, by=finance, at=at)
    assert list_duties(by=finance, at=at) == []
    with pytest.raises(AlreadyRegistered):
        mark_registered(award_id=duty.award_id, number="STT-000002", registered_date=on, by=finance, at=at)


def test_only_ones_own_awards_and_only_by_those_who_may(
    towns: tuple[UUID, UUID], on: date, at: datetime
) -> None:
    with fence(towns[0]):
        record_awards([a_grant(2, on)], at=at)
        [duty] = list_duties(by=an_actor(Role.FINANCE, at=at), at=at)
        with pytest.raises(NotAllowed):
            mark_registered(
                award_id=duty.award_id,
                number="STT-1",
                registered_date=on,
                by=an_actor(Role.AUDITOR, at=at),
                at=at,
            )
    with fence(towns[1]):
        finance = an_actor(Role.FINANCE, at=at)
        assert list_duties(by=finance, at=at) == []
        for award_id in (duty.award_id, uuid4()):
            with pytest.raises(NoSuchAid):
                mark_registered(award_id=award_id, number="STT-1", registered_date=on, by=finance, at=at)
