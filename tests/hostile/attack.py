"""One hostile request at a time, undone afterwards, and judged: no crash, no half-stored row, a sentence."""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.signals import got_request_exception
from django.db import connection, transaction

from runde.foundation.trust.api import fence

PATIENCE_SECONDS = 10.0
SHORTEST_SENTENCE = 15
NOT_FACTS = {"trust_bucket", "django_session"}
"""Counters and sessions may move although nothing was done."""
JOURNAL = {"journal_event", "journal_head"}
"""Reading a case is an act of its own: a page shown again with what to mend is a reading too."""

KEEPS_AS_TYPED = {
    "applications_application",
    "applications_answerchange",
    "casework_message",
    "casework_appeal",
}
"""Drafts: what a person has typed is kept as typed though it cannot be used yet, and shown again."""


@dataclass
class Attack:
    """Makes requests and gathers what went wrong, each kind of fault once with an example."""

    tenants: list[UUID]
    faults: dict[str, str] = field(default_factory=dict)
    made: int = 0
    refused: int = 0
    _crashes: list[str] = field(default_factory=list)
    _sql: str = ""
    _standing: dict[str, tuple[int, Any]] = field(default_factory=dict)

    def __enter__(self) -> Attack:
        self._standing = self.rows()  # each request is undone, so it stands for all of them
        got_request_exception.connect(self._crashed)
        return self

    def __exit__(self, *_: object) -> None:
        got_request_exception.disconnect(self._crashed)

    def request(self, what: str, send: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Send it with its arguments inside a savepoint, judge the answer, and undo whatever it did."""
        self._crashes.clear()
        self.made += 1
        with transaction.atomic():
            started = time.perf_counter()
            response = send(*args, **kwargs)
            seconds = time.perf_counter() - started
            self._judge(what, response, seconds)
            for close in response._resource_closers:  # not the whole answer: that ends the connection too
                close()
            if 400 <= response.status_code < 500:
                self.refused += 1
                self._nothing_stored(what)
            transaction.set_rollback(True)
        return response

    def fault(self, kind: str, example: str) -> None:
        self.faults.setdefault(kind, example)

    def rows(self) -> dict[str, tuple[int, Any]]:
        """For each table a count and a sum over all its content, inside each tenant's fence."""
        found: dict[str, tuple[int, Any]] = {}
        for tenant in self.tenants:
            with fence(tenant), connection.cursor() as cursor:
                cursor.execute(self._counting())
                found |= {f"{tenant}.{name}": (count, content) for name, count, content in cursor.fetchall()}
        return found

    def _counting(self) -> str:
        if not self._sql:
            tables = {model._meta.db_table for model in apps.get_models() if model._meta.managed}
            self._sql = " UNION ALL ".join(
                f"SELECT '{table}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {table} t"
                + (" WHERE chain <> 'readings'" if table in JOURNAL else "")
                for table in sorted(tables - NOT_FACTS)
            )
        return self._sql

    def _crashed(self, **_: object) -> None:
        self._crashes.append(traceback.format_exc())

    def _judge(self, what: str, response: Any, seconds: float) -> None:
        for trace in self._crashes:
            self.fault(_last_own_line(trace), f"{what}\n{trace[-1500:]}")
        if response.status_code >= 500 and not self._crashes:
            self.fault(f"{response.status_code}", what)
        if seconds > PATIENCE_SECONDS:
            self.fault("slow", f"{what}: {seconds:.1f} s")
        if 400 <= response.status_code < 500:
            self._says_why(what, response)

    def _says_why(self, what: str, response: Any) -> None:
        body = response.content.decode(errors="replace")
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", body, flags=re.S)
        alone = heading and len(unescape(heading[1]).strip()) >= SHORTEST_SENTENCE
        if not alone and "rd-error-summary" not in body:
            self.fault(f"{response.status_code} without a sentence", f"{what}: {body[:300]!r}")
        if "Traceback" in body:
            self.fault("traceback shown", what)

    def _nothing_stored(self, what: str) -> None:
        after = self.rows()
        moved = sorted(name.split(".")[1] for name in after if after[name] != self._standing.get(name))
        if not KEEPS_AS_TYPED.issuperset(moved):
            self.fault(f"stored although refused: {', '.join(moved)}", what)

    def report(self) -> str:
        return "\n\n".join(f"### {kind}\n{example}" for kind, example in self.faults.items())


def _last_own_line(trace: str) -> str:
    own = re.findall(r'File "[^"]*/(src/runde/[^"]+)", line (\d+)', trace)
    last = trace.strip().splitlines()[-1][:120]
    return f"{own[-1][0]}:{own[-1][1]} {last}" if own else last
