"""New requirements, questions and assumptions, each through its own page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from runde.foundation.trust.api import fence
from runde.grants.designs.api import Draft
from tests.web.designer.conftest import Designers
from tests.web.pages import heading_of, text_of

pytestmark = pytest.mark.django_db


def page_of(client: Client, draft: Draft, part: str, **asked: str) -> Any:
    return client.get(f"/moss/ordninger/kladd/{draft.id}/{part}", asked)


def add(client: Client, draft: Draft, name: str, kind: str, *values: str, **more: str) -> Any:
    sent = {"opplysning": name, "form": kind, "value": list(values), "outcome": "refuse", **more}
    return client.post(f"/moss/ordninger/kladd/{draft.id}/krav/ny/", sent)


def last_criterion(designers: Designers, draft: Draft) -> dict[str, Any]:
    found: dict[str, Any] = designers.now(draft).content["rules"]["criteria"][-1]
    return found


def test_the_steps_lead_from_fact_to_values(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    first = text_of(page_of(nina, draft, "krav/ny/"))
    assert "Ansatte" in first
    assert "Fall i omsetning" in first
    second = page_of(nina, draft, "krav/ny/", opplysning="employees")
    assert heading_of(second) == "Hva kreves om «Ansatte»?"
    assert "er minst" in text_of(second)
    third = page_of(nina, draft, "krav/ny/", opplysning="employees", form="at_least")
    assert heading_of(third) == "«Ansatte» må være minst …"


@pytest.mark.parametrize(
    ("name", "kind", "values", "expression"),
    [
        ("employees", "at_least", ["5"], "employees >= 5"),
        ("employees", "between", ["5", "20"], "employees BETWEEN 5 AND 20"),
        ("founded_date", "before", ["1.3.2026"], "founded_date < DATE '2026-03-01'"),
        ("vat_registered", "is_true", [], "vat_registered"),
        ("municipality", "one_of", ["3103", "3901"], "municipality IN ('3103', '3901')"),
        ("nace_section", "industry", ["I", "47"], "nace_section IN ('I') OR STARTS_WITH(nace_code, '47')"),
        ("legal_form", "none_of", ["ORGL"], "legal_form NOT IN ('ORGL')"),
        ("revenue_drop", "more_than", ["12,5 %"], "revenue_drop > 0.125"),
        ("fixed_costs", "at_most", ["2 mill."], "fixed_costs <= 2000000"),
    ],
)
def test_a_requirement_is_added_by_shape(
    designers: Designers, name: str, kind: str, values: list[str], expression: str
) -> None:
    draft = designers.draft()
    answer = add(designers.as_("manager"), draft, name, kind, *values)
    found = last_criterion(designers, draft)
    assert found["expression"] == expression
    assert answer["Location"].endswith(f"#sentence-{found['slug']}")
    assert set(found["texts"]["requirement"]) == {"nb", "nn", "en"}


@pytest.mark.parametrize(
    ("name", "kind", "values", "sentence"),
    [
        ("employees", "at_least", ["fem"], "er ikke et tall vi kan lese"),
        ("employees", "at_least", [""], "Kravet mangler en verdi"),
        ("founded_date", "before", ["31.2.2026"], "er ikke en dato"),
        ("nace_section", "industry", [], "Velg minst én i lista."),
    ],
)
def test_a_requirement_without_a_value_is_sent_back(
    designers: Designers, name: str, kind: str, values: list[str], sentence: str
) -> None:
    draft = designers.draft()
    page = add(designers.as_("manager"), draft, name, kind, *values)
    assert page.status_code == 422
    assert text_of(page).count(sentence) == 2
    assert designers.now(draft).revision == draft.revision


QUESTION = {
    "label-nb": "Antall årsverk",
    "label-nn": "Talet på årsverk",
    "label-en": "Full-time equivalents",
    "question-nb": "Hvor mange årsverk har virksomheten?",
    "question-nn": "Kor mange årsverk har verksemda?",
    "question-en": "How many full-time equivalents does the business have?",
    "type": "integer",
    "section": "costs",
}


def test_a_new_question_gives_a_fact_to_make_a_requirement_of(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    answer = nina.post(f"/moss/ordninger/kladd/{draft.id}/sporsmal/ny/", QUESTION)
    assert answer["Location"].endswith("krav/ny/?opplysning=antall_arsverk")
    add(nina, draft, "antall_arsverk", "at_least", "3")
    content = designers.now(draft).content
    assert last_criterion(designers, draft)["expression"] == "antall_arsverk >= 3"
    [asked] = [
        one
        for section in content["form"]["sections"]
        for one in section["questions"]
        if one["slug"] == "antall_arsverk"
    ]
    assert asked["type"] == "integer"
    assert "Hvor mange årsverk har virksomheten?" in text_of(page_of(nina, draft, "skjema/"))


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ("label-nn", "Skriv hva opplysningen heter på nynorsk."),
        ("type", "Velg hva slags svar søkeren skal gi."),
    ],
)
def test_half_a_question_is_sent_back(designers: Designers, lacking: str, sentence: str) -> None:
    draft = designers.draft()
    sent = {name: value for name, value in QUESTION.items() if name != lacking}
    page = designers.as_("manager").post(f"/moss/ordninger/kladd/{draft.id}/sporsmal/ny/", sent)
    assert page.status_code == 422
    assert text_of(page).count(sentence) == 2
    assert "Antall årsverk" in page.content.decode()


def question_in(content: dict[str, Any], slug: str) -> dict[str, Any]:
    sections = content["form"]["sections"]
    found: dict[str, Any]
    [found] = [one for section in sections for one in section["questions"] if one["slug"] == slug]
    return found


OPTIONS = {
    "options-nb": "Eier lokalet\n\n Leier  lokalet\nÆrlig talt",
    "options-nn": "Eig lokalet\nLeiger lokalet\nÆrleg talt",
    "options-en": "Owns the premises\nRents the premises\nHonestly",
}


@pytest.mark.parametrize(("kind", "fact_type"), [("choice", "text"), ("choices", "codes")])
def test_the_options_of_a_question_are_the_facts_codes(
    designers: Designers, kind: str, fact_type: str
) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    sent = {**QUESTION, **OPTIONS, "type": kind}
    nina.post(f"/moss/ordninger/kladd/{draft.id}/sporsmal/ny/", sent)
    content = designers.now(draft).content
    asked = question_in(content, "antall_arsverk")
    [fact] = [one for one in content["rules"]["facts"] if one["name"] == "antall_arsverk"]
    assert asked["type"] == ("several_choices" if kind == "choices" else "choice")
    assert [one["value"] for one in asked["options"]] == ["eier_lokalet", "leier_lokalet", "aerlig_talt"]
    assert asked["options"][1]["label"]["nn"] == "Leiger lokalet"
    assert fact["type"] == fact_type
    assert fact["codes"] == {one["value"]: one["label"] for one in asked["options"]}
    add(nina, draft, "antall_arsverk", "one_of", "leier_lokalet")
    assert "leier_lokalet" in last_criterion(designers, draft)["expression"]


@pytest.mark.parametrize(("kind", "fact_type"), [("share", "share"), ("decimal", "decimal")])
def test_a_question_can_be_for_a_share_or_a_decimal(designers: Designers, kind: str, fact_type: str) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    nina.post(f"/moss/ordninger/kladd/{draft.id}/sporsmal/ny/", {**QUESTION, "type": kind})
    add(nina, draft, "antall_arsverk", "at_least", "12,5")
    content = designers.now(draft).content
    assert question_in(content, "antall_arsverk")["type"] == kind
    value = "0.125" if kind == "share" else "12.5"
    assert last_criterion(designers, draft)["expression"] == f"antall_arsverk >= {value}"
    assert content["rules"]["facts"][-1]["type"] == fact_type


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"options-nb": "Eier"}, "Skriv minst to valg på bokmål, ett på hver linje."),
        ({"options-nn": "Eig\nLeiger"}, "Det er 2 valg på nynorsk, men 3 på bokmål."),
        ({"options-en": "Owns\nowns\nRents"}, "To av valgene på engelsk er like."),
    ],
)
def test_options_that_do_not_match_are_sent_back(
    designers: Designers, changed: dict[str, str], sentence: str
) -> None:
    draft = designers.draft()
    sent = {**QUESTION, **OPTIONS, "type": "choice", **changed}
    page = designers.as_("manager").post(f"/moss/ordninger/kladd/{draft.id}/sporsmal/ny/", sent)
    assert page.status_code == 422
    assert text_of(page).count(sentence) == 2
    assert "Rents the premises" in page.content.decode() or "options-en" in changed


def assume(client: Client, draft: Draft, name: str, **typed: Any) -> Any:
    return client.post(f"/moss/ordninger/kladd/{draft.id}/antakelse/{name}/", typed)


def test_an_assumption_is_written_with_its_source(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    typed = {
        "i-0": ["I"], "from-0": "5", "to-0": "", "share-0-0": "40", "value-0-0": "240 000",
        "share-0-1": "60", "value-0-1": "420 000", "share-1-0": "100", "value-1-0": "30 000",
        "source": "Spurt 14 virksomheter", "as_of": "1.11.2026",
    }  # fmt: skip
    answer = assume(nina, draft, "fixed_costs", **typed)
    assert answer.status_code == 302, text_of(answer)
    [found] = [one for one in designers.now(draft).content["assumptions"] if one["name"] == "fixed_costs"]
    assert found["source"] == "Spurt 14 virksomheter"
    assert [band["value"] for band in found["lines"][0]["bands"]] == ["240000", "420000"]
    page = page_of(nina, draft, "penger/")
    assert "Spurt 14 virksomheter (1. november 2026)" in text_of(page)
    html = page.content.decode()
    assert "40\u00a0%\u00a0har 240\u00a0000\u00a0kroner, 60\u00a0%\u00a0har 420\u00a0000\u00a0kroner" in html
    assert "5 eller flere" in html
    assert "Alle andre" in html


def test_assumed_shares_read_as_per_cent(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    typed = {"share-0-0": "20", "value-0-0": "5", "share-0-1": "80", "value-0-1": "32,5", "source": "SSB"}
    assume(nina, draft, "revenue_drop", **typed)
    html = page_of(nina, draft, "penger/").content.decode()
    assert "20\u00a0%\u00a0har 5\u00a0prosent, 80\u00a0%\u00a0har 32,5\u00a0prosent" in html


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"share-0-0": "100", "value-0-0": "1"}, "Skriv hvor tallene kommer fra."),
        ({"share-0-0": "90", "value-0-0": "1", "source": "SSB"}, "til sammen bli 100 prosent. Nå er de 90."),
        ({"share-0-0": "100", "value-0-0": "mye", "source": "SSB"}, "er ikke et tall vi kan lese"),
        ({"source": "SSB"}, "Skriv hvor stor andel av virksomhetene verdien gjelder."),
    ],
)
def test_an_assumption_is_never_guessed(designers: Designers, typed: dict[str, str], sentence: str) -> None:
    draft = designers.draft()
    page = assume(designers.as_("manager"), draft, "fixed_costs", **typed)
    assert page.status_code == 422
    assert text_of(page).count(sentence) == 2
    assert designers.now(draft).revision == draft.revision


def test_an_assumption_is_removed_and_then_missed(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    assume(nina, draft, "fixed_costs", go="drop")
    text = text_of(page_of(nina, draft, "penger/"))
    assert "Vi mangler en antakelse" in text
    assert "Faste kostnader i perioden: Skriv hva vi skal anta" in text


@pytest.mark.parametrize(
    "part", ["krav/ny/", "sporsmal/ny/", "antakelse/fixed_costs/", "publiser/", "forkast/"]
)
@pytest.mark.parametrize("who", ["officer", "approver", "auditor"])
def test_only_the_scheme_manager_may_add(designers: Designers, who: str, part: str) -> None:
    draft = designers.draft()
    assert page_of(designers.as_(who), draft, part).status_code == 403


def add_row(client: Client, url: str, kind: str, figure: str, base: str = "") -> Any:
    return client.post(f"{url}belop/ny/", {"slag": kind, "figure": figure, "base": base})


def test_a_blank_scheme_gets_a_calculation_row_by_row(designers: Designers) -> None:
    nina = designers.as_("manager")
    url = nina.post("/moss/ordninger/ny/", {"way": "blank", "title": "Sommerkafé"})["Location"]
    for kind, figure in (("fixed", "50 000"), ("deduction", "5 000"), ("cap", "30 000"), ("rounding", "100")):
        answer = add_row(nina, url, kind, figure)
        assert answer.status_code == 302, text_of(answer)
    text = text_of(nina.get(url))
    assert "Rundet ned til hele" in text
    with fence(designers.region.moss.tenant.id):
        draft = Draft.objects.get()
    rows = [(one["name"], one["expression"]) for one in draft.content["rules"]["amount"]]
    assert rows == [
        ("row_fixed", "row_fixed_figure"),
        ("row_deduction", "GREATEST(row_fixed - row_deduction_figure, 0)"),
        ("row_cap", "LEAST(row_deduction, row_cap_figure)"),
        ("row_rounding", "ROUND_DOWN(row_cap, 100)"),
        ("grant_nok", "row_rounding"),
    ]
    sent = {
        "act": "drop_row",
        "page": "draft",
        "part": "amount:row_rounding",
        "revision": str(draft.revision),
    }
    nina.post(f"{url}endre/", sent)
    kept = designers.now(draft).content["rules"]["amount"]
    assert [(one["name"], one["expression"]) for one in kept][-1] == ("grant_nok", "row_cap")


def test_a_share_of_what_the_applicant_tells(designers: Designers) -> None:
    nina = designers.as_("manager")
    url = nina.post("/moss/ordninger/ny/", {"way": "blank", "title": "Sommerkafé"})["Location"]
    assert "Skjemaet spør ikke om noe i kroner ennå" in text_of(
        nina.get(f"{url}belop/ny/", {"slag": "share"})
    )
    sections = {"section": "", **{k: v for k, v in QUESTION.items() if k != "section"}, "type": "money"}
    with fence(designers.region.moss.tenant.id):
        sections["section"] = Draft.objects.get().content["form"]["sections"][0]["slug"]
    nina.post(f"{url}sporsmal/ny/", sections)
    answer = add_row(nina, url, "share", "60", "antall_arsverk")
    assert answer.status_code == 302, text_of(answer)


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        ("", "Skriv et tall som er større enn 0."),
        ("mye", "Skriv beløpet med bare tall"),
        ("0", "større enn 0"),
    ],
)
def test_a_row_without_a_figure_is_sent_back(designers: Designers, figure: str, sentence: str) -> None:
    draft = designers.draft()
    page = add_row(designers.as_("manager"), f"/moss/ordninger/kladd/{draft.id}/", "cap", figure)
    assert page.status_code == 422
    assert text_of(page).count(sentence) == 2
