"""A link opens what it was made for, until its day, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from runde.foundation.people.api import (
    Actor,
    Fault,
    Link,
    LinkRefused,
    Mandate,
    NotLinkable,
    Only,
    actor_by_link,
    give_mandates,
    make_link,
    may,
    permission,
    read_link,
    registered_actions,
    renew_link,
    use_link,
    withdraw_links,
)
from runde.foundation.people.links import is_sealed
from runde.foundation.people.models import SignedLink
from tests.factories.organisations import TenantFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def a_link(at: datetime, **facts: object) -> str:
    given = {"purpose": "report", "subject_id": uuid4(), "tenant_id": None, "email": "kari@kanalen.example"}
    return make_link(**{**given, "expires_at": at + WEEK, "at": at, **facts})  # type: ignore[arg-type]


def fault_of(token: str, purpose: str | None = "report", *, at: datetime, **facts: UUID) -> Fault | None:
    try:
        read_link(token, purpose, at=at, **facts)
    except LinkRefused as refusal:
        return refusal.fault
    return None


def test_a_link_tells_what_it_is_for_and_whose_it_is(at: datetime) -> None:
    person, tenant, subject = PersonFactory.create(name="Kari Dahl"), TenantFactory.create(), uuid4()
    token = make_link(
        purpose="accept_award", subject_id=subject, tenant_id=tenant.id, person_id=person.id, version="3",
        language="nn", expires_at=at + WEEK, at=at,
    )  # fmt: skip
    link = read_link(token, "accept_award", at=at, tenant_id=tenant.id)
    assert replace(link, id=subject) == Link(
        id=subject, purpose="accept_award", subject_id=subject, tenant_id=tenant.id, version="3",
        person_id=person.id, email=person.email, name="Kari Dahl", language="nn", made_at=at, expires_at=at + WEEK,
    )  # fmt: skip


def test_reading_a_thousand_times_changes_nothing(at: datetime) -> None:
    token = a_link(at)
    before = SignedLink.objects.values().get()
    for _ in range(1000):
        read_link(token, "report", at=at)
    assert SignedLink.objects.values().get() == before


def test_each_way_of_being_wrong_has_its_own_word(at: datetime) -> None:
    tenant, other = TenantFactory.create(), TenantFactory.create()
    token = a_link(at, tenant_id=tenant.id)
    last = at + WEEK - timedelta(microseconds=1)
    assert fault_of(token, at=last) is None
    assert fault_of(token, at=at + WEEK) == Fault.EXPIRED
    assert fault_of(token, "accept_award", at=at) == Fault.OTHER_PURPOSE
    assert fault_of(token, at=at, tenant_id=tenant.id) is None
    assert fault_of(token, at=at, tenant_id=other.id) == Fault.OTHER_TENANT


@given(place=st.integers(0, 47), sign=st.sampled_from("AZaz09-_=. é"))
def test_a_token_with_another_sign_in_it_opens_nothing(place: int, sign: str) -> None:
    at = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
    token = a_link(at)
    altered = token[:place] + sign + token[place + 1 :]
    assert fault_of(altered, at=at) == (None if altered == token else Fault.ALTERED)


@pytest.mark.parametrize(
    "text", ["", "x", "A" * 47, "A" * 48, "A" * 49, "é" * 48, "A" * 100_000, "\x00" * 48]
)
def test_what_is_no_token_is_refused_as_not_whole(text: str, at: datetime) -> None:
    assert fault_of(text, at=at) == Fault.ALTERED


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("purpose", "accept_award"),
        ("subject_id", UUID(int=7)),
        ("in_tenant_id", UUID(int=7)),
        ("version", "2"),
        ("person_id", UUID(int=7)),
        ("email", "ola@verket.example"),
        ("expires_at", datetime.fromisoformat("2036-01-01T00:00:00+00:00")),
    ],
)
def test_everything_a_link_is_for_is_sealed(column: str, value: object, at: datetime) -> None:
    token = a_link(at)
    row = SignedLink.objects.get()
    assert is_sealed(row, token)
    setattr(row, column, value)
    assert not is_sealed(row, token)


def test_the_database_refuses_to_change_what_a_link_is_for(at: datetime) -> None:
    a_link(at)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignedLink.objects.update(subject_id=uuid4())
    with pytest.raises(ProgrammingError), transaction.atomic():
        SignedLink.objects.all().delete()


def test_a_link_of_a_person_whose_account_is_closed_opens_nothing(at: datetime) -> None:
    person = PersonFactory.create()
    token = a_link(at, person_id=person.id)
    person.is_active = False
    person.save()
    assert fault_of(token, at=at) == Fault.WITHDRAWN


def test_old_links_open_when_the_key_is_replaced_and_not_when_it_is_forgotten(
    at: datetime, settings: Settings
) -> None:
    token = a_link(at)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key"
    assert fault_of(token, at=at) is None
    settings.SECRET_KEY_FALLBACKS = []
    assert fault_of(token, at=at) == Fault.ALTERED


def test_a_link_is_used_once(at: datetime) -> None:
    token = a_link(at)
    link = read_link(token, "report", at=at)
    assert [use_link(link=link, at=at), use_link(link=link, at=at)] == [True, False]
    assert fault_of(token, at=at) == Fault.USED


def test_a_link_that_is_withdrawn_stays_so(at: datetime) -> None:
    subject = uuid4()
    tokens = [a_link(at, subject_id=subject), a_link(at, subject_id=subject), a_link(at)]
    assert withdraw_links(purpose="report", subject_id=subject, at=at) == 2
    assert [fault_of(one, at=at + WEEK) for one in tokens] == [
        Fault.WITHDRAWN,
        Fault.WITHDRAWN,
        Fault.EXPIRED,
    ]


def test_a_renewed_link_is_for_the_same_and_lives_as_long(at: datetime) -> None:
    token = a_link(at, version="1")
    old = read_link(token, "report", at=at)
    later = at + timedelta(days=30)
    new, fresh = renew_link(link=old, version="2", at=later)
    assert new == replace(old, id=new.id, version="2", made_at=later, expires_at=later + WEEK)
    assert read_link(fresh, "report", at=later) == new
    assert fault_of(token, at=at) == Fault.RENEWED


@pytest.mark.parametrize("purpose", ["change_account", "sign_in", ""])
def test_what_needs_sign_in_has_no_link(purpose: str, at: datetime) -> None:
    with pytest.raises(NotLinkable):
        a_link(at, purpose=purpose)
    assert not SignedLink.objects.exists()


def test_a_link_is_for_somebody(at: datetime) -> None:
    with pytest.raises(NotLinkable):
        a_link(at, email=" ")


# --- What the holder may do ---


class Thing:
    def __init__(self, thing_id: UUID) -> None:
        self.id = thing_id


def limited(at: datetime, subject: UUID, *actions: str, companies: tuple[str, ...] = ()) -> Actor:
    person = PersonFactory.create()
    give_mandates(
        person=person,
        organisation_numbers=["310000027", "310000035"],
        source=Mandate.Source.REGISTER_ROLE,
        valid_from=at.date(),
        evidence="",
    )
    link = read_link(a_link(at, person_id=person.id, subject_id=subject), None, at=at)
    return actor_by_link(link, actions=actions, things=(), companies=companies, on=at.date())


def breaches(
    actor: Actor, things: list[object], allowed: set[tuple[str, object]]
) -> list[tuple[str, object]]:
    """What the actor may do beside what is allowed."""
    return [
        (a, t) for a in registered_actions() for t in things if may(actor, a, t) and (a, t) not in allowed
    ]


@pytest.fixture
def everything_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rule says yes, so that only the limit of the link stands between."""
    from runde.foundation.people import permissions

    yes = {action: (lambda actor, thing: True, "alle") for action in [*permissions._rules, "test.answer"]}
    monkeypatch.setattr(permissions, "_rules", yes)


