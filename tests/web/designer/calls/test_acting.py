"""Acts on a call: publish, extend, withdraw, move, files, contact, invitations. Each once, each told before."""

from __future__ import annotations

import json
import struct
import zlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from runde.foundation.forms.api import publish_form
from runde.foundation.notices.api import list_notices
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application
from runde.grants.designs.api import list_schemes, list_versions
from runde.grants.schemes.api import (
    Call,
    CallExtension,
    CallVersionChange,
    SchemeVersion,
    files_of,
    publish_version,
)
from tests.factories import a_draft
from tests.journeys.region import CAFE
from tests.web.designer.calls.conftest import ROOT, CallMaker
from tests.web.designer.test_publishing import next_version, publish
from tests.web.pages import heading_of, hidden, text_of

pytestmark = pytest.mark.django_db


def picture() -> bytes:
    """One grey dot as PNG."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\x00\x80")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


PICTURE = picture()


def extension(calls: CallMaker, days: int = 60, **changes: str) -> dict[str, str]:
    day = timezone.localdate(calls.designers.region.at) + timedelta(days=days)
    return {
        "closes_date": f"{day:%d.%m.%Y}",
        "closes_clock": "12.00",
        "answer_by_date": f"{day + timedelta(days=30):%d.%m.%Y}",
        "reason": "Mange har spurt om mer tid.",
        **changes,
    }


class TestPublishing:
    def test_the_page_tells_what_lacks_and_offers_no_button(self, calls: CallMaker) -> None:
        page = text_of(calls.nina.get(f"{ROOT}{calls.drafted().id}/publiser/"))
        assert "Dette må på plass først" in page
        assert "Utlysningen har ingen penger." in page
        assert "Dette skjer når du trykker" not in page

    def test_the_page_tells_what_happens(self, calls: CallMaker) -> None:
        call = calls.drafted()
        calls.add_money(call)
        page = text_of(calls.nina.get(f"{ROOT}{call.id}/publiser/"))
        assert "Det går an å søke med en gang." in page
        assert "500 000 kroner" in page
        assert "/moss/utlysninger/sommer-2027/" in page

    def test_pressing_twice_publishes_once(self, calls: CallMaker) -> None:
        call = calls.drafted()
        calls.add_money(call)
        url = f"{ROOT}{call.id}/publiser/"
        key = hidden(calls.nina.get(url), "key")
        assert [calls.nina.post(url, {"key": key}).status_code for _ in range(2)] == [302, 302]
        assert calls.nina.get(url).status_code == 302


class TestExtending:
    def test_the_deadline_moves_with_its_reason(self, calls: CallMaker) -> None:
        call = calls.standing()
        answer = calls.press(call, "utsett", **extension(calls))
        assert answer.status_code == 302
        moved = calls.standing()
        assert f"{timezone.localtime(moved.closes_at):%H.%M}" == "12.00"
        with fence(calls.designers.region.moss.tenant.id):
            [written] = CallExtension.objects.all()
        assert (written.was_closing_at, written.closes_at) == (call.closes_at, moved.closes_at)
        assert "Mange har spurt om mer tid." in text_of(calls.nina.get(answer["Location"]))

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"reason": ""}, "Skriv hvorfor fristen flyttes."),
            ({"closes_date": ""}, "Skriv den nye fristen"),
            ({"closes_clock": "tolv"}, "er ikke et klokkeslett"),
            ({"closes_date": "01.01.2026"}, "må være senere enn fristen som gjelder nå"),
            ({"answer_by_date": "01.01.2026"}, "Svardatoen kan ikke være før fristen."),
        ],
    )
    def test_faults_are_told_and_typed_words_kept(
        self, calls: CallMaker, changes: dict[str, str], sentence: str
    ) -> None:
        before = calls.standing()
        page = calls.press(before, "utsett", **extension(calls, **changes))
        assert (page.status_code, sentence in text_of(page)) == (422, True)
        assert calls.standing().closes_at == before.closes_at


class TestWithdrawing:
    def test_it_takes_a_reason(self, calls: CallMaker) -> None:
        page = calls.press(calls.standing(), "trekk", reason=" ")
        assert page.status_code == 422
        assert "Skriv hvorfor utlysningen trekkes." in text_of(page)

    def test_nobody_can_apply_afterwards_and_the_reason_stands(self, calls: CallMaker) -> None:
        call = calls.standing()
        answer = calls.press(call, "trekk", reason="Kommunestyret sa nei.")
        assert calls.standing().state == Call.State.WITHDRAWN
        page = text_of(calls.nina.get(answer["Location"]))
        assert "Utlysningen er trukket. Ingen kan søke." in page
        assert "Kommunestyret sa nei." in page

    def test_a_draft_is_thrown_away(self, calls: CallMaker) -> None:
        call = calls.drafted()
        assert heading_of(calls.nina.get(f"{ROOT}{call.id}/trekk/")).startswith("Forkast kladden")
        calls.press(call, "trekk", reason="Laget to ganger")
        assert "Forkastet" in text_of(calls.nina.get(ROOT))
        assert Client().get("/moss/utlysninger/sommer-2027/").status_code == 404


class TestMoving:
    def newer(self, calls: CallMaker) -> SchemeVersion:
        publish(calls.nina, next_version(calls.designers))
        with fence(calls.designers.region.moss.tenant.id):
            return list_versions(list_schemes()[0])[0]

    def test_only_one_version_is_told(self, calls: CallMaker) -> None:
        page = calls.nina.get(f"{ROOT}{calls.standing().id}/flytt/")
        assert "Ordningen har bare denne versjonen." in text_of(page)

    def test_the_page_tells_what_differs_and_who_is_affected(self, calls: CallMaker) -> None:
        version, call = self.newer(calls), calls.standing()
        assert "1 forskjell" in text_of(calls.nina.get(f"{ROOT}{call.id}/flytt/"))
        page = text_of(calls.nina.get(f"{ROOT}{call.id}/flytt/{version.id}/"))
        assert "Kravet til fall i omsetning er senket fra 30 % til 25 %." in page
        assert "Kladder som følger med 0 søknader" in page

    def test_the_call_is_moved_once_with_its_reason(self, calls: CallMaker) -> None:
        version, call = self.newer(calls), calls.standing()
        answer = calls.press(call, f"flytt/{version.id}", reason="Kravet var for strengt.")
        assert calls.standing().scheme_version_id == version.id
        with fence(calls.designers.region.moss.tenant.id):
            [change] = CallVersionChange.objects.all()
        assert (change.from_version_id, change.reason) == (call.scheme_version_id, "Kravet var for strengt.")
        assert "Fra versjon 1 til versjon 2." in text_of(calls.nina.get(answer["Location"]))
        assert calls.nina.get(f"{ROOT}{call.id}/flytt/{version.id}/").status_code == 302

    def test_drafts_follow_and_those_who_must_look_are_told(self, calls: CallMaker) -> None:
        call, at = calls.standing(), calls.designers.region.at
        with fence(calls.designers.region.moss.tenant.id):
            manager = calls.designers.region.moss.actor("manager", at)
            draft = a_draft(call=call, at=at)
            changed = json.loads(json.dumps(call.scheme_version.form.definition))
            questions = {one["slug"]: one for part in changed["sections"] for one in part["questions"]}
            questions["fixed_costs"]["label"]["nb"] = "Faste kostnader uten lønn"
            version = publish_version(
                scheme=call.scheme_version.scheme,
                texts=call.scheme_version.texts,
                rules=call.scheme_version.rules,
                form=publish_form(slug="smittevern", definition=changed, by=manager, at=at),
                legal_basis=call.scheme_version.legal_basis,
                by=manager,
                at=at,
            )
        page = text_of(calls.nina.get(f"{ROOT}{call.id}/flytt/{version.id}/"))
        assert "Spørsmål som er endret Faste kostnader uten lønn" in page
        assert "Kladder som følger med 1 søknad" in page
        assert "1 søker får e-post" in page
        calls.press(call, f"flytt/{version.id}", reason="Spørsmålet ble misforstått.")
        with fence(calls.designers.region.moss.tenant.id):
            moved = Application.objects.get(id=draft.id)
            assert moved.scheme_version_id == version.id
            assert moved.answers["fixed_costs"] == draft.answers["fixed_costs"]

    def test_without_a_reason_it_stays(self, calls: CallMaker) -> None:
        version, call = self.newer(calls), calls.standing()
        page = calls.press(call, f"flytt/{version.id}", reason="")
        assert (page.status_code, calls.standing().scheme_version_id) == (422, call.scheme_version_id)


class TestFiles:
    def add(self, calls: CallMaker, content: bytes, title: str = "Retningslinjer") -> Any:
        call = calls.standing()
        sent = {"title": title, "file": SimpleUploadedFile("regler.pdf", content)}
        return calls.nina.post(f"{ROOT}{call.id}/filer/", sent)

    def test_a_file_is_added_and_read(self, calls: CallMaker) -> None:
        assert self.add(calls, PICTURE).status_code == 302
        with fence(calls.designers.region.moss.tenant.id):
            [version] = files_of(calls.standing())
        page = calls.designers.as_("officer").get(f"{ROOT}{calls.standing().id}/filer/{version.id}/")
        assert page["Content-Disposition"].startswith("attachment")
        assert page.content[:8] == PICTURE[:8]

    @pytest.mark.parametrize(
        ("content", "title", "sentence"),
        [(b"MZ\x90\x00", "Regler", "PDF"), (b"%PDF-1.7", "", "Skriv hva fila er")],
    )
    def test_what_cannot_be_used_is_told(
        self, calls: CallMaker, content: bytes, title: str, sentence: str
    ) -> None:
        page = self.add(calls, content, title)
        assert (page.status_code, sentence in text_of(page)) == (422, True)


def test_the_contact_changes_while_the_call_is_open(calls: CallMaker) -> None:
    call = calls.standing()
    url = f"{ROOT}{call.id}/kontakt/"
    assert calls.nina.post(url, {"email": "ida"}).status_code == 422
    calls.nina.post(url, {"name": "Ida Lunde", "email": "ida@moss.example", "phone": "00 00 00 01"})
    changed = calls.standing()
    assert (changed.contact_name, changed.contact_email) == ("Ida Lunde", "ida@moss.example")


class TestInviting:
    def invite(self, calls: CallMaker, **changes: str) -> Any:
        sent = {"orgnr": CAFE, "email": "post@kanalen.example", "message": "Dere er velkomne.", **changes}
        return calls.press(calls.standing(), "inviter", **sent)

    def mails(self, calls: CallMaker) -> list[Any]:
        call = calls.standing()
        with fence(calls.designers.region.moss.tenant.id):
            return list(list_notices("call", call.id))

    def test_the_company_gets_a_mail_with_a_way_to_the_application(self, calls: CallMaker) -> None:
        answer = self.invite(calls)
        [mail] = self.mails(calls)
        assert mail.to_email == "post@kanalen.example"
        assert f"/moss/utlysninger/smittevern-2026/sok/?virksomhet={CAFE}" in mail.body
        assert "Dere er velkomne." in mail.body
        assert mail.subject == "Moss kommune: KAFÉ KANALEN AS kan søke støtte"
        page = text_of(calls.nina.get(answer["Location"]))
        assert "Inviterte en virksomhet" in page
        assert "post@kanalen.example" not in page.replace("sendes til post@kanalen.example", "")

    def test_the_same_company_is_asked_once(self, calls: CallMaker) -> None:
        for _ in range(2):
            self.invite(calls)
        assert len(self.mails(calls)) == 1

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"orgnr": ""}, "Skriv organisasjonsnummeret"),
            ({"orgnr": "123"}, "ni sifre"),
            ({"orgnr": "310200018"}, "Vi finner ikke virksomheten"),
            ({"email": ""}, "Skriv e-postadressen til virksomheten."),
            ({"email": "kanalen"}, "er ikke en e-postadresse"),
            ({"message": "a" * 2001}, "Hilsenen er for lang."),
        ],
    )
    def test_faults_are_told(self, calls: CallMaker, changes: dict[str, str], sentence: str) -> None:
        page = self.invite(calls, **changes)
        assert (page.status_code, sentence in text_of(page)) == (422, True)
        assert self.mails(calls) == []
