"""Calls: their clock, what must be in place, what the public sees, and what may not change afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import Conflict, NotAllowed, NotFound, fence, new_id
from runde.grants.schemes.api import (
    Announcement,
    Call,
    CallRefused,
    Phase,
    attach_funding,
    call_phase,
    find_announcement,
    get_call,
    list_announcements,
    list_calls,
    open_call,
    publish_call,
    sources_of,
    withdraw_call,
)
from runde.grants.schemes.domain.phases import phase_at
from tests.factories import TenantFactory, a_call, a_scheme_version, a_source, an_actor

STATES = ("draft", "published", "withdrawn")


@pytest.mark.parametrize(
    ("state", "minutes", "phase"),
    [
        ("published", -1, Phase.NOT_OPEN),
        ("published", 0, Phase.OPEN),
        ("published", 59, Phase.OPEN),
        ("published", 60, Phase.CLOSED),
        *(("draft", minutes, Phase.DRAFT) for minutes in (-1, 0, 60)),
        *(("withdrawn", minutes, Phase.WITHDRAWN) for minutes in (-1, 0, 60)),
    ],
)
def test_the_phase_follows_the_clock(at: datetime, state: str, minutes: int, phase: Phase) -> None:
    closes_at, moment = at + timedelta(hours=1), at + timedelta(minutes=minutes)
    assert phase_at(state=state, opens_at=at, closes_at=closes_at, at=moment) is phase


def test_publishing_lets_everybody_see_it(tenant: Organisation, at: datetime) -> None:
    call = a_call(at=at)
    assert call_phase(call, at) is Phase.OPEN
    (shown,) = list_announcements(at)
    assert (shown.tenant_name, shown.call_slug, shown.is_conditional) == ("Gjøvik kommune", call.slug, False)
    assert shown.texts["name"]["en"] == "Grants for businesses affected by infection control measures"
    assert find_announcement("gjovik", call.slug) == shown
    assert list_announcements(call.closes_at) == []


def test_a_draft_is_not_seen(tenant: Organisation, at: datetime) -> None:
    a_call(at=at, publish=False)
    assert list_announcements(at) == []


def test_a_call_without_money_is_not_published(tenant: Organisation, at: datetime) -> None:
    with pytest.raises(CallRefused, match="ingen finansieringskilde"):
        a_call(at=at, sources=())


def test_a_call_whose_deadline_has_passed_is_not_published(manager: Actor, at: datetime) -> None:
    call = a_call(at=at, publish=False)
    with pytest.raises(CallRefused, match="Fristen er allerede ute"):
        publish_call(call=call, by=manager, at=call.closes_at)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", ["publish", "withdraw"])
def test_every_act_in_every_state(manager: Actor, at: datetime, state: str, act: str) -> None:
    call = a_call(at=at, publish=state == "published")
    if state == "withdrawn":
        withdraw_call(call=call, reason="Feil frist", by=manager, at=at)
    allowed = {("draft", "publish"), ("draft", "withdraw"), ("published", "withdraw")}

    def go() -> Call:
        if act == "publish":
            return publish_call(call=call, by=manager, at=at)
        return withdraw_call(call=call, reason="Feil frist", by=manager, at=at)

    if (state, act) in allowed:
        assert go().state == {"publish": "published", "withdraw": "withdrawn"}[act]
    else:
        with pytest.raises(Conflict):
            go()


def test_a_withdrawn_call_is_no_longer_announced(manager: Actor, at: datetime) -> None:
    call = a_call(at=at)
    withdraw_call(call=call, reason="Feil frist", by=manager, at=at)
    assert Announcement.objects.count() == 0


def test_the_same_address_twice_is_a_conflict(manager: Actor, at: datetime) -> None:
    first = a_call(at=at)
    with pytest.raises(Conflict, match="adressen"):
        open_call(
            scheme_version=first.scheme_version,
            slug=first.slug,
            opens_at=at,
            closes_at=at + timedelta(days=1),
            answer_by_date=(at + timedelta(days=30)).date(),
            euro_rate=Decimal(11),
            euro_rate_date=at.date(),
            euro_rate_source="Norges Bank",
            by=manager,
            at=at,
        )


def test_the_deadline_comes_after_the_opening(tenant: Organisation, at: datetime) -> None:
    with pytest.raises(CallRefused, match="etter at utlysningen åpner"):
        a_call(at=at, opens_at=at, closes_at=at)


@pytest.mark.parametrize(
    "change", ["slug = 'ny'", "euro_rate = 1", "opens_at = now()", "published_at = now()", "state = 'draft'"]
)
def test_a_published_call_keeps_its_promises_in_sql_too(
    tenant: Organisation, at: datetime, change: str
) -> None:
    call = a_call(at=at)
    with (
        pytest.raises(DatabaseError, match="published call"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE schemes_call SET {change} WHERE id = %s", [call.id])


def test_only_a_scheme_manager_makes_calls(manager: Actor, at: datetime) -> None:
    call = a_call(at=at, publish=False)
    for role in set(Role) - {Role.SCHEME_MANAGER}:
        with pytest.raises(NotAllowed):
            publish_call(call=call, by=an_actor(role, at=at), at=at)


def test_sources_come_in_the_order_they_are_used(manager: Actor, at: datetime) -> None:
    first, second = a_source(at=at, name="B"), a_source(at=at, name="A")
    call = a_call(at=at, sources=(first, second))
    assert sources_of(call) == [first, second]
    with pytest.raises(Conflict, match="allerede"):
        attach_funding(call=call, source=first, rank=3, by=manager, at=at)


@pytest.mark.django_db
def test_a_foreign_call_and_a_missing_call_look_the_same(at: datetime) -> None:
    ours, theirs = TenantFactory.create(), TenantFactory.create()
    with fence(ours.id):
        call = a_call(at=at)
    with fence(theirs.id):
        assert list_calls() == []
        with pytest.raises(NotFound) as foreign:
            get_call(call.slug)
        with pytest.raises(NotFound) as missing:
            get_call("finnes-ikke")
    assert foreign.value.sentence == missing.value.sentence


@pytest.mark.django_db
def test_an_announcement_is_written_by_its_own_tenant_only(at: datetime) -> None:
    ours, theirs = TenantFactory.create(), TenantFactory.create()
    with fence(ours.id):
        call = a_call(at=at)
    with fence(theirs.id):
        assert Announcement.objects.filter(call_id=call.id).update(call_slug="kapret") == 0
        assert Announcement.objects.filter(call_id=call.id).delete()[0] == 0
        forged = Announcement.objects.get(call_id=call.id)
        forged.id, forged.call_id, forged.call_slug = new_id(), new_id(), "falsk"
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            forged.save(force_insert=True)
    assert [one.call_slug for one in list_announcements(at)] == [call.slug]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_one_query_however_long(tenant: Organisation, at: datetime, count: int) -> None:
    version = a_scheme_version(at=at)
    for _ in range(count):
        a_call(at=at, scheme_version=version)
    with CaptureQueriesContext(connection) as queries:
        found = [call.scheme_version.form.slug for call in list_calls()]
        shown = [one.texts["name"] for one in list_announcements(at)]
    assert (len(found), len(shown), len(queries)) == (count, count, 2)
