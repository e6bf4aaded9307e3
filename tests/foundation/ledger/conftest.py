from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from runde.foundation.ledger import api as ledger
from runde.foundation.trust.api import fence


@pytest.fixture
def tenant(db: None) -> Iterator[UUID]:
    """An open fence."""
    tenant_id = uuid4()
    with fence(tenant_id):
        yield tenant_id


@pytest.fixture
def source(tenant: UUID, at: datetime) -> UUID:
    """A funding source with 1 000 kroner."""
    source_id = uuid4()
    ledger.open_accounts(source_id)
    ledger.appropriate(
        source_id=source_id, amount_nok=Decimal(1000), key=f"given:{source_id}", by=None, at=at
    )
    return source_id
