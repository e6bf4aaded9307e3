"""A stand-in for Altinn on this machine: answers over HTTP as the real one is documented to, and can be told to fail.

`parties` are what it knows of each person; the contract in `test_contract.py` holds the client and this against the
documented answer, so that neither drifts alone.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PATH = "/accessmanagement/api/v1/resourceowner/authorizedparties"
TOKEN, KEY = "a-token", "a-key"


def party(number: str, **facts: Any) -> dict[str, Any]:
    """A company as the documentation shows one."""
    return {
        "partyUuid": "6f1f3c1e-0b1f-4d8e-9a55-2f0d7a0b1c11",
        "name": "EKSEMPELBEDRIFT AS",
        "organizationNumber": number,
        "personId": None,
        "partyId": 50000001,
        "type": "Organization",
        "unitType": "AS",
        "isDeleted": False,
        "onlyHierarchyElementWithNoAccess": False,
        "authorizedResources": ["runde-tilskudd"],
        "authorizedAccessPackages": ["tilskudd-stotte-erstatning"],
        "authorizedRoles": ["DAGL"],
        "subunits": [],
        **facts,
    }


@dataclass
class Fake:
    """`troubles` are answered first, one for each question: (status, headers, body), or None to say nothing in time."""

    url: str = ""
    parties: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    troubles: list[tuple[int, dict[str, str], bytes] | None] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def running_fake() -> Iterator[Fake]:
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            place = urlsplit(self.path)
            fake.asked.append({"path": place.path, "flags": parse_qs(place.query), "body": json.loads(body)})
            if fake.troubles:
                trouble = fake.troubles.pop(0)
                if trouble is None:
                    time.sleep(1)
                    return
                self._say(*trouble)
            elif (
                self.headers["Authorization"] != f"Bearer {TOKEN}"
                or self.headers["Ocp-Apim-Subscription-Key"] != KEY
            ):
                self._say(401, {}, b"{}")
            elif place.path != PATH:
                self._say(404, {}, b"")
            else:
                known = fake.parties.get(json.loads(body)["value"], [])
                self._say(200, {"Content-Type": "application/json"}, json.dumps(known).encode())

        def _say(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
