"""The town to be attacked, and a witness that sees every row."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pytest_django import Settings

from .world import World, make_world


@pytest.fixture
def world(db: None, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> World:
    caplog.set_level(logging.CRITICAL, logger="django.request")
    settings.STATIC_ROOT = tmp_path
    settings.STAFF_NEED_SECOND_FACTOR = False
    settings.FILES, settings.MANIFESTS = tmp_path / "files", tmp_path / "manifests"
    return make_world()
