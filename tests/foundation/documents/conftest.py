from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from runde.foundation.trust.api import fence


@pytest.fixture
def tenant(db: None, settings: Settings, tmp_path: Path) -> Iterator[UUID]:
    """An open fence with a file store of its own, and no scanner."""
    settings.FILES = tmp_path
    settings.SCANNER_ADDRESS = ""
    tenant_id = uuid4()
    with fence(tenant_id):
        yield tenant_id
