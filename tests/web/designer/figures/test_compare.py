"""Two side by side: they differ only where it is said."""

from __future__ import annotations

import re
from typing import Any

import pytest

from runde.engine.reference.api import number_text
from runde.foundation.trust.api import fence
from runde.grants.designs.api import list_versions
from tests.web.designer.figures.conftest import Planning, with_drop
from tests.web.pages import heading_of, text_of

pytestmark = pytest.mark.django_db


def figures_of(page: Any) -> dict[str, list[str]]:
    html = page.content.decode().replace("\u00a0", " ")
    rows = re.findall(
        r'<tr><th scope="row">([^<]+)</th>((?:<td data-kind="number"[^>]*>[^<]*</td>)+)</tr>', html
    )
    return {name: re.findall(r">([^<]*)</td>", cells) for name, cells in rows}


def test_figures_stand_side_by_side_with_the_difference(planning: Planning) -> None:
    before = planning.reach("3103")
    planning.change(lambda content: with_drop(content, "20"))
    after = planning.reach("3103")
    page = planning.get("sammenlign/")
    assert heading_of(page) == "Kladden mot versjon 1"
    assert before.eligible is not None
    assert after.eligible is not None
    texts = [number_text(one).replace("\u00a0", " ") for one in (before.eligible, after.eligible)]
    assert figures_of(page)["Kan få støtte"] == [*texts, f"▲ {after.eligible - before.eligible}"]


def test_only_what_is_changed_is_marked(planning: Planning) -> None:
    planning.change(lambda content: with_drop(content, "20"))
    page = planning.get("sammenlign/")
    html = page.content.decode()
    assert "Kravet til fall i omsetning er senket fra 30 % til 20 %." in text_of(page)
    assert html.count(">endret</span>") == 1
    assert "Det som er likt (16)" in text_of(page)
    assert "<strong>Omsetningen må ha falt med minst 20" in html.replace("\u00a0", " ")


def test_the_same_twice_differs_nowhere(planning: Planning) -> None:
    text = text_of(planning.get("sammenlign/", mot=f"kladd:{planning.draft.id}"))
    assert "Tallene er de samme." in text
    assert "Ingenting. De to er like." in text
    assert "▲" not in text
    assert "▼" not in text


def test_groups_that_moved_are_drawn_before_and_after(planning: Planning) -> None:
    planning.change(lambda content: with_drop(content, "20"))
    html = planning.get("sammenlign/").content.decode()
    assert '<figure class="rd-chart" id="endret-naring">' in html
    assert '<figure class="rd-chart" id="endret-kommune">' not in html  # one municipality is a sentence


def test_a_version_is_held_against_any_other_version_or_draft(planning: Planning) -> None:
    planning.change(lambda content: with_drop(content, "20"))
    with fence(planning.moss.id):
        assert planning.draft.scheme is not None
        version = list_versions(planning.draft.scheme)[0]
    client, url = planning.as_("auditor"), "/moss/ordninger/sammenlign/"
    pair = {"fra": f"versjon:{version.id}", "til": f"kladd:{planning.draft.id}"}
    page = client.get(url, pair)
    assert heading_of(page) == f"Kladden «{planning.draft.title}» mot versjon 1"
    assert figures_of(page) == figures_of(planning.get("sammenlign/"))
    assert f'name="fra" value="versjon:{version.id}"' in page.content.decode()
    same = client.get(url, {**pair, "til": pair["fra"]})
    assert "Tallene er de samme." in text_of(same)
    for lacking in ({}, {"fra": pair["fra"]}):
        assert client.get(url, lacking)["Location"] == "/moss/ordninger/"
    assert client.get(url, {**pair, "til": f"kladd:{planning.theirs.id}"}).status_code == 404
