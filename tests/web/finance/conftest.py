"""Moss after its decisions: four payments to make, and finance signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from runde.foundation.people.api import Person
from tests.journeys.region import Region, decide_as_checked, send_applications
from tests.web.officer.conftest import Moss


@pytest.fixture
def moss(region: Region, signed_in: Callable[[Person], Client], settings: Settings) -> Moss:
    settings.STAFF_NEED_SECOND_FACTOR = False
    send_applications(region.moss)
    decide_as_checked(region.moss)
    return Moss(region, signed_in)
