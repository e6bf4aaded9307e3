"""The form without a browser: what is typed is kept, what is sent is sealed, and others see nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from runde.foundation.people.api import Mandate, Person, give_mandate, register_person
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application
from tests.journeys.region import CAFE, CALL, PIZZA, Region, answers, decide_as_checked, send_applications
from tests.web.pages import heading_of, hidden, text_of

pytestmark = pytest.mark.django_db
START = f"/moss/utlysninger/{CALL}/sok/"
PARTS = {
    "revenue": ("revenue_period", "revenue_comparison"),
    "costs": ("fixed_costs",),
    "aid": ("de_minimis_three_years",),
    "circumstances": ("exceptional_circumstances",),
    "payment": ("account_number",),
}


def begin(client: Client) -> str:
    """Start the café's application; gives its address."""
    answer = client.post(START, {"organisation_number": CAFE})
    assert answer.status_code == 302, text_of(answer)
    return answer["Location"].split("del/")[0]


def fill(client: Client, address: str, **changes: str) -> None:
    typed = answers() | changes
    for part, names in PARTS.items():
        page = client.get(f"{address}del/{part}/")
        raw = {name: typed[name] for name in names}
        answer = client.post(f"{address}del/{part}/", raw | page_of(page) | {"go": "next"})
        assert answer.status_code == 302, text_of(answer)


def page_of(page: Any) -> dict[str, str]:
    """What keeps this page apart from others."""
    return {name: hidden(page, name) for name in ("revision", "page", "turn", "seen")}


def send(client: Client, address: str, **more: str) -> Any:
    page = client.get(f"{address}se-over/")
    looked_over = {"key": hidden(page, "key"), "revision": hidden(page, "revision")}
    return client.post(f"{address}se-over/", looked_over | {"declaration": "on"} | more)


def the_application(region: Region) -> Application:
    with fence(region.moss.tenant.id):
        return Application.objects.get(organisation_number=CAFE)


def test_one_must_sign_in_first_and_comes_back(region: Region) -> None:
    answer = Client().get(START)
    assert answer.status_code == 302
    assert answer["Location"] == f"/konto/login/?next={START}"


def test_from_start_to_receipt(region: Region, kari: Client) -> None:
    address = begin(kari)
    fill(kari, address)
    answer = send(kari, address)
    assert answer["Location"] == f"{address}kvittering/"
    receipt = kari.get(answer["Location"])
    sent = the_application(region)
    assert heading_of(receipt) == "Søknaden er sendt"
    assert f"Saksnummeret er {sent.number}" in text_of(receipt)
    file = kari.get(f"{address}kvittering/pdf/")
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"].startswith('attachment; filename="kvittering-')
    assert file.content.startswith(b"%PDF")


def test_pressing_send_twice_sends_once(region: Region, kari: Client) -> None:
    address = begin(kari)
    fill(kari, address)
    page = kari.get(f"{address}se-over/")
    looked_over = {"key": hidden(page, "key"), "revision": hidden(page, "revision"), "declaration": "on"}
    first = kari.post(f"{address}se-over/", looked_over)
    second = kari.post(f"{address}se-over/", looked_over)
    assert first["Location"] == second["Location"] == f"{address}kvittering/"
    with fence(region.moss.tenant.id):
        assert Application.objects.filter(organisation_number=CAFE).count() == 1


