"""What leaves the house: files and the council's paper hold the public figures, in every form they take."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from typing import Any

import pypdf
import pytest

from runde.engine.whatif import Reach
from runde.web.components.charts import Figure
from runde.web.designer.figures import council
from runde.web.designer.figures.amounts import WITHHELD
from runde.web.designer.figures.differences import differences_of
from runde.web.designer.figures.drawings import Drawer
from runde.web.designer.figures.finding import finding_of
from runde.web.designer.figures.planned import plan
from runde.web.designer.figures.scope import Scope
from runde.web.designer.figures.spreadsheet import FILES, file_of
from tests.web.designer.figures.conftest import Planning, today, with_drop
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db
MOSS = Scope("kommune", ("3103",), "i Moss")


def rows_of(answer: Any) -> list[list[str]]:
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def told(value: int | Decimal | None) -> str:
    return WITHHELD if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def pdf_text(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join("\n".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


def test_a_file_has_the_public_figures_as_plain_numbers(planning: Planning) -> None:
    public = planning.reach("3103").public()
    for slug, groups in (("naring", public.by_industry), ("storrelse", public.by_size)):
        answer = planning.get(f"tall/{slug}.csv")
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        found = {row[0]: row[2:] for row in rows_of(answer)[1:]}
        assert found == {
            one.code: [told(one.companies), told(one.eligible), told(one.cost_nok)] for one in groups
        }


def test_rules_near_misses_costs_and_sources_have_files_too(planning: Planning) -> None:
    public = planning.reach("3103").public()
    assert [row[2:] for row in rows_of(planning.get("tall/krav.csv"))[1:]] == [
        [told(one.alone), told(one.together), told(one.not_met), told(one.unknown)] for one in public.criteria
    ]
    assert [row[3] for row in rows_of(planning.get("tall/nesten.csv"))[1:]] == [
        told(band.count) for one in public.criteria for band in one.near
    ]
    costs = (public.cost.low_nok, public.cost.middle_nok, public.cost.high_nok)
    assert [row[3] for row in rows_of(planning.get("tall/kostnad.csv"))[1:]] == [told(one) for one in costs]
    assert [row[4] for row in rows_of(planning.get("tall/kilder.csv"))[1:]] == [
        told(one.high_nok) for one in public.sources
    ]
    assert planning.get("tall/alt.csv").status_code == 404


def test_no_text_in_a_file_starts_a_formula(planning: Planning) -> None:
    planning.change(with_formula_as_requirement)
    for slug in FILES:
        for row in rows_of(planning.get(f"tall/{slug}.csv")):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'=CMD()" in {row[1] for row in rows_of(planning.get("tall/krav.csv"))}


def with_formula_as_requirement(content: dict[str, Any]) -> dict[str, Any]:
    first, *rest = content["rules"]["criteria"]
    changed = {**first, "texts": {**first["texts"], "requirement": {"nb": "=CMD()"}}}
    return {**content, "rules": {**content["rules"], "criteria": [changed, *rest]}}


@pytest.fixture
def few(planning: Planning) -> Reach:
    """The house's own figures, with groups of fewer than five in them."""
    planning.change(lambda content: with_drop(content, "40"))
    reach = planning.reach("3103")
    assert [one for one in (*reach.by_industry, *reach.by_size) if one.eligible in range(1, 5)]
    return reach


def words_of(figure: Figure) -> str:
    """Everything a reader of a figure can meet: titles, descriptions, labels and the table."""
    drawn = unescape(re.sub(r"<[^>]+>", " ", figure.svg() + figure.phone_svg))
    return f"{drawn} {figure.words.finding} {figure.description} {figure.rows}".replace("\u00a0", " ")


def withheld_sums(exact: Reach, public: Reach) -> set[str]:
    """The costs that the public may not read, as they would be written."""
    pairs = zip(
        (*exact.by_industry, *exact.by_size, *exact.by_age),
        (*public.by_industry, *public.by_size, *public.by_age),
        strict=True,
    )
    return {
        f"{one.cost_nok:,.0f}".replace(",", " ")
        for one, shown in pairs
        if one.cost_nok and shown.cost_nok is None
    }


def test_what_is_withheld_stands_nowhere_in_a_drawing(planning: Planning, few: Reach) -> None:
    public = few.public()
    secrets = withheld_sums(few, public)
    assert secrets
    drawer = Drawer(public, plan(planning.draft.content, today()), MOSS)
    for figure in drawer.all():
        words = words_of(figure)
        assert not [secret for secret in secrets if secret in words], figure.identity
    industries = next(figure for figure in drawer.all() if figure.identity == "naring")
    assert WITHHELD in words_of(industries)


def test_what_is_withheld_stands_in_no_file(planning: Planning, few: Reach) -> None:
    public = few.public()
    planned = plan(planning.draft.content, today())
    secrets = {secret.replace(" ", "") for secret in withheld_sums(few, public)}
    for slug in FILES:
        cells = {cell for line in file_of(slug, public, planned).splitlines() for cell in line.split(";")}
        assert not secrets & cells, slug


