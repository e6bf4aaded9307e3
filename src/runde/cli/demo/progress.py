"""A progress bar for a person; silence for a program."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Steps:
    """What the round does, one thing after the other, each with its count; and how long each stage has taken."""

    def __init__(self, bar: Progress | None) -> None:
        self._bar = bar
        self._current: TaskID | None = None
        self.seconds: dict[str, float] = {}
        """Every stage so far to its seconds in all, wherever it was done."""

    def begin(self, words: str, count: int) -> None:
        if self._bar is not None:
            self._current = self._bar.add_task(words, total=count)

    def advance(self, by: int = 1) -> None:
        if self._bar is not None and self._current is not None:
            self._bar.advance(self._current, by)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """One step of the count, timed under the name of its stage."""
        began = time.monotonic()
        yield
        self.seconds[name] = round(self.seconds.get(name, 0.0) + time.monotonic() - began, 2)
        self.advance()


@contextmanager
def progress(*, shown: bool) -> Iterator[Steps]:
    if not shown:
        yield Steps(None)
        return
    columns = (TextColumn("{task.description:<38}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as bar:
        yield Steps(bar)
