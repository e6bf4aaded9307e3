"""The shelf is seen by all, filled by each for itself, and copied from in one act with its origin kept."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from runde.foundation.journal.api import events_of
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import NotAllowed, NotFound, Refused, fence, new_id
from runde.grants.designs.api import (
    SharedScheme,
    change_draft,
    copy_from_shelf,
    digest_of,
    get_shared,
    list_drafts,
    list_shelf,
    origin_sentence,
    problems_of,
    publish_draft,
    share_version,
    start_draft_from_version,
    unshare,
)
from runde.grants.schemes.api import SchemeVersion, compiled_rules
from tests.factories import (
    TenantFactory,
    a_scheme_version,
    a_shared_scheme,
    an_actor,
    with_figure,
)


def test_a_copy_becomes_ones_own_and_remembers_where_it_came_from(
    shared: SharedScheme, neighbour: Organisation, manager: Actor, at: datetime
) -> None:
    draft = copy_from_shelf(shared_id=shared.id, by=manager, at=at)
    [place] = [one for one in draft.content["rules"]["parameters"] if one["name"] == "scheme_municipality"]
    assert place["values"] == [{"value": "3407", "label": {"nb": "Gjøvik", "nn": "Gjøvik", "en": "Gjøvik"}}]
    assert draft.content["texts"]["who"]["nb"].startswith("Virksomheter i Gjøvik innen")
    assert draft.content["legal_basis"]["guidelines"]["en"].endswith("in Gjøvik")
    assert "Moss" not in str(draft.content)
    assert draft.origin == {
        "kind": "shelf",
        "municipality": "Moss kommune",
        "municipality_number": "3103",
        "scheme": "smittevern",
        "name": "Tilskudd til virksomheter rammet av smitteverntiltak",
        "number": 1,
        "version": str(shared.version_id),
        "digest": shared.digest,
        "shared": str(shared.id),
        "date": "2026-11-23",
    }
    assert origin_sentence(draft.origin).replace("\u00a0", " ") == (
        "Kopiert fra Moss kommune, versjon 1 av «Tilskudd til virksomheter rammet av smitteverntiltak», "
        "23. november 2026."
    )


def test_a_copy_can_be_published_as_it_is_and_judges_ones_own(
    shared: SharedScheme, manager: Actor, at: datetime
) -> None:
    draft = copy_from_shelf(shared_id=shared.id, by=manager, at=at)
    assert problems_of(draft, at.date()) == ()
    version = publish_draft(draft_id=draft.id, revision=1, key="k", by=manager, at=at)
    sentences = compiled_rules(version).requirements(at.date(), "nb")
    assert sentences["municipality"] == "Virksomheten må ligge i Gjøvik."


def test_a_copy_beside_ones_own_scheme_gets_an_address_of_its_own(
    shared: SharedScheme, manager: Actor, at: datetime
) -> None:
    a_scheme_version(at=at)
    draft = copy_from_shelf(shared_id=shared.id, by=manager, at=at)
    assert (draft.slug, draft.scheme_id) == ("smittevern-2", None)
    assert problems_of(draft, at.date()) == ()


def test_the_shelf_holds_what_was_published_and_nothing_else(
    shared: SharedScheme, neighbour: Organisation, tenant: Organisation
) -> None:
    [seen] = list_shelf()
    assert (seen.tenant_name, seen.scheme_slug, seen.number) == ("Moss kommune", "smittevern", 1)
    assert seen.texts["name"]["nb"] == "Tilskudd til virksomheter rammet av smitteverntiltak"
    assert sorted(seen.content) == [
        "assumptions", "form", "format", "legal_basis", "rules", "slug", "sources", "take_up", "texts"
    ]  # fmt: skip
    assert seen.content["sources"] == []
    assert digest_of(seen.content) == seen.digest
    assert SchemeVersion.objects.count() == 0


def test_a_newer_version_takes_the_place_of_the_one_on_the_shelf(manager: Actor, at: datetime) -> None:
    first = a_scheme_version(at=at)
    one = share_version(version=first, by=manager, at=at)
    assert share_version(version=first, by=manager, at=at).id == one.id
    draft = start_draft_from_version(version=first, by=manager, at=at)
    content = with_figure(draft.content, "required_drop", "0.25")
    change_draft(draft_id=draft.id, content=content, revision=1, what="Senket", by=manager, at=at)
    second = publish_draft(draft_id=draft.id, revision=2, key="k", by=manager, at=at)
    share_version(version=second, by=manager, at=at)
    assert [shared.number for shared in list_shelf()] == [2]
    with pytest.raises(NotFound, match="ikke lenger på hylla"):
        get_shared(one.id)


def test_what_is_taken_off_the_shelf_stays_with_those_who_copied_it(
    neighbour: Organisation, at: datetime
) -> None:
    shared = a_shared_scheme(neighbour, at=at)
    here = TenantFactory.create(municipality_number="3411")
    with fence(here.id):
        manager = an_actor(Role.SCHEME_MANAGER, at=at)
        copy_from_shelf(shared_id=shared.id, by=manager, at=at)
    with fence(neighbour.id):
        unshare(shared_id=shared.id, by=an_actor(Role.SCHEME_MANAGER, at=at), at=at)
        told = [event.action for event in events_of([("scheme_version", shared.version_id)])]
        assert told == ["designs.unshared", "designs.shared"]
    with fence(here.id):
        assert list_shelf() == []
        assert len(list_drafts(manager)) == 1
        with pytest.raises(NotFound):
            copy_from_shelf(shared_id=shared.id, by=manager, at=at)


def test_nobody_takes_down_or_alters_what_others_have_shared(
    shared: SharedScheme, manager: Actor, at: datetime
) -> None:
    with pytest.raises(NotFound, match="delt av en annen"):
        unshare(shared_id=shared.id, by=manager, at=at)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM designs_sharedscheme")
        assert cursor.rowcount == 0
    for sql in (
        "UPDATE designs_sharedscheme SET number = 7",
        "INSERT INTO designs_sharedscheme SELECT gen_random_uuid(), tenant_id, tenant_slug, tenant_name, "
        "municipality_number, gen_random_uuid(), 'x', number, published_at, texts, shared_at, content, digest "
        "FROM designs_sharedscheme",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert len(list_shelf()) == 1


def test_what_is_not_as_it_was_shared_is_not_copied(neighbour: Organisation, at: datetime) -> None:
    shared = a_shared_scheme(neighbour, at=at)
    with fence(neighbour.id):
        SharedScheme.objects.all().delete()
        SharedScheme.objects.create(
            **{field.attname: getattr(shared, field.attname) for field in SharedScheme._meta.fields}
            | {"content": with_figure(deepcopy(shared.content), "required_drop", "0.01")}
        )
        manager = an_actor(Role.SCHEME_MANAGER, at=at)
        with pytest.raises(Refused, match="ikke slik den ble delt"):
            copy_from_shelf(shared_id=shared.id, by=manager, at=at)


def test_only_a_scheme_manager_shares_and_copies(
    shared: SharedScheme, tenant: Organisation, at: datetime
) -> None:
    version = a_scheme_version(at=at)
    for role in set(Role) - {Role.SCHEME_MANAGER}:
        other = an_actor(role, at=at)
        with pytest.raises(NotAllowed):
            share_version(version=version, by=other, at=at)
        with pytest.raises(NotAllowed):
            unshare(shared_id=shared.id, by=other, at=at)
        with pytest.raises(NotAllowed):
            copy_from_shelf(shared_id=shared.id, by=other, at=at)


def test_a_scheme_that_is_not_there_is_not_found(manager: Actor, at: datetime) -> None:
    with pytest.raises(NotFound):
        copy_from_shelf(shared_id=new_id(), by=manager, at=at)


@pytest.mark.parametrize("count", [1, 3])
def test_the_shelf_is_read_in_one_question(db: None, at: datetime, count: int) -> None:
    places = [("3103", "Moss"), ("3411", "Ringsaker"), ("3405", "Lillehammer")]
    for number, name in places[:count]:
        tenant = TenantFactory.create(municipality_number=number, name=f"{name} kommune", slug=name.lower())
        a_shared_scheme(tenant, at=at)
    with CaptureQueriesContext(connection) as asked:
        seen = list_shelf()
    assert len(asked) == 1
    assert [one.tenant_name for one in seen] == sorted(f"{name} kommune" for _, name in places[:count])