def test_a_link_lets_nobody_do_anything_but_its_task(at: datetime, everything_allowed: None) -> None:
    subject, other = Thing(uuid4()), Thing(uuid4())
    actor = limited(at, subject.id, "test.answer")
    assert may(actor, "test.answer", subject)
    things = [subject, other, subject.id, None, "310000027", "", 0, {}]
    assert breaches(actor, things, {("test.answer", subject), ("test.answer", subject.id)}) == []
    assert len(registered_actions()) > 10


def test_the_check_above_finds_a_limit_that_does_not_hold(
    at: datetime, everything_allowed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: a limit that covers every thing, and one that covers every action."""
    subject, other = Thing(uuid4()), Thing(uuid4())
    actor = limited(at, subject.id, "test.answer")
    for hole in (
        lambda self, action, thing: action in self.actions,
        lambda self, action, thing: getattr(thing, "id", thing) in self.things,
        lambda self, action, thing: True,
    ):
        monkeypatch.setattr(Only, "covers", hole)
        assert breaches(actor, [subject, other, None], {("test.answer", subject)}) != []


def test_a_link_gives_no_role_and_only_the_companies_of_its_task(at: datetime) -> None:
    actor = limited(at, uuid4(), companies=("310000027", "310000043"))
    assert (actor.roles, actor.companies, actor.vouched) == (frozenset(), {"310000027"}, {"310000027"})
    assert limited(at, uuid4()).companies == frozenset()


def test_an_address_without_an_account_acts_as_the_link(at: datetime) -> None:
    link = read_link(a_link(at), None, at=at)
    actor = actor_by_link(link, actions=(), things=(), companies=("310000027",), on=at.date())
    assert (actor.person_id, actor.name, actor.companies) == (link.id, "kari@kanalen.example", frozenset())


def test_the_rule_itself_still_decides(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link never gives more than its person has."""
    from runde.foundation.people import permissions

    monkeypatch.setattr(permissions, "_rules", dict(permissions._rules))
    permission("test.never", who="ingen")(lambda actor, thing: False)
    subject = Thing(uuid4())
    assert not may(limited(at, subject.id, "test.never"), "test.never", subject)
