"""A register extract, opened to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from runde.engine.whatif.design import Design
from runde.engine.whatif.reach import Reach, Snapshot


class Register:
    """One extract, read-only. May be used from several threads at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.snapshot: Snapshot

    @property
    def source(self) -> str:
        return self.snapshot.source

    @property
    def as_of_date(self) -> date:
        return self.snapshot.as_of_date

    @property
    def companies(self) -> int:
        return self.snapshot.companies

    def reach(self, design: Design, on: date, municipalities: Sequence[str] = ()) -> Reach:
        """Whom the design reaches on a day and what it costs; () is the whole register.

        Raises RuleError (DesignError among them) listing every problem.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the file."""


def open_register(path: Path) -> Register:
    """Open an extract that `runde.foundation.companies` built. Raises FileNotFoundError or NotAnExtract."""
    return Register(path)
