"""An officer clears 300 cases: 250 ready ones together, 38 to weigh, 12 that do not fit; every press is counted.

Twelve presses at most from the list to "sent for approval", four at most for the approver.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from runde.foundation.people.api import Role, grant_role, register_person
from runde.foundation.trust.api import fence
from runde.grants.applications.api import NewApplication, start_many, submit_many
from runde.grants.casework.api import Case, list_proposals
from runde.grants.schemes.api import get_call
from tests.factories import CompanyFactory, an_applicant

from .region import CALL, Region, answers, hashed
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

GREEN, YELLOW, RED = 250, 38, 12
OFFICER_PRESSES, APPROVER_PRESSES = 12, 4
SCHEME = "Tilskudd til virksomheter rammet av smitteverntiltak"


@dataclass
class Presses:
    """A person's presses on one page after another, counted as they are made."""

    visitor: Visitor
    count: int = 0

    def press(self, name: str) -> None:
        self.count += 1
        self.visitor.press(name)

    def check(self, label: str) -> None:
        self.count += 1
        self.visitor.page.get_by_label(label).check()


def apply(region: Region, sheets: Sequence[dict[str, str]], at: Any) -> None:
    """One application from each of as many new companies, each with an account of its own."""
    place = {"municipality": "3103", "municipality_as_written": "3103"}
    numbers = [CompanyFactory.create(**place).orgnr for _ in sheets]
    applicant = an_applicant(*numbers, at=at)
    new = [NewApplication(number, sheet, "nb") for number, sheet in zip(numbers, sheets, strict=True)]
    drafts = start_many(call=get_call(CALL), new=new, by=applicant, at=at)
    submit_many(applications=drafts, by=applicant, at=at)


def fill(region: Region, *, green: int = GREEN, yellow: int = YELLOW, red: int = RED) -> None:
    """Small grants, so that the money is enough for all of them."""
    at = timezone.now()
    accounts = iter(range(1, green + yellow + red + 1))
    small = {"before": 50000, "costs": 28000}
    sheets = [answers(revenue=26000, account=next(accounts), **small) for _ in range(green)]
    sheets += [answers(revenue=412000, before=560000, account=next(accounts)) for _ in range(yellow)]
    sheets += [answers(revenue=49000, account=next(accounts), **small) for _ in range(red)]
    with fence(region.moss.tenant.id):
        apply(region, sheets, at)


def arrive(visitor: Visitor, region: Region, who: str = "officer") -> Presses:
    visitor.go("/moss/saker/")
    visitor.sign_in(region.moss.email(who))
    return Presses(visitor)


def a_colleague(region: Region) -> None:
    at = timezone.now()
    person = register_person(
        email="ola@moss.example", name="Ola Vik", hashed_password=hashed(), home_tenant=region.moss.tenant
    )
    with fence(region.moss.tenant.id):
        grant_role(person=person, role=Role.OFFICER, valid_from=timezone.localdate(at), by=None, at=at)


def rows_in_view(visitor: Visitor) -> int:
    """How many cases can be read without scrolling."""
    return int(
        visitor.page.evaluate(
            "[...document.querySelectorAll('tbody tr')]"
            ".filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length"
        )
    )


def test_two_hundred_and_fifty_ready_cases_in_few_presses(region: Region, visitor: VisitorFactory) -> None:
    fill(region)
    ida = visitor(DESKTOP)
    officer = arrive(ida, region)
    assert ida.heading() == f"{SCHEME}: 300 saker"
    ida.page.get_by_role("link", name="Klare 250").wait_for()
    ida.look("list", whole=False)
    assert rows_in_view(ida) >= 19

    officer.press("Velg alle 250 i «Klare»")
    assert "250 valgt" in ida.text()
    ida.look("all-chosen", whole=False)
    officer.press("Lag forslag til vedtak")
    assert ida.heading() == "Forslag til 250 vedtak"
    officer.check("Jeg kan behandle alle sakene.")
    officer.press("Send 250 til godkjenning")
    assert officer.count <= OFFICER_PRESSES, officer.count
    with fence(region.moss.tenant.id):
        [proposal] = list_proposals()
        assert proposal.lines.count() == GREEN
        assert Case.objects.filter(state=Case.State.PROPOSED).count() == GREEN

    ida.go("/moss/saker/")
    assert "250 saker er til godkjenning." in ida.text()
    ida.look("lane-done", whole=False)

    per = visitor(PHONE)
    per.go("/moss/forslag/")
    per.sign_in(region.moss.email("approver"))
    approver = Presses(per)
    approver.count += 1
    per.page.locator("main table a").first.click()
    per.look("approver", whole=False)
    _approve(approver)
    assert approver.count <= APPROVER_PRESSES, approver.count
    with fence(region.moss.tenant.id):
        assert Case.objects.filter(state=Case.State.DECIDED).count() == GREEN


def _approve(approver: Presses) -> None:
    """Whatever leads to the act, and the act itself: what the page offers in words, until nothing is left to press."""
    page = approver.visitor.page
    wanted = re.compile(r"^(Gå til godkjenning|Godkjenn\b.*)")
    for _ in range(APPROVER_PRESSES):
        offered = page.get_by_role("button", name=wanted).or_(
            page.locator("main").get_by_role("link", name=wanted)
        )
        if offered.count() == 0:
            return
        approver.count += 1
        offered.first.click()
        page.wait_for_load_state()


