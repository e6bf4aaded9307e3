"""The question bank: every tenant reads it, each writes its own part, and no answer or condition is in it."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from runde.foundation.forms.api import (
    BankQuestion,
    FormRefused,
    add_question,
    get_from_bank,
    list_bank,
    put_in_bank,
    retire_from_bank,
)
from runde.foundation.journal.models import Event
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Role
from runde.foundation.trust.api import NotAllowed, NotFound, fence
from tests.factories import TenantFactory, an_actor

from .definitions import form_of, question, texts

STAFF = question("staff", "integer", least=0, help=texts("Tell alle med fast lønn."))


@pytest.fixture
def ours(db: None) -> Organisation:
    return TenantFactory.create(name="Moss kommune")


@pytest.fixture
def theirs(db: None) -> Organisation:
    return TenantFactory.create(name="Åsnes kommune")


def put(tenant: Organisation, one: dict[str, object], at: datetime) -> BankQuestion:
    with fence(tenant.id):
        return put_in_bank(question=one, by=an_actor(Role.SCHEME_MANAGER, at=at), at=at)


def test_every_tenant_finds_every_question(ours: Organisation, theirs: Organisation, at: datetime) -> None:
    put(theirs, question("rent", "money"), at)
    put(ours, STAFF, at)
    put(ours, question("rent", "money"), at)
    with fence(ours.id):
        found = [(one.slug, one.tenant_name) for one in list_bank()]
        assert found == [("rent", "Moss kommune"), ("rent", "Åsnes kommune"), ("staff", "Moss kommune")]
        assert [one.slug for one in list_bank("FAST lønn")] == ["staff"]
        assert [one.tenant_name for one in list_bank("rent åsnes")] == ["Åsnes kommune"]
        assert list_bank("finnes ikke") == []


def test_a_question_comes_without_the_conditions_of_its_form(ours: Organisation, at: datetime) -> None:
    kept = put(ours, {**STAFF, "shown_if": "rent > 2", "required_if": "rent > 3"}, at)
    assert kept.question == STAFF
    form = add_question(form_of(question("x", "text")), get_from_bank(kept.id).question, section="all")
    assert form["sections"][0]["questions"][1] == STAFF


def test_put_again_it_is_the_same_or_gives_way(ours: Organisation, at: datetime) -> None:
    first = put(ours, STAFF, at)
    assert put(ours, STAFF, at).id == first.id
    second = put(ours, {**STAFF, "most": 10}, at)
    with fence(ours.id):
        assert [one.id for one in list_bank()] == [second.id]
        with pytest.raises(NotFound, match="ikke lenger i spørsmålsbanken"):
            get_from_bank(first.id)
        assert Event.objects.filter(action="forms.put_in_bank").count() == 2


def test_only_ones_own_question_is_taken_away(ours: Organisation, theirs: Organisation, at: datetime) -> None:
    own, other = put(ours, STAFF, at), put(theirs, STAFF, at)
    with fence(ours.id):
        manager = an_actor(Role.SCHEME_MANAGER, at=at)
        with pytest.raises(NotFound, match="en annen kommune"):
            retire_from_bank(bank_id=other.id, by=manager, at=at)
        retire_from_bank(bank_id=own.id, by=manager, at=at)
        assert [one.id for one in list_bank()] == [other.id]
        assert Event.objects.filter(action="forms.retired_from_bank").count() == 1


def test_a_question_with_mistakes_is_refused(ours: Organisation, at: datetime) -> None:
    with pytest.raises(FormRefused, match="typen «telepathy» finnes ikke"):
        put(ours, question("x", "telepathy"), at)
    with pytest.raises(FormRefused, match="mangler en «slug»"):
        put(ours, {"type": "text"}, at)


def test_only_a_scheme_manager_puts_and_retires(ours: Organisation, at: datetime) -> None:
    kept = put(ours, STAFF, at)
    with fence(ours.id):
        for role in set(Role) - {Role.SCHEME_MANAGER}:
            other = an_actor(role, at=at)
            with pytest.raises(NotAllowed):
                put_in_bank(question=STAFF, by=other, at=at)
            with pytest.raises(NotAllowed):
                retire_from_bank(bank_id=kept.id, by=other, at=at)


def test_the_database_keeps_others_questions_as_they_are(
    ours: Organisation, theirs: Organisation, at: datetime
) -> None:
    put(theirs, STAFF, at)
    with fence(ours.id):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM forms_bankquestion")
            assert cursor.rowcount == 0
        for sql in (
            "UPDATE forms_bankquestion SET slug = 'x'",
            "INSERT INTO forms_bankquestion SELECT gen_random_uuid(), tenant_id, tenant_name, 'x', question, put_at "
            "FROM forms_bankquestion",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
        assert len(list_bank()) == 1
