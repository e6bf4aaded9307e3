"""Publishing: versions in order, the same twice is one, never changed, one tenant's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from runde.foundation.forms.api import (
    FormAltered,
    FormRefused,
    FormVersion,
    hidden_questions,
    publish_form,
    questions_of,
)
from runde.foundation.journal.models import Event
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import NotAllowed, fence
from tests.factories import TenantFactory, an_actor

from .definitions import EVERY_TYPE, form_of, question


@pytest.fixture
def tenant(db: None) -> Iterator[Organisation]:
    one = TenantFactory.create()
    with fence(one.id):
        yield one


@pytest.fixture
def manager(tenant: Organisation, at: datetime) -> Actor:
    return an_actor(Role.SCHEME_MANAGER, at=at)


def test_versions_are_numbered_and_the_same_is_not_made_twice(manager: Actor, at: datetime) -> None:
    first = publish_form(slug="skjema", definition=EVERY_TYPE, by=manager, at=at)
    same = publish_form(slug="skjema", definition=EVERY_TYPE, by=manager, at=at)
    other = publish_form(slug="skjema", definition=form_of(question("x", "text")), by=manager, at=at)
    assert (first.number, same.id, other.number) == (1, first.id, 2)
    assert Event.objects.filter(action="forms.published").count() == 2


def test_only_a_scheme_manager_publishes(tenant: Organisation, at: datetime) -> None:
    with pytest.raises(NotAllowed, match="ordningsansvarlig"):
        publish_form(slug="x", definition=EVERY_TYPE, by=an_actor(Role.OFFICER, at=at), at=at)


def test_a_definition_with_mistakes_is_refused_with_all_of_them(manager: Actor, at: datetime) -> None:
    with pytest.raises(FormRefused) as refused:
        publish_form(slug="x", definition=form_of(question("x", "telepathy")), by=manager, at=at)
    assert len(refused.value.facts["problems"]) == 1  # type: ignore[arg-type]
    assert FormVersion.objects.count() == 0


@pytest.mark.parametrize(
    "sql", ["UPDATE forms_formversion SET definition = '{}'", "DELETE FROM forms_formversion"]
)
def test_a_published_form_is_never_changed(manager: Actor, at: datetime, sql: str) -> None:
    publish_form(slug="skjema", definition=EVERY_TYPE, by=manager, at=at)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_another_tenant_does_not_see_it(db: None, at: datetime) -> None:
    ours, theirs = TenantFactory.create(), TenantFactory.create()
    with fence(ours.id):
        publish_form(slug="x", definition=EVERY_TYPE, by=an_actor(Role.SCHEME_MANAGER, at=at), at=at)
    with fence(theirs.id):
        assert FormVersion.objects.count() == 0
        assert (
            publish_form(
                slug="x", definition=EVERY_TYPE, by=an_actor(Role.SCHEME_MANAGER, at=at), at=at
            ).number
            == 1
        )


def test_a_form_that_is_not_the_one_published_is_not_asked(manager: Actor, at: datetime) -> None:
    form = publish_form(slug="skjema", definition=EVERY_TYPE, by=manager, at=at)
    form.digest = "0" * 64
    with pytest.raises(FormAltered):
        questions_of(form)


def test_the_register_facts_a_form_uses_are_written_into_the_version(manager: Actor, at: datetime) -> None:
    form = form_of(question("x", "text", shown_if="employees > 2"))
    with pytest.raises(FormRefused, match="employees"):
        publish_form(slug="x", definition=form, by=manager, at=at)
    known = {"employees": "integer", "bankrupt": "boolean"}
    first = publish_form(slug="x", definition=form, by=manager, at=at, known_types=known)
    again = publish_form(slug="x", definition=form, by=manager, at=at, known_types=known)
    assert first.definition == {**form, "known": {"employees": "integer"}}
    assert again.id == first.id
    assert hidden_questions(first, {}) == {"x"}
    assert hidden_questions(first, {}, {"employees": 3}) == frozenset()
