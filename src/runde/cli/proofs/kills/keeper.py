"""Keeps the database running in a process that can be killed, as the server itself can."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

from runde.adapters.postgres import launcher

from ..ground import Ground

PATIENCE_SECONDS = 60.0
LINUX_PR_SET_PDEATHSIG = 1
_forked = get_context("fork")


class StaysAway(Exception):
    """The database did not answer again within a minute."""


class Keeper:
    """Starts the server through the launcher, in a process of its own, and measures how long it was away."""

    def __init__(self, ground: Ground) -> None:
        self._server = ground.server
        self._process: BaseProcess | None = None
        self.away_seconds: list[float] = []

    def start(self) -> None:
        self._process = _forked.Process(target=_keep, args=(self._server,), daemon=True)
        self._process.start()
        self._wait()

    def kill_server(self) -> None:
        """`kill -9` of the postmaster; its keeper is asked to go, and another starts the server again."""
        told = (self._server.data / "postmaster.pid").read_text(encoding="ascii").splitlines()[0]
        started = time.monotonic()
        os.kill(int(told), signal.SIGKILL)
        self._end_keeper(signal.SIGKILL)
        self.start()
        self.away_seconds.append(time.monotonic() - started)

    def kill_keeper(self) -> None:
        """`kill -9` of the launcher's process: the server notices, closes, and another launcher starts it again."""
        started = time.monotonic()
        self._end_keeper(signal.SIGKILL)
        while self._server.answers() and time.monotonic() - started < PATIENCE_SECONDS:
            time.sleep(0.005)
        self.start()
        self.away_seconds.append(time.monotonic() - started)

    def stop(self) -> None:
        self._end_keeper(signal.SIGKILL)

    def _end_keeper(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.pid is not None:
            os.kill(self._process.pid, how)
            self._process.join()
        self._process = None

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._server.answers():
            if time.monotonic() > deadline or self._process is None or not self._process.is_alive():
                raise StaysAway(f"The database is still away; see {self._server.data}.log")
            time.sleep(0.01)


def _keep(server: launcher.Server) -> None:
    """The keeper's whole life: start, then wait to be killed. Ends with whoever started it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(LINUX_PR_SET_PDEATHSIG, signal.SIGKILL)
    launcher.start(server, dies_with_parent=True, durable=True)
    while True:
        signal.pause()
