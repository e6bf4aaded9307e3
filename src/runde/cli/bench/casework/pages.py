"""What one page takes: statements, size and time, at each size of the round in turn."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

from .ground import Ground

PASSES = 21
NOT_WORK = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK")


@dataclass(frozen=True, slots=True)
class Page:
    """Medians. Statements without those that only begin and end a transaction."""

    statements: int
    kilobytes: float
    milliseconds: float


def measure(grounds: Sequence[Ground], address: Callable[[Ground], str]) -> Mapping[int, Page]:
    """Each size in turn, again and again, so that a busy machine hits them alike."""
    addresses = {ground.cases: address(ground) for ground in grounds}
    taken: dict[int, list[float]] = {ground.cases: [] for ground in grounds}
    for each in range(PASSES + 2):
        for ground in grounds:
            milliseconds = _once(ground, addresses[ground.cases])
            if each >= 2:  # the first two warm up
                taken[ground.cases].append(milliseconds)
    return {
        ground.cases: Page(
            *_contents(ground, addresses[ground.cases]), statistics.median(taken[ground.cases])
        )
        for ground in grounds
    }


def _once(ground: Ground, address: str) -> float:
    started = time.perf_counter()
    response = ground.client.get(address)
    taken = time.perf_counter() - started
    if response.status_code != 200:
        raise AssertionError(f"{address} answered {response.status_code}")
    return taken * 1000


def _contents(ground: Ground, address: str) -> tuple[int, float]:
    with CaptureQueriesContext(connection) as asked:
        response = ground.client.get(address)
    work = [one for one in asked.captured_queries if not one["sql"].startswith(NOT_WORK)]
    return len(work), len(response.content) / 1024
