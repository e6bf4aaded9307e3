from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import fence
from runde.grants.designs.api import SharedScheme
from tests.factories import TenantFactory, a_neighbour, a_shared_scheme, an_actor


@pytest.fixture
def neighbour(db: None) -> Organisation:
    """Moss, which has nothing open."""
    return a_neighbour()


@pytest.fixture
def shared(neighbour: Organisation, at: datetime) -> SharedScheme:
    """What Moss has put on the shelf."""
    return a_shared_scheme(neighbour, at=at)


@pytest.fixture
def tenant(db: None, request: pytest.FixtureRequest) -> Iterator[Organisation]:
    """Gjøvik, with its fence open; what the neighbour does comes first."""
    for earlier in ("shared", "neighbour"):
        if earlier in request.fixturenames:
            request.getfixturevalue(earlier)
            break
    one = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune", slug="gjovik")
    with fence(one.id):
        yield one


@pytest.fixture
def manager(tenant: Organisation, at: datetime) -> Actor:
    return an_actor(Role.SCHEME_MANAGER, at=at)
