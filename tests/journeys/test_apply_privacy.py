"""Somebody who wants to know what is kept, takes it along, and erases what they began."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application, DraftRemnant

from .applying import KARI, REVENUE, start
from .region import CALL, Region
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
OWN = "/min-side/personvern/"


@pytest.mark.parametrize("size", SIZES)
def test_from_the_call_to_what_is_kept(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    kari = visitor(size)
    kari.go(f"/moss/utlysninger/{CALL}/")
    kari.page.get_by_text("Formål og regler", exact=True).last.click()
    kari.press("Slik bruker kommunen opplysningene dine")
    assert kari.heading() == "Slik bruker kommunen opplysningene dine"
    assert "Du får e-post 14 dager før." in kari.text()
    kari.look("call")
    kari.press("Alt om personvern i Runde")
    assert kari.heading() == "Slik tar vi vare på opplysningene dine"
    kari.look("general")
    kari.press("Logg inn og se hva vi har om deg")
    kari.sign_in(KARI)
    assert kari.heading() == "Dette har vi om deg"
    assert KARI in kari.text()
    kari.look("own-without-drafts")


@pytest.mark.parametrize("size", SIZES)
def test_a_draft_is_taken_along_and_erased(
    region: Region, visitor: VisitorFactory, size: tuple[int, int], tmp_path: Path
) -> None:
    kari = visitor(size)
    _begin(kari)
    kari.look("own")
    name, told = _downloaded(kari, "Last ned kladden", tmp_path)
    assert name == "soknad-kladd.zip"
    assert json.loads(told.read("soknad.json"))["answers"]["revenue_period"] == "308000"
    _name, everything = _downloaded(kari, "Last ned alt om deg", tmp_path)
    assert {"les-meg.txt", "om-deg.json"} <= set(everything.namelist())
    _erase(kari)
    kari.look("erased")
    _only_numbers_are_left(region)


def test_without_script(region: Region, visitor: VisitorFactory) -> None:
    kari = visitor(PHONE, script=False)
    _begin(kari)
    _erase(kari)
    _only_numbers_are_left(region)


def test_by_keyboard_alone(region: Region, visitor: VisitorFactory) -> None:
    kari = visitor(DESKTOP)
    _begin(kari)
    kari.page.get_by_role("link", name="Slett kladden").focus()
    kari.page.keyboard.press("Enter")
    kari.page.get_by_role("heading", name="Vil du slette kladden?").wait_for()
    kari.page.get_by_role("button", name="Slett kladden").focus()
    kari.page.keyboard.press("Enter")
    kari.page.get_by_text("Kladden er slettet.").wait_for()
    _only_numbers_are_left(region)


def _begin(kari: Visitor) -> None:
    start(kari)
    kari.page.get_by_label(REVENUE).fill("308 000")
    kari.press("Neste steg")
    kari.go(OWN)
    assert "Kladden blir slettet" in kari.text()


def _erase(kari: Visitor) -> None:
    kari.page.get_by_role("link", name="Slett kladden").click()
    assert kari.heading() == "Vil du slette kladden?"
    assert "Du kan ikke angre." in kari.text()
    kari.look("erase")
    kari.press("Slett kladden")
    kari.page.get_by_text("Kladden er slettet.").wait_for()
    assert "Du har ingen kladder." in kari.text()


def _downloaded(kari: Visitor, link: str, folder: Path) -> tuple[str, zipfile.ZipFile]:
    with kari.page.expect_download() as waiting:
        kari.page.get_by_role("link", name=link).click()
    kept = folder / waiting.value.suggested_filename
    waiting.value.save_as(kept)
    return kept.name, zipfile.ZipFile(kept)


def _only_numbers_are_left(region: Region) -> None:
    with fence(region.moss.tenant.id):
        assert Application.objects.count() == 0
        [remnant] = DraftRemnant.objects.all()
        assert (remnant.municipality, remnant.nace_section, remnant.end) == ("3103", "I", "erased")
