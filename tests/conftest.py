"""One database server for each test run, one database for each worker, cloned from a template.

The site's own role (`runde_app`) is used throughout: a superuser would walk through the fences, and every test
of them would be green for nothing.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Before Django reads its settings: a home of its own for this run, never the developer's.
RUN = os.environ.setdefault("RUNDE_TEST_RUN", uuid4().hex[:8])
TEST_VAR = Path(tempfile.gettempdir()) / f"runde-test-{RUN}"
TEST_VAR.mkdir(mode=0o755, exist_ok=True)
os.environ["RUNDE_VAR"] = str(TEST_VAR / "var")
os.environ["RUNDE_DEMO"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "runde.config.settings"
os.environ["RUNDE_SECRET_KEY"] = "only-for-tests"
os.environ["RUNDE_EMAIL_BACKEND"] = "django.core.mail.backends.locmem.EmailBackend"

from hypothesis import settings as drawing  # noqa: E402

# The same drawn examples each time, so that a red run can be run again. RUNDE_EXPLORE=1 draws new ones.
drawing.register_profile("repeatable", derandomize=True)
drawing.load_profile("default" if os.environ.get("RUNDE_EXPLORE") else "repeatable")

import django  # noqa: E402 - reads the environment above

django.setup()

from django.conf import settings  # noqa: E402
from django.utils import translation  # noqa: E402

from tests import database  # noqa: E402


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        database.start_server()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        database.stop_server()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """Replaces pytest-django's: point the site at this worker's own clone of the template."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with database.clone(f"runde_test_{worker}"), django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield
        database.close_connections()


@pytest.fixture
def fresh_database(django_db_setup: None, django_db_blocker: object) -> Iterator[str]:
    """A database of one's own for tests that commit, use several connections or kill processes. Yields its name."""
    name = f"runde_fresh_{uuid4().hex[:8]}"
    with django_db_blocker.unblock(), database.clone(name):  # type: ignore[attr-defined]
        yield name
        database.close_connections()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for each worker: two of Playwright's own cannot run side by side in one process."""
    from tests.journeys.visitors import start_browser

    with start_browser() as started:
        yield started


@pytest.fixture(autouse=True)
def bokmaal() -> None:
    """Each test begins in the language of the house, whatever the one before it spoke."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def at() -> datetime:
    """The moment at which things happen in tests: a Monday morning in Norway."""
    return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
