"""The pages where letters are written, approved and looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from pytest_django import Settings

from runde.foundation.people.api import Person
from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, declare_impartiality, list_cases
from runde.grants.letters.api import LetterEdit, LetterTemplateVersion, standing_edits
from runde.grants.schemes.api import get_call
from tests.journeys.region import CALL, Region, send_applications
from tests.web.pages import heading_of, text_of

State = LetterTemplateVersion.State


@dataclass(frozen=True)
class Moss:
    region: Region
    sign_in: Callable[[Person], Client]

    def as_(self, who: str) -> Client:
        return self.sign_in(self.region.moss.staff[who])

    def version(self, **wanted: object) -> LetterTemplateVersion:
        with fence(self.region.moss.tenant.id):
            return LetterTemplateVersion.objects.get(**wanted)

    def case(self) -> Case:
        with fence(self.region.moss.tenant.id):
            return next(one for one in list_cases(get_call(CALL).id) if one.lane == "green")

    def edits(self, case: Case) -> list[LetterEdit]:
        with fence(self.region.moss.tenant.id):
            return standing_edits([case.id]).get(case.id, [])


@pytest.fixture
def moss(region: Region, signed_in: Callable[[Person], Client], settings: Settings) -> Moss:
    settings.STAFF_NEED_SECOND_FACTOR = False
    return Moss(region, signed_in)


def started(moss: Moss, kind: str = "grant") -> str:
    ida = moss.as_("officer")
    answer = ida.post("/moss/brev/ny/", {"kind": kind, "scheme": ""})
    assert answer.status_code == 302
    return str(answer.url)


def test_the_list_shows_every_kind_and_where_to_begin(moss: Moss) -> None:
    page = moss.as_("officer").get("/moss/brev/")
    assert heading_of(page) == "Brev"
    assert "Innvilget Alle ordninger Standardbrev" in text_of(page)
    assert "Skriv eget brev" in text_of(page)
    assert "Skriv eget brev" not in text_of(moss.as_("auditor").get("/moss/brev/"))
    assert moss.as_("officer").post("/moss/brev/ny/", {"kind": ""}).status_code == 422


def test_a_text_is_saved_as_it_is_written_and_shown_with_fields_and_help(moss: Moss) -> None:
    url, ida = started(moss), moss.as_("officer")
    sent = {
        "key": "context",
        "language": "nb",
        "revision": "1",
        "typed": "Dere søkte om «ordning» i henhold til loven.",
    }
    part = ida.post(f"{url}tekst/", sent, headers={"HX-Request": "true"})
    assert part.status_code == 200
    said = text_of(part)
    assert "«i henhold til»: skriv heller «etter»." in said
    assert "Lagret" in said
    assert b'hx-swap-oob="true"' in part.content
    assert moss.version().content["texts"]["context"]["nb"] == "Dere søkte om {scheme} i henhold til loven."


def test_what_cannot_be_saved_is_told_and_not_lost(moss: Moss) -> None:
    url, ida = started(moss), moss.as_("officer")
    sent = {"key": "context", "language": "nb", "revision": "1", "typed": "Hei og velkommen"}
    part = ida.post(f"{url}tekst/", sent, headers={"HX-Request": "true"})
    assert "Teksten må ha med «ordning»." in text_of(part)
    page = ida.post(f"{url}tekst/", sent)
    assert page.status_code == 422
    assert "Hei og velkommen" in text_of(page)
    assert ida.post(f"{url}tekst/", {**sent, "key": "appeal.how"}).status_code == 422


def test_paragraphs_and_the_bank(moss: Moss) -> None:
    url, ida = started(moss), moss.as_("officer")
    three = {"nb": "Vi ringer dere.", "nn": "Vi ringjer dykk.", "en": "We will call you."}
    assert ida.post("/moss/brev/tekstbank/", {"name": "Ring", "block": "steps", **three}).status_code == 302
    assert "Ring" in text_of(ida.get("/moss/brev/tekstbank/"))
    assert ida.post("/moss/brev/tekstbank/", {"name": "", "block": "steps", **three}).status_code == 422
    page = ida.get(url).content.decode()
    bank = page.split('id="bank-steps"')[1].split('option value="')[1].split('"')[0]
    ida.post(f"{url}avsnitt/", {"act": "bank", "block": "steps", "bank": bank})
    [row] = moss.version().content["added"]["steps"]
    assert row["texts"] == three
    ida.post(
        f"{url}avsnitt/",
        {"act": "write", "block": "steps", "paragraph": row["id"], **three, "nb": "Vi skriver."},
    )
    assert moss.version().content["added"]["steps"][0]["texts"]["nb"] == "Vi skriver."
    ida.post(f"{url}avsnitt/", {"act": "remove", "block": "steps", "paragraph": row["id"]})
    assert moss.version().content["added"] == {}
    assert ida.post(f"{url}avsnitt/", {"act": "write", "block": "steps"}).status_code == 422


def test_one_writes_another_approves_and_it_is_taken_in_use(moss: Moss) -> None:
    url, ida, per = started(moss), moss.as_("officer"), moss.as_("approver")
    ida.post(f"{url}tekst/", {"key": "steps.title", "language": "nb", "typed": "Gjør dette"})
    assert per.get(f"{url}godkjenn/").status_code == 302
    ida.post(f"{url}til-godkjenning/")
    assert moss.version().state == State.PENDING
    assert ida.get(f"{url}godkjenn/").status_code == 403
    assert per.post(f"{url}send-tilbake/", {"reason": " "}).status_code == 422
    assert heading_of(per.get(f"{url}godkjenn/")) == "Godkjenn malen"
    per.post(f"{url}godkjenn/")
    assert "Ta i bruk …" in text_of(ida.get(url))
    assert "Nye brev skrives med denne teksten." in text_of(ida.get(f"{url}ta-i-bruk/"))
    ida.post(f"{url}ta-i-bruk/")
    assert moss.version().state == State.IN_USE
    ida.post(f"{url}ny-versjon/")
    assert moss.version(number=2).content == moss.version(number=1).content
    history = text_of(ida.get(f"{url}historikk/"))
    assert "Versjon 2" in history
    assert "Gjør dette" in history


def test_the_page_and_the_pdf_are_made_of_the_same_letter(moss: Moss) -> None:
    url, ida = started(moss), moss.as_("officer")
    picture, pdf = ida.get(f"{url}side-1.png?sprak=nn"), ida.get(f"{url}brev.pdf?sprak=nn")
    assert picture.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert pdf.content[:5] == b"%PDF-"
    assert pdf.content == ida.get(f"{url}brev.pdf?sprak=nn").content
    assert ida.get(f"{url}side-9.png").status_code == 404


def test_one_letter_is_changed_and_changed_back(moss: Moss) -> None:
    send_applications(moss.region.moss)
    case, ida = moss.case(), moss.as_("officer")
    address = f"/moss/saker/{case.id}/brev/endre/"
    assert ida.get(address).url == f"/moss/saker/{case.id}/habilitet/"
    with fence(moss.region.moss.tenant.id):
        officer = moss.region.moss.actor("officer", moss.region.at)
        declare_impartiality(case_id=case.id, is_impartial=True, reason="", by=officer, at=moss.region.at)
    page = ida.get(f"/moss/saker/{case.id}/brev/endre/")
    assert page.status_code == 200
    old = page.content.decode().split('id="context-1-f"')[1].split('name="old" value="')[1].split('"')[0]
    sent = {"block": "context", "old": old, "new": f"{old} Gratulerer!"}
    assert ida.post(f"/moss/saker/{case.id}/brev/avsnitt/", sent).status_code == 302
    [edit] = moss.edits(case)
    assert (edit.block, edit.new) == ("context", f"{old} Gratulerer!")
    page = ida.get(f"/moss/saker/{case.id}/brev/endre/")
    assert "1 endring i dette brevet" in text_of(page)
    assert "Gratulerer!" in text_of(page)
    assert "Gratulerer!" in text_of(ida.get("/moss/brev/endringer/"))
    assert "Gratulerer!" in ida.get("/moss/brev/endringer.csv").content.decode("utf-8-sig")
    refused = ida.post(f"/moss/saker/{case.id}/brev/avsnitt/", {"block": "appeal", "old": "", "new": "Nei."})
    assert refused.status_code == 422
    ida.post(
        f"/moss/saker/{case.id}/brev/avsnitt/", {"act": "undo", "block": "context", "place": str(edit.place)}
    )
    assert moss.edits(case) == []
    assert ida.get(f"/moss/saker/{case.id}/brev/side-1.png").content[:4] == b"\x89PNG"
