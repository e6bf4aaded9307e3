"""When something breaks all the same: a calm page, and nothing promised that does not hold."""

from __future__ import annotations

import logging

import pytest
from django.db import OperationalError
from django.test import Client

from runde.web.public.views import front


def _no_database(*_: object, **__: object) -> None:
    raise OperationalError("connection to server failed: no such host db.intern")


def test_a_broken_page_says_so_calmly(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, logger="django.request")
    monkeypatch.setattr(front, "list_announcements", _no_database)
    response = Client(raise_request_exception=False).get("/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "Noe gikk galt hos oss" in page
    assert "db.intern" not in page
    assert "Traceback" not in page


def test_the_page_for_what_broke_needs_neither_session_nor_account(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Without a database the session cannot be read: the page about it must not try."""
    caplog.set_level(logging.CRITICAL, logger="django.request")
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", _no_database)
    client = Client(raise_request_exception=False)
    client.cookies["session"] = "a" * 32
    response = client.get("/min-side/")
    assert response.status_code == 500
    assert "Feilen er hos oss" in response.content.decode()


def test_texts_without_nul_are_left_alone() -> None:
    from django.http import QueryDict

    from runde.web.legible import legible

    sent = QueryDict("a=1&a=2&b=%C3%A6")
    assert legible(sent) is sent
    clean = legible(QueryDict("a=1%00&a=%002&b%00=%C3%A6%0A"))
    assert dict(clean.lists()) == {"a": ["1", "2"], "b": ["æ\n"]}
