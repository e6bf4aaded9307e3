"""Publishing, the shelf, versions side by side, files, scenarios, and rounds judged again."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from runde.foundation.trust.api import fence
from runde.grants.casework.api import CaseMove
from runde.grants.designs.api import (
    Draft,
    change_draft,
    export_draft,
    list_schemes,
    list_shelf,
    list_versions,
    set_parameter,
    start_draft_from_version,
)
from runde.grants.schemes.api import Call, SchemeVersion, get_call
from tests.journeys.region import CALL, send_applications
from tests.web.designer.conftest import Designers
from tests.web.pages import heading_of, hidden, text_of

pytestmark = pytest.mark.django_db


def next_version(designers: Designers, drop: str = "25") -> Draft:
    """A draft of the standing scheme's second version, with a lower threshold."""
    version, moss, at = designers.version(), designers.region.moss, designers.region.at
    with fence(moss.tenant.id):
        manager = moss.actor("manager", at)
        draft = start_draft_from_version(version=version, by=manager, at=at)
        content = set_parameter(draft.content, "required_drop", drop)
        return change_draft(draft_id=draft.id, content=content, revision=1, what="", by=manager, at=at)


def publish(client: Client, draft: Draft, **more: str) -> Any:
    url = f"/moss/ordninger/kladd/{draft.id}/publiser/"
    page = client.get(url)
    sent = {"key": hidden(page, "key"), "revision": hidden(page, "revision"), **more}
    return client.post(url, sent)


def versions(designers: Designers) -> list[SchemeVersion]:
    with fence(designers.region.moss.tenant.id):
        return list_versions(list_schemes()[0])


def published(designers: Designers, client: Client) -> SchemeVersion:
    publish(client, next_version(designers))
    return versions(designers)[0]


def test_the_act_tells_what_is_different_and_what_happens(designers: Designers) -> None:
    draft = next_version(designers)
    page = designers.as_("manager").get(f"/moss/ordninger/kladd/{draft.id}/publiser/")
    text = text_of(page)
    assert heading_of(page).startswith("Publiser versjon 2 av «Tilskudd")
    assert "Kravet til fall i omsetning er senket fra 30 % til 25 %." in text
    assert "Publiser versjon 2" in text
    assert "Det kan ikke angres." in text


def test_a_draft_is_published_once_and_shared(designers: Designers) -> None:
    draft, nina = next_version(designers), designers.as_("manager")
    answer = publish(nina, draft, share="on")
    [second, _] = versions(designers)
    assert answer["Location"] == f"/moss/ordninger/versjon/{second.id}/"
    assert [one.version_id for one in list_shelf()] == [second.id]
    assert "Versjon 2 er publisert." in text_of(nina.get(answer["Location"]))
    assert nina.get(f"/moss/ordninger/kladd/{draft.id}/publiser/").status_code == 302
    assert "Kladden er publisert" in text_of(nina.get(f"/moss/ordninger/kladd/{draft.id}/"))


def test_what_lacks_is_listed_with_a_way_to_it(designers: Designers) -> None:
    nina = designers.as_("manager")
    started = nina.post("/moss/ordninger/ny/", {"way": "blank", "title": "Sommerkafé"})
    page = nina.get(f"{started['Location']}publiser/")
    assert "Dette må på plass først" in text_of(page)
    assert "Gå til Tekster" in text_of(page)
    ways = dict.fromkeys(re.findall(r'href="[^"]*/kladd/[^/]*/([^"]*#[^"]*)"', page.content.decode()))
    assert list(ways) == [
        "tekster/#t-texts-name-nn",
        *(f"tekster/#t-texts-{one}-nb" for one in ("summary", "purpose", "who", "how_much", "time_needed")),
        "tekster/#t-legal_basis-guidelines-nb",
        "#belop",
    ]
    texts = nina.get(f"{started['Location']}tekster/").content.decode()
    assert all(f'id="{way.partition("#")[2]}"' in texts for way in ways if way != "#belop")
    assert 'type="submit">Publiser' not in page.content.decode()


def test_a_draft_changed_meanwhile_is_not_published(designers: Designers) -> None:
    draft, nina = next_version(designers), designers.as_("manager")
    page = nina.post(
        f"/moss/ordninger/kladd/{draft.id}/publiser/", {"key": "k", "revision": str(draft.revision - 1)}
    )
    assert page.status_code == 422
    assert "Kladden er endret siden du åpnet den" in text_of(page)
    assert len(versions(designers)) == 1


def test_two_versions_side_by_side(designers: Designers) -> None:
    nina = designers.as_("manager")
    new = published(designers, nina)
    old = versions(designers)[1]
    page = nina.get(f"/moss/ordninger/versjon/{new.id}/forskjeller/", {"mot": str(old.id)})
    assert heading_of(page) == "1 forskjell fra versjon 1 til 2"
    assert "Kravet til fall i omsetning er senket fra 30 % til 25 %." in text_of(page)
    assert nina.get(f"/moss/ordninger/versjon/{new.id}/forskjeller/").status_code == 302
    somebody = {"mot": str(new.scheme_id)}
    assert nina.get(f"/moss/ordninger/versjon/{new.id}/forskjeller/", somebody).status_code == 404


def test_the_shelf_is_filled_and_emptied(designers: Designers) -> None:
    version, nina = designers.version(), designers.as_("manager")
    nina.post(f"/moss/ordninger/versjon/{version.id}/del/")
    assert len(list_shelf()) == 1
    horten = designers.as_("manager", "horten")
    assert "Kopier ordningen fra Moss" in text_of(horten.get("/horten/ordninger/"))
    assert heading_of(horten.get(f"/horten/ordninger/hylla/{list_shelf()[0].id}/"))
    nina.post(f"/moss/ordninger/versjon/{version.id}/ta-ned/")
    assert list_shelf() == []


