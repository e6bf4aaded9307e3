"""Moss and Horten with their scheme; Horten shares its own on the shelf."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from runde.foundation.people.api import Person
from runde.foundation.trust.api import fence
from runde.grants.designs.api import (
    Draft,
    copy_from_shelf,
    list_shelf,
    share_version,
    start_draft_from_example,
)
from runde.grants.schemes.api import SchemeVersion, get_call
from tests.journeys.region import CALL, Region, Town


@dataclass(frozen=True)
class Designers:
    region: Region
    sign_in: Callable[[Person], Client]

    def as_(self, who: str, town: str = "moss") -> Client:
        return self.sign_in(self.town(town).staff[who])

    def town(self, name: str = "moss") -> Town:
        return self.region.horten if name == "horten" else self.region.moss

    def version(self, town: str = "moss") -> SchemeVersion:
        """The example scheme's first version."""
        with fence(self.town(town).tenant.id):
            return get_call(CALL).scheme_version

    def share(self, town: str = "horten") -> UUID:
        found = self.town(town)
        with fence(found.tenant.id):
            manager = found.actor("manager", self.region.at)
            return share_version(version=self.version(town), by=manager, at=self.region.at).id

    def draft(self) -> Draft:
        """A draft in Moss from the ready-made example."""
        with fence(self.region.moss.tenant.id):
            manager = self.region.moss.actor("manager", self.region.at)
            return start_draft_from_example(name="smittevern", by=manager, at=self.region.at)

    def copied(self) -> Draft:
        self.share()
        with fence(self.region.moss.tenant.id):
            manager = self.region.moss.actor("manager", self.region.at)
            return copy_from_shelf(shared_id=list_shelf()[0].id, by=manager, at=self.region.at)

    def now(self, draft: Draft) -> Draft:
        with fence(self.region.moss.tenant.id):
            return Draft.objects.get(id=draft.id)


@pytest.fixture
def designers(region: Region, signed_in: Callable[[Person], Client], settings: Settings) -> Designers:
    settings.STAFF_NEED_SECOND_FACTOR = False
    return Designers(region, signed_in)
