"""Moss with its open call, seven cases, and its people signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from pytest_django import Settings

from runde.foundation.people.api import Person
from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, list_cases
from runde.grants.schemes.api import get_call
from tests.journeys.region import CALL, Region, send_applications


@dataclass(frozen=True)
class Moss:
    region: Region
    sign_in: Callable[[Person], Client]

    def as_(self, who: str) -> Client:
        return self.sign_in(self.region.moss.staff[who])

    def cases(self, **wanted: str) -> list[Case]:
        with fence(self.region.moss.tenant.id):
            return list_cases(get_call(CALL).id, **wanted)

    def case(self, company_number: str) -> Case:
        with fence(self.region.moss.tenant.id):
            return Case.objects.select_related("application").get(
                application__organisation_number=company_number
            )


@pytest.fixture
def moss(region: Region, signed_in: Callable[[Person], Client], settings: Settings) -> Moss:
    settings.STAFF_NEED_SECOND_FACTOR = False
    send_applications(region.moss, languages=("nb", "nn"))
    return Moss(region, signed_in)
