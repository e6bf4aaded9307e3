"""Eight processes that start together, each with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

from ..ground import leave

PEOPLE = 8
PATIENCE_SECONDS = 600
_forked = get_context("fork")


class Deserted(Exception):
    """A process of the crowd ended without an answer; what it said stands on stderr."""


def together(work: Callable[[int], Any]) -> list[Any]:
    """Run `work(0)` … `work(7)` at once, each in a process; gives their answers in order. Raises Deserted."""
    leave()  # a connection shared by two processes is spoiled for both
    barrier = _forked.Barrier(PEOPLE)
    crowd = [_start(work, number, barrier) for number in range(PEOPLE)]
    try:
        return [_answer(number, ear) for number, (_, ear) in enumerate(crowd)]
    finally:
        for process, _ in crowd:
            process.join(timeout=10)
            if process.is_alive():
                process.kill()


def _start(work: Callable[[int], Any], number: int, barrier: Barrier) -> tuple[Any, Connection]:
    ear, mouth = _forked.Pipe(duplex=False)
    process = _forked.Process(target=_run, args=(work, number, barrier, mouth), daemon=True)
    process.start()
    mouth.close()
    return process, ear


def _run(work: Callable[[int], Any], number: int, barrier: Barrier, mouth: Connection) -> None:
    barrier.wait(timeout=PATIENCE_SECONDS)
    try:
        mouth.send(work(number))
    finally:
        leave()
        mouth.close()


def _answer(number: int, ear: Connection) -> Any:
    if not ear.poll(PATIENCE_SECONDS):
        raise Deserted(f"process {number} did not answer within {PATIENCE_SECONDS} seconds")
    try:
        return ear.recv()
    except EOFError as gone:
        raise Deserted(f"process {number} ended without an answer") from gone
