"""Asks Altinn for the parties a person may act for.

`POST {base}/accessmanagement/api/v1/resourceowner/authorizedparties`, with a bearer token and a subscription key. An
answer that does not come, comes late, is too long or is not what it should be gives a named refusal and no rights.
"""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from runde.foundation.people.api import Person, Right, RightsUnavailable

from .answers import FindParent, OddAnswer, rights_in

PATH = "/accessmanagement/api/v1/resourceowner/authorizedparties"
ASKED = {
    "includeRoles": "true",
    "includeAccessPackages": "true",
    "includeResources": "true",
    "includePartiesViaKeyRoles": "true",
}
TIMEOUT_SECONDS = 3
TRIES = 2
MAY_PASS = (429, 500, 502, 503, 504)
LONGEST_WAIT_SECONDS = 2
LARGEST_ANSWER = 5_000_000


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a person is to Altinn: the type and value of a party. The value stands in no log and no address."""

    type: str
    value: str


class AltinnSilent(RightsUnavailable):
    """Altinn cannot be reached, or is too slow, or too busy."""

    code = "altinn_silent"


class AltinnRefuses(RightsUnavailable):
    """Altinn does not let us ask: the token, the key or the scope is wrong. For the operator to mend."""

    code = "altinn_refuses"


@dataclass(frozen=True)
class AltinnRights:
    """A source of rights. `identify` gives None for a person we cannot name to Altinn, who then has no rights there.

    `token` and `key` are asked for each time, so that they can be renewed beside us. `pause` waits some seconds.
    """

    base: str
    resource: str
    package: str
    token: Callable[[], str]
    key: Callable[[], str]
    identify: Callable[[Person], Identity | None]
    parent_of: FindParent
    pause: Callable[[int], None]
    name: str = "Altinn"

    def rights_of(self, person: Person) -> tuple[Right, ...]:
        identity = self.identify(person)
        if identity is None:
            return ()
        answer = self._ask(identity)
        return rights_in(answer, resource=self.resource, package=self.package, parent_of=self.parent_of)

    def _ask(self, identity: Identity) -> Any:
        """Tries once more after a failure that may pass."""
        for left in range(TRIES - 1, -1, -1):
            try:
                status, wait, body = self._send(identity)
            except (OSError, http.client.HTTPException, ssl.SSLError) as error:
                if not left:
                    raise AltinnSilent(type(error).__name__) from None
                continue
            if status not in MAY_PASS or not left:
                return _read(status, body)
            self.pause(min(wait, LONGEST_WAIT_SECONDS))
        raise AltinnSilent("no tries")

    def _send(self, identity: Identity) -> tuple[int, int, bytes]:
        """(status, seconds to wait before the next try, body)."""
        connection = _connect(self.base)
        try:
            connection.request(
                "POST",
                f"{urlsplit(self.base).path.rstrip('/')}{PATH}?{urlencode(ASKED)}",
                body=json.dumps({"type": identity.type, "value": identity.value}),
                headers={
                    "Authorization": f"Bearer {self.token()}",
                    "Ocp-Apim-Subscription-Key": self.key(),
                    "Content-Type": "application/json",
                    "Accept": "application/json",
                },
            )
            response = connection.getresponse()
            wait = response.headers.get("Retry-After", "")
            return response.status, int(wait) if wait.isdigit() else 1, response.read(LARGEST_ANSWER + 1)
        finally:
            connection.close()


def _connect(base: str) -> http.client.HTTPConnection:
    """Certificates are checked; plain HTTP is for a fake on this machine alone."""
    parts = urlsplit(base)
    if parts.scheme == "https" and parts.hostname:
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(
            parts.hostname, parts.port, timeout=TIMEOUT_SECONDS, context=context
        )
    if parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost"):
        return http.client.HTTPConnection(parts.hostname, parts.port, timeout=TIMEOUT_SECONDS)
    raise ValueError(f"Not an address of Altinn: {parts.scheme}://{parts.hostname}")


def _read(status: int, body: bytes) -> Any:
    if status in MAY_PASS:
        raise AltinnSilent(f"status {status}")
    if status in (401, 403):
        raise AltinnRefuses(f"status {status}")
    if status != http.client.OK:
        raise OddAnswer(f"status {status}")
    if len(body) > LARGEST_ANSWER:
        raise OddAnswer("too long")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise OddAnswer("not JSON") from None
