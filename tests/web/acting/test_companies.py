"""The pages about who acts for a company: what each may see and do, and the mails that go."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from runde.engine.reference.api import synthetic_orgnr
from runde.foundation.notices.models import Notice
from runde.foundation.people.api import (
    ActingRequest,
    Invitation,
    Mandate,
    Person,
    RightsUnavailable,
    connect_rights_source,
    disconnect_rights_source,
    get_applicant,
    give_mandate,
    give_mandates,
)
from runde.foundation.trust.api import fence
from tests.factories.people import PersonFactory
from tests.journeys.region import CAFE, ELSEWHERE, PIZZA, Region
from tests.web.pages import heading_of, text_of

SignIn = Callable[[Person], Client]
PEOPLE = f"/min-side/virksomheter/{CAFE}/"


@pytest.fixture
def ola(region: Region) -> Person:
    made: Person = PersonFactory.create(name="Ola Vik", email="ola@verket.example")
    return made


def mails(region: Region) -> list[tuple[str, str, str]]:
    with fence(region.moss.tenant.id):
        kinds = ("invitation", "acting_request", "mandate")
        rows = Notice.objects.filter(subject_kind__in=kinds).order_by("queued_at", "id")
        return [(one.to_email, one.subject, one.body) for one in rows]


def act(person: Person) -> frozenset[str]:
    return get_applicant(person, on=timezone.localdate()).companies


def declare(person: Person) -> None:
    give_mandate(
        person=person,
        organisation_number=CAFE,
        source=Mandate.Source.DECLARED,
        evidence="styreleder",
        valid_from=timezone.localdate(),
    )


def test_the_owner_sees_who_acts_and_why(kari: Client, region: Region) -> None:
    page = kari.get(PEOPLE)
    assert heading_of(page) == "Hvem kan handle for KAFÉ KANALEN AS"
    assert "Kari Dahl Fyller ut, sender inn og godtar Rolle i Enhetsregisteret · siden" in text_of(page)
    assert "på vegne av KAFÉ KANALEN AS · Bytt" in text_of(page)


def test_an_invitation_travels_by_mail_to_the_role(
    kari: Client, ola: Person, region: Region, signed_in: SignIn
) -> None:
    sent = kari.post(f"{PEOPLE}inviter/", {"email": "Ola@Verket.example", "scope": "fills_in"}, follow=True)
    assert "Invitasjonen er sendt til ola@verket.example. Den gjelder i 14 dager." in text_of(sent)
    [(address, subject, body)] = mails(region)
    assert (address, subject) == ("ola@verket.example", "Invitasjon: handle for KAFÉ KANALEN AS")
    [token] = re.findall(r"/o/([\w-]{48})/", body)

    visitor = Client(headers={"accept-language": "nb"})
    place = visitor.get(f"/o/{token}/")["Location"]
    page = visitor.get(place)
    assert heading_of(page) == "Kari Dahl inviterer deg til å handle for KAFÉ KANALEN AS"
    assert "Den er sendt til Ola Vik, ola@verket.example." in text_of(page)
    assert act(ola) == frozenset()
    done = visitor.post(place, {"answer": "yes"})
    assert heading_of(done) == "Du kan nå handle for KAFÉ KANALEN AS"
    assert act(ola) == {CAFE}
    assert visitor.get(place).status_code == 410
    assert mails(region)[1][:2] == (
        "kari@kanalen.example",
        "ola@verket.example handler nå for KAFÉ KANALEN AS",
    )
    his = signed_in(ola).get(PEOPLE)
    assert "Invitert av Kari Dahl" in text_of(his)
    assert "Inviter noen" not in text_of(his)
    assert signed_in(ola).get(f"{PEOPLE}inviter/").status_code == 403


def test_an_address_without_an_account_is_led_to_making_one(
    kari: Client, region: Region, signed_in: SignIn
) -> None:
    kari.post(f"{PEOPLE}inviter/", {"email": "ny@verket.example", "scope": "all"})
    [token] = re.findall(r"/o/([\w-]{48})/", mails(region)[0][2])
    visitor = Client(headers={"accept-language": "nb"})
    place = visitor.get(f"/o/{token}/")["Location"]
    assert "Du trenger en konto med adressen ny@verket.example." in text_of(visitor.get(place))
    visitor.post(place, {"answer": "yes"})
    assert Invitation.objects.get().answer == ""
    new = signed_in(PersonFactory.create(email="ny@verket.example"))
    page = new.get("/min-side/virksomheter/")
    assert "KAFÉ KANALEN AS Kari Dahl inviterer deg." in text_of(page)
    answered = new.post(
        f"/min-side/invitasjoner/{Invitation.objects.get().id}/svar/", {"answer": "yes"}, follow=True
    )
    assert "Du kan nå handle for KAFÉ KANALEN AS." in text_of(answered)


def test_an_invitation_is_for_its_address_alone(kari: Client, ola: Person, signed_in: SignIn) -> None:
    kari.post(f"{PEOPLE}inviter/", {"email": "annen@verket.example", "scope": "all"})
    invitation = Invitation.objects.get()
    assert (
        signed_in(ola).post(f"/min-side/invitasjoner/{invitation.id}/svar/", {"answer": "yes"}).status_code
        == 403
    )
    assert act(ola) == frozenset()


def test_an_invitation_called_back_is_not_sent_and_opens_nothing(
    kari: Client, ola: Person, region: Region
) -> None:
    kari.post(f"{PEOPLE}inviter/", {"email": ola.email, "scope": "all"})
    [token] = re.findall(r"/o/([\w-]{48})/", mails(region)[0][2])
    invitation = Invitation.objects.get()
    page = kari.post(f"{PEOPLE}invitasjoner/{invitation.id}/trekk/", follow=True)
    assert "Lenken virker ikke." in text_of(page)
    visitor = Client(headers={"accept-language": "nb"})
    gone = visitor.get(f"/o/{token}/", follow=True)
    assert heading_of(gone) == "Lenken gjelder ikke lenger"
    with fence(region.moss.tenant.id):
        assert Notice.objects.get(subject_kind="invitation").state == Notice.State.CALLED_BACK


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, "Skriv e-postadressen til den du inviterer."),
        ({"email": "ola"}, "E-postadressen må se ut som navn@firma.no."),
        ({"email": "ola@verket.example", "scope": "everything"}, "Velg et av svarene."),
        (
            {"email": "ola@verket.example", "scope": "all", "last_day": "i morgen"},
            "Skriv datoen som 31.12.2026.",
        ),
        (
            {"email": "ola@verket.example", "scope": "all", "last_day": "01.01.2020"},
            "Skriv en dato som ikke har vært.",
        ),
    ],
)
def test_what_is_typed_wrong_is_told_and_kept(kari: Client, typed: dict[str, str], wrong: str) -> None:
    page = kari.post(f"{PEOPLE}inviter/", typed)
    assert page.status_code == 422
    assert wrong in text_of(page)
    assert all(
        f'value="{value}"' in page.content.decode() for value in typed.values() if value != "everything"
    )


def test_a_role_is_ended_with_a_page_between(
    kari: Client, ola: Person, region: Region, signed_in: SignIn
) -> None:
    declare(ola)
    mandate = Mandate.objects.get(person=ola)
    page = kari.get(f"{PEOPLE}roller/{mandate.id}/avslutt/")
    assert heading_of(page) == "Avslutt rollen til Ola Vik i KAFÉ KANALEN AS"
    assert act(ola) == {CAFE}
    after = kari.post(f"{PEOPLE}roller/{mandate.id}/avslutt/", follow=True)
    assert "Rollen til Ola Vik er avsluttet." in text_of(after)
    assert "Kari Dahl avsluttet rollen til Ola Vik" in text_of(after)
    assert act(ola) == frozenset()
    assert mails(region)[0][:2] == ("ola@verket.example", "Rollen din i KAFÉ KANALEN AS er avsluttet")

    own_word = {"organisation_number": CAFE, "role": "fullmektig", "is_true": "on"}
    again = signed_in(ola).post("/min-side/virksomheter/ny/", own_word)
    assert again["Location"] == f"{PEOPLE}be-om/"
    assert act(ola) == frozenset()


def test_others_companies_do_not_exist(kari: Client, ola: Person, region: Region) -> None:
    give_mandate(
        person=ola,
        organisation_number=PIZZA,
        source=Mandate.Source.REGISTER_ROLE,
        valid_from=timezone.localdate(),
    )
    mandate = Mandate.objects.get(person=ola)
    other = f"/min-side/virksomheter/{PIZZA}/"
    for address in (
        other,
        f"{other}inviter/",
        f"{other}roller/{mandate.id}/avslutt/",
        "/min-side/virksomheter/1/",
    ):
        assert kari.get(address).status_code == 404
    assert kari.get(f"{PEOPLE}roller/{mandate.id}/avslutt/").status_code == 404
    assert kari.post("/min-side/virksomheter/bytt/", {"orgnr": PIZZA}).status_code == 404


def test_who_only_says_so_asks_and_is_answered(
    kari: Client, ola: Person, region: Region, signed_in: SignIn
) -> None:
    declare(ola)
    his = signed_in(ola)
    page = his.get(PEOPLE)
    assert heading_of(page) == "Bare du har sagt at du handler for KAFÉ KANALEN AS"
    assert "Kari Dahl" not in text_of(page)
    his.post(f"{PEOPLE}be-om/", {"role": "styreleder", "message": "Valgt i mai."})
    assert [one[:2] for one in mails(region)] == [
        ("kari@kanalen.example", "Ola Vik vil handle for KAFÉ KANALEN AS")
    ]
    asked = ActingRequest.objects.get()
    assert his.post(f"{PEOPLE}foresporsler/{asked.id}/", {"answer": "all"}).status_code == 404
    answer = f"{PEOPLE}foresporsler/{asked.id}/"
    assert "Skriv hvorfor du svarer nei." in text_of(kari.post(answer, {"answer": "no"}))
    done = kari.post(answer, {"answer": "fills_in"}, follow=True)
    assert "Ola Vik kan nå handle for virksomheten." in text_of(done)
    assert mails(region)[1][:2] == ("ola@verket.example", "Du kan nå handle for KAFÉ KANALEN AS")
    assert get_applicant(ola, on=timezone.localdate()).fills_in == {CAFE}
    assert kari.get(answer).status_code == 404


def test_the_municipality_answers_while_nobody_can(ola: Person, region: Region, signed_in: SignIn) -> None:
    his = signed_in(ola)
    page = his.get(f"/min-side/virksomheter/{PIZZA}/be-om/")
    assert "Ingen i virksomheten er godkjent ennå, så Moss kommune svarer." in text_of(page)
    his.post(f"/min-side/virksomheter/{PIZZA}/be-om/", {"role": "daglig leder"})
    asked = ActingRequest.objects.get()
    officer = signed_in(region.moss.staff["officer"])
    assert "Ola Vik" in text_of(officer.get("/moss/handle-for/"))
    address = f"/moss/handle-for/{asked.id}/"
    assert signed_in(region.horten.staff["officer"]).get(f"/horten/handle-for/{asked.id}/").status_code == 404
    assert signed_in(region.moss.staff["finance"]).get(address).status_code == 403
    assert "Kontroller før du svarer" in text_of(officer.get(address))
    officer.post(address, {"answer": "all"})
    assert act(ola) == {PIZZA}
    assert "Kommunen har godkjent at du handler for virksomheten." in text_of(
        his.get("/min-side/virksomheter/")
    )
    assert officer.get(address).status_code == 404


def test_a_question_is_taken_back_by_the_one_who_asked(
    ola: Person, region: Region, kari: Client, signed_in: SignIn
) -> None:
    his = signed_in(ola)
    his.post(f"{PEOPLE}be-om/", {"role": "regnskapsfører"})
    asked = ActingRequest.objects.get()
    assert kari.post(f"/min-side/foresporsler/{asked.id}/trekk/").status_code == 403
    assert "Spørsmålet er trukket tilbake." in text_of(
        his.post(f"/min-side/foresporsler/{asked.id}/trekk/", follow=True)
    )


def test_many_clients_are_searched_and_switched(ola: Person, region: Region, signed_in: SignIn) -> None:
    numbers = [CAFE, PIZZA, ELSEWHERE, *(synthetic_orgnr(one) for one in range(5000, 5030))]
    give_mandates(
        person=ola,
        organisation_numbers=numbers,
        source=Mandate.Source.REGISTER_ROLE,
        valid_from=timezone.localdate() - timedelta(days=1),
        evidence="Regnskapsfører",
    )
    his = signed_in(ola)
    page = his.get("/min-side/virksomheter/")
    assert heading_of(page) == "Du handler for 33 virksomheter"
    assert page.content.decode().count("Bytt til denne:") == 25
    assert his.get("/min-side/virksomheter/?side=2").content.decode().count("Bytt til denne:") == 8
    assert "BAKGÅRDEN PIZZA AS" in text_of(his.get("/min-side/virksomheter/?q=pizza bak"))
    assert "KAFÉ KANALEN AS" not in text_of(his.get("/min-side/virksomheter/?q=pizza"))
    assert "KAFÉ KANALEN AS" in text_of(his.get("/min-side/virksomheter/?q=310 000 027"))
    assert "Ingen av virksomhetene dine passer søket." in text_of(his.get("/min-side/virksomheter/?q=zzz"))
    switched = his.post(
        "/min-side/virksomheter/bytt/", {"orgnr": PIZZA, "til": "https://evil.example/"}, follow=True
    )
    assert "på vegne av BAKGÅRDEN PIZZA AS" in text_of(switched)
    assert switched.request["PATH_INFO"] == "/min-side/virksomheter/"


def test_a_silent_source_is_told_of_in_words(kari: Client, region: Region) -> None:
    class Silent:
        name = "Altinn"

        def rights_of(self, person: Person) -> tuple[()]:
            raise RightsUnavailable

    connect_rights_source(Silent())
    try:
        page = kari.get("/min-side/virksomheter/")
    finally:
        disconnect_rights_source()
    assert "Vi får ikke hentet roller fra Altinn nå" in text_of(page)
    assert "KAFÉ KANALEN AS" in text_of(page)
