"""What is written down keeps within the ceilings, counts every municipality, and can be taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import NotAllowed, Refused, fence
from runde.grants.aid.api import (
    Declared,
    NoCeiling,
    NoSuchAid,
    OddRuling,
    OverCeiling,
    Said,
    Told,
    list_awards,
    list_entries,
    record_awards,
    reverse_awards,
    rule_on_undertaking,
    undertakings_of,
    withdraw_aid,
    write_down_aid,
)
from runde.grants.aid.models import AidReckoning, DeclaredAid, UndertakingRuling
from tests.factories import an_actor

from .conftest import UNIT, a_grant

OTHER = "310000035"
CASE = uuid4()


@pytest.fixture
def officer(moss: UUID, at: datetime) -> Actor:
    return an_actor(Role.OFFICER, at=at)


def linked(on: date, *, is_linked: bool = True, to: date | None = None, other: str = OTHER) -> Said:
    return Said(
        number=UNIT,
        other=other,
        is_linked=is_linked,
        from_date=on,
        to_date=to,
        reason="Aksjonærregisteret viser 60 prosent",
    )


def told(on: date, euro: int, **more: Any) -> Told:
    facts: dict[str, Any] = {
        "organisation_number": UNIT,
        "giver": "Innovasjon Norge",
        "rule": "general",
        "instrument": "grant",
        "right_arose_date": on,
        "amount_nok": Decimal(euro) * 10,
        "same_costs": False,
        "euro_rate": Decimal(10),
        "euro_rate_date": on,
        "euro_rate_source": "Norges Bank (eksempel)",
    }
    return Told(**(facts | more))


def test_a_ceiling_may_be_reached_and_not_passed_and_all_or_none_is_given(
    moss: UUID, on: date, at: datetime
) -> None:
    record_awards([a_grant(299_000, on)], at=at)
    with pytest.raises(OverCeiling) as refusal, transaction.atomic():
        record_awards([a_grant(1_000, on), one := a_grant("0.01", on)], at=at)
    assert refusal.value.facts["over"] == {
        one.decision_id: "Kommer over taket for støtte: 300\xa0000,01 av 300\xa0000 euro. "
        "Det er ikke plass til mer støtte."
    }
    record_awards([a_grant(1_000, on)], at=at)
    assert sum(one.amount_eur for one in list_awards(UNIT, date.min)) == 300_000


def test_what_another_municipality_gives_or_keeps_room_for_counts(
    towns: tuple[UUID, UUID], on: date, at: datetime
) -> None:
    with fence(towns[0]):
        record_awards([a_grant(200_000, on), a_grant(90_000, on, is_reserved=True)], at=at)
    with fence(towns[1]):
        with pytest.raises(OverCeiling, match=r"Høyst 100\s000\skroner får plass"), transaction.atomic():
            record_awards([a_grant(20_000, on)], at=at)
        assert [one.amount_eur for one in list_awards(UNIT, date.min)] == [200_000]
        assert {one.origin for one in list_entries([UNIT])} == {"award", "reserved"}


def test_what_is_taken_back_gives_its_room_back_to_everybody(
    towns: tuple[UUID, UUID], on: date, at: datetime
) -> None:
    with fence(towns[0]):
        record_awards([given := a_grant(300_000, on)], at=at)
        reverse_awards(decision_ids=[given.decision_id], why="declined", at=at)
    with fence(towns[1]):
        record_awards([a_grant(300_000, on)], at=at)


def test_a_grant_can_be_lowered_also_above_the_ceiling(moss: UUID, on: date, at: datetime) -> None:
    record_awards([a_grant(300_000, on)], at=at)
    record_awards([a_grant(10_000, on, takes_room=False)], at=at)
    assert AidReckoning.objects.count() == 1


def test_units_found_to_be_one_undertaking_share_a_ceiling(officer: Actor, on: date, at: datetime) -> None:
    rule_on_undertaking(case_id=CASE, said=linked(on), by=officer, at=at)
    record_awards([a_grant(200_000, on)], at=at)
    with pytest.raises(OverCeiling), transaction.atomic():
        record_awards([a_grant(100_001, on, unit=OTHER)], at=at)
    rule_on_undertaking(
        case_id=CASE, said=linked(on, is_linked=False), by=officer, at=at + timedelta(hours=1)
    )
    record_awards([a_grant(100_001, on, unit=OTHER)], at=at)
    [first, second] = AidReckoning.objects.order_by("id")
    assert [one["number"] for one in first.members] == [UNIT, OTHER]
    assert first.members[0]["by"][0]["reason"] == "Aksjonærregisteret viser 60 prosent"
    assert [one["number"] for one in second.members] == [OTHER]


def test_a_ruling_holds_for_every_municipality_and_for_its_days(
    towns: tuple[UUID, UUID], on: date, at: datetime
) -> None:
    with fence(towns[0]):
        officer = an_actor(Role.OFFICER, at=at)
        rule_on_undertaking(case_id=CASE, said=linked(on, to=on), by=officer, at=at)
    with fence(towns[1]):
        assert undertakings_of([UNIT], on)[UNIT].members == {UNIT, OTHER}
        assert undertakings_of([UNIT], on + timedelta(days=1))[UNIT].members == {UNIT}


def test_aid_from_elsewhere_counts_until_it_is_withdrawn(officer: Actor, on: date, at: datetime) -> None:
    made = write_down_aid(case_id=CASE, told=told(on, 290_000), by=officer, at=at)
    with pytest.raises(OverCeiling), transaction.atomic():
        record_awards([a_grant(20_000, on)], at=at)
    withdraw_aid(aid_id=made, why="Det var et lån til en annen", by=officer, at=at)
    record_awards([a_grant(20_000, on)], at=at)
    with pytest.raises(NoSuchAid):
        withdraw_aid(aid_id=made, why="Igjen", by=officer, at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        DeclaredAid.objects.update(withdrawn_why="Noe annet")


def test_what_the_company_says_counts_beyond_what_we_know(moss: UUID, on: date, at: datetime) -> None:
    said = Declared(Decimal(250_000), on)
    with pytest.raises(OverCeiling, match=r"310\s000,00 av 300\s000 euro"), transaction.atomic():
        record_awards([a_grant(60_000, on, declared=said)], at=at)
    record_awards([a_grant(50_000, on, declared=said)], at=at)
    assert AidReckoning.objects.get().unknown_eur == 250_000


@pytest.mark.parametrize("rule", ["sgei", "fishery", "nothing_known"])
def test_a_ceiling_nobody_has_confirmed_gives_no_aid(moss: UUID, on: date, at: datetime, rule: str) -> None:
    with pytest.raises(NoCeiling):
        record_awards([a_grant(1, on, basis=rule)], at=at)


def test_odd_words_are_refused(officer: Actor, on: date, at: datetime) -> None:
    for odd in (
        linked(on, other=UNIT),
        linked(on, other="123456789"),
        linked(on, to=on - timedelta(days=1)),
    ):
        with pytest.raises(OddRuling):
            rule_on_undertaking(case_id=CASE, said=odd, by=officer, at=at)
    for wrong in (
        told(on, 0),
        told(on, 1, giver=" "),
        told(on + timedelta(days=1), 1),
        told(on, 1, instrument="gave"),
    ):
        with pytest.raises(Refused):
            write_down_aid(case_id=CASE, told=wrong, by=officer, at=at)
    with pytest.raises(NotAllowed):
        write_down_aid(case_id=CASE, told=told(on, 1), by=an_actor(Role.APPROVER, at=at), at=at)


def test_another_municipalitys_word_is_read_and_not_changed(
    towns: tuple[UUID, UUID], on: date, at: datetime
) -> None:
    with fence(towns[0]):
        officer = an_actor(Role.OFFICER, at=at)
        made = write_down_aid(case_id=CASE, told=told(on, 1_000), by=officer, at=at)
        rule_on_undertaking(case_id=CASE, said=linked(on), by=officer, at=at)
    with fence(towns[1]):
        assert len(list_entries([UNIT])) == 1
        with pytest.raises(NoSuchAid):
            withdraw_aid(aid_id=made, why="Feil", by=an_actor(Role.OFFICER, at=at), at=at)
        assert DeclaredAid.objects.filter(id=made).update(withdrawn_at=at, withdrawn_why="Feil") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            UndertakingRuling.objects.update(is_linked=False)