@pytest.mark.parametrize(
    ("part", "typed", "sentence"),
    [
        ("revenue", {"revenue_period": "mye", "revenue_comparison": "1"}, "Vi kan ikke lese beløpet"),
        ("revenue", {"revenue_period": "1", "revenue_comparison": "0"}, "må være høyere enn 0 kroner"),
        ("costs", {"fixed_costs": "-5"}, "Skriv beløpet uten minustegn."),
        ("payment", {"account_number": "123"}, "Kontonummeret må ha 11 siffer."),
        ("payment", {"account_number": "12345600008"}, "Sjekk at alle 11 sifrene er riktige."),
    ],
)
def test_a_wrong_answer_is_explained_twice_and_kept(
    kari: Client, part: str, typed: dict[str, str], sentence: str
) -> None:
    address = begin(kari)
    page = kari.post(f"{address}del/{part}/", typed | {"revision": "0", "go": "next"})
    assert page.status_code == 422
    assert text_of(page).count(sentence) >= 2
    assert "Rett dette før du går videre" in text_of(page)
    for value in typed.values():
        assert f'value="{value}"' in page.content.decode()


def test_not_eligible_is_no_error(region: Region, kari: Client) -> None:
    """A fall that is too small is told beside the form; the application can be sent."""
    address = begin(kari)
    fill(kari, address, revenue_period="500000")
    page = kari.get(f"{address}se-over/")
    assert "Vi kan ikke gi tilskudd under 20 prosent" in text_of(page)
    assert "Du kan sende søknaden likevel." in text_of(page)
    assert send(kari, address).status_code == 302


def test_sending_without_an_answer_or_the_statement_says_what_lacks(region: Region, kari: Client) -> None:
    address = begin(kari)
    fill(kari, address)
    revision = hidden(kari.get(f"{address}se-over/"), "revision")
    page = kari.post(f"{address}se-over/", {"key": "k", "revision": revision})
    assert page.status_code == 422
    assert text_of(page).count("Bekreft at opplysningene er riktige før du sender søknaden.") == 2
    assert the_application(region).state == "draft"


def test_saving_on_the_way_keeps_what_can_be_read(region: Region, kari: Client) -> None:
    address = begin(kari)
    page = kari.get(f"{address}del/revenue/")
    raw = {"revenue_period": "308 000", "revenue_comparison": "5x"}
    answer = kari.post(f"{address}del/revenue/lagre/", raw | page_of(page) | {"turn": "1"})
    assert answer.status_code == 200
    assert hidden(answer, "revision") == "1"
    assert hidden(answer, "page") == hidden(page, "page")
    assert "Lagret kl." in text_of(answer)
    assert the_application(region).answers == {"revenue_period": "308000"}


def test_what_cannot_be_read_is_there_on_another_device(region: Region, kari: Client) -> None:
    address = begin(kari)
    page = kari.get(f"{address}del/revenue/")
    raw = {"revenue_period": "omtrent 300", "revenue_comparison": "560000"}
    kari.post(f"{address}del/revenue/lagre/", raw | page_of(page) | {"turn": "1"})
    again = kari.get(f"{address}del/revenue/")
    assert 'value="omtrent 300"' in again.content.decode()
    assert "Vi kan ikke lese beløpet" in text_of(again)


def test_an_empty_answer_may_wait_until_sending(region: Region, kari: Client) -> None:
    address = begin(kari)
    page = kari.get(f"{address}del/revenue/")
    onward = kari.post(f"{address}del/revenue/", page_of(page) | {"revenue_period": "", "go": "next"})
    assert onward["Location"] == f"{address}del/costs/"
    review = kari.get(f"{address}se-over/")
    assert "Dette mangler før du kan sende" in text_of(review)
    assert f'href="{address}del/revenue/?fra=oversikt#q-revenue_period"' in review.content.decode()
    assert the_application(region).state == "draft"


@pytest.fixture
def ola(region: Region, signed_in: Callable[[Person], Client]) -> Client:
    person = register_person(email="ola@kanalen.example", name="Ola Vik")
    let(person, CAFE, Mandate.Source.REGISTER_ROLE, region)
    return signed_in(person)


