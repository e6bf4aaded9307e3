"""A café owner finds the scheme, applies and follows the case: at a desk, on a phone, with keys, without script."""

from __future__ import annotations

import pytest

from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application

from .region import CAFE, CALL, Region, answers, decide_as_checked, pay, send_applications
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

APPLICANT = "kari@kanalen.example"
SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]


def fill_form(kari: Visitor, *, pictures: bool = False) -> None:
    """From the first part to the review page."""
    kari.page.get_by_label("Omsetning i mars, april og mai 2026").fill("308 000")
    kari.page.get_by_label("Omsetning i mars, april og mai 2025").fill("kr 560.000,-")
    if pictures:
        kari.page.get_by_label("Omsetning i mars, april og mai 2025").blur()
        kari.page.get_by_text(
            "Fallet i omsetning er 45,0 prosent. Kravet er minst 30 prosent."
        ).first.wait_for()
        assert "Lagret kl." in kari.text()
        kari.look("form-revenue")
    kari.press("Neste steg")
    kari.page.get_by_label("Faste kostnader i mars, april og mai 2026").fill("320000")
    kari.press("Neste steg")
    kari.page.get_by_label("Mindre offentlig støtte de siste tre årene").fill("0")
    kari.press("Neste steg")
    if pictures:
        kari.look("form-circumstances")
    kari.press("Neste steg")
    kari.page.get_by_label("Virksomhetens kontonummer").fill("1234.56.00009")
    kari.press("Neste steg")
    assert kari.heading() == "Se over og send inn"


def start_application(kari: Visitor, *, start: str = "Start søknaden") -> None:
    kari.go(f"/moss/utlysninger/{CALL}/sok/")
    kari.sign_in(APPLICANT)
    kari.press(start)


