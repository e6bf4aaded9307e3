"""Every page opens for those who may read it, and says what it is about."""

from __future__ import annotations

import pytest

from tests.web.designer.conftest import Designers
from tests.web.pages import heading_of, text_of

pytestmark = pytest.mark.django_db
SCHEME = "Tilskudd til virksomheter rammet av smitteverntiltak"


def test_the_list_shows_drafts_schemes_and_the_shelf(designers: Designers) -> None:
    designers.share()
    designers.draft()
    page = designers.as_("manager").get("/moss/ordninger/")
    text = text_of(page)
    assert heading_of(page) == "1 ordning og 1 kladd"
    assert "Kopier ordningen fra Horten" in text
    assert "Laget fra eksempelet" in text


@pytest.mark.parametrize(
    "part",
    ["", "penger/", "tekster/", "skjema/", "historikk/", "publiser/", "forkast/", "krav/ny/", "sporsmal/ny/"],
)
def test_each_part_of_a_draft_opens(designers: Designers, part: str) -> None:
    draft = designers.draft()
    page = designers.as_("manager").get(f"/moss/ordninger/kladd/{draft.id}/{part}")
    assert page.status_code == 200, text_of(page)
    assert heading_of(page)


@pytest.mark.parametrize("part", ["", "eksempler/", "runde/{call}/", "runde/{call}/flytt/"])
def test_each_page_of_a_version_opens(designers: Designers, part: str) -> None:
    from runde.foundation.trust.api import fence
    from runde.grants.schemes.api import get_call
    from tests.journeys.region import CALL

    version = designers.version()
    with fence(designers.region.moss.tenant.id):
        call = get_call(CALL)
    page = designers.as_("manager").get(f"/moss/ordninger/versjon/{version.id}/{part.format(call=call.id)}")
    assert page.status_code == 200, text_of(page)


def test_a_copied_draft_opens(designers: Designers) -> None:
    draft = designers.copied()
    page = designers.as_("manager").get(f"/moss/ordninger/kladd/{draft.id}/")
    assert "Kopiert fra Horten kommune" in text_of(page)
