"""An adviser designs a scheme: copies a neighbour's, lowers a threshold, watches the figures, publishes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from runde.foundation.people.api import Role, get_actor, grant_role
from runde.foundation.trust.api import fence
from runde.grants.designs.api import (
    Draft,
    change_draft,
    list_schemes,
    list_shelf,
    list_versions,
    set_parameter,
    share_version,
    start_draft_from_example,
)
from runde.grants.schemes.api import SchemeVersion, get_call

from .region import CALL, Region, send_applications
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
SCHEME = "Tilskudd til virksomheter rammet av smitteverntiltak"
DROP = "#v-revenue_drop-threshold"
LOWEST = "#v-revenue_drop_floor-threshold"


def horten_shares(region: Region) -> None:
    with fence(region.horten.tenant.id):
        version = get_call(CALL).scheme_version
        share_version(version=version, by=region.horten.actor("manager", region.at), at=region.at)


def arrive(visitor: Visitor, region: Region, who: str = "manager", path: str = "/moss/ordninger/") -> None:
    visitor.go(path)
    visitor.sign_in(region.moss.email(who))


def saved(visitor: Visitor, revision: int) -> None:
    visitor.page.locator(f"#draft-state[data-revision='{revision}']").wait_for()


def reached(visitor: Visitor, where: str = "#figures") -> int:
    """How many companies the page says can get support."""
    words = visitor.page.locator(where).inner_text().replace("\u00a0", " ")
    found = re.search(r"(\d+) virksomheter", words)
    assert found is not None, words
    return int(found[1])


def part(visitor: Visitor, name: str) -> None:
    visitor.page.get_by_role("link", name=name, exact=True).click()
    visitor.page.wait_for_load_state()


def own_draft(region: Region) -> Draft:
    with fence(region.moss.tenant.id):
        manager = region.moss.actor("manager", region.at)
        return start_draft_from_example(name="smittevern", by=manager, at=region.at)


def versions(region: Region) -> list[SchemeVersion]:
    with fence(region.moss.tenant.id):
        return [one for scheme in list_schemes() for one in list_versions(scheme)]


@pytest.mark.parametrize("size", SIZES)
def test_a_neighbours_scheme_becomes_ones_own(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    horten_shares(region)
    nina = visitor(size)
    arrive(nina, region)
    nina.look("schemes")
    nina.page.locator(".rd-shelf a").first.click()
    assert "Horten kommune deler versjon 1" in nina.page.locator(".rd-lead").inner_text()
    nina.look("shared")
    nina.press("Kopier ordningen fra Horten")
    assert nina.heading() == SCHEME
    assert "Kopiert fra Horten kommune" in nina.page.locator(".rd-lead").inner_text()
    before = reached(nina)
    nina.look("draft")

    nina.page.locator(DROP).fill("20")
    saved(nina, 2)
    after = reached(nina)
    assert after > before
    assert reached(nina, "#status") == after
    assert "Kravet til fall i omsetning er senket fra 30 % til 20 %." in nina.text()
    nina.look("draft-changed")

    with nina.page.expect_download() as paper:
        nina.page.get_by_role("link", name="saksvedlegget").click()
    assert Path(paper.value.path()).read_bytes().startswith(b"%PDF-")

    part(nina, "Penger og anslag")
    nina.page.locator("#id_name-0").fill("Næringsfondet")
    nina.page.locator("#id_amount-0").fill("500 000")
    nina.press("Lagre pengene")
    saved(nina, 3)
    nina.look("money")
    for name in ("Tekster", "Skjema", "Historikk"):
        part(nina, name)
        nina.look(name.lower())

    nina.press("Publiser …")
    assert nina.heading() == f"Publiser versjon 1 av «{SCHEME}»"
    nina.look("publish")
    nina.page.get_by_label("Del på hylla i regionen").check()
    nina.press("Publiser versjon 1")
    assert "Versjon 1 er publisert." in nina.text()
    nina.look("version")
    assert len(versions(region)) == 2
    assert {one.tenant_slug for one in list_shelf()} == {"moss", "horten"}


@pytest.mark.parametrize("size", SIZES)
def test_a_requirement_is_added_without_syntax(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    draft = own_draft(region)
    nina = visitor(size)
    arrive(nina, region, path=f"/moss/ordninger/kladd/{draft.id}/")
    nina.press("Legg til krav")
    nina.look("criterion-subject")
    nina.press("Ansatte")
    nina.look("criterion-kind")
    nina.page.get_by_role("link", name="er minst").click()
    nina.page.get_by_label("Minst").fill("fem")
    nina.press("Legg til kravet")
    assert "er ikke et tall vi kan lese" in nina.text()
    nina.look("criterion-error")
    nina.page.get_by_label("Minst").fill("5")
    nina.press("Legg til kravet")
    assert nina.page.locator("#v-employees_at_least-threshold").input_value() == "5"

    nina.press("Legg til krav")
    nina.press("Næring")
    nina.page.get_by_role("link", name="driver i en av disse næringene").click()
    nina.page.get_by_text("Q Undervisning").first.click()
    nina.look("criterion-industry")
    nina.go(f"/moss/ordninger/kladd/{draft.id}/sporsmal/ny/")
    nina.look("question")
    nina.press("Legg til spørsmålet")
    nina.look("question-error")
    nina.go(f"/moss/ordninger/kladd/{draft.id}/antakelse/fixed_costs/")
    nina.look("assumption")
    nina.page.get_by_label("Hvor kommer tallene fra?").fill("")
    nina.press("Lagre antakelsen")
    assert "Skriv hvor tallene kommer fra." in nina.text()
    nina.look("assumption-error")
    nina.go("/moss/ordninger/ny/")
    nina.look("new")
    nina.page.get_by_label("Hva skal ordningen hete?").fill("Tilskudd til sommeråpne kafeer")
    nina.press("Lag kladden")
    nina.press("Legg til rad")
    nina.look("row-kind")
    nina.press("Et fast beløp til alle")
    nina.page.get_by_label("Hvor mye får hver?").fill("50 000")
    nina.look("row")
    nina.press("Legg til raden")
    assert "Fast beløp:" in nina.text()
    nina.look("draft-blank")


@pytest.mark.parametrize("size", SIZES)
def test_a_value_that_cannot_be_read_is_mended_where_it_stands(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    draft = own_draft(region)
    nina = visitor(size)
    arrive(nina, region, path=f"/moss/ordninger/kladd/{draft.id}/")
    nina.page.locator(DROP).fill("tretti")
    nina.page.get_by_text("er ikke et tall vi kan lese").first.wait_for()
    assert nina.page.locator(DROP).get_attribute("aria-invalid") == "true"
    assert nina.page.locator(DROP).input_value() == "tretti"
    nina.look("draft-error")
    nina.page.locator(DROP).fill("30")
    nina.page.locator(DROP).press("ArrowDown")
    saved(nina, 2)
    assert nina.page.locator(DROP).input_value() == "29"
    assert nina.page.locator(DROP).get_attribute("aria-invalid") is None
    nina.page.locator("#sentence-revenue_drop summary").first.click()
    formula = nina.page.locator("#formula-revenue_drop")
    formula.fill("revenue_drp >= required_drop")
    nina.press("Lagre formelen for krav 7")
    assert "Mente du «revenue_drop»?" in nina.text()
    nina.look("formula-error")
    nina.page.get_by_role("button", name="Angre").click()
    nina.page.wait_for_load_state()
    assert nina.page.locator(DROP).input_value() == "30"


def somebody_else_changes(region: Region, draft: Draft) -> None:
    moss, today = region.moss, region.at.date()
    with fence(moss.tenant.id):
        per = moss.staff["approver"]
        grant_role(person=per, role=Role.SCHEME_MANAGER, valid_from=today, by=None, at=region.at)
        content = set_parameter(draft.content, "lowest_drop", "15")
        by = get_actor(per, on=today)
        change_draft(
            draft_id=draft.id, content=content, revision=draft.revision, what="", by=by, at=region.at
        )


@pytest.mark.parametrize("size", SIZES)
def test_two_people_in_one_draft(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    draft = own_draft(region)
    nina = visitor(size)
    arrive(nina, region, path=f"/moss/ordninger/kladd/{draft.id}/")
    somebody_else_changes(region, draft)
    nina.page.locator(DROP).fill("25")
    nina.page.get_by_text("Per Strand endret kladden").first.wait_for()
    nina.look("conflict")
    nina.press("Behold mitt")
    assert nina.page.locator(DROP).input_value() == "25"
    assert nina.page.locator(LOWEST).input_value() == "15"


def test_the_core_edit_without_script(region: Region, visitor: VisitorFactory) -> None:
    draft = own_draft(region)
    nina = visitor(DESKTOP, script=False)
    arrive(nina, region, path=f"/moss/ordninger/kladd/{draft.id}/")
    before = reached(nina)
    nina.page.locator(DROP).fill("tretti")
    nina.press("Lagre krav 7")
    assert "Rett dette før du går videre" in nina.text()
    nina.look("draft-error")
    nina.page.locator(DROP).fill("20")
    nina.press("Lagre krav 7")
    assert nina.page.locator(DROP).input_value() == "20"
    assert reached(nina) > before
    nina.look("draft")
    nina.page.get_by_role("button", name="Angre").click()
    assert nina.page.locator(DROP).input_value() == "30"
    somebody_else_changes(region, draft_now(region, draft))
    nina.page.locator(DROP).fill("25")
    nina.press("Lagre krav 7")
    assert "Per Strand endret kladden" in nina.text()
    nina.press("Behold mitt")
    assert nina.page.locator(DROP).input_value() == "25"


def draft_now(region: Region, draft: Draft) -> Draft:
    with fence(region.moss.tenant.id):
        return Draft.objects.get(id=draft.id)


@pytest.mark.parametrize("size", SIZES)
def test_an_officer_tries_and_saves_nothing(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    draft = own_draft(region)
    ida = visitor(size)
    arrive(ida, region, who="officer", path=f"/moss/ordninger/kladd/{draft.id}/")
    assert "Ingenting blir lagret" in ida.text()
    before = reached(ida)
    ida.page.locator(DROP).fill("20")
    ida.page.get_by_text("Du prøver.").wait_for()
    assert reached(ida) > before
    ida.look("tried")
    assert draft_now(region, draft).revision == draft.revision


@pytest.mark.parametrize("size", SIZES)
def test_a_version_is_tried_on_what_has_been(
    region: Region, visitor: VisitorFactory, size: tuple[int, int], tmp_path: Path
) -> None:
    send_applications(region.moss)
    nina = visitor(size)
    arrive(nina, region)
    nina.press(SCHEME)
    nina.press("Lag ny kladd fra versjonen")
    nina.page.locator(DROP).fill("25")
    saved(nina, 2)
    nina.press("Publiser …")
    nina.look("publish-second")
    nina.press("Publiser versjon 2")
    nina.press("Forskjeller fra versjon 1")
    assert nina.heading() == "1 forskjell fra versjon 1 til 2"
    nina.look("differences")
    nina.page.go_back()
    nina.page.get_by_role("link", name="Se hvem som ville fått").click()
    assert nina.heading() == "1 av 7 saker blir annerledes"
    nina.look("replayed")
    nina.page.go_back()
    nina.page.get_by_role("link", name="Flytt åpne saker hit").click()
    nina.look("move")
    nina.page.get_by_label("Hvorfor skal sakene vurderes").fill("Kommunestyret senket kravet.")
    nina.press("Flytt 7 saker")
    assert "7 saker er flyttet til versjon 2." in nina.text()

    nina.press("Prøv eksempler mot reglene")
    file = tmp_path / "saker.csv"
    with nina.page.expect_download() as download:
        nina.page.get_by_role("link", name="Last ned en mal").click()
    rows = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    file.write_text("\r\n".join([*rows, rows[1].replace("1;", "2;", 1).replace("Klar", "Oppfyller ikke")]))
    nina.page.get_by_label("Fil med eksempler").set_input_files(file)
    nina.press("Prøv eksemplene")
    assert "2 saker" in nina.heading()
    nina.look("scenarios")
