"""Kari hands in papers over a poor line: the line breaks, she comes back later, and nothing is sent twice."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Route

from runde.foundation.documents.api import list_attachments
from runde.foundation.forms.api import publish_form
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application
from runde.grants.schemes.api import SchemeVersion
from tests.factories.files import a_jpeg, a_pdf

from .region import CALL, Region
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

APPLICANT = "kari@kanalen.example"
LARGE = a_pdf(2) + b"%" + b"x" * 3_500_000 + b"\n%%EOF\n"
PAPERS = {"slug": "papers", "title": {"nb": "Vedlegg", "nn": "Vedlegg", "en": "Files"}, "questions": [
    {"slug": "accounts", "type": "file", "most": 3, "required": False,
     "label": {"nb": "Regnskap", "nn": "Rekneskap", "en": "Accounts"}},
]}  # fmt: skip


def draft_with_papers(kari: Visitor, region: Region) -> UUID:
    """Kari's draft, answered by a form that also asks for papers."""
    kari.go(f"/moss/utlysninger/{CALL}/sok/")
    kari.sign_in(APPLICANT)
    kari.press("Start søknaden")
    with fence(region.moss.tenant.id):
        application = Application.objects.get()
        version = SchemeVersion.objects.get(id=application.scheme_version_id)
        definition = dict(version.form.definition)
        definition["sections"] = [*definition["sections"], PAPERS]
        manager = region.moss.actor("manager", region.at)
        version.form = publish_form(slug=version.form.slug, definition=definition, by=manager, at=region.at)
        version.id, version.number, version._state.adding = uuid4(), version.number + 1, True
        version.save(force_insert=True)
        Application.objects.filter(id=application.id).update(scheme_version=version)
    return application.id


def page_of(application: UUID) -> str:
    return f"/moss/vedlegg/til/application/{application}/sporsmal/accounts/"


def handed_in(region: Region, application: UUID) -> list[tuple[str, str]]:
    with fence(region.moss.tenant.id):
        return [(one.name, one.state) for one in list_attachments("application", application)]


def test_a_broken_line_and_a_reload_lose_nothing(
    region: Region, visitor: VisitorFactory, tmp_path: Path
) -> None:
    kari = visitor(DESKTOP)
    application = draft_with_papers(kari, region)
    kari.go(page_of(application))
    kari.look("empty")
    large = tmp_path / "regnskap.pdf"
    large.write_bytes(LARGE)
    parts: list[str] = []

    def break_after_two(route: Route) -> None:
        parts.append(route.request.url)
        if len(parts) > 2:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    kari.page.route("**/vedlegg/deler/**", break_after_two)
    kari.page.get_by_label("Regnskap").set_input_files(large)
    kari.page.get_by_text("regnskap.pdf: forbindelsen er brutt.").first.wait_for()
    kari.look("broken")
    kari.page.on("dialog", lambda dialog: dialog.accept())
    kari.page.reload()
    kari.page.unroute("**/vedlegg/deler/**")
    cut = [line for line in kari.complaints if "ERR_INTERNET_DISCONNECTED" in line]
    kari.complaints[:] = [line for line in kari.complaints if line not in cut]
    assert "Velg den samme filen på nytt for å fortsette." in kari.text()
    kari.look("half")
    again: list[str] = []
    kari.page.on("request", lambda request: again.append(request.url) if "?offset=" in request.url else None)
    kari.page.get_by_label("Regnskap").set_input_files(large)
    kari.page.get_by_role("link", name="regnskap.pdf").wait_for(timeout=60_000)
    assert "?offset=0" not in " ".join(again)
    assert handed_in(region, application) == [("regnskap.pdf", "checked")]
    assert "3,5 MB, 2 sider" in kari.text()
    kari.look("done")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_several_files_at_once_each_with_its_own_fate(
    region: Region, visitor: VisitorFactory, tmp_path: Path, size: tuple[int, int]
) -> None:
    kari = visitor(size)
    application = draft_with_papers(kari, region)
    kari.go(page_of(application))
    files = {"lokalet.jpg": a_jpeg(300, 200), "side.pdf": b"<html>", "regnskap.pdf": a_pdf()}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    kari.page.get_by_label("Regnskap").set_input_files([tmp_path / name for name in files])
    kari.page.get_by_role("link", name="regnskap.pdf").wait_for()
    assert handed_in(region, application) == [
        ("lokalet.jpg", "checked"),
        ("side.pdf", "refused"),
        ("regnskap.pdf", "checked"),
    ]
    assert "Filen må være PDF eller bilde (PNG eller JPEG)." in kari.text()
    kari.look("several")
    kari.page.get_by_role("button", name="Fjern lokalet.jpg").focus()
    kari.page.keyboard.press("Enter")
    kari.page.get_by_role("link", name="lokalet.jpg").wait_for(state="detached")
    kari.page.get_by_role("link", name="regnskap.pdf").wait_for()


def test_without_script_a_button_sends_the_file(
    region: Region, visitor: VisitorFactory, tmp_path: Path
) -> None:
    kari = visitor(PHONE, script=False)
    application = draft_with_papers(kari, region)
    kari.go(page_of(application))
    (tmp_path / "regnskap.pdf").write_bytes(a_pdf())
    kari.page.get_by_label("Regnskap").set_input_files(tmp_path / "regnskap.pdf")
    kari.press("Last opp")
    assert handed_in(region, application) == [("regnskap.pdf", "checked")]
    kari.look("sent")
    kari.page.get_by_role("button", name="Fjern regnskap.pdf").click()
    assert handed_in(region, application) == []