def test_copying_twice_with_one_press_gives_one_draft(designers: Designers) -> None:
    shared, nina = designers.share(), designers.as_("manager")
    answers = [nina.post(f"/moss/ordninger/hylla/{shared}/kopier/", {"key": "once"}) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    with fence(designers.region.moss.tenant.id):
        assert Draft.objects.count() == 1


def test_a_file_goes_out_and_in_again(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    file = nina.get(f"/moss/ordninger/kladd/{draft.id}/fil/").content
    with fence(designers.region.moss.tenant.id):
        assert json.loads(file) == json.loads(export_draft(draft))
    upload = SimpleUploadedFile("ordning.json", file)
    answer = nina.post("/moss/ordninger/ny/", {"way": "file", "file": upload})
    assert answer.status_code == 302
    assert "Lest inn fra fil" in text_of(nina.get(answer["Location"]))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Fila"),
        (b"{", "Fila"),
        (json.dumps({"format": "noe annet"}).encode(), "Dette er ikke en ordning vi kan lese"),
        (b"\xff\xfe\x00", "Fila"),
    ],
)
def test_a_file_that_is_no_scheme_is_told_and_nothing_is_made(
    designers: Designers, content: bytes, sentence: str
) -> None:
    nina = designers.as_("manager")
    page = nina.post("/moss/ordninger/ny/", {"way": "file", "file": SimpleUploadedFile("x.json", content)})
    assert page.status_code == 422
    assert sentence in text_of(page)
    with fence(designers.region.moss.tenant.id):
        assert Draft.objects.count() == 0


def test_no_file_chosen(designers: Designers) -> None:
    page = designers.as_("manager").post("/moss/ordninger/ny/", {"way": "file"})
    assert "Velg en fil først." in text_of(page)


@pytest.mark.parametrize("title", ["", "x" * 201])
def test_a_scheme_needs_a_name(designers: Designers, title: str) -> None:
    page = designers.as_("manager").post("/moss/ordninger/ny/", {"way": "blank", "title": title})
    assert page.status_code == 422
    assert text_of(page).count("Skriv hva ordningen skal hete, med høyst 200 tegn.") == 2


def test_scenarios_run_row_by_row(designers: Designers) -> None:
    version, nina = designers.version(), designers.as_("auditor")
    base = f"/moss/ordninger/versjon/{version.id}/eksempler/"
    template = nina.get(f"{base}mal.csv").content
    page = nina.post(base, {"file": SimpleUploadedFile("saker.csv", template)})
    assert page.status_code == 200, text_of(page)
    assert heading_of(page) == "1 sak: 1 som ventet"
    broken = nina.post(base, {"file": SimpleUploadedFile("saker.csv", b"Hest;Ku\r\n1;2\r\n")})
    assert broken.status_code == 422


def the_call(designers: Designers) -> Call:
    with fence(designers.region.moss.tenant.id):
        return get_call(CALL)


def test_a_round_is_judged_again_without_touching_it(designers: Designers) -> None:
    send_applications(designers.region.moss)
    version = published(designers, designers.as_("manager"))
    page = designers.as_("officer").get(
        f"/moss/ordninger/versjon/{version.id}/runde/{the_call(designers).id}/"
    )
    text = text_of(page)
    assert heading_of(page) == "1 av 7 saker blir annerledes"
    assert "BAKGÅRDEN PIZZA AS" in text
    assert "Ingenting er endret." in text


def test_open_cases_are_moved_after_a_look(designers: Designers) -> None:
    send_applications(designers.region.moss)
    nina = designers.as_("manager")
    version = published(designers, nina)
    url = f"/moss/ordninger/versjon/{version.id}/runde/{the_call(designers).id}/flytt/"
    page = nina.get(url)
    assert heading_of(page) == "Flytt 7 saker til versjon 2"
    assert "BAKGÅRDEN PIZZA AS" in text_of(page)
    seen = _seen(page)
    sent = {"key": hidden(page, "key"), "seen": seen, "reason": ""}
    assert "Skriv hvorfor" in text_of(nina.post(url, sent))
    answer = nina.post(url, {**sent, "reason": "Kommunestyret senket kravet."})
    assert answer.status_code == 302
    with fence(designers.region.moss.tenant.id):
        assert CaseMove.objects.count() == 7


def _seen(page: Any) -> list[str]:
    import re

    return re.findall(r'name="seen" value="([^"]+)"', page.content.decode())


@pytest.mark.parametrize("who", ["officer", "approver", "auditor"])
def test_only_the_scheme_manager_moves_cases(designers: Designers, who: str) -> None:
    version = designers.version()
    url = f"/moss/ordninger/versjon/{version.id}/runde/{the_call(designers).id}/flytt/"
    assert designers.as_(who).get(url).status_code == 403


def test_as_many_questions_to_the_database_for_three_as_for_one(
    designers: Designers, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    nina = designers.as_("manager")
    designers.draft()
    nina.get("/moss/ordninger/")
    with CaptureQueriesContext(connection) as one:
        nina.get("/moss/ordninger/")
    designers.draft()
    designers.draft()
    designers.share()
    with CaptureQueriesContext(connection) as three:
        nina.get("/moss/ordninger/")
    assert len(three) == len(one)