@pytest.mark.parametrize("size", SIZES)
def test_from_the_front_page_to_the_status_page(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    kari = visitor(size)
    kari.go("/")
    assert kari.heading() == "Hva kan virksomheten din få?"
    kari.look("front")

    kari.page.get_by_label("Organisasjonsnummer eller navn").fill("310 000 027")
    kari.press("Se ordninger")
    assert kari.heading() == "KAFÉ KANALEN AS kan trolig få støtte fra 1 av 2 ordninger"
    assert "Svar på det dere vet, så regner vi ut på nytt" in kari.text()
    assert "Virksomheten ligger ikke i Horten" in kari.text()
    kari.look("result")

    kari.press("Se ordningen og søk")
    assert kari.heading() == "Tilskudd til virksomheter rammet av smitteverntiltak"
    assert "Pengene er ikke vedtatt ennå" in kari.text()
    kari.look("call")

    kari.press("Søk")
    kari.look("sign-in")
    kari.sign_in(APPLICANT)
    assert "KAFÉ KANALEN AS" in kari.text()
    kari.look("start")
    kari.press("Start søknaden")

    kari.page.get_by_label("Omsetning i mars, april og mai 2026").fill("mye")
    kari.press("Neste steg")
    assert "Rett dette før du går videre" in kari.text()
    kari.look("form-errors")
    kari.go(kari.page.url)
    fill_form(kari, pictures=True)

    kari.look("review")
    kari.press("Send inn søknaden")
    assert "Bekreft at opplysningene er riktige før du sender søknaden." in kari.text()
    kari.look("review-error")
    kari.page.get_by_label("Jeg bekrefter at opplysningene er riktige").check()
    kari.press("Send inn søknaden")

    assert kari.heading() == "Søknaden er sendt"
    kari.look("receipt")
    kari.press("Følg saken")
    assert kari.heading().startswith("Du får svar innen ")
    kari.look("status")

    kari.go("/min-side/")
    assert "KAFÉ KANALEN AS" in kari.text()
    kari.look("my-page")
    assert_sent(region)


def read_decision(kari: Visitor) -> None:
    """Open the answer, confirm it by the button, and go back to the case."""
    assert kari.heading().startswith("Svaret på søknaden kom ")
    kari.press("Les svaret")
    kari.press("Les svaret")
    kari.press("Se saken")


@pytest.mark.parametrize("size", SIZES)
def test_the_money_comes(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    """Granted, then paid: the same page tells each step, with the letter and the sum behind the figure."""
    send_applications(region.moss, {CAFE: answers()}, by=region.applicant)
    decide_as_checked(region.moss)
    kari = visitor(size)
    kari.go("/min-side/")
    kari.sign_in(APPLICANT)
    kari.press("KAFÉ KANALEN AS")
    read_decision(kari)
    assert kari.heading().startswith("Pengene kommer etter planen ")
    assert "Dere får 117 400 kroner." in kari.text()
    kari.look("status-granted")
    with kari.page.expect_download() as download:
        kari.page.get_by_role("link", name="Les vedtaksbrevet").click()
    assert b"%PDF" in download.value.path().read_bytes()[:8]

    pay(region.moss)
    kari.page.reload()
    assert kari.heading() == "117 400 kroner er på vei til kontoen"
    assert "1234 •• •••" in kari.text()
    kari.page.get_by_text("Bak tallet").click()
    kari.look("status-paid")


def test_a_refusal_says_why_and_what_then(region: Region, visitor: VisitorFactory) -> None:
    send_applications(region.moss, {CAFE: answers(revenue=500000)}, by=region.applicant)
    decide_as_checked(region.moss)
    kari = visitor(PHONE)
    kari.go("/min-side/")
    kari.sign_in(APPLICANT)
    kari.press("KAFÉ KANALEN AS")
    read_decision(kari)
    assert kari.heading() == "Dere får ikke tilskudd"
    assert "kan dere klage innen" in kari.text()
    assert "Vi kan ikke gi tilskudd under 20 prosent" in kari.text()
    kari.look("status-refused")


@pytest.mark.parametrize("size", SIZES)
def test_the_pages_beside_the_way(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    """What one meets when something is different: nothing found, a branch, no company, no account."""
    kari = visitor(size)
    for name, address in (
        ("find-nothing", "/finn/?q=Kaf%C3%A9n+som+ikke+finnes"),
        ("find-several", "/finn/?q=moss"),
        ("find-empty", "/finn/?q="),
        ("find-branch", "/finn/?q=310100056"),
        ("find-bankrupt", "/finn/?q=310000043"),
        ("privacy", "/personvern/"),
        ("accessibility", "/tilgjengelighet/"),
        ("sign-up", "/konto/signup/"),
        ("password-reset", "/konto/password/reset/"),
        ("not-found", "/finnes-ikke/"),
    ):
        kari.go(address)
        kari.look(name)
    night = visitor(size, dark=True)
    for name, address in (
        ("front", "/"),
        ("call", f"/moss/utlysninger/{CALL}/"),
        ("result", f"/finn/?q={CAFE}"),
    ):
        night.go(address)
        night.look(f"{name}-dark")
    kari.go("/min-side/")
    kari.page.get_by_label("E-post").fill("kari@kanalen.example")
    kari.page.get_by_label("Passord").fill("feil passord i dag")
    kari.page.locator("main button[type=submit]").first.click()
    kari.look("sign-in-error")
    kari.sign_in("kari@kanalen.example")
    kari.look("my-page-empty")
    kari.press("Legg til en virksomhet")
    kari.look("declare")
    kari.press("Legg til virksomhet")
    kari.look("declare-error")
    for name, address in (("security", "/konto/sikkerhet/"), ("password", "/konto/password/change/")):
        kari.go(address)
        kari.look(name)


def test_in_nynorsk_and_english(region: Region, visitor: VisitorFactory) -> None:
    """The language follows from the public page through the form to the receipt's language."""
    kari = visitor(DESKTOP)
    kari.go(f"/moss/utlysninger/{CALL}/")
    kari.press("Nynorsk")
    assert kari.heading() == "Tilskot til verksemder ramma av smitteverntiltak"
    kari.look("call-nn")
    start_application(kari, start="Start søknaden")
    assert kari.page.get_by_label("Omsetning i mars, april og mai 2026").count() == 1
    assert "Vi samanliknar omsetninga i år" in kari.text()
    kari.look("form-nn")
    with fence(region.moss.tenant.id):
        assert Application.objects.get(organisation_number=CAFE).language == "nn"
    kari.press("English")
    assert kari.heading() == "Revenue"
    kari.page.get_by_label("Revenue in March, April and May 2026").fill("much")
    kari.press("Next step")
    assert "Correct this before you go on" in kari.text()
    kari.look("form-errors-en")


def assert_sent(region: Region) -> None:
    with fence(region.moss.tenant.id):
        [sent] = Application.objects.filter(organisation_number=CAFE)
        assert sent.state == "submitted"
        assert sent.answers["revenue_period"] == "308000"
        assert sent.answers["revenue_comparison"] == "560000"
        assert sent.answers["account_number"] == "12345600009"


def test_without_script(region: Region, visitor: VisitorFactory) -> None:
    kari = visitor(DESKTOP, script=False)
    start_application(kari)
    fill_form(kari)
    kari.look("review")
    kari.page.get_by_label("Jeg bekrefter at opplysningene er riktige").check()
    kari.press("Send inn søknaden")
    assert kari.heading() == "Søknaden er sendt"
    assert_sent(region)


def test_with_keys_alone(region: Region, visitor: VisitorFactory) -> None:
    """Tab, type and Enter from the sign-in to the receipt; Enter in a field goes on and never sends."""
    kari = visitor(DESKTOP)
    kari.go(f"/moss/utlysninger/{CALL}/sok/")
    keys = kari.page.keyboard
    kari.page.get_by_label("E-post").focus()
    kari.sign_in(APPLICANT)
    tab_to(kari, "Start søknaden")
    keys.press("Enter")
    for part, typed in (("revenue", ["308000", "560000"]), ("costs", ["320000"]), ("aid", ["0"])):
        kari.page.wait_for_url(f"**/del/{part}/")
        for text in typed:
            tab_to_field(kari)
            keys.type(text)
        keys.press("Enter")
    kari.page.wait_for_url("**/del/circumstances/")
    tab_to(kari, "Neste steg")
    keys.press("Enter")
    kari.page.wait_for_url("**/del/payment/")
    tab_to_field(kari)
    keys.type("12345600009")
    keys.press("Enter")
    kari.page.wait_for_url("**/se-over/")
    tab_to_field(kari)
    keys.press("Space")
    tab_to(kari, "Send inn søknaden")
    keys.press("Enter")
    kari.page.wait_for_url("**/kvittering/")
    assert_sent(region)


def tab_to(kari: Visitor, name: str) -> None:
    for _ in range(60):
        if kari.page.evaluate("document.activeElement.innerText?.trim()") == name:
            return
        kari.page.keyboard.press("Tab")
    pytest.fail(f"The keys never reach «{name}» on {kari.page.url}")


def tab_to_field(kari: Visitor) -> None:
    """The next field of the form, past links and buttons."""
    for _ in range(60):
        kari.page.keyboard.press("Tab")
        if kari.page.evaluate(
            "document.activeElement.matches('main form.rd-form input:not([type=hidden]), main form.rd-form textarea')"
        ):
            return
    pytest.fail(f"The keys never reach a field on {kari.page.url}")