def test_two_who_answer_the_same_question_choose_and_lose_nothing(
    region: Region, kari: Client, ola: Client
) -> None:
    address = begin(kari)
    fill(kari, address)
    part = f"{address}del/costs/"
    mine, theirs = kari.get(part), ola.get(part)
    ola.post(part, page_of(theirs) | {"fixed_costs": "300000", "go": "next"})
    page = kari.post(part, page_of(mine) | {"fixed_costs": "350 000", "go": "next"})
    assert page.status_code == 409
    assert "Ola Vik endret dette feltet kl." in text_of(page)
    assert "300 000 kroner" in text_of(page)
    assert 'value="350 000"' in page.content.decode()
    assert the_application(region).answers["fixed_costs"] == "300000"
    kept = kari.post(part, page_of(page) | {"fixed_costs": "350 000", "mine": "fixed_costs"})
    assert kept["Location"] == part
    assert the_application(region).answers["fixed_costs"] == "350000"


def test_one_may_take_the_others_answer(region: Region, kari: Client, ola: Client) -> None:
    address = begin(kari)
    fill(kari, address)
    part = f"{address}del/costs/"
    mine, theirs = kari.get(part), ola.get(part)
    ola.post(part, page_of(theirs) | {"fixed_costs": "300000", "go": "next"})
    page = kari.post(part, page_of(mine) | {"fixed_costs": "350 000", "go": "next"})
    chosen = kari.post(part, page_of(page) | {"fixed_costs": "350 000", "theirs": "fixed_costs"})
    assert chosen["Location"] == part
    assert the_application(region).answers["fixed_costs"] == "300000"


def test_two_in_different_fields_never_meet(region: Region, kari: Client, ola: Client) -> None:
    address = begin(kari)
    part = f"{address}del/revenue/"
    mine, theirs = kari.get(part), ola.get(part)
    ola.post(part, page_of(theirs) | {"revenue_comparison": "560000", "go": "next"})
    answer = kari.post(
        f"{part}lagre/", page_of(mine) | {"revenue_period": "308000", "revenue_comparison": "", "turn": "1"}
    )
    assert "Ola Vik endret dette feltet" in text_of(answer)
    assert 'value="560\u00a0000"' in answer.content.decode()
    assert the_application(region).answers == {"revenue_period": "308000", "revenue_comparison": "560000"}


def test_what_is_sent_is_what_was_looked_over(
    region: Region, kari: Client, signed_in: Callable[[Person], Client]
) -> None:
    ola = register_person(email="ola@kanalen.example", name="Ola Vik")
    let(ola, CAFE, Mandate.Source.REGISTER_ROLE, region)
    address = begin(kari)
    fill(kari, address)
    looked_over = kari.get(f"{address}se-over/")
    fill(signed_in(ola), address, fixed_costs="999000")
    answers_now = {"key": "k", "revision": hidden(looked_over, "revision"), "declaration": "on"}
    page = kari.post(f"{address}se-over/", answers_now)
    assert page.status_code == 409
    assert "Noen andre har endret søknaden etter at du åpnet siden." in text_of(page)
    assert "999 000 kroner" in text_of(page)
    assert the_application(region).state == "draft"


def test_who_has_only_declared_sees_nothing_of_what_others_wrote(
    region: Region, kari: Client, signed_in: Callable[[Person], Client]
) -> None:
    address = begin(kari)
    stranger = register_person(email="nn@example.com", name="Nils Nær")
    let(stranger, CAFE, Mandate.Source.DECLARED, region)
    client = signed_in(stranger)
    for page in ("", "del/revenue/", "se-over/", "kvittering/", "kvittering/pdf/", "trekk/"):
        assert client.get(f"{address}{page}").status_code == 404
    refused = client.post(START, {"organisation_number": CAFE})
    assert refused.status_code == 409
    assert "har allerede en søknad til denne utlysningen." in text_of(refused)
    listed = text_of(client.get("/min-side/")).rpartition("Du har ingen søknader ennå")[2]
    assert "KAFÉ KANALEN AS" not in listed.split("Virksomheter du handler for")[0]


