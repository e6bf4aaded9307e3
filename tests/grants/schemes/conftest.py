from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import fence
from tests.factories import TenantFactory, an_actor


@pytest.fixture
def tenant(db: None) -> Iterator[Organisation]:
    """A municipality, with its fence open."""
    one = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune", slug="gjovik")
    with fence(one.id):
        yield one


@pytest.fixture
def manager(tenant: Organisation, at: datetime) -> Actor:
    return an_actor(Role.SCHEME_MANAGER, at=at)
