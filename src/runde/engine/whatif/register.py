"""A register extract, opened to be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from threading import Lock

from runde.engine.rules import Problem
from runde.engine.whatif.asking import Answer, Asking, Memory
from runde.engine.whatif.checking import check_design
from runde.engine.whatif.design import Design, DesignError
from runde.engine.whatif.opening import open_extract, snapshot_of
from runde.engine.whatif.reach import Reach, Snapshot
from runde.engine.whatif.scope import ScopeCounts
from runde.engine.whatif.telling import tell

_MUNICIPALITY = re.compile(r"\d{4}")
MOST_MUNICIPALITIES = 1000


class Register:
    """One extract, read-only. May be used from several threads: they take turns, each with both cores."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_extract(path)
        self.snapshot: Snapshot = snapshot_of(self._connection, path)
        self._memory = Memory(self._connection)
        self._scopes = ScopeCounts(self._connection)
        self._turn = Lock()

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

        Raises RuleError (DesignError among them) listing every problem. The order of the municipalities does
        not matter.
        """
        scope = _scope(municipalities)
        checked = check_design(design)
        with self._turn:
            asking = Asking(self._connection, self._memory, checked, on, scope)
            answer: Answer = asking.ask()
            counts = self._scopes.counts(scope, on)
        return tell(self.snapshot, on, scope, checked, asking.parted, asking.near, counts, answer)

    def close(self) -> None:
        """Let go of the file. The register cannot be asked again."""
        with self._turn:
            self._connection.close()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def open_register(path: Path) -> Register:
    """Open an extract that `build_extract` made. Raises FileNotFoundError or NotAnExtract."""
    return Register(path)


def _scope(municipalities: Sequence[str]) -> tuple[str, ...]:
    wrong = [one for one in municipalities if not _MUNICIPALITY.fullmatch(one)]
    if wrong or len(municipalities) > MOST_MUNICIPALITIES:
        found = str(wrong[0] if wrong else len(municipalities))[:40]
        message = f"«{found}» er ikke et kommunenummer."
        raise DesignError(Problem("municipality", message, "municipalities", expected="fire siffer"))
    return tuple(sorted(set(municipalities)))
