"""A call made in the browser, field by field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from runde.foundation.trust.api import fence
from runde.grants.schemes.api import Call, get_call, get_call_by_id
from tests.journeys.region import CALL
from tests.web.designer.conftest import Designers
from tests.web.pages import hidden

ROOT = "/moss/ordninger/utlysninger/"


@dataclass(frozen=True)
class CallMaker:
    """Nina, who manages schemes in Moss, and what she types."""

    designers: Designers
    nina: Client

    def typed(self, **changes: str) -> dict[str, str]:
        today = timezone.localdate(self.designers.region.at)
        return {
            "version": str(self.designers.version().id),
            "slug": "sommer-2027",
            "kind": "deadline",
            "opens_date": f"{today - timedelta(days=1):%d.%m.%Y}",
            "opens_clock": "kl. 9",
            "closes_date": f"{today + timedelta(days=30):%d.%m.%Y}",
            "closes_clock": "23.59",
            "grace_minutes": "30",
            "late_rule_nb": "Søknader etter fristen blir ikke vurdert.",
            "late_rule_nn": "Søknader etter fristen blir ikkje vurderte.",
            "late_rule_en": "Late applications are not assessed.",
            "answer_by_date": f"{today + timedelta(days=60):%d.%m.%Y}",
            "euro_rate": "11,7190",
            "euro_rate_date": "20.11.2026",
            "euro_rate_source": "Norges Bank",
            "contact_name": "Ida Lunde",
            "contact_email": "ida@moss.example",
            "contact_phone": "",
            "needs_acceptance": "yes",
            "acceptance_days": "21",
            "report_due_days": "180",
            "keep_drafts_days": "90",
            **changes,
        }

    def make(self, **changes: str) -> Any:
        key = hidden(self.nina.get(f"{ROOT}ny/"), "key")
        return self.nina.post(f"{ROOT}ny/", self.typed(**changes) | {"key": key})

    def add_money(self, call: Call, **changes: str) -> Any:
        page = self.nina.get(f"{ROOT}{call.id}/penger/")
        sent = {
            "name": "Sommerfondet",
            "giver": "Kommunestyret",
            "amount": "500 000",
            "decided": "yes",
            "document": "Kommunestyret sak 9/27",
            "expected": "",
            "earmark_text": "",
            **changes,
        }
        return self.nina.post(f"{ROOT}{call.id}/penger/", sent | {"key": hidden(page, "key")})

    def press(self, call: Call, act: str, **sent: str) -> Any:
        url = f"{ROOT}{call.id}/{act}/"
        return self.nina.post(url, sent | {"key": hidden(self.nina.get(url), "key")})

    def now(self, slug: str = "sommer-2027") -> Call:
        with fence(self.designers.region.moss.tenant.id):
            return get_call(slug)

    def by_id(self, call: Call) -> Call:
        with fence(self.designers.region.moss.tenant.id):
            return get_call_by_id(call.id)

    def standing(self) -> Call:
        """The call that is open already."""
        return self.now(CALL)

    def drafted(self) -> Call:
        self.make()
        return self.now()

    def published(self) -> Call:
        call = self.drafted()
        self.add_money(call)
        self.press(call, "publiser")
        return self.now()


@pytest.fixture
def calls(designers: Designers, signed_in: Callable[..., Client]) -> CallMaker:
    return CallMaker(designers, designers.as_("manager"))
