"""Parts of the form, conditions, checks, the bank and trying the form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runde.foundation.forms.api import list_bank
from runde.grants.designs.api import Draft
from tests.web.designer.asking.test_questions import SLUG, WORDS, add, asked, at, order
from tests.web.designer.conftest import Designers
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db


def form_of(designers: Designers, draft: Draft) -> dict[str, Any]:
    found: dict[str, Any] = designers.now(draft).content["form"]
    return found


def test_a_part_is_made_changed_and_taken_away(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    assert nina.post(at(draft, "ny-del/"), {"title_nb": ""}).status_code == 422
    nina.post(at(draft, "ny-del/"), {"title_nb": "Prosjektet"})
    slugs = [one["slug"] for one in form_of(designers, draft)["sections"]]
    assert slugs.index("prosjektet") == len(slugs) - 3  # before account number and declaration
    assert "Delen har ingen spørsmål ennå." in text_of(nina.get(at(draft, "")))
    nina.post(at(draft, "del/prosjektet/"), {"title_nb": "Tiltaket", "why_nb": "Vi må vite hva."})
    assert "Vi må vite hva." in text_of(nina.get(at(draft, "")))
    nina.post(at(draft, "del/prosjektet/slett/"))
    assert "prosjektet" not in [one["slug"] for one in form_of(designers, draft)["sections"]]
    refused = nina.post(at(draft, "del/costs/slett/"))
    assert refused.status_code == 422
    assert "Det er i bruk i opplysningen" in text_of(refused)


def test_an_empty_part_keeps_the_draft_from_being_published(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    nina.post(
        at(draft, "ny-del/"), {"title_nb": "Prosjektet", "title_nn": "Prosjektet", "title_en": "Project"}
    )
    page = text_of(nina.get(f"/moss/ordninger/kladd/{draft.id}/publiser/"))
    assert "Delen «Prosjektet» i skjemaet har ingen spørsmål." in page
    assert "Gå til delen" in page


def test_a_condition_is_chosen_comparison_by_comparison(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    here = at(draft, "vilkar/vises/fixed_costs/")
    assert "Vises alltid." in text_of(nina.get(here))
    nina.post(f"{here}ny/", {"om": "exceptional_circumstances", "kind": "is_true"})
    nina.post(f"{here}ny/", {"om": "employees", "kind": "at_least", "value": ["5", ""], "joined": "or"})
    assert asked(designers, draft, "fixed_costs")["shown_if"] == "exceptional_circumstances OR employees >= 5"
    assert form_of(designers, draft)["known"] == {"employees": "integer"}
    page = text_of(nina.get(here))
    assert "Vises bare når «Er det særlige forhold vi bør vite om?» er ja eller «Ansatte» er minst 5." in page
    nina.post(here, {"act": "drop", "place": "0"})
    assert asked(designers, draft, "fixed_costs")["shown_if"] == "employees >= 5"
    nina.post(here, {"act": "clear"})
    assert "shown_if" not in asked(designers, draft, "fixed_costs")


def test_a_part_may_have_a_condition_and_an_answer_be_demanded_by_one(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    nina.post(at(draft, "vilkar/del/aid/ny/"), {"om": "exceptional_circumstances", "kind": "is_false"})
    [aid] = [one for one in form_of(designers, draft)["sections"] if one["slug"] == "aid"]
    assert aid["shown_if"] == "NOT exceptional_circumstances"
    nina.post(
        at(draft, "vilkar/kreves/fixed_costs/ny/"), {"om": "municipality", "kind": "one_of", "value": "3103"}
    )
    assert asked(designers, draft, "fixed_costs")["required_if"] == "municipality IN ('3103')"
    assert "Må besvares når «Kommune» er «Moss»." in text_of(nina.get(at(draft, "")))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"om": "employees", "kind": "at_least", "value": "fem"}, "er ikke et tall vi kan lese"),
        ({"om": "employees", "kind": "between", "value": "5"}, "Skriv begge verdiene."),
        ({"om": "employees", "kind": "sings", "value": "5"}, "Velg hvordan svaret skal sammenlignes."),
    ],
)
def test_a_comparison_that_says_nothing_is_sent_back(
    designers: Designers, sent: dict[str, Any], sentence: str
) -> None:
    draft = designers.draft()
    page = designers.as_("manager").post(at(draft, "vilkar/vises/fixed_costs/ny/"), sent)
    assert page.status_code == 422
    assert sentence in text_of(page)


def test_a_formula_is_judged_and_kept_as_typed(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    here = at(draft, "vilkar/vises/fixed_costs/")
    page = nina.post(here, {"act": "formula", "formula": "employes * 2 > 10"})
    assert page.status_code == 422
    assert "Mente du «employees»?" in text_of(page)
    assert "employes * 2 &gt; 10" in page.content.decode()
    nina.post(here, {"act": "formula", "formula": "employees * 2 > 10"})
    assert "formelen stemmer: employees * 2 > 10" in " ".join(text_of(nina.get(here)).split())


def test_questions_that_wait_for_each_other_are_refused(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    nina.post(
        at(draft, "vilkar/vises/exceptional_circumstances/ny/"),
        {"om": "fixed_costs", "kind": "more_than", "value": "1"},
    )
    page = nina.post(
        at(draft, "vilkar/vises/fixed_costs/ny/"), {"om": "exceptional_circumstances", "kind": "is_true"}
    )
    assert page.status_code == 422
    assert "vises bare hvis de selv er besvart" in text_of(page)


def test_an_answer_is_checked_with_words_of_its_own(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    here = at(draft, "sporsmal/fixed_costs/kontroll/")
    page = nina.post(here, {"om": "fixed_costs", "kind": "at_least", "value": "1 000"})
    assert "Skriv hva søkeren skal lese når det ikke stemmer." in text_of(page)
    assert "1 000" in page.content.decode()
    told = {"message_nb": "Ta med alle kostnadene."}
    nina.post(here, {"om": "fixed_costs", "kind": "at_least", "value": "1 000", **told})
    [check] = form_of(designers, draft)["checks"]
    assert (check["check"], check["at"]) == ("fixed_costs >= 1000", "fixed_costs")
    shown = text_of(nina.get(at(draft, "sporsmal/fixed_costs/")))
    assert "Ellers leser søkeren: «Ta med alle kostnadene.»" in shown
    standing = f"{here}{check['slug']}/"
    nina.post(standing, {"formula": "fixed_costs >= 2000", **told})
    assert form_of(designers, draft)["checks"][0]["check"] == "fixed_costs >= 2000"
    nina.post(standing, {"go": "drop"})
    assert "checks" not in form_of(designers, draft)


def test_an_answer_is_held_against_another(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    page = nina.get(at(draft, "sporsmal/fixed_costs/kontroll/"))
    assert "Eller sammenlign med et annet svar" in text_of(page)
    other = {
        "om": "fixed_costs",
        "kind": "at_most",
        "other": "{revenue_comparison}",
        "message_nb": "For mye.",
    }
    nina.post(at(draft, "sporsmal/fixed_costs/kontroll/"), other)
    assert form_of(designers, draft)["checks"][0]["check"] == "fixed_costs <= revenue_comparison"


def test_a_question_goes_to_the_bank_and_comes_back_as_a_copy(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    add(nina, draft, "text")
    nina.post(at(draft, f"sporsmal/{SLUG}/banken/"))
    [shelved] = list_bank()
    assert shelved.tenant_name == "Moss kommune"
    assert WORDS["label_nb"] in text_of(nina.get(at(draft, "banken/"), {"sok": "lærlinger"}))
    assert "Ingen spørsmål i banken passer søket." in text_of(
        nina.get(at(draft, "banken/"), {"sok": "hvalfangst"})
    )
    nina.post(at(draft, "banken/"), {"del": "aid", "sporsmal": str(shelved.id)})
    assert f"{SLUG}_2" in order(designers, draft)
    nina.post(at(draft, "banken/ta-ut/"), {"sporsmal": str(shelved.id)})
    assert list_bank() == []
    gone = nina.post(at(draft, "banken/"), {"del": "aid", "sporsmal": str(shelved.id)}, follow=True)
    assert "Spørsmålet ligger ikke lenger i spørsmålsbanken." in text_of(gone)


def test_the_form_is_tried_and_nothing_is_stored(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    nina.post(
        at(draft, "vilkar/vises/exceptional_text/ny/"), {"om": "exceptional_circumstances", "kind": "is_true"}
    )
    revision = designers.now(draft).revision
    here = at(draft, "prov/")
    section = next(
        one["slug"]
        for one in form_of(designers, draft)["sections"]
        if "exceptional_text" in [question["slug"] for question in one["questions"]]
    )
    first = nina.get(here, {"del": section})
    assert "Fortell kort" not in text_of(first)
    told = nina.post(here, {"del": section, "exceptional_circumstances": "yes"})
    assert "Fortell kort" in text_of(told)
    english = nina.post(here, {"del": section, "exceptional_circumstances": "yes", "sprak": "en"})
    assert 'lang="en"' in english.content.decode()
    onward = nina.post(here, {"del": section, "exceptional_circumstances": "yes", "go": "next"})
    assert "&quot;exceptional_circumstances&quot;: true" in onward.content.decode()
    assert designers.now(draft).revision == revision


@pytest.mark.parametrize(
    "carried", ["[]", "{", json.dumps({"fixed_costs": {"a": 1}, "gone": "x"}), "x" * 200_000]
)
def test_made_up_answers_do_no_harm(designers: Designers, carried: str) -> None:
    draft = designers.draft()
    page = designers.as_("manager").post(at(draft, "prov/"), {"svar": carried})
    assert page.status_code == 200


def test_the_page_asks_the_database_as_often_however_long_the_form(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    nina.get(at(draft, ""))
    with CaptureQueriesContext(connection) as few:
        nina.get(at(draft, ""))
    for _ in range(4):
        add(nina, draft, "text")
    with CaptureQueriesContext(connection) as many:
        nina.get(at(draft, ""))
    assert len(many) == len(few)
