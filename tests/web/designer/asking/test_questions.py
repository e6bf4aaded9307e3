"""Questions made and changed on their pages; what was typed is kept when it cannot be used."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from runde.grants.designs.api import Draft
from tests.web.designer.conftest import Designers
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db

WORDS = {
    "label_nb": "Hvor mange lærlinger har dere?",
    "label_nn": "Kor mange lærlingar?",
    "label_en": "How many?",
}
WHEN = {"required": "yes", "required_from": "submit"}


def at(draft: Draft, part: str) -> str:
    return f"/moss/ordninger/kladd/{draft.id}/skjema/{part}"


def add(client: Client, draft: Draft, kind: str, section: str = "costs", **more: Any) -> Any:
    return client.post(at(draft, f"del/{section}/sporsmal/"), {"slag": kind, **WORDS, **WHEN, **more})


def asked(designers: Designers, draft: Draft, slug: str) -> dict[str, Any]:
    sections = designers.now(draft).content["form"]["sections"]
    found: dict[str, Any] = next(one for part in sections for one in part["questions"] if one["slug"] == slug)
    return found


def order(designers: Designers, draft: Draft) -> list[str]:
    sections = designers.now(draft).content["form"]["sections"]
    return [one["slug"] for part in sections for one in part["questions"]]


COLUMN = {
    "columns-0-nb": "Hva",
    "columns-0-kind": "text",
    "columns-0-required": "yes",
    "columns-0-sum": "no",
}
SLUG = "hvor_mange_laerlinger_har_dere"
SETTINGS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("text", {"longest": "80"}, {"longest": 80}),
    ("integer", {"least": "1", "most": "1 000"}, {"least": 1, "most": 1000}),
    ("decimal", {"most": "2,5", "decimals": "1"}, {"most": "2.5", "decimals": 1}),
    ("share", {"most": "30 %"}, {"most": "0.3"}),
    (
        "money",
        {"least": "0", "most": "kr 412.000", "decimals": "0"},
        {"least": "0", "most": "412000", "decimals": 0},
    ),
    ("date", {"earliest": "1.3.2026"}, {"earliest": "2026-03-01"}),
    ("file", {"most": "3", "kinds": ["pdf", "image"]}, {"most": 3, "kinds": ["image", "pdf"]}),
    ("municipality", {"among": "Moss\n3901"}, {"among": ["3103", "3901"]}),
    ("account_number", {}, {}),
    ("yes_no", {"personal": "yes", "keep_months": "6"}, {"personal": True, "keep_months": 6}),
    ("text", {"required": "no", "required_from": "payment"}, {"required": False, "required_from": "payment"}),
    ("text", {"error_empty_nb": "Skriv noe."}, {"errors": {"empty": {"nb": "Skriv noe."}}}),
    (
        "choice",
        {
            "options-0-nb": "Kurs",
            "options-0-en": "Course",
            "options-1-nb": "Annet",
            "options-1-code": "other",
        },
        {
            "options": [
                {"value": "kurs", "label": {"nb": "Kurs", "en": "Course"}},
                {"value": "other", "label": {"nb": "Annet"}},
            ]
        },
    ),
    (
        "table",
        {
            "columns-0-nb": "Slag",
            "columns-0-kind": "choice",
            "columns-0-required": "yes",
            "columns-0-sum": "no",
            "columns-0-options": "Lønn / Løn / Wages; Varer",
            "columns-1-nb": "Beløp",
            "columns-1-kind": "money",
            "columns-1-required": "no",
            "columns-1-sum": "yes",
            "most_rows": "10",
        },
        {
            "columns": [
                {
                    "slug": "slag",
                    "type": "choice",
                    "label": {"nb": "Slag"},
                    "options": [
                        {"value": "lonn", "label": {"nb": "Lønn", "nn": "Løn", "en": "Wages"}},
                        {"value": "varer", "label": {"nb": "Varer"}},
                    ],
                },
                {
                    "slug": "belop",
                    "type": "money",
                    "label": {"nb": "Beløp"},
                    "least": "0",
                    "required": False,
                    "sum": True,
                },
            ],
            "most_rows": 10,
        },
    ),
]


@pytest.mark.parametrize(("kind", "typed", "expected"), SETTINGS)
def test_a_question_of_each_kind_is_made_with_its_settings(
    designers: Designers, kind: str, typed: dict[str, Any], expected: dict[str, Any]
) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    answer = add(nina, draft, kind, **typed)
    assert answer.status_code == 302, text_of(answer)
    made = asked(designers, draft, SLUG)
    plain = {"slug", "type", "label"}
    assert made["type"] == kind
    assert {name: one for name, one in made.items() if name not in plain} == expected
    page = nina.get(at(draft, f"sporsmal/{SLUG}/"))
    assert page.status_code == 200
    assert "Lagre spørsmålet" in text_of(page)


@pytest.mark.parametrize(("kind", "typed", "expected"), SETTINGS)
def test_saving_a_page_untouched_changes_nothing(
    designers: Designers, kind: str, typed: dict[str, Any], expected: dict[str, Any]
) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    add(nina, draft, kind, **typed)
    before = designers.now(draft)
    sent = fields_of(nina.get(at(draft, f"sporsmal/{SLUG}/")))
    assert nina.post(at(draft, f"sporsmal/{SLUG}/"), sent).status_code == 302
    assert designers.now(draft).revision == before.revision


def fields_of(page: Any) -> dict[str, list[str]]:
    """What a browser would send from the page's own form, untouched."""
    from lxml import html

    form = html.fromstring(page.content).xpath("//form[.//input[@name='was']]")[0]
    return {
        name: [value for key, value in form.form_values() if key == name] for name, _ in form.form_values()
    }


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("text", {"label_nb": ""}, "Skriv spørsmålet på bokmål."),
        ("declaration", {"label_nb": ""}, "Skriv erklæringen på bokmål."),
        ("integer", {"least": "mange"}, "Skriv «Minste svar» som et helt tall"),
        ("integer", {"least": "5", "most": "2"}, "Den øvre grensen kan ikke være lavere enn den nedre."),
        ("municipality", {"among": "Atlantis"}, "Vi kjenner ikke «Atlantis»."),
        ("choice", {}, "Skriv minst ett valg."),
        ("choice", {"options-0-nb": "Ja", "options-1-nb": "ja"}, "«ja» står to ganger."),
        (
            "table",
            COLUMN | {"columns-0-sum": "yes"},
            "kan ikke summeres",
        ),
        ("table", COLUMN | {"columns-0-kind": "choice"}, "Skriv valgene i «Hva»"),
        ("text", {"error_empty_nb": "Skriv {noe}."}, "har et felt vi ikke kan fylle ut"),
    ],
)
def test_what_cannot_be_used_is_told_and_what_was_typed_stands(
    designers: Designers, kind: str, typed: dict[str, Any], sentence: str
) -> None:
    draft = designers.draft()
    page = add(designers.as_("manager"), draft, kind, help_nb="Bare de med avtale.", **typed)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert "Bare de med avtale." in page.content.decode()
    assert designers.now(draft).revision == draft.revision


