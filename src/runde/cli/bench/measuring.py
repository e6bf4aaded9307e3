"""What a benchmark gives back, and how time is taken."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. `ratio` is ours divided by the rival's, in `value`'s unit; `against` names the rival.

    `target` is what we aim at, in words, and `reached` whether this run got there; "" and None without one.
    """

    name: str
    value: float
    unit: str
    ratio: float
    against: str
    target: str = ""
    reached: bool | None = None


def seconds(work: Callable[[], object], *, passes: int = 5) -> float:
    """The median of several passes, after one to warm up."""
    work()
    taken = []
    for _ in range(passes):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def side_by_side(
    ours: Callable[[], object], rival: Callable[[], object], *, passes: int = 5
) -> tuple[float, float]:
    """Median seconds of both, taken in turns so that a busy machine hits them alike."""
    ours(), rival()
    pairs = [(_once(ours), _once(rival)) for _ in range(passes)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def _once(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def peak_mb() -> float:
    """The most memory this process has held. What `getrusage` tells may be what its parent held before it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [peak] = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(peak) / 1024
