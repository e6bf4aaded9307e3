from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from runde.foundation.companies.api import (
    ImportResult,
    connect_look_up,
    disconnect_look_up,
    import_register,
)
from tests.fakes.register import FakeRegister

from .files import ROOT

Importing = Callable[..., ImportResult]


@pytest.fixture
def importing(at: datetime) -> Importing:
    """Import a file as of a day (30 June 2021 unless told)."""

    def importing(path: Path, day: str = "2021-06-30", **options: object) -> ImportResult:
        return import_register(path, register_date=date.fromisoformat(day), at=at, **options)  # type: ignore[arg-type]

    return importing


@pytest.fixture
def extracts() -> Path:
    """The folder with real extracts of the register. They are open data, but never part of the project."""
    told = os.environ.get("RUNDE_REGISTER_EXTRACTS")
    folder = Path(told) if told else ROOT.parent / "shared" / "data" / "register"
    if not list(folder.glob("20*-enheter.csv.gz")):
        pytest.skip(f"real register extracts are absent: nothing in {folder} (set RUNDE_REGISTER_EXTRACTS)")
    return folder


@pytest.fixture
def register() -> Iterator[FakeRegister]:
    fake = FakeRegister()
    connect_look_up(fake)
    yield fake
    disconnect_look_up()
