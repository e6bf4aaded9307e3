"""The gallery behind a real server and in a real browser, with the site's own content policy."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser

from tests.journeys.visitors import Visitor

BUILT = Path(__file__).resolve().parents[3] / "src" / "runde" / "web" / "assets" / "built"
PICTURES = Path(__file__).resolve().parents[3] / "test-results" / "gallery"


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Tests print nothing."""


class Patient(ThreadingMixIn, WSGIServer):
    """A thread for each connection: a browser keeps some open without a word, and may outlive the server."""

    daemon_threads = True
    block_on_close = False


@pytest.fixture(scope="module")
def gallery_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not (BUILT / "runde.css").is_file():
        pytest.fail("The style sheet is not built. Run `make setup`.")
    changed = {
        "ROOT_URLCONF": "tests.web.components.urls",
        "ALLOWED_HOSTS": ["127.0.0.1"],
        "STATIC_ROOT": tmp_path_factory.mktemp("static"),
    }
    with override_settings(**changed):
        server = make_server(
            "127.0.0.1", 0, get_wsgi_application(), server_class=Patient, handler_class=Quiet
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def open_gallery(browser: Browser, gallery_url: str) -> Iterator[Callable[..., Visitor]]:
    """`open_gallery(DESKTOP, sample="saker", dark=True)`; at the end the console must have been silent."""
    opened: list[Visitor] = []

    def open_(size: tuple[int, int], sample: str = "", *, script: bool = True, dark: bool = False) -> Visitor:
        visitor = Visitor.open(browser, gallery_url, size, script=script, dark=dark, folder=PICTURES)
        opened.append(visitor)
        visitor.go(f"/komponenter/?prove={sample}")
        return visitor

    yield open_
    for visitor in opened:
        visitor.close()
    assert [complaint for visitor in opened for complaint in visitor.complaints] == []
