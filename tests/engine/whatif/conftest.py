"""One register of made-up companies for all the what-if's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runde.engine.whatif import Register, open_register

from .companies import Made, made_up, write_extract


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    companies = made_up(2500, seed=11)
    return Made(write_extract(companies, tmp_path_factory.mktemp("register")), companies)


@pytest.fixture(scope="session")
def register(made: Made) -> Iterator[Register]:
    with open_register(made.path) as opened:
        yield opened


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """A small extract of its own."""
    return write_extract(made_up(40, seed=5), tmp_path)
