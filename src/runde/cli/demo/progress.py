"""A progress bar for a person; silence for a program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Steps:
    """The stages of the round, one after the other, each with its count."""

    def __init__(self, bar: Progress | None) -> None:
        self._bar = bar
        self._current: TaskID | None = None

    def begin(self, words: str, count: int) -> None:
        if self._bar is not None:
            self._current = self._bar.add_task(words, total=count)

    def advance(self, by: int = 1) -> None:
        if self._bar is not None and self._current is not None:
            self._bar.advance(self._current, by)


@contextmanager
def progress(*, shown: bool) -> Iterator[Steps]:
    if not shown:
        yield Steps(None)
        return
    columns = (TextColumn("{task.description:<38}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as bar:
        yield Steps(bar)
