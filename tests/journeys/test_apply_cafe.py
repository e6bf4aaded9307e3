"""The café owner, who fits: on a phone, without script, with keys alone, and having begun before signing in."""

from __future__ import annotations

import pytest

from .applying import (
    ACCOUNT,
    BEFORE,
    COSTS,
    KARI,
    REVENUE,
    START,
    application_of,
    fill_in,
    press_tab_until,
    saved,
    send,
    start,
)
from .region import CALL, Region
from .visitors import DESKTOP, PHONE, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]


@pytest.mark.parametrize("size", SIZES)
def test_from_start_to_receipt(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    kari = visitor(size)
    kari.go(START)
    kari.sign_in(KARI)
    assert "Sender du ikke søknaden, sletter vi kladden 90 dager etter fristen." in kari.text()
    assert "Du er daglig leder." in kari.text()
    kari.look("start")
    kari.press("Start søknaden")
    kari.page.get_by_label(REVENUE).fill("308 000")
    kari.page.get_by_label(BEFORE).fill("560 000")
    kari.page.get_by_text("Fallet i omsetning er 45,0 prosent. Kravet er minst 30 prosent.").first.wait_for()
    saved(kari)
    kari.look("form")
    fill_in(kari)
    assert "Beregnet" in kari.text() or "beregnet" in kari.text()
    assert "Fra Enhetsregisteret" in kari.text() or "Enhetsregisteret, " in kari.text()
    kari.look("review")
    kari.press("Send inn søknaden")
    assert "Bekreft at opplysningene er riktige før du sender søknaden." in kari.text()
    kari.look("review-error")
    send(kari)
    assert kari.heading() == "Søknaden er sendt"
    kari.look("receipt")
    sent = application_of(region)
    assert sent.state == "submitted"
    assert sent.number in kari.text()
    assert sent.answers["revenue_period"] == "308000"


def test_on_another_device_one_goes_on_where_one_was(region: Region, visitor: VisitorFactory) -> None:
    desk, phone = visitor(DESKTOP), visitor(PHONE)
    start(desk)
    desk.page.get_by_label(REVENUE).fill("308 000")
    desk.page.get_by_label(BEFORE).fill("560 000")
    saved(desk)
    desk.press("Neste steg")
    phone.go("/min-side/")
    phone.sign_in(KARI)
    phone.press("KAFÉ KANALEN AS")
    assert phone.page.get_by_label(COSTS).count() == 1
    phone.press("Forrige steg")
    assert phone.page.get_by_label(REVENUE).input_value().replace("\u00a0", " ") == "308 000"


def test_without_script(region: Region, visitor: VisitorFactory) -> None:
    kari = visitor(PHONE, script=False)
    start(kari)
    kari.look("form")
    fill_in(kari)
    kari.look("review")
    send(kari)
    assert kari.heading() == "Søknaden er sendt"
    assert application_of(region).state == "submitted"


def test_with_keys_alone(region: Region, visitor: VisitorFactory) -> None:
    """Enter in a field goes to the next step; it never sends the application."""
    kari = visitor(DESKTOP)
    kari.go(START)
    kari.sign_in(KARI)
    keys = kari.page.keyboard
    is_field = "document.activeElement.matches('main form.rd-form :is(input:not([type=hidden]), textarea)')"
    press_tab_until(kari, "document.activeElement.innerText?.trim() === 'Start søknaden'")
    keys.press("Enter")
    for part, typed in (("revenue", ["308000", "560000"]), ("costs", ["320000"]), ("aid", ["0"])):
        kari.page.wait_for_url(f"**/del/{part}/")
        for text in typed:
            press_tab_until(kari, is_field)
            keys.type(text)
        keys.press("Enter")
    kari.page.wait_for_url("**/del/circumstances/")
    press_tab_until(kari, "document.activeElement.innerText?.trim() === 'Neste steg'")
    keys.press("Enter")
    kari.page.wait_for_url("**/del/payment/")
    press_tab_until(kari, is_field)
    keys.type("12345600009")
    keys.press("Enter")
    kari.page.wait_for_url("**/se-over/")
    press_tab_until(kari, is_field)
    keys.press("Enter")
    kari.page.wait_for_load_state()
    assert "Rett dette" not in kari.text()
    assert application_of(region).state == "draft"
    press_tab_until(kari, "document.activeElement.type === 'checkbox'")
    keys.press("Space")
    press_tab_until(kari, "document.activeElement.innerText?.trim() === 'Send inn søknaden'")
    keys.press("Enter")
    kari.page.wait_for_url("**/kvittering/")
    assert application_of(region).state == "submitted"


@pytest.mark.parametrize("script", [True, False])
def test_begun_before_signing_in(region: Region, visitor: VisitorFactory, script: bool) -> None:
    kari = visitor(PHONE, script=script)
    kari.go(f"/moss/utlysninger/{CALL}/begynn/")
    kari.look("begin")
    kari.press("Begynn")
    kari.page.get_by_label(REVENUE).fill("308 000")
    kari.page.get_by_label(BEFORE).fill("560 000")
    if script:
        saved(kari)
    kari.look("begin-part")
    kari.press("Neste steg")
    kari.page.get_by_label(COSTS).fill("320 000")
    for _ in range(4):
        kari.press("Neste steg")
    kari.sign_in(KARI)
    assert "Svarene dine følger med" in kari.text()
    kari.press("Start søknaden")
    assert kari.page.get_by_label(REVENUE).input_value().replace("\u00a0", " ") == "308 000"
    answers = application_of(region).answers
    assert (answers["revenue_period"], answers["fixed_costs"]) == ("308000", "320000")


def test_the_line_goes_and_nothing_is_lost(region: Region, visitor: VisitorFactory) -> None:
    """Typed without a line: said so, tried again, and there again after the page was closed."""
    kari = visitor(PHONE)
    start(kari)
    kari.page.get_by_label(REVENUE).fill("308 000")
    saved(kari)
    kari.context.set_offline(True)
    kari.page.get_by_label(BEFORE).fill("560 000")
    kari.page.get_by_text("Vi prøver igjen. Ikke lukk siden.").wait_for()
    kari.look("not-saved", whole=False)
    kari.context.set_offline(False)
    saved(kari)
    assert application_of(region).answers["revenue_comparison"] == "560000"

    kari.context.set_offline(True)
    kari.page.get_by_label(BEFORE).fill("570 000")
    kari.page.get_by_text("Vi prøver igjen. Ikke lukk siden.").wait_for()
    address = kari.page.url
    kari.page.close(run_before_unload=False)
    kari.context.set_offline(False)
    kari.page = kari.context.new_page()
    kari.go(address)
    assert kari.page.get_by_label(BEFORE).input_value() == "570 000"
    saved(kari)
    assert application_of(region).answers["revenue_comparison"] == "570000"
    kari.complaints[:] = [one for one in kari.complaints if "ERR_INTERNET_DISCONNECTED" not in one]


def test_signed_out_meanwhile_one_lands_in_the_same_field(region: Region, visitor: VisitorFactory) -> None:
    kari = visitor(PHONE)
    start(kari)
    kari.page.get_by_label(REVENUE).fill("308 000")
    saved(kari)
    kari.context.clear_cookies(name="session")
    kari.page.get_by_label(BEFORE).fill("560 000")
    kari.page.get_by_role("link", name="Logg inn og fortsett her").wait_for()
    kari.look("signed-out", whole=False)
    kari.page.on("dialog", lambda dialog: dialog.accept())
    kari.press("Logg inn og fortsett her")
    kari.sign_in(KARI)
    assert kari.page.get_by_label(BEFORE).input_value() == "560 000"
    assert kari.page.evaluate("document.activeElement.id") == "id_revenue_comparison"
    saved(kari)
    assert application_of(region).answers["revenue_comparison"] == "560000"


def test_an_account_number_that_is_wrong_is_said_where_it_stands(
    region: Region, visitor: VisitorFactory
) -> None:
    kari = visitor(PHONE)
    start(kari)
    kari.go(kari.page.url.replace("revenue", "payment"))
    kari.page.get_by_label(ACCOUNT).fill("1234 56 00008")
    kari.press("Neste steg")
    assert kari.text().count("Kontonummeret stemmer ikke. Sjekk at alle 11 sifrene er riktige.") == 2
    kari.look("account-error")


@pytest.mark.parametrize(
    "typed", ["<script>document.title='x'</script>", "'\"><img src=x>", "٣٠٨ كرونة", "9" * 3000]
)
def test_what_is_no_amount_is_only_text(region: Region, visitor: VisitorFactory, typed: str) -> None:
    """Variants of the field table in a browser: kept as typed, explained, and the page stays in its frame."""
    kari = visitor(PHONE)
    start(kari)
    kari.page.get_by_label(REVENUE).fill(typed)
    saved(kari)
    kari.press("Neste steg")
    assert kari.page.get_by_label(REVENUE).input_value() == typed
    assert "Rett dette før du går videre" in kari.text()
    assert kari.page.locator("main img").count() == 0
    kari.check()
    kari.page.reload()
    assert kari.page.get_by_label(REVENUE).input_value() == typed
