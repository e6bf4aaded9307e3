"""The gallery in a browser: no barrier, no sideways scroll, no broken policy; with and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from runde.web.components.gallery.views import SAMPLES
from tests.journeys.visitors import DESKTOP, PHONE, Visitor

pytestmark = pytest.mark.journey
Open = Callable[..., Visitor]


# The page with every part is looked at in all ways; the sample pages in the two that differ most.
WAYS = {"desktop": (DESKTOP, False), "phone-dark": (PHONE, True)}
ALL_WAYS = {**WAYS, "desktop-dark": (DESKTOP, True), "phone": (PHONE, False)}
LOOKS = [("", way) for way in ALL_WAYS] + [(sample, way) for sample in SAMPLES if sample for way in WAYS]


@pytest.mark.parametrize(("sample", "way"), LOOKS, ids=lambda part: part or "parts")
def test_every_page_is_open_to_everyone(open_gallery: Open, sample: str, way: str) -> None:
    size, dark = ALL_WAYS[way]
    visitor = open_gallery(size, sample, dark=dark)
    if way in WAYS:
        visitor.look(f"{sample or 'parts'}-{way}")
    else:
        visitor.check()


def test_a_refused_form_leads_to_its_first_error(open_gallery: Open) -> None:
    visitor = open_gallery(PHONE, "soknad-feil")
    page = visitor.page
    assert page.title().startswith("Feil: Hvor mye omsatte dere for?")
    assert page.evaluate("document.activeElement.className") == "rd-error-summary"
    page.get_by_role("link", name="Velg om lokalet var stengt.").click()
    assert page.evaluate("document.activeElement.id") == "id_closed_0"
    assert page.locator("legend").bounding_box()["y"] >= 0  # type: ignore[index] # it is on the page


def test_marking_cases_is_counted_and_shows_what_can_be_done(open_gallery: Open) -> None:
    page = open_gallery(DESKTOP, "saker").page
    bar = page.locator("[data-when-marked]")
    assert not bar.is_visible()
    page.get_by_label("Marker sak 26/1200").check()
    assert bar.is_visible()
    assert page.locator("[data-marked-count]").inner_text() == "1 valgt"
    page.get_by_label("Marker alle på siden").check()
    assert page.locator("[data-marked-count]").inner_text() == "6 valgt"
    page.get_by_label("Marker alle på siden").uncheck()
    assert not bar.is_visible()


def test_focus_is_not_hidden_under_the_action_bar(open_gallery: Open) -> None:
    page = open_gallery((1280, 420), "saker").page
    page.get_by_label("Marker alle på siden").check()
    page.get_by_role("link", name="Teateret på Torget SA").focus()
    link = page.get_by_role("link", name="Teateret på Torget SA").bounding_box()
    bar = page.locator("[data-when-marked]").bounding_box()
    assert link is not None
    assert bar is not None
    assert link["y"] + link["height"] <= bar["y"] or bar["y"] >= link["y"] + link["height"]


@pytest.mark.parametrize("sample", ["soknad-feil", "gjennomsyn", "status"])
def test_without_script_the_same_words_are_there(open_gallery: Open, sample: str) -> None:
    with_script = open_gallery(DESKTOP, sample).page.locator("main").text_content() or ""
    without = open_gallery(DESKTOP, sample, script=False).page.locator("main").text_content() or ""
    assert without.split() == with_script.split()


def test_without_script_the_actions_are_in_view(open_gallery: Open) -> None:
    page = open_gallery(DESKTOP, "saker", script=False).page
    assert page.get_by_role("button", name="Lag forslag til vedtak").is_visible()


def test_touch_targets_on_public_pages_are_large(open_gallery: Open) -> None:
    """44 px for what stands alone; links inside a sentence are exempt (WCAG 2.5.8)."""
    page = open_gallery(PHONE, "soknad").page
    targets = page.locator("main button, main input[type=text], .rd-choices .ds-field, .rd-back a")
    heights = targets.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert min(heights) >= 44


def test_rows_become_cards_on_a_phone(open_gallery: Open) -> None:
    page = open_gallery(PHONE, "saker").page
    assert page.locator("tbody tr").first.evaluate("row => getComputedStyle(row).display") == "grid"
    assert "Beregnet (kr)" in page.locator("tbody tr td[data-label='Beregnet (kr)']").first.evaluate(
        "cell => getComputedStyle(cell, '::before').content"
    )


def test_the_fonts_and_icons_are_our_own(open_gallery: Open) -> None:
    page = open_gallery(DESKTOP).page
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('600 16px Inter'))")
    assert page.locator(".rd-icon-list li").count() > 50


def test_on_paper_there_is_no_navigation_and_everything_is_opened(open_gallery: Open) -> None:
    page = open_gallery(DESKTOP, "status").page
    page.emulate_media(media="print")
    assert not page.locator(".rd-footer").is_visible()
    assert not page.locator(".rd-account").is_visible()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details").first.evaluate("part => part.open")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert not page.locator("details").first.evaluate("part => part.open")


def answer_nothing(route: Route) -> None:
    """A form that is sent gets the answer «no content», so that the page stays where it is."""
    if route.request.method == "POST":
        route.fulfill(status=204)
    else:
        route.continue_()


def test_a_second_press_sends_nothing_more(open_gallery: Open) -> None:
    page = open_gallery(DESKTOP, "gjennomsyn").page
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.route("**/*", answer_nothing)
    page.evaluate("const button = document.querySelector('main form button'); button.click(); button.click()")
    page.wait_for_timeout(1300)
    button = page.evaluate(
        "const one = document.querySelector('main form button'); [one.ariaBusy, one.innerText]"
    )
    assert len(sent) == 1
    assert button == ["true", "Send inn søknaden"]