@pytest.mark.parametrize("size", [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")])
def test_marks_follow_from_page_to_page(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    fill(region, green=60, yellow=2, red=0)
    a_colleague(region)
    ida = visitor(size)
    arrive(ida, region)
    boxes = ida.page.locator("tbody input[data-mark]")
    boxes.nth(0).check()
    boxes.nth(3).check()
    ida.press("Neste")
    ida.page.get_by_text("2 valgt, 2 av dem på andre sider").wait_for()
    boxes.nth(1).check()
    ida.look("marked-on-two-pages", whole=False)
    ida.press("Forrige")
    ida.page.get_by_text("3 valgt, 1 av dem på andre sider").wait_for()
    assert boxes.nth(0).is_checked()
    boxes.nth(0).uncheck()

    ida.press("Tildel andre")
    assert ida.heading() == "Hvem skal ha de 2 sakene?"
    ida.look("give")
    ida.page.get_by_label("Saksbehandler", exact=True).select_option("Ola Vik")
    ida.press("Gi sakene")
    assert "2 saker er tildelt Ola Vik." in ida.text()
    assert not ida.page.get_by_text("valgt", exact=False).first.is_visible()
    ida.look("given", whole=False)
    ida.press("Angre")
    assert "Angret. 2 saker er som før." in ida.text()

    ida.press("Velg alle 60 i «Klare»")
    ida.page.get_by_text("60 valgt, 35 av dem på andre sider").wait_for()
    boxes.nth(2).uncheck()
    ida.press("Neste")
    ida.page.get_by_text("59 valgt").wait_for()
    ida.press("Tildel andre")
    ida.page.get_by_label("Ida Lunde").check()
    ida.page.get_by_label("Ola Vik").check()
    ida.press("Fordel likt")
    assert "59 saker er fordelt mellom Ida Lunde og Ola Vik." in ida.text()
    with fence(region.moss.tenant.id):
        assert Case.objects.filter(assigned_to__isnull=True, lane="green").count() == 1


def test_by_keys_alone(region: Region, visitor: VisitorFactory) -> None:
    fill(region, green=6, yellow=3, red=1)
    ida = visitor(DESKTOP)
    arrive(ida, region)
    keys = ida.page.keyboard
    keys.press("j")
    keys.press("j")
    keys.press("x")
    ida.page.get_by_text("1 valgt").wait_for()
    keys.press("k")
    keys.press("x")
    ida.page.get_by_text("2 valgt").wait_for()
    keys.press("t")
    ida.page.get_by_text("2 saker er tildelt Ida Lunde.").wait_for()
    keys.press("u")
    ida.page.get_by_text("Angret. 2 saker er som før.").wait_for()

    keys.press("j")
    keys.press("v")
    ida.page.get_by_label("Hvorfor skal saken vente?").wait_for()
    ida.look("hold")
    ida.page.get_by_label("Hvorfor skal saken vente?").fill("Venter på nytt regnskap")
    ida.press("Legg på vent")
    assert "1 sak er lagt på vent" in ida.text()
    ida.page.get_by_role("link", name="På vent 1").click()
    ida.page.get_by_text("Venter på nytt regnskap").wait_for()
    ida.look("on-hold", whole=False)

    ida.go("/moss/saker/?ko=vurderes")
    keys.press("s")
    expect(ida.page.get_by_label("Navn, org.nr. eller saksnummer")).to_be_focused()
    ida.page.keyboard.type("jxtv")
    assert ida.page.get_by_label("Navn, org.nr. eller saksnummer").input_value() == "jxtv"
    ida.go("/moss/saker/hurtigtaster/")
    ida.look("keys")
    ida.page.get_by_label("Bruk hurtigtaster på denne maskinen").uncheck()
    ida.go("/moss/saker/?ko=vurderes")
    keys.press("j")
    assert ida.page.evaluate("document.activeElement === document.body")


def test_a_view_of_ones_own_and_filters(region: Region, visitor: VisitorFactory) -> None:
    fill(region, green=3, yellow=2, red=0)
    ida = visitor(DESKTOP)
    arrive(ida, region)
    ida.page.get_by_text("Søk og filter").click()
    ida.page.get_by_label("Ansvarlig").select_option("Ingen (5)")
    ida.press("Vis saker")
    assert "Ingen ansvarlig" in ida.text()
    ida.page.get_by_text("Søk og filter").click()
    ida.page.get_by_label("Lagre denne visningen som").fill("Ledige")
    ida.press("Lagre visningen")
    assert "Visningen «Ledige» er lagret." in ida.text()
    ida.look("filtered")
    ida.go("/moss/saker/?ko=vurderes")
    ida.page.get_by_text("Dine visninger").click()
    ida.press("Ledige")
    assert "Ingen ansvarlig" in ida.text()


def test_marks_and_pages_without_script(region: Region, visitor: VisitorFactory) -> None:
    fill(region, green=30, yellow=0, red=0)
    ida = visitor(DESKTOP, script=False)
    arrive(ida, region)
    ida.page.locator("tbody input[data-mark]").nth(0).check()
    ida.press("Behold merkene og vis neste side")
    assert "1 sak valgt" in ida.text()
    ida.page.locator("tbody input[data-mark]").nth(0).check()
    ida.press("Tildel meg")
    assert "2 saker er tildelt Ida Lunde." in ida.text()
