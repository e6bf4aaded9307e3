"""Asks Enhetsregisteret for one unit: `GET {base}/enheter/{orgnr}`, and `/underenheter/{orgnr}` when that is none.

The versions of the answers are pinned by `Accept`. What does not come, comes late, is too long or is not a whole
unit gives a named refusal and no facts. Everything about one number, tries and waits with it, has ten seconds.
"""

from __future__ import annotations

import http.client
import json
import re
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from runde.foundation.companies.api import (
    NoUnit,
    OddRegisterAnswer,
    RegisterSilent,
    RemovedUnit,
    UnitAnswer,
    read_unit,
)

TIMEOUT_SECONDS = 10.0
FIRST_WAIT_SECONDS = 0.5
MAY_PASS = (429, 502, 503, 504)
SERVER_FAULTS = 500
LARGEST_ANSWER = 1_000_000
PIECE = 65_536
UNITS, SUB_UNITS = "enheter", "underenheter"
ACCEPT = {
    UNITS: "application/vnd.brreg.enhetsregisteret.enhet.v2+json;charset=UTF-8",
    SUB_UNITS: "application/vnd.brreg.enhetsregisteret.underenhet.v2+json;charset=UTF-8",
}
_ORGNR = re.compile(r"[0-9]{9}")


@dataclass(frozen=True, slots=True)
class Answer:
    """`wait` is the seconds the service asks us to wait, None when it does not say."""

    status: int
    wait: float | None
    body: bytes


@dataclass(frozen=True)
class Brreg:
    """A look-up of units. `pause` waits some seconds; `clock` tells seconds, only ever compared with itself."""

    base: str
    agent: str
    pause: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def unit(self, orgnr: str) -> UnitAnswer:
        """Raises RegisterSilent, OddRegisterAnswer."""
        if not _ORGNR.fullmatch(orgnr):
            raise ValueError("Not an organisation number.")
        until = self.clock() + TIMEOUT_SECONDS
        for resource in (UNITS, SUB_UNITS):
            answer = self._ask(resource, orgnr, until)
            if answer.status == http.client.GONE:
                return RemovedUnit(orgnr)
            if answer.status != http.client.NOT_FOUND:
                return read_unit(_decoded(answer), orgnr=orgnr, is_sub_unit=resource == SUB_UNITS)
        return NoUnit(orgnr)

    def _ask(self, resource: str, orgnr: str, until: float) -> Answer:
        """Tries again after what may pass, longer between each time, while there is time left."""
        wait = FIRST_WAIT_SECONDS
        while True:
            answer = self._send(resource, orgnr, until)
            if answer.status not in MAY_PASS:
                return answer
            wait = max(wait, answer.wait or 0)
            if self.clock() + wait >= until:
                raise RegisterSilent(f"status {answer.status}")
            self.pause(wait)
            wait *= 2

    def _send(self, resource: str, orgnr: str, until: float) -> Answer:
        try:
            return self._exchange(resource, orgnr, until)
        except (OSError, http.client.HTTPException) as error:
            raise RegisterSilent(type(error).__name__) from None

    def _exchange(self, resource: str, orgnr: str, until: float) -> Answer:
        line = _connect(self.base, self._left(until))
        try:
            path = f"{urlsplit(self.base).path.rstrip('/')}/{resource}/{orgnr}"
            line.request("GET", path, headers={"Accept": ACCEPT[resource], "User-Agent": self.agent})
            with line.getresponse() as response:
                wait = response.headers.get("Retry-After", "")
                body = self._read(line, response, until)
                return Answer(response.status, float(wait) if wait.isdecimal() else None, body)
        finally:
            line.close()

    def _read(
        self, line: http.client.HTTPConnection, response: http.client.HTTPResponse, until: float
    ) -> bytes:
        """The body, a piece at a time, so that one who drips it cannot hold us longer than the rest."""
        read = bytearray()
        while len(read) <= LARGEST_ANSWER:
            if line.sock is not None:
                line.sock.settimeout(self._left(until))
            piece = response.read1(PIECE)
            if not piece:
                return bytes(read)
            self._left(until)
            read += piece
        raise OddRegisterAnswer("too long")

    def _left(self, until: float) -> float:
        left = until - self.clock()
        if left <= 0:
            raise TimeoutError
        return left


def connect(address: str) -> Brreg:
    """The look-up as the settings describe it."""
    _connect(address, TIMEOUT_SECONDS).close()  # an address that cannot be one is told at once
    return Brreg(address, f"Runde (+{settings.SITE})")


def _connect(base: str, timeout: float) -> http.client.HTTPConnection:
    """Opens nothing yet. Certificates are checked; plain HTTP is for a stand-in on this machine alone."""
    parts = urlsplit(base)
    if parts.scheme == "https" and parts.hostname:
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=timeout, context=context)
    if parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost"):
        return http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
    raise ValueError(f"RUNDE_REGISTER_URL kan ikke leses: {base!r}. Skriv https://maskin/sti.")


def _decoded(answer: Answer) -> Any:
    if answer.status >= SERVER_FAULTS:
        raise RegisterSilent(f"status {answer.status}")
    if answer.status != http.client.OK:
        raise OddRegisterAnswer(f"status {answer.status}")
    try:
        return json.loads(answer.body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise OddRegisterAnswer("not JSON") from None


def _refuse(constant: str) -> None:
    raise ValueError(constant)