def test_a_withheld_figure_gives_no_difference(planning: Planning) -> None:
    reach = planning.reach("3103")
    hidden = replace(reach, eligible=None, median_nok=None, cost=replace(reach.cost, middle_nok=None))
    for before, after in ((reach, hidden), (hidden, reach), (hidden, hidden)):
        assert [one for one in differences_of(before, after) if "Mest endret" not in one.sentence] == []
    assert "er ikke vist" in finding_of(hidden, MOSS).sentence


def test_the_paper_says_what_the_public_may_know(planning: Planning) -> None:
    public = planning.reach("3103").public()
    answer = planning.get("saksvedlegg.pdf", "officer")
    assert answer["Content-Type"] == "application/pdf"
    text = pdf_text(answer.content)
    assert f"Forslag til ordning: {public.eligible} virksomheter kan få støtte" in text
    assert "Forslag til vedtak" in text
    assert "Næringsfondet: 1 500 300 kroner" in text
    assert "Oppdiktet register 20. november 2026" in text
    assert "Tallene er anslag og ikke vedtak." in text
    assert "Kilde: Eksempel, ikke målt" in text
    for sentence in plan(planning.draft.content, today()).requirements.values():
        assert " ".join(sentence.replace("\u00a0", " ").split()) in text
    assert "simuler" not in text.lower()


def test_the_paper_is_made_of_the_public_figures_only(
    planning: Planning, few: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(council, "reckon", lambda *asked: few)
    text = pdf_text(planning.get("saksvedlegg.pdf").content)
    secrets = withheld_sums(few, few.public())
    assert secrets
    assert not [secret for secret in secrets if secret in text]
    assert WITHHELD in text


def test_a_drawing_without_figures_is_left_out_and_said_to_be(
    planning: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach = planning.reach("3103").public()
    cost = replace(reach.cost, low_nok=None, middle_nok=None, high_nok=None)
    criteria = tuple(
        replace(one, alone=None, near=tuple(replace(band, count=None) for band in one.near))
        for one in reach.criteria
    )
    hidden = replace(reach, cost=cost, criteria=criteria)
    monkeypatch.setattr(council, "reckon", lambda *asked: hidden)
    monkeypatch.setattr(type(hidden), "public", lambda told: told)
    text = pdf_text(planning.get("saksvedlegg.pdf").content)
    assert "Kostnaden er ikke vist" not in text
    assert "Anslått kostnad i" not in text
    assert "Tall vi ikke viser" in text
    assert "Kostnaden: tallene kunne ha røpet enkelte virksomheter." in text
    assert "Hvem bare ett krav stopper: tallene kunne" in text
    assert "Hvem som er nesten innenfor: tallene kunne" in text
    assert "Nesten innenfor krav" not in text
    assert "Flest oppfyller ikke krav" in text
    assert f"{reach.eligible} virksomheter kan få støtte" in text


def test_the_paper_is_given_also_when_no_figure_can_be_drawn(
    planning: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach = planning.reach("3103").public()
    cost = replace(reach.cost, low_nok=None, middle_nok=None, high_nok=None)
    criteria = tuple(replace(one, alone=None, not_met=None, near=()) for one in reach.criteria)
    bare = replace(reach, cost=cost, criteria=criteria, by_municipality=(), by_industry=())
    monkeypatch.setattr(council, "reckon", lambda *asked: bare)
    monkeypatch.setattr(type(bare), "public", lambda told: told)
    text = pdf_text(planning.get("saksvedlegg.pdf").content)
    assert "Tall vi ikke viser" in text
    assert "Forslag til vedtak" in text


def test_nobody_reached_is_told_without_empty_lines(
    planning: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = replace(planning.reach("3103").public(), eligible=0, median_nok=None)
    monkeypatch.setattr(council, "reckon", lambda *asked: nobody)
    monkeypatch.setattr(type(nobody), "public", lambda told: told)
    text = pdf_text(planning.get("saksvedlegg.pdf").content)
    assert "Ingen virksomheter i Moss kan få støtte." in text
    assert "kroner er satt av." in text
    assert "Typisk tilskudd" not in text


def test_the_paper_is_archivable_and_accessible(planning: Planning) -> None:
    reader = pypdf.PdfReader(io.BytesIO(planning.get("saksvedlegg.pdf").content))
    xmp = reader.xmp_metadata
    assert xmp is not None
    raw = xmp.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in raw
    assert "<pdfuaid:part>1</pdfuaid:part>" in raw
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.trailer["/Root"]["/Lang"].startswith("nb")


@pytest.mark.parametrize("path", ["tall/naring.csv", "saksvedlegg.pdf"])
def test_files_are_for_those_who_work_with_schemes(planning: Planning, path: str) -> None:
    assert planning.get(path, "finance").status_code == 403
    assert planning.get(path, "auditor").status_code == 200


def test_a_place_without_companies_gets_a_sentence_instead_of_a_paper(planning: Planning) -> None:
    answer = planning.get("saksvedlegg.pdf", omrade="valgte", kommuner="Bodø")
    assert answer.status_code in range(400, 500)
    assert "Registeret har ingen virksomheter i Bodø. Velg et annet område." in text_of(answer)
