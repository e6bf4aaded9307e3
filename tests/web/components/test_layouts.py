"""The frame of every page: one heading, a way past the menu, whose page it is, what is wrong, and no broken policy."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from lxml import html

import runde
from runde.web.components.fields import Field
from runde.web.components.navigation import MenuLink

LAYOUTS = ["layouts/public.html", "layouts/work.html", "layouts/step.html", "layouts/act.html"]
TENANT = SimpleNamespace(
    name="Moss kommune", contact_name="", contact_email="naring@moss.example", contact_phone=""
)
OFFICER = SimpleNamespace(is_authenticated=True, name="Ida Lunde")
INLINE = {
    "an inline style": re.compile(r"<[^>]*\sstyle="),
    "a style element": re.compile(r"<style"),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "an inline handler": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[a-z:-]*)\s*="),
    "a script address": re.compile(r"""["']\s*(?:javascript|js):"""),
}


def shown(layout: str, **context: Any) -> html.HtmlElement:
    return html.document_fromstring(render_to_string(layout, {"user": AnonymousUser(), **context}))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_page_has_one_heading_and_names_itself(layout: str) -> None:
    page = shown(layout, h1="Se over og send inn", tenant=TENANT, case_number="26/1200")
    assert page.xpath("//h1/text()") == ["Se over og send inn"]
    assert page.xpath("string(//title)") == "Se over og send inn · sak 26/1200 · Moss kommune · Runde"
    assert page.xpath("//html/@lang") == ["nb"]
    assert page.xpath("//a[@class='ds-skip-link']/@href") == ["#main"]
    assert page.get_element_by_id("main").tag == "main"
    assert page.get_element_by_id("status").get("role") == "status"


def test_errors_are_said_first_in_the_title_and_on_the_page() -> None:
    fields = [Field("x", "Beløp", error="Skriv hvor mye dere søker om.")]
    page = shown("layouts/public.html", h1="Beløp", errors=fields, has_errors=True)
    assert page.xpath("string(//title)").startswith("Feil: Beløp")
    assert page.xpath("//main//section//a/@href") == ["#id_x"]


def test_officers_get_smaller_type_than_the_public() -> None:
    assert shown("layouts/public.html").xpath("//html/@data-size") == ["md"]
    assert shown("layouts/work.html").xpath("//html/@data-size") == ["sm"]


@pytest.mark.parametrize("demo", [True, False])
def test_demo_data_is_marked_on_every_page(demo: bool) -> None:
    text = shown("layouts/public.html", is_demo=demo).text_content()
    assert ("Demodata. Personer og virksomheter er oppdiktede." in text) is demo


def test_who_is_signed_in_and_for_whom_is_always_shown() -> None:
    page = shown("layouts/public.html", user=OFFICER, acting_for="Kafé Kanalen AS", switch_url="/bytt/")
    (account,) = page.xpath("//*[@class='rd-account']")
    words = " ".join(account.text_content().split())
    assert words.startswith("Du er logget inn som Ida Lunde på vegne av Kafé Kanalen AS · Bytt virksomhet")


def test_the_menu_shows_where_one_is() -> None:
    page = shown(
        "layouts/work.html", menu=[MenuLink("Saker", "/saker/", current=True), MenuLink("Betaling", "/b/")]
    )
    assert page.xpath("//nav//a[@aria-current='page']/text()") == ["Saker"]


def test_messages_stay_in_the_page() -> None:
    page = shown(
        "layouts/work.html", messages=[Message(25, "Saken er tildelt deg."), Message(40, "Det gikk ikke.")]
    )
    assert page.xpath("//main//*[@class='ds-alert']/@data-color") == ["success", "danger"]


def test_what_the_tenant_is_called_is_escaped() -> None:
    tenant = SimpleNamespace(**{**vars(TENANT), "name": "<script>alert(1)</script>"})
    assert shown("layouts/public.html", tenant=tenant).xpath("//script[not(@src)]") == []


def test_a_server_error_is_never_swapped_into_a_page() -> None:
    (settings,) = shown("layouts/public.html").xpath("//meta[@name='htmx-config']/@content")
    assert '"5xx"' in settings


def templates() -> list[Path]:
    return sorted(Path(runde.__file__).parent.rglob("*.html"))


def test_no_template_breaks_the_content_policy() -> None:
    found = [
        f"{path.name}: {what}"
        for path in templates()
        for what, sign in INLINE.items()
        if sign.search(path.read_text(encoding="utf-8"))
    ]
    assert len(templates()) > 40
    assert found == []


BROKEN = (
    '<p style="color:red">',
    "<style>",
    "<script>x()</script>",
    '<a onclick="x()">',
    '<a hx-on:click="x()">',
    '<a href="javascript:x">',
)


@pytest.mark.parametrize("markup", BROKEN)
def test_the_policy_check_can_fail(markup: str) -> None:
    assert any(sign.search(markup) for sign in INLINE.values())
