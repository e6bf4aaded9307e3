"""For tests of pages without a browser: a region with an open call, and people who have signed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from runde.foundation.people.api import Person
from tests.journeys.region import Region, make_region


@pytest.fixture(autouse=True)
def _static_files(settings: Settings, tmp_path: Path) -> None:
    """Static files are not what these tests are about, but the folder must be there."""
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    def sign_in(person: Person) -> Client:
        client = Client(headers={"accept-language": "nb"})
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def kari(region: Region, signed_in: Callable[[Person], Client]) -> Client:
    """The café owner, signed in."""
    return signed_in(region.applicant)
