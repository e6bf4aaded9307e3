"""My page: as many statements for three applications as for one, and the same words as on each case's own page."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, say_delay
from tests.journeys.region import (
    CAFE,
    ELSEWHERE,
    PIZZA,
    Region,
    answers,
    decide_as_checked,
    send_applications,
)
from tests.web.pages import heading_of, text_of


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> None:
    settings.FILES, settings.MANIFESTS = tmp_path / "files", tmp_path / "manifests"


def apply(region: Region, *numbers: str) -> None:
    send_applications(region.moss, {one: answers() for one in numbers}, by=region.applicant)


def statements(kari: Client) -> int:
    with CaptureQueriesContext(connection) as ran:
        assert kari.get("/min-side/").status_code == 200
    return len(ran)


@pytest.mark.parametrize("is_decided", [False, True], ids=["waiting", "decided"])
def test_three_rows_cost_what_one_does(region: Region, kari: Client, is_decided: bool) -> None:
    apply(region, CAFE)
    if is_decided:
        decide_as_checked(region.moss)
    kari.get("/min-side/")
    one = statements(kari)
    apply(region, PIZZA, ELSEWHERE)
    if is_decided:
        decide_as_checked(region.moss)
    assert kari.get("/min-side/").content.count(b"/moss/soknader/") == 3
    assert statements(kari) == one


def test_the_list_says_what_the_case_says(region: Region, kari: Client) -> None:
    apply(region, CAFE)
    with fence(region.moss.tenant.id):
        case = Case.objects.get()
        at = timezone.now()
        say_delay(
            case_id=case.id,
            expected_date=(at + timedelta(days=400)).date(),
            reason_code="needs_time",
            by=region.moss.actor("officer", at),
            at=at,
        )
    own = heading_of(kari.get(f"/moss/soknader/{case.application_id}/"))
    assert own.startswith("Du får trolig svar innen")
    assert own in text_of(kari.get("/min-side/"))
    assert "undersøke saken nærmere" in text_of(kari.get(f"/moss/soknader/{case.application_id}/"))
