"""The service's documented answers, with synthetic numbers, and a stand-in on this machine that gives them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CAFE, BRANCH, GONE, UNHEARD_OF, STRUCK_OFF = "310000027", "310100056", "310100110", "310100137", "310000035"

FULL: dict[str, Any] = json.loads("""
{"organisasjonsnummer":"310000027","navn":"EKSEMPELBEDRIFT AS",
 "organisasjonsform":{"kode":"AS","beskrivelse":"Aksjeselskap",
   "_links":{"self":{"href":"https://data.brreg.no/enhetsregisteret/api/organisasjonsformer/AS"}}},
 "registreringsdatoEnhetsregisteret":"2017-03-02","stiftelsesdato":"2017-02-20",
 "registrertIMvaregisteret":true,"registrertIForetaksregisteret":true,
 "naeringskode1":{"kode":"56.110","beskrivelse":"Drift av restauranter"},
 "harRegistrertAntallAnsatte":true,"antallAnsatte":14,
 "forretningsadresse":{"land":"Norge","landkode":"NO","postnummer":"0001","poststed":"EKSEMPELBY",
   "adresse":["Eksempelgata 1"],"kommune":"EKSEMPEL","kommunenummer":"3205"},
 "institusjonellSektorkode":{"kode":"2100","beskrivelse":"Private aksjeselskaper mv."},
 "kapital":{"belop":30000.0,"antallAksjer":3000000000},
 "sisteInnsendteAarsregnskap":"2025","konkurs":false,"underAvvikling":false,"konkursdato":"",
 "underTvangsavviklingEllerTvangsopplosning":false,"maalform":"Bokmål",
 "_links":{"self":{"href":"https://data.brreg.no/enhetsregisteret/api/enheter/310000027"}}}
""")
REDUCED: dict[str, Any] = json.loads("""
{"organisasjonsnummer":"310000035","navn":"NEDLAGT KAFÉ AS","organisasjonsform":{"kode":"AS"},
 "slettedato":"2026-10-01","respons_klasse":"SlettetEnhet"}
""")
SUB_UNIT: dict[str, Any] = json.loads("""
{"organisasjonsnummer":"310100056","navn":"EKSEMPELBEDRIFT AVD SØR","organisasjonsform":{"kode":"BEDR"},
 "naeringskode1":{"kode":"56.110"},"harRegistrertAntallAnsatte":false,"oppstartsdato":"2018-01-15",
 "datoEierskifte":"","overordnetEnhet":"310000027",
 "beliggenhetsadresse":{"landkode":"NO","postnummer":"0001","adresse":["Sørgata 2"],"kommunenummer":"3203"}}
""")
NOT_FOUND = {"timestamp": "2026-11-20T08:00:00", "status": 404, "error": "Not Found"}


@dataclass(frozen=True)
class Trouble:
    """Told instead of the answer. `silence` waits first, `drip` sends a byte at a time, `cut` ends in the middle."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    silence: float = 0
    drip: float = 0
    cut: bool = False


@dataclass
class Service:
    """`troubles` come first, one for each question."""

    url: str = ""
    answers: dict[str, tuple[int, Any]] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def next(self, path: str) -> Trouble:
        if self.troubles:
            return self.troubles.pop(0)
        status, body = self.answers.get(path, (404, NOT_FOUND))
        return Trouble(status, b"" if body is None else json.dumps(body).encode())


def documented() -> dict[str, tuple[int, Any]]:
    return {
        f"/api/enheter/{CAFE}": (200, FULL),
        f"/api/enheter/{STRUCK_OFF}": (200, REDUCED),
        f"/api/enheter/{GONE}": (410, None),
        f"/api/underenheter/{BRANCH}": (200, SUB_UNIT),
    }


@contextmanager
def running_service() -> Iterator[Service]:
    service = Service(answers=documented())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = self.headers["Accept"] or "", self.headers["User-Agent"] or ""
            service.asked.append((self.path, *told))
            _say(self, service.next(self.path))

        def log_message(self, *args: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}/api"
    try:
        yield service
    finally:
        server.shutdown()
        server.socket.close()
        thread.join()


def _say(handler: BaseHTTPRequestHandler, trouble: Trouble) -> None:
    time.sleep(trouble.silence)
    try:
        handler.send_response(trouble.status)
        for name, value in trouble.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(trouble.body) * (2 if trouble.cut else 1)))
        handler.end_headers()
        for start in range(len(trouble.body)) if trouble.drip else [0]:
            handler.wfile.write(trouble.body[start : start + 1] if trouble.drip else trouble.body)
            handler.wfile.flush()
            time.sleep(trouble.drip)
    except OSError:
        pass  # who asked has lost patience
