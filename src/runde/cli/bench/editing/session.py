"""An adviser's presses on the draft's page, in a process of its own, so that its memory is all that is measured.

Run as `python -m runde.cli.bench.editing.session DRAFT` with the house's settings around it; writes one JSON object.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections.abc import Iterator
from http import HTTPStatus
from itertools import islice
from typing import Any
from uuid import UUID

import django

from runde.cli.bench.measuring import peak_mb

PRESSES = 40
PLANNED_FOR = "oslo"
_REVISION = re.compile(rb'data-revision="(\d+)"')


def main() -> None:
    django.setup()
    page = Page(UUID(sys.argv[1]))
    opened = page.open()
    found = {"kommune": page.session("kommune")}
    page.drop("municipality")
    found["landet"] = page.session("landet")
    sys.stdout.write(json.dumps({"opened_ms": opened, "peak_mb": peak_mb(), **found}))


class Page:
    """The page in the adviser's browser: what it shows, and the revision it carries."""

    def __init__(self, draft: UUID) -> None:
        from django.conf import settings
        from django.test import Client

        settings.STAFF_NEED_SECOND_FACTOR = False
        self._client = Client(SERVER_NAME="localhost")
        self._client.force_login(_manager(), backend="allauth.account.auth_backends.AuthenticationBackend")
        self._address = f"/{PLANNED_FOR}/ordninger/kladd/{draft}/"
        self._revision = b""
        self._values = _values()

    def open(self) -> float:
        started = time.perf_counter()
        answer = self._client.get(self._address)
        taken = (time.perf_counter() - started) * 1000
        self._read(answer)
        return taken

    def drop(self, criterion: str) -> None:
        """Without the requirement to lie in the municipality every company in the country is reckoned."""
        self._send("landet", act="drop_criterion", part=criterion)

    def session(self, scope: str) -> dict[str, float]:
        """The first press warms up; each of the rest sends something never sent before."""
        self._press(scope, *next(self._values))
        taken = [self._press(scope, *press) for press in islice(self._values, PRESSES)]
        return {
            "median_ms": statistics.median(taken),
            "p95_ms": statistics.quantiles(taken, n=20)[-1],
            "statements": self._statements(scope),
        }

    def _press(self, scope: str, part: str, field: str, typed: str) -> float:
        return self._send(scope, act="sentence", part=part, **{field: typed})

    def _send(self, scope: str, **sent: str) -> float:
        """As the page's script sends a form, with the figures' own form beside it. Gives milliseconds."""
        form = {"page": "draft", "revision": self._revision.decode(), "omrade": scope, **sent}
        headers = {
            "HX-Request": "true",
            "HX-Current-URL": f"http://localhost{self._address}?omrade={scope}",
            "HX-Target": "figures",
        }
        started = time.perf_counter()
        answer = self._client.post(f"{self._address}endre/", form, headers=headers)
        taken = (time.perf_counter() - started) * 1000
        self._read(answer)
        return taken

    def _read(self, answer: Any) -> None:
        """Raises AssertionError when nothing was saved, or no figures came back."""
        found = _REVISION.search(answer.content)
        if answer.status_code != HTTPStatus.OK or b'id="figures"' not in answer.content or found is None:
            raise AssertionError(f"{answer.status_code}: {answer.content[:300]!r}")
        if found[1] == self._revision:
            raise AssertionError(f"nothing was saved: revision {found[1]!r} again")
        self._revision = found[1]

    def _statements(self, scope: str) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            self._press(scope, *next(self._values))
        return len(seen)


def _values() -> Iterator[tuple[str, str, str]]:
    """A threshold, a ceiling, a date and an outcome in turn; each value is new, but for the outcome's two."""
    for step in range(365):
        yield "revenue_drop", "v:revenue_drop:threshold", f"{20 + step % 50},{step // 50}"
        yield "amount:capped", "v:amount:capped:ceiling", str(200_000 + 1_000 * step)
        yield (
            "registered_before",
            "v:registered_before:threshold",
            f"{1 + step % 28:02}.{1 + step // 28:02}.2020",
        )
        yield "revenue_drop", "o:revenue_drop", ("refuse", "refer")[step % 2]


def _manager() -> Any:
    from runde.cli.demo.region import TOWNS, address_of
    from runde.foundation.people.api import Person

    town = next(one for one in TOWNS if one.slug == PLANNED_FOR)
    return Person.objects.get(email=address_of("nina", town))


if __name__ == "__main__":
    main()