def test_staff_do_not_meet_the_applicants_pages(
    region: Region, kari: Client, signed_in: Callable[[Person], Client]
) -> None:
    address = begin(kari)
    fill(kari, address)
    send(kari, address)
    officer = signed_in(region.moss.staff["officer"])
    assert officer.get(address).status_code == 404
    assert officer.get(f"{address}kvittering/pdf/").status_code == 404


def test_an_application_is_not_found_in_another_municipality(region: Region, kari: Client) -> None:
    address = begin(kari).replace("/moss/", "/horten/")
    assert kari.get(f"{address}del/revenue/").status_code == 404


def test_one_cannot_apply_for_a_company_one_does_not_act_for(region: Region, kari: Client) -> None:
    page = kari.post(START, {"organisation_number": PIZZA})
    assert page.status_code == 422
    assert text_of(page).count("Velg hvilken virksomhet du søker for.") == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Skriv organisasjonsnummeret til virksomheten."),
        ("12", "Organisasjonsnummeret må ha 9 siffer."),
        ("310000028", "Organisasjonsnummeret stemmer ikke."),
        ("310100110", "Vi finner ikke nummeret i Enhetsregisteret."),
        ("310 100 056", "Hovedvirksomheten er KAFÉ KANALEN AS."),
    ],
)
def test_a_wrong_organisation_number_is_explained(kari: Client, typed: str, sentence: str) -> None:
    declared = {"organisation_number": typed, "role": "innehaver", "is_true": "on"}
    page = kari.post("/min-side/virksomheter/ny/", declared)
    assert page.status_code == 422
    assert text_of(page).count(sentence) == 2
    assert f'value="{typed}"' in page.content.decode()


def test_declaring_to_act_for_a_company_says_that_it_is_checked(region: Region, kari: Client) -> None:
    onward = f"/min-side/virksomheter/ny/?til={START}"
    assert "Kommunen kan be om dokumentasjon på at du har rett til å søke" in text_of(kari.get(onward))
    declared = {"organisation_number": "310 000 035", "role": "styreleder", "is_true": "on", "til": START}
    answer = kari.post(onward, declared)
    assert answer["Location"] == START
    page = text_of(kari.get(START))
    assert "Du har sagt at du er styreleder. Kommunen kan be om dokumentasjon." in page
    mandate = Mandate.objects.get(organisation_number=PIZZA)
    assert mandate.source == "declared"


def test_onward_never_leaves_the_site(kari: Client) -> None:
    declared = {
        "organisation_number": PIZZA,
        "role": "styreleder",
        "is_true": "on",
        "til": "https://evil.example/",
    }
    assert kari.post("/min-side/virksomheter/ny/", declared)["Location"] == "/min-side/"


def test_withdrawing_is_possible_until_the_decision(region: Region, kari: Client) -> None:
    send_applications(region.moss, {CAFE: answers()}, by=region.applicant)
    address = f"/moss/soknader/{the_application(region).id}/"
    assert "Kommunen slutter å behandle søknaden." in text_of(kari.get(f"{address}trekk/"))
    kari.post(f"{address}trekk/")
    page = kari.get(address)
    assert heading_of(page) == "Søknaden er trukket"
    assert "Trekk søknaden" not in text_of(page)


def test_after_the_decision_there_is_no_way_to_withdraw(region: Region, kari: Client) -> None:
    send_applications(region.moss, {CAFE: answers()}, by=region.applicant)
    decide_as_checked(region.moss)
    address = f"/moss/soknader/{the_application(region).id}/"
    assert "Trekk søknaden" not in text_of(kari.get(address))
    assert kari.post(f"{address}trekk/")["Location"] == address
    assert the_application(region).state == "submitted"


def let(person: Person, orgnr: str, source: Mandate.Source, region: Region) -> None:
    give_mandate(
        person=person,
        organisation_number=orgnr,
        source=source,
        valid_from=region.at.date(),
        evidence="daglig leder",
    )
