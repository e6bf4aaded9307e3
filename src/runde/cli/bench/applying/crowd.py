"""Clients that send one request after the other over connections they keep, each in a thread of its own."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

from .servers import HOST, Server

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Posting:
    """One form to send. `expects` is the status that says it was done."""

    address: str
    form: Mapping[str, str]
    expects: int
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """How long requests took, in milliseconds, and how many were answered each second."""

    median_ms: float
    p95_ms: float
    per_second: float


def crowd(server: Server, clients: Sequence[Iterator[Posting]]) -> Taken:
    """Let every client send all it has, all at once. Raises AssertionError for an answer that is not as expected."""
    started = time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as threads:
        done = list(threads.map(lambda client: _send_all(server, client), clients))
    elapsed = time.perf_counter() - started
    taken = [one for each in done for one in each]
    return Taken(statistics.median(taken), statistics.quantiles(taken, n=20)[-1], len(taken) / elapsed)


def _send_all(server: Server, postings: Iterator[Posting]) -> list[float]:
    connection = HTTPConnection(HOST, server.port, timeout=60)
    return [_send(connection, one) for one in postings]


def _send(connection: HTTPConnection, posting: Posting) -> float:
    body = urlencode(posting.form)
    started = time.perf_counter()
    connection.request("POST", posting.address, body, {"Content-Type": FORM, **posting.headers})
    answer: HTTPResponse = connection.getresponse()
    said = answer.read()
    taken = (time.perf_counter() - started) * 1000
    if answer.status != posting.expects:
        raise AssertionError(f"{posting.address}: {answer.status}, {said[:300]!r}")
    return taken
