"""Journeys: the real site in a process of its own, as `runde_app`, met through a real browser.

Fixtures for every journey:

- `site`     the running site on a database of its own; this process's ORM sees the same database, so a test
             sets up with the rooms' operations and looks afterwards with their queries
- `region`   the same with a region that has an open call; see region.py
- `visitor`  opens a browser at a size: `visitor(DESKTOP)`, `visitor(PHONE)`, or without script (`script=False`);
             each visitor has cookies of its own, and must end without a word in the console
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import database

from .visitors import Visitor, VisitorFactory

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django import Settings

    from .region import Region

# Playwright keeps an event loop in this thread, although nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

HERE = Path(__file__).parent
PATIENCE = 30.0


@dataclass(frozen=True)
class Site:
    """Where the site answers, which database it uses, and where it writes its mail."""

    url: str
    database: str
    mail: Path


@pytest.fixture(autouse=True)
def _journey(request: pytest.FixtureRequest) -> None:
    request.node.add_marker(pytest.mark.journey)


@pytest.fixture
def same_files(settings: Settings) -> None:
    """What a test seals in this process lies where the site's process looks for it."""
    home = Path(os.environ["RUNDE_VAR"])
    settings.VAR, settings.DEMO = home, True
    settings.FILES, settings.MANIFESTS = home / "files", home / "manifests"


@pytest.fixture
def site(fresh_database: str, tmp_path: Path, same_files: None) -> Iterator[Site]:
    port = _free_port()
    url = f"http://localhost:{port}"
    environment = {
        **database.environment(fresh_database),
        "RUNDE_EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "PYTHONPATH": str(database.ROOT / "src"),
    }
    log = tmp_path / "site.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [_granian(), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
             "--workers", "1", "--blocking-threads", "4", "runde.config.wsgi:application"],
            env=environment, stdout=output, stderr=subprocess.STDOUT, cwd=database.ROOT,
        )  # fmt: skip
    try:
        _wait_until_it_answers(url, server, log)
        yield Site(url, fresh_database, Path(os.environ["RUNDE_VAR"]) / "mail")
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)
    said = log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in said, said[-4000:]


@pytest.fixture
def region(site: Site) -> Region:
    from .region import make_region

    return make_region()


@pytest.fixture
def visitor(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[VisitorFactory]:
    """Make visitors; at the end each must have met no error in the console."""
    opened: list[Visitor] = []

    def open_one(size: tuple[int, int], *, script: bool = True, dark: bool = False) -> Visitor:
        made = Visitor.open(browser, site.url, size, script=script, dark=dark, folder=_pictures(request))
        opened.append(made)
        return made

    yield open_one
    complaints = [line for one in opened for line in one.complaints]
    for one in opened:
        one.close()
    assert complaints == []


def _pictures(request: pytest.FixtureRequest) -> Path:
    return database.ROOT / "test-results" / Path(str(request.node.path)).stem.removeprefix("test_")


def _granian() -> str:
    beside = Path(sys.executable).with_name("granian")
    found = str(beside) if beside.exists() else shutil.which("granian")
    assert found, "granian is missing: run `make setup`"
    return found


def _free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text(encoding="utf-8", errors="replace")[-4000:]
        try:
            urllib.request.urlopen(f"{url}/static/favicon.svg", timeout=5).close()  # noqa: S310 - our own address
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"The site did not answer in {PATIENCE} s:\n{log.read_text(errors='replace')[-4000:]}")
