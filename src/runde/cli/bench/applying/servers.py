"""The application server as in production, on loopback, for as long as it is measured."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

WORKERS, THREADS = 2, 4
"""As the operator's guide says."""
PATIENCE_SECONDS = 60
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `pid` is its parent process, whose children answer."""

    port: int
    pid: int

    def resident_mb(self) -> float:
        """What its workers hold in memory now, together."""
        return sum(_resident_mb(pid) for pid in _children(self.pid))


@contextmanager
def serving(application: str) -> Iterator[Server]:
    """The application answers on a port of its own until the block ends."""
    port = _free_port()
    process = subprocess.Popen(_command(application, port), env=os.environ)  # noqa: S603 - a fixed program
    try:
        _await(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _command(application: str, port: int) -> list[str]:
    granian = str(Path(sys.executable).parent / "granian")
    place = ["--interface", "wsgi", "--host", HOST, "--port", str(port), "--log-level", "warning"]
    return [granian, *place, "--workers", str(WORKERS), "--blocking-threads", str(THREADS), application]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        if _answers(port):
            return
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def _answers(port: int) -> bool:
    try:
        connection = HTTPConnection(HOST, port, timeout=5)
        connection.request("GET", "/")
        connection.getresponse().read()
    except OSError:
        return False
    return True


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(one) for one in listed.split()]


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    [resident] = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(resident) / 1024
