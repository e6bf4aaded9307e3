"""What the script uses: a file in parts over a line that breaks."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings

from runde.foundation.documents.api import list_uploads
from runde.foundation.people.api import Actor
from tests.factories.files import a_pdf
from tests.journeys.region import Region
from tests.web.pages import text_of

from .conftest import Desk

FILE = a_pdf(3)


def start(desk: Desk, **changes: Any) -> Any:
    facts = {"question": "papers", "name": "regnskap.pdf", "size": len(FILE), "mark": "1"}
    return desk.kari.post(desk.of_board + "start/", {**facts, **changes})


def part(desk: Desk, upload: str, offset: int, content: bytes) -> Any:
    return desk.kari.post(
        f"{desk.address('deler', upload)}?offset={offset}", content, content_type="application/octet-stream"
    )


def test_a_file_in_parts_becomes_the_file(desk: Desk) -> None:
    upload = start(desk).json()["id"]
    assert part(desk, upload, 0, FILE[:300]).json()["received"] == 300
    assert part(desk, upload, 300, FILE[300:]).json()["received"] == len(FILE)
    assert desk.kari.post(desk.address("deler", upload, "ferdig")).json() == {
        "id": upload,
        "state": "checked",
    }
    [file] = desk.files()
    assert desk.kari.get(desk.address(str(file.id))).content == FILE
    assert desk.kari.post(desk.address("deler", upload, "ferdig")).json()["id"] == upload, "lost answer"
    assert len(desk.files()) == 1


def test_after_a_break_the_server_tells_where_to_go_on(desk: Desk) -> None:
    upload = start(desk).json()["id"]
    part(desk, upload, 0, FILE[:300])
    again = start(desk).json()
    assert again == {"id": upload, "received": 300}
    assert desk.kari.get(desk.address("deler", upload)).json() == {
        "id": upload,
        "received": 300,
        "size": len(FILE),
    }
    assert start(desk, mark="2").json()["id"] != upload, "changed since: another file"
    listed = text_of(desk.kari.get(desk.of_board + "sporsmal/papers/?bare"))
    assert "Velg den samme filen på nytt for å fortsette." in listed


def test_a_part_too_far_ahead_is_told_where_we_are(desk: Desk) -> None:
    upload = start(desk).json()["id"]
    answer = part(desk, upload, 500, FILE[500:600])
    assert (answer.status_code, answer.json()["received"]) == (409, 0)
    unfinished = desk.kari.post(desk.address("deler", upload, "ferdig"))
    assert (unfinished.status_code, unfinished.json()["received"]) == (409, 0)


@pytest.mark.parametrize("offset", ["", "x", "-1", "1e3", "9" * 40])
def test_a_place_that_is_no_number_is_told_where_we_are(desk: Desk, offset: str) -> None:
    upload = start(desk).json()["id"]
    answer = desk.kari.post(
        f"{desk.address('deler', upload)}?offset={offset}", b"x", content_type="application/octet-stream"
    )
    assert (answer.status_code, answer.json()["received"]) == (409, 0)


def test_another_file_cannot_go_on_where_the_first_stopped(desk: Desk) -> None:
    upload = start(desk).json()["id"]
    part(desk, upload, 0, FILE[:300])
    answer = part(desk, upload, 200, b"x" * 200)
    assert answer.status_code == 422
    assert "en annen enn den du begynte" in answer.json()["sentence"]


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"size": 20_000_001}, 422, "Filen er for stor. Den kan være høyst 20 MB."),
        ({"size": 0}, 422, "Filen er tom. Velg en fil med innhold."),
        ({"size": "stor"}, 422, "Filen er tom. Velg en fil med innhold."),
        ({"question": "annet"}, 404, "Vi finner ikke tavlen."),
    ],
)
def test_what_cannot_be_taken_is_refused_at_the_start(
    desk: Desk, changes: dict[str, Any], status: int, sentence: str
) -> None:
    answer = start(desk, **changes)
    assert (answer.status_code, answer.json()["sentence"]) == (status, sentence)


def test_more_than_was_told_is_refused(desk: Desk) -> None:
    upload = start(desk, size=100).json()["id"]
    assert part(desk, upload, 0, b"x" * 101).status_code == 422


def test_a_part_larger_than_the_server_reads_is_refused(desk: Desk, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    upload = start(desk, size=5_000).json()["id"]
    assert part(desk, upload, 0, b"x" * 2_000).status_code == 422


def test_bad_content_is_found_at_the_end_and_told_in_the_list(desk: Desk) -> None:
    upload = start(desk, size=4).json()["id"]
    part(desk, upload, 0, b"GIF8")
    assert desk.kari.post(desk.address("deler", upload, "ferdig")).json()["state"] == "refused"
    assert "Filen må være" in text_of(desk.kari.get(desk.of_board + "sporsmal/papers/?bare"))


def test_an_upload_is_its_senders_alone(desk: Desk) -> None:
    upload = start(desk).json()["id"]
    for browser in (desk.officer, desk.stranger):
        assert browser.get(desk.address("deler", upload)).status_code == 404
        assert browser.post(desk.address("deler", upload, "ferdig")).status_code == 404
    assert desk.kari.get(desk.address("deler", str(uuid4()))).status_code == 404


def test_a_half_file_is_given_up_by_a_button(desk: Desk, region: Region) -> None:
    upload = start(desk).json()["id"]
    part(desk, upload, 0, FILE[:300])
    desk.kari.post(desk.of_board, {"files-cancel": upload, "back": "/hjem/"})
    with desk.inside():
        assert list_uploads("board", desk.board.id, Actor(region.applicant.id, "Kari Dahl")) == []


def test_unfinished_files_have_a_limit(desk: Desk, settings: Settings) -> None:
    settings.UPLOADS_UNFINISHED = 2
    answers = [start(desk, name=f"{n}.pdf").status_code for n in range(3)]
    assert answers == [200, 200, 422]
