"""What the child gives up before it looks at a single byte of what was handed in."""

from __future__ import annotations

import resource
import signal
from dataclasses import dataclass

LARGEST_OUTPUT_BYTES = 128_000_000


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one reading may use, and how large a document it takes."""

    memory_bytes: int
    seconds: int
    pages: int
    pixels: int
    unpacked_bytes: int


def raise_walls(bounds: Bounds) -> None:
    """Limit memory, time and output, and open nothing more: no file, no socket, no other program.

    Everything needed must be imported and read before. The alarm ends the child although the one who started it
    is gone.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(bounds.seconds + 1)
    _limit(resource.RLIMIT_AS, bounds.memory_bytes)
    _limit(resource.RLIMIT_CPU, bounds.seconds)
    _limit(resource.RLIMIT_FSIZE, LARGEST_OUTPUT_BYTES)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NPROC, 0)
    _limit(resource.RLIMIT_NOFILE, 3)  # the three it has: what comes in, what goes out, what is said


def _limit(what: int, most: int) -> None:
    """Never above what the surroundings have set already."""
    _, hard = resource.getrlimit(what)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (bound, bound))