def test_a_question_that_somebody_changed_meanwhile_is_not_written_over(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    address = at(draft, "sporsmal/fixed_costs/")
    mine, theirs = fields_of(nina.get(address)), fields_of(nina.get(address))
    nina.post(address, theirs | {"label_nb": "Faste utgifter"})
    page = nina.post(address, mine | {"label_nb": "Kostnader"})
    assert page.status_code == 409
    assert "Noen har endret spørsmålet mens du skrev." in text_of(page)
    assert nina.post(address, fields_of(page)).status_code == 302
    assert asked(designers, draft, "fixed_costs")["label"]["nb"] == "Kostnader"


def test_a_question_moves_through_the_form_one_step_at_a_time(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    before = order(designers, draft)
    place = before.index("fixed_costs")
    move = {"what": "question", "slug": "fixed_costs"}
    nina.post(at(draft, "flytt/"), move | {"way": "up"})
    assert order(designers, draft).index("fixed_costs") == place  # last in the part before
    nina.post(at(draft, "flytt/"), move | {"way": "up"})
    assert order(designers, draft).index("fixed_costs") == place - 1
    for _ in range(2):
        nina.post(at(draft, "flytt/"), move | {"way": "down"})
    assert order(designers, draft) == before
    assert nina.post(at(draft, "flytt/"), move | {"way": "sideways"}).status_code == 404


def test_a_question_in_use_is_kept_and_its_users_are_named(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    page = nina.get(at(draft, "sporsmal/fixed_costs/slett/"))
    assert "Spørsmålet er i bruk og kan ikke slettes ennå" in text_of(page)
    assert "Opplysningen «Faste kostnader i perioden»" in text_of(page)
    refused = nina.post(at(draft, "sporsmal/fixed_costs/slett/"))
    assert refused.status_code == 422
    assert "fixed_costs" in order(designers, draft)


def test_a_deleted_question_comes_back_by_undo(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    add(nina, draft, "text")
    nina.post(at(draft, f"sporsmal/{SLUG}/slett/"))
    assert SLUG not in order(designers, draft)
    revision = designers.now(draft).revision
    nina.post(f"/moss/ordninger/kladd/{draft.id}/angre/", {"revision": revision, "page": "draft_form"})
    assert SLUG in order(designers, draft)


def test_the_kind_of_answer_may_be_changed(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    add(nina, draft, "text", longest="80")
    assert "Nytt svar på" in text_of(nina.get(at(draft, f"sporsmal/{SLUG}/"), {"slag": "velg"}))
    sent = fields_of(nina.get(at(draft, f"sporsmal/{SLUG}/"), {"slag": "integer"}))
    assert nina.post(at(draft, f"sporsmal/{SLUG}/"), sent).status_code == 302
    made = asked(designers, draft, SLUG)
    assert (made["type"], made["label"]["nb"], "longest" in made) == ("integer", WORDS["label_nb"], False)


def test_the_rules_may_use_an_answer_by_a_name_of_its_own(designers: Designers) -> None:
    draft, nina = designers.draft(), designers.as_("manager")
    add(nina, draft, "integer")
    address = at(draft, f"sporsmal/{SLUG}/reglene/")
    assert nina.post(address, {"name_nb": "Lærlinger"}).status_code == 422
    names = {"name_nb": "Lærlinger", "name_nn": "Lærlingar", "name_en": "Apprentices"}
    assert nina.post(address, names)["Location"].endswith(f"krav/ny/?opplysning={SLUG}")
    [fact] = [one for one in designers.now(draft).content["rules"]["facts"] if one["name"] == SLUG]
    assert fact["label"]["nb"] == "Lærlinger"
    assert "Gir «Lærlinger» til reglene." in text_of(nina.get(at(draft, f"sporsmal/{SLUG}/")))


def test_only_managers_build_and_the_others_read(designers: Designers) -> None:
    draft = designers.draft()
    ida = designers.as_("officer")
    assert ida.get(at(draft, "sporsmal/fixed_costs/")).status_code == 403
    page = text_of(ida.get(at(draft, "")))
    assert "Flytt opp" not in page
    assert ida.get(at(draft, "prov/")).status_code == 200
