from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from runde.foundation.people.api import Actor
from runde.foundation.trust.api import fence
from runde.grants.budget.api import set_coding
from tests.journeys.region import Region, Town, decide_as_checked, make_region, send_applications

ACCOUNTS = {"giver": "700", "available": "51", "committed": "32", "in_bank_file": "35", "paid": "470"}


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def moss(region: Region) -> Iterator[Town]:
    """Moss with four grants decided, inside its fence."""
    send_applications(region.moss)
    decide_as_checked(region.moss)
    with fence(region.moss.tenant.id):
        yield region.moss


@pytest.fixture
def finance(moss: Town, region: Region) -> Actor:
    return moss.actor("finance", region.at)


@pytest.fixture
def coded(moss: Town, finance: Actor, region: Region) -> datetime:
    """The accounts are coded from the start of the year; gives the moment."""
    set_coding(
        accounts=ACCOUNTS, function="325", valid_from=date(region.at.year, 1, 1), by=finance, at=region.at
    )
    return region.at
