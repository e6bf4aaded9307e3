from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from runde.foundation.organisations.api import Organisation
from runde.foundation.trust.api import fence
from runde.grants.schemes.api import Call
from tests.factories import TenantFactory, a_call


@pytest.fixture
def tenant(db: None) -> Iterator[Organisation]:
    """A municipality, with its fence open."""
    one = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(one.id):
        yield one


@pytest.fixture
def other_tenant(db: None) -> Organisation:
    return TenantFactory.create(municipality_number="3403", name="Hamar kommune")


@pytest.fixture
def call(tenant: Organisation, at: datetime) -> Call:
    return a_call(at=at)
