from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from runde.foundation.trust.api import fence
from runde.grants.aid.api import Given
from tests.factories import TenantFactory

RATE = Decimal("10")
UNIT = "310000027"


def a_grant(eur: int | str, on: date, *, unit: str = UNIT, giver: str = "Moss kommune", **more: Any) -> Given:
    """A grant of so many euro at ten kroner each."""
    facts: dict[str, Any] = {
        "decision_id": uuid4(),
        "organisation_number": unit,
        "giver": giver,
        "scheme_name": "Omstilling",
        "basis": "general",
        "right_arose_date": on,
        "amount_nok": Decimal(eur) * RATE,
        "euro_rate": RATE,
        "euro_rate_date": on,
        "euro_rate_source": "Norges Bank (eksempel)",
    }
    return Given(**(facts | more))


@pytest.fixture
def towns(db: None) -> tuple[UUID, UUID]:
    made = [TenantFactory.create(municipality_number=number) for number in ("3103", "3407")]
    return made[0].id, made[1].id


@pytest.fixture
def moss(towns: tuple[UUID, UUID]) -> Any:
    with fence(towns[0]):
        yield towns[0]


@pytest.fixture
def on(at: datetime) -> date:
    return at.date()
