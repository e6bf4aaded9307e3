"""Serve the site and work its jobs until somebody presses Ctrl-C; then stop everything that was started."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

LINUX_PR_SET_PDEATHSIG = 1
SECONDS_BETWEEN_SWEEPS = 60
LONGEST_JOB_SECONDS = 300


class PortTaken(Exception):
    """The site cannot answer there: somebody else does, or the address is not ours."""


def refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise PortTaken(_why_not(problem, host, port)) from problem


def _why_not(problem: OSError, host: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"Port {port} er opptatt. Avslutt programmet som bruker den, eller velg --port {port + 1}."
    if problem.errno == errno.EACCES:
        return f"Port {port} krever mer tilgang enn du har. Velg en over 1023, for eksempel --port 8000."
    return f"Maskinen har ikke adressen «{host}». Bruk --host 127.0.0.1, eller 0.0.0.0 for alle."


def serve(host: str, port: int) -> int:
    """Run the site and a worker until one of them ends or a signal comes. Gives the exit code."""
    children = [_start(_site(host, port)), _start(_worker())]
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    try:
        sweep = time.monotonic()
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
            if time.monotonic() > sweep:
                _sweep()
                sweep = time.monotonic() + SECONDS_BETWEEN_SWEEPS
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(children)
    return 1


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker in a process of its own while something else is done here; what it has in hand is finished."""
    child = _start(_worker())
    try:
        yield
    finally:
        _stop([child], patience=LONGEST_JOB_SECONDS)


def _sweep() -> None:
    """Take up jobs a killed worker left behind, also when it was the sweeping worker that was killed."""
    from runde.foundation.jobs.api import sweep_stalled

    sweep_stalled(at=datetime.now(UTC))


def _site(host: str, port: int) -> list[str]:
    granian = str(Path(sys.executable).parent / "granian")
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "1"]
    return [
        granian,
        *options,
        "--blocking-threads",
        "4",
        "--log-level",
        "warning",
        "runde.config.wsgi:application",
    ]


def _worker() -> list[str]:
    return [sys.executable, "-m", "runde.cli.worker"]


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    ends_with_us = _end_with_parent if sys.platform == "linux" else None
    return subprocess.Popen(command, env=os.environ, preexec_fn=ends_with_us)  # noqa: S603 - fixed programs


def _end_with_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for us; we tell the children
    ctypes.CDLL(None).prctl(LINUX_PR_SET_PDEATHSIG, signal.SIGTERM)


def _stop(children: list[subprocess.Popen[bytes]], *, patience: float = 10) -> None:
    """Ask them to end, and end those that have not after so many seconds."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _as_ctrl_c(*_: object) -> None:
    raise KeyboardInterrupt
