"""Without script: files in a form, what is said about them, opening and removing."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from runde.foundation.documents.api import scan_attachment
from runde.foundation.documents.models import Attachment
from tests.factories.files import a_jpeg, a_pdf, sent
from tests.fakes.scanner import FakeScanner
from tests.web.pages import heading_of, text_of

from .conftest import Desk

BACK = "/hjem/"


def hand_in(desk: Desk, *files: Any, back: str = BACK) -> Any:
    return desk.kari.post(desk.of_board, {"file-papers": list(files), "back": back})


def test_files_in_a_form_are_taken_and_the_page_is_shown_again(desk: Desk) -> None:
    answer = hand_in(desk, sent(a_pdf(2), "regnskap.pdf"), sent(a_jpeg(), "lokalet.JPG"))
    assert (answer.status_code, answer["Location"]) == (302, BACK)
    assert [(one.name, one.state, one.question) for one in desk.files()] == [
        ("regnskap.pdf", "checked", "papers"),
        ("lokalet.jpg", "checked", "papers"),
    ]


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "/finnes-ikke-her/i/det/hele/tatt/",
        "hjem/",
        "",
        "/" + "a" * 600,
    ],
)
def test_the_way_back_is_always_ours(desk: Desk, back: str) -> None:
    assert hand_in(desk, sent(a_pdf()), back=back)["Location"] == "/hjem/"


def test_each_bad_file_tells_what_is_wrong_with_it(desk: Desk) -> None:
    hand_in(desk, sent(a_pdf(), "god.pdf"), sent(b"<html>", "side.pdf"), sent(b"", "tom.pdf"))
    listed = desk.kari.get(desk.of_board + "sporsmal/papers/?bare")
    words = text_of(listed)
    assert "god.pdf" in words
    assert "Ikke kontrollert for virus ennå" in words
    assert "Filen må være PDF eller bilde (PNG eller JPEG). Lagre den på nytt slik, og prøv igjen." in words
    assert "Filen er tom. Velg en fil med innhold." in words
    assert listed.content.decode().count('type="hidden" name="papers"') == 1


def test_a_file_above_the_limit_is_cut_off_and_told(desk: Desk, settings: Settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 2_000
    hand_in(desk, sent(a_pdf() + b" " * 200_000, "stor.pdf"), sent(a_pdf(), "god.pdf"))
    assert sorted((one.name, one.state, one.reason) for one in desk.files()) == [
        ("god.pdf", "checked", ""),
        ("stor.pdf", "refused", "too_large"),
    ]


def test_the_question_decides_how_many_and_which_kinds(desk: Desk) -> None:
    desk.board.most, desk.board.kinds = 1, ("pdf",)
    hand_in(desk, sent(a_jpeg()), sent(a_pdf()), sent(a_pdf()))
    assert [(one.state, one.reason) for one in desk.files()] == [
        ("refused", "wrong_kind"),
        ("checked", ""),
        ("refused", "too_many"),
    ]


def test_a_file_goes_out_as_a_file_to_keep_and_nothing_else(desk: Desk) -> None:
    hand_in(desk, sent(a_pdf(), "Søknad «æøå».pdf"))
    [file] = desk.files()
    answer = desk.kari.get(desk.address(str(file.id)))
    assert answer.content == a_pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert (
        answer["Content-Disposition"] == "attachment; filename*=utf-8''S%C3%B8knad%20%C3%A6%C3%B8%C3%A5.pdf"
    )
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_the_first_page_is_shown_small(desk: Desk) -> None:
    hand_in(desk, sent(a_pdf()))
    answer = desk.kari.get(desk.address(str(desk.files()[0].id), "bilde"))
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.content.startswith(b"\x89PNG")


def test_a_file_is_removed_by_a_button(desk: Desk) -> None:
    hand_in(desk, sent(a_pdf()))
    [file] = desk.files()
    assert desk.kari.get(desk.address(str(file.id), "fjern")).status_code == 405
    desk.kari.post(desk.of_board, {"files-remove": str(file.id), "back": BACK})
    assert desk.files() == []
    hand_in(desk, sent(a_pdf()))
    [file] = desk.files()
    assert desk.kari.post(desk.address(str(file.id), "fjern"), {"back": BACK})["Location"] == BACK
    assert desk.files() == []


def test_who_may_not_write_can_neither_add_nor_remove(desk: Desk) -> None:
    hand_in(desk, sent(a_pdf()))
    [file] = desk.files()
    for browser in (desk.officer, desk.stranger):
        browser.post(desk.of_board, {"file-papers": [sent(a_pdf())], "files-remove": str(file.id)})
        assert browser.post(desk.address(str(file.id), "fjern")).status_code == 404
    assert [one.id for one in desk.files()] == [file.id]


def test_strangers_meet_nothing(desk: Desk) -> None:
    hand_in(desk, sent(a_pdf()))
    [file] = desk.files()
    for address in (desk.address(str(file.id)), desk.address(str(file.id), "bilde")):
        assert desk.stranger.get(address).status_code == 404
    assert desk.stranger.post(desk.of_board, {}).status_code == 404
    assert desk.kari.post(desk.address("til", "ukjent", str(desk.board.id))).status_code == 404


def test_a_closed_subject_tells_why_and_keeps_what_is_there(desk: Desk) -> None:
    hand_in(desk, sent(a_pdf()))
    [file] = desk.files()
    desk.board.is_closed = True
    hand_in(desk, sent(a_pdf()))
    assert "Tavlen er stengt." in text_of(desk.kari.get("/hjem/", follow=True))
    assert desk.kari.post(desk.address(str(file.id), "fjern")).status_code == 409
    assert len(desk.files()) == 1


def test_staff_open_what_nobody_could_scan_only_after_a_warning(desk: Desk) -> None:
    hand_in(desk, sent(a_pdf()))
    address = desk.address(str(desk.files()[0].id))
    asked = desk.officer.get(address)
    assert heading_of(asked) == "Filen er ikke kontrollert for virus"
    assert desk.officer.post(address).content == a_pdf()


def test_with_a_scanner_staff_wait_for_it(desk: Desk, settings: Settings) -> None:
    settings.SCANNER_ADDRESS = "unix:/nowhere"
    hand_in(desk, sent(a_pdf()))
    [file] = desk.files()
    address = desk.address(str(file.id))
    assert desk.kari.get(address).content == a_pdf()
    for answer in (desk.officer.get(address), desk.officer.post(address)):
        assert answer.status_code == 422
        assert "ikke kontrollert for virus ennå" in text_of(answer)
    scan(desk, FakeScanner())
    assert desk.officer.get(address).content == a_pdf()


def test_a_file_with_virus_is_served_to_nobody(desk: Desk) -> None:
    hand_in(desk, sent(a_pdf(), "regnskap.pdf"))
    scan(desk, FakeScanner(virus="Win.Test.EICAR"))
    [file] = desk.files()
    for browser in (desk.kari, desk.officer):
        assert browser.get(desk.address(str(file.id))).status_code == 422
        assert browser.post(desk.address(str(file.id))).status_code == 422
        assert browser.get(desk.address(str(file.id), "bilde")).status_code == 404
    words = text_of(desk.kari.get(desk.of_board + "sporsmal/papers/?bare"))
    assert "Filen inneholder virus og er sperret. Last opp en annen fil." in words


def scan(desk: Desk, scanner: FakeScanner) -> None:
    with desk.inside():
        for one in Attachment.objects.all():
            scan_attachment(attachment_id=one.id, scanner=scanner, at=one.made_at)


def test_one_person_cannot_send_without_end(desk: Desk) -> None:
    desk.board.most = 100
    hand_in(desk, *[sent(b"") for _ in range(25)])
    assert len(desk.files()) == 20
    assert "Det er gjort mange forsøk på kort tid." in text_of(desk.kari.get("/hjem/", follow=True))


def test_one_question_has_a_page_of_its_own(desk: Desk) -> None:
    hand_in(desk, sent(a_pdf(2), "regnskap.pdf"))
    page = desk.kari.get(desk.of_board + "sporsmal/papers/")
    words = text_of(page)
    assert heading_of(page) == "Vedlegg"
    assert "Inntil 3 filer: PDF eller bilde (PNG eller JPEG), høyst 20 MB hver." in words
    assert "regnskap.pdf 1 kB, 2 sider Ikke kontrollert for virus ennå Fjern regnskap.pdf" in words
    assert 'accept="application/pdf,image/jpeg,image/png" multiple' in page.content.decode()
    assert desk.officer.get(desk.of_board + "sporsmal/papers/").status_code == 404
