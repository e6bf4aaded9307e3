"""Two at once: one change stands and the others are told, one version is published."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier, Event
from time import sleep
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from runde.foundation.people.api import Role
from runde.foundation.trust.api import Refused, fence, once
from runde.grants.designs.api import (
    ChangedMeanwhile,
    Draft,
    SharedScheme,
    change_draft,
    copy_from_shelf,
    publish_draft,
    share_version,
    start_draft_from_version,
)
from runde.grants.designs.models import DraftRevision
from runde.grants.schemes.api import SchemeVersion
from tests.factories import TenantFactory, a_scheme_draft, a_scheme_version, an_actor, with_figure

pytestmark = pytest.mark.proof
AT_ONCE = 4


def at_once(tenant_id: UUID, act: Callable[[int], Any]) -> list[Any]:
    """Do the act from several connections at the same moment; give each one's result or refusal."""
    ready = Barrier(AT_ONCE)

    def one(number: int) -> Any:
        try:
            ready.wait(timeout=20)
            with fence(tenant_id):
                return act(number)
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_of_several_changes_one_stands_and_the_rest_are_told_which(fresh_database: str, at: datetime) -> None:
    tenant = TenantFactory.create()
    with fence(tenant.id):
        draft, by = a_scheme_draft(at=at), an_actor(Role.SCHEME_MANAGER, at=at)

    def act(number: int) -> Draft:
        content = with_figure(draft.content, "required_drop", f"0.4{number}")
        what = f"Endring {number}"
        return change_draft(draft_id=draft.id, content=content, revision=1, what=what, by=by, at=at)

    results = at_once(tenant.id, act)
    [won] = [one for one in results if isinstance(one, Draft)]
    told = [one for one in results if isinstance(one, ChangedMeanwhile)]
    assert len(told) == AT_ONCE - 1
    with fence(tenant.id):
        [stands] = DraftRevision.objects.filter(draft=draft, kind="change")
        assert {one.what for one in told} == {(stands.what,)}
        assert Draft.objects.get().digest == won.digest


def test_publishing_several_times_at_once_makes_one_version(fresh_database: str, at: datetime) -> None:
    tenant = TenantFactory.create()
    with fence(tenant.id):
        draft, by = a_scheme_draft(at=at), an_actor(Role.SCHEME_MANAGER, at=at)
    results = at_once(
        tenant.id,
        lambda number: publish_draft(draft_id=draft.id, revision=1, key=f"k{number % 2}", by=by, at=at),
    )
    assert {one.id for one in results if isinstance(one, SchemeVersion)} == set(_versions(tenant.id))
    assert len(_versions(tenant.id)) == 1


def test_sharing_and_copying_at_once_give_one_on_the_shelf_and_addresses_of_their_own(
    fresh_database: str, at: datetime
) -> None:
    tenant = TenantFactory.create()
    with fence(tenant.id):
        version, by = a_scheme_version(at=at), an_actor(Role.SCHEME_MANAGER, at=at)
    shared = at_once(tenant.id, lambda number: share_version(version=version, by=by, at=at))
    assert len({one.id for one in shared}) == SharedScheme.objects.count() == 1
    drafts = at_once(tenant.id, lambda number: copy_from_shelf(shared_id=shared[0].id, by=by, at=at))
    assert len({draft.slug for draft in drafts}) == AT_ONCE


def test_the_same_press_twice_at_once_copies_once(fresh_database: str, at: datetime) -> None:
    tenant = TenantFactory.create()
    with fence(tenant.id):
        version, by = a_scheme_version(at=at), an_actor(Role.SCHEME_MANAGER, at=at)
        shared = share_version(version=version, by=by, at=at)

    def copy(number: int) -> str:
        made = once(
            operation="copy",
            key=f"press {number // 2}",
            body={"shared": str(shared.id)},
            at=at,
            work=lambda: {"made": str(copy_from_shelf(shared_id=shared.id, by=by, at=at).id)},
        )
        return str(made["made"])

    made = at_once(tenant.id, copy)
    assert made[0] == made[1] != made[2] == made[3]
    with fence(tenant.id):
        assert {str(one) for one in Draft.objects.values_list("id", flat=True)} == set(made)


def test_sharing_waits_for_one_who_publishes_and_shares_at_once(fresh_database: str, at: datetime) -> None:
    """Both hold the shelf's place before the journal; in another order they would wait for each other for ever."""
    tenant = TenantFactory.create()
    with fence(tenant.id):
        version, by = a_scheme_version(at=at), an_actor(Role.SCHEME_MANAGER, at=at)
        draft = start_draft_from_version(version=version, by=by, at=at)
    published = Event()

    def act(number: int) -> SharedScheme:
        if number:
            published.wait(timeout=20)
            return share_version(version=version, by=by, at=at)
        new = publish_draft(draft_id=draft.id, revision=1, key="k", by=by, at=at)
        published.set()
        sleep(0.5)  # so that the others have come as far as they come
        return share_version(version=new, by=by, at=at)

    shared = at_once(tenant.id, act)
    assert {one.number for one in shared} == {1, 2}
    assert SharedScheme.objects.count() == 1


def _versions(tenant_id: UUID) -> list[UUID]:
    with fence(tenant_id):
        return list(SchemeVersion.objects.values_list("id", flat=True))
