"""Pages about privacy: what is told to all, of one call, and to each; what is taken along and what is erased."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from runde.engine.reference.api import date_text
from runde.foundation.notices.api import ask_subscription
from runde.foundation.people.api import Mandate, Person, get_applicant, give_mandate
from runde.foundation.trust.api import fence
from runde.grants.applications.api import (
    Application,
    DraftRemnant,
    count_remnants,
    invite_participant,
    kept_until,
    start_application,
)
from runde.grants.schemes.api import get_call
from tests.factories.people import PersonFactory
from tests.journeys.region import CAFE, CALL, Region, answers, send_applications
from tests.web.pages import heading_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
OWN = "/min-side/personvern/"


@pytest.fixture
def draft(region: Region) -> Application:
    at = timezone.now()
    with fence(region.moss.tenant.id):
        actor = get_applicant(region.applicant, on=timezone.localdate(at))
        return start_application(call=get_call(CALL), organisation_number=CAFE, by=actor, at=at)


def plain(day: date) -> str:
    """As `text_of` gives it."""
    return date_text(day, "nb").replace("\u00a0", " ")


def address(draft: Application, last: str) -> str:
    return f"/moss/soknader/{draft.id}/{last}/"


def unpacked(response: Any) -> zipfile.ZipFile:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return zipfile.ZipFile(io.BytesIO(content))


@pytest.mark.parametrize(
    ("language", "heading", "years"),
    [
        ("nb", "Slik tar vi vare på opplysningene dine", "5 år etter regnskapsåret."),
        ("nn", "Slik tek vi vare på opplysningane dine", "5 år etter rekneskapsåret."),
        ("en", "How we look after your information", "5 years after the accounting year."),
    ],
)
def test_everybody_is_told_what_why_and_how_long(language: str, heading: str, years: str) -> None:
    page = Client(headers={"accept-language": language}).get("/personvern/")
    assert heading_of(page) == heading
    assert years in text_of(page)


def test_a_call_tells_what_it_asks_about_people_and_for_how_long(region: Region) -> None:
    page = Client(headers={"accept-language": "nb"}).get(f"/moss/utlysninger/{CALL}/personvern/")
    with fence(region.moss.tenant.id):
        closes = timezone.localdate(get_call(CALL).closes_at)
    words = text_of(page)
    assert heading_of(page) == "Slik bruker kommunen opplysningene dine"
    assert "Virksomhetens kontonummer Like lenge som saken" in words
    assert f"sletter vi kladden {plain(closes + timedelta(days=90))}" in words
    assert "Det er 90 dager etter fristen. Du får e-post 14 dager før." in words
    assert "Retningslinjer for tilskudd til virksomheter rammet av smitteverntiltak" in words


def test_the_call_leads_to_its_privacy_and_a_call_not_published_has_none(region: Region) -> None:
    call = Client(headers={"accept-language": "nb"}).get(f"/moss/utlysninger/{CALL}/")
    assert f"/moss/utlysninger/{CALL}/personvern/" in call.content.decode()
    assert Client().get("/moss/utlysninger/ingen/personvern/").status_code == 404


def test_each_sees_what_we_hold_about_them(kari: Client, draft: Application, region: Region) -> None:
    ask_subscription(topic="calls", filter={}, email=region.applicant.email, language="nb", at=timezone.now())
    page = kari.get(OWN)
    words = text_of(page)
    assert heading_of(page) == "Dette har vi om deg"
    assert "kari@kanalen.example" in words
    assert "KAFÉ KANALEN AS Tilskudd til virksomheter rammet av smitteverntiltak Moss kommune" in words
    assert f"Kladden blir slettet {plain(kept_until(draft))}." in words
    assert "Fyller ut, sender inn og godtar. Rolle i Enhetsregisteret. Fra " in words
    assert "Nye utlysninger, bedt om" in words
    assert address(draft, "slett") in page.content.decode()


def test_another_sees_nothing_of_it(draft: Application, region: Region, signed_in: SignIn) -> None:
    ola = PersonFactory.create(email="ola@verket.example")
    page = signed_in(ola).get(OWN)
    assert "KAFÉ KANALEN" not in text_of(page)
    for last in ("last-ned", "slett"):
        assert signed_in(ola).get(address(draft, last)).status_code == 404
        assert Client().get(address(draft, last)).status_code == 302


def test_who_only_says_they_act_sees_no_draft_of_anothers(
    draft: Application, region: Region, signed_in: SignIn
) -> None:
    ola = PersonFactory.create(email="ola@verket.example")
    give_mandate(
        person=ola,
        organisation_number=CAFE,
        source=Mandate.Source.DECLARED,
        evidence="styreleder",
        valid_from=timezone.localdate(),
    )
    assert signed_in(ola).post(address(draft, "slett"), {"revision": "0"}).status_code == 404
    with fence(region.moss.tenant.id):
        assert Application.objects.filter(id=draft.id).exists()


def test_a_draft_is_taken_along(kari: Client, draft: Application) -> None:
    response = kari.get(address(draft, "last-ned"))
    assert response["Content-Type"] == "application/zip"
    assert response["Cache-Control"] == "no-store"
    told = json.loads(unpacked(response).read("soknad.json"))
    assert (told["application"], told["company_name"]) == (str(draft.id), "KAFÉ KANALEN AS")


def test_everything_is_taken_along(kari: Client, region: Region) -> None:
    [sent] = send_applications(region.moss, {CAFE: answers()}, by=region.applicant)
    response = kari.get(f"{OWN}last-ned/")
    archive = unpacked(response)
    folder = f"soknader/moss-{sent.number.replace('/', '-')}"
    assert {"les-meg.txt", "om-deg.json", f"{folder}/soknad.json"} <= set(archive.namelist())
    told = json.loads(archive.read("om-deg.json"))
    assert told["Konto"]["E-postadresse"] == "kari@kanalen.example"
    [place] = told["Kommuner"]
    [application] = place["Søknader"]
    assert (application["Sak"], application["Tilstand"], application["Mappe"]) == (
        sent.number,
        "Sendt",
        folder,
    )
    assert [one["Til"] for one in place["E-poster til deg"]] == ["kari@kanalen.example"]
    assert "Dette er alt Runde har om deg." in archive.read("les-meg.txt").decode()


def test_erasing_says_first_what_happens(kari: Client, draft: Application, region: Region) -> None:
    page = kari.get(address(draft, "slett"))
    words = text_of(page)
    assert heading_of(page) == "Vil du slette kladden?"
    assert "Du kan ikke angre. Ingen kan hente kladden tilbake, heller ikke kommunen." in words
    assert "Vi beholder noen tall uten navn" in words
    with fence(region.moss.tenant.id):
        assert Application.objects.filter(id=draft.id).exists()


def test_an_erased_draft_is_gone_and_leaves_numbers_alone(
    kari: Client, draft: Application, region: Region
) -> None:
    page = kari.post(address(draft, "slett"), {"revision": str(draft.revision)}, follow=True)
    assert "Kladden er slettet." in text_of(page)
    assert "Du har ingen kladder." in text_of(page)
    with fence(region.moss.tenant.id):
        assert not Application.objects.filter(id=draft.id).exists()
        remnant = DraftRemnant.objects.get()
        assert (remnant.municipality, remnant.nace_section, remnant.end) == ("3103", "I", "erased")
        left = count_remnants(draft.call_id)
        assert (left.expired, left.erased, left.total, left.by_tenths) == (0, 1, 1, {remnant.tenths: 1})


def test_a_draft_somebody_has_changed_meanwhile_is_not_erased(
    kari: Client, draft: Application, region: Region
) -> None:
    page = kari.post(address(draft, "slett"), {"revision": str(draft.revision + 1)})
    assert page.status_code == 409
    assert "Noen har endret kladden etter at du åpnet siden." in text_of(page)
    with fence(region.moss.tenant.id):
        assert Application.objects.filter(id=draft.id).exists()


def test_what_is_sent_is_not_erased(kari: Client, region: Region) -> None:
    [sent] = send_applications(region.moss, {CAFE: answers()}, by=region.applicant)
    page = kari.post(address(sent, "slett"), {"revision": str(sent.revision)})
    assert page["Location"] == f"/moss/soknader/{sent.id}/"
    with fence(region.moss.tenant.id):
        assert Application.objects.get(id=sent.id).seal == sent.seal


def test_one_who_takes_part_may_not_erase(
    draft: Application, region: Region, signed_in: SignIn, kari: Client
) -> None:
    ola = PersonFactory.create(email="ola@verket.example", name="Ola Vik")
    at = timezone.now()
    with fence(region.moss.tenant.id):
        owner = get_applicant(region.applicant, on=timezone.localdate(at))
        part = invite_participant(application=draft, email=ola.email, role="fills_in", by=owner, at=at)
        part.person_id, part.accepted_at = ola.id, at
        part.save()
    his = signed_in(ola)
    page = his.get(OWN)
    assert "KAFÉ KANALEN AS" in text_of(page)
    assert address(draft, "slett") not in page.content.decode()
    assert his.post(address(draft, "slett"), {"revision": str(draft.revision)}).status_code == 403
    told = json.loads(unpacked(his.get(f"{OWN}last-ned/")).read("om-deg.json"))
    assert "Mappe" not in told["Kommuner"][0]["Søknader"][0]


def test_a_warned_draft_says_so_on_my_page(kari: Client, draft: Application, region: Region) -> None:
    assert "Kladden blir slettet" not in text_of(kari.get("/min-side/"))
    day = timezone.localdate() + timedelta(days=200)
    with fence(region.moss.tenant.id):
        Application.objects.filter(id=draft.id).update(warned_for_date=day)
    assert f"Kladden blir slettet {plain(day)}." in text_of(kari.get("/min-side/"))
