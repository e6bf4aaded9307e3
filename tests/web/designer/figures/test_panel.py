"""The panel says what the engine reckons, no more and no less."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from runde.engine.reference.api import number_text
from runde.engine.rules import Problem, RuleError
from runde.engine.whatif import Reach
from runde.foundation.companies.api import NoRegister
from runde.foundation.trust.api import fence
from runde.grants.designs.api import design_of, discard_draft
from runde.web.designer.figures import reckoning
from tests.web.designer.figures.conftest import Planning, with_drop
from tests.web.pages import heading_of, text_of

pytestmark = pytest.mark.django_db


def plain(count: int | Decimal | None) -> str:
    assert count is not None
    return number_text(count).replace("\u00a0", " ")


def table_rows(page: Any, figure: str) -> list[list[str]]:
    """The cells of the table behind a drawing."""
    html = page.content.decode()
    body = re.search(rf'<figure class="rd-chart" id="{figure}">.*?<tbody>(.*?)</tbody>', html, flags=re.S)
    assert body is not None
    rows = re.findall(r"<tr>(.*?)</tr>", body[1], flags=re.S)
    return [
        [unescape(cell).replace("\u00a0", " ") for cell in re.findall(r">([^<]*)</t[hd]>", row)]
        for row in rows
    ]


def test_the_finding_says_how_many_what_it_costs_and_whether_the_money_holds(planning: Planning) -> None:
    reach = planning.reach("3103")
    text = text_of(planning.get("tall/"))
    assert f"{plain(reach.eligible)} virksomheter i Moss kan få støtte." in text
    low, high = plain_millions(reach.cost.low_nok), plain_millions(reach.cost.high_nok)
    assert f"Forventet kostnad {low}–{high} mill. kroner ." in text
    assert "Rammen på 2 mill. kroner holder " in text
    assert f"Et typisk tilskudd er {plain(reach.median_nok)} kroner." in text


def plain_millions(amount_nok: Decimal | None) -> str:
    assert amount_nok is not None
    return number_text(amount_nok / 1_000_000, decimals=1)


@pytest.mark.parametrize(
    ("query", "municipalities", "words"),
    [
        ({}, ("3103",), "i Moss"),
        ({"omrade": "kommune"}, ("3103",), "i Moss"),
        ({"omrade": "region"}, ("3103", "3901"), "i regionen"),
        ({"omrade": "landet"}, (), "i hele landet"),
        ({"omrade": "valgte", "kommuner": "Stavanger, 0301"}, ("1103", "0301"), "i Stavanger og Oslo"),
    ],
)
def test_the_figures_are_for_the_place_that_is_chosen(
    planning: Planning, query: dict[str, str], municipalities: tuple[str, ...], words: str
) -> None:
    planning.change(without_municipality)
    text = text_of(planning.get("tall/", **query))
    assert f"{plain(planning.reach(*municipalities).eligible)} virksomheter {words} kan få støtte." in text


def without_municipality(content: dict[str, Any]) -> dict[str, Any]:
    rules = content["rules"]
    kept = [one for one in rules["criteria"] if one["slug"] != "municipality"]
    unused = [one for one in rules["parameters"] if one["name"] != "scheme_municipality"]
    return {**content, "rules": {**rules, "criteria": kept, "parameters": unused}}


@pytest.mark.parametrize(
    ("figure", "groups"),
    [
        ("naring", "by_industry"),
        ("storrelse", "by_size"),
        ("alder", "by_age"),
        ("kommune", "by_municipality"),
    ],
)
def test_every_group_has_its_exact_numbers(planning: Planning, figure: str, groups: str) -> None:
    planning.change(without_municipality)
    reach = planning.reach()
    told = table_rows(planning.get("tall/", omrade="landet"), figure)
    expected = [
        [plain(one.eligible), plain(one.companies), plain(one.cost_nok)]
        for one in getattr(reach, groups)
        if one.eligible
    ]
    assert sorted(row[1:] for row in told) == sorted(expected)


def test_each_rule_tells_whom_it_stops_alone_and_with_others(planning: Planning) -> None:
    reach = planning.reach("3103")
    told = {row[0].partition(".")[0]: row[1:] for row in table_rows(planning.get("tall/"), "krav")}
    numbers = {one["slug"]: str(at) for at, one in enumerate(planning.draft.content["rules"]["criteria"], 1)}
    assert told == {
        numbers[one.slug]: [plain(one.alone), plain(one.together), plain(one.not_met)]
        for one in reach.criteria
        if one.not_met
    }


def test_those_just_outside_are_told_by_distance(planning: Planning) -> None:
    reach = planning.reach("3103")
    rows = table_rows(planning.get("tall/"), "nesten")
    assert [row[2] for row in rows] == [
        plain(band.count)
        for one in reach.criteria
        if any(band.count for band in one.near)
        for band in one.near
    ]
    assert "høyst 1 prosentpoeng" in [row[1] for row in rows]
    assert "over 1 til 5 prosentpoeng" in [row[1] for row in rows]


def test_the_cost_stands_against_the_money(planning: Planning) -> None:
    reach = planning.reach("3103")
    rows = table_rows(planning.get("tall/"), "kostnad")
    costs = (reach.cost.low_nok, reach.cost.middle_nok, reach.cost.high_nok)
    assert [row[1:3] for row in rows] == [
        [plain(cost), plain(count)] for cost, count in zip(costs, reach.applicants, strict=True)
    ]
    used = [one.middle_nok for one in reach.sources]
    shown = [row[3] for row in table_rows(planning.get("tall/"), "kilder")]
    assert [Decimal(text.replace(" ", "").replace(",", ".")) * 1000 for text in shown] == pytest.approx(
        [float(one) for one in used if one is not None], abs=50
    )


def test_the_difference_from_the_published_version_is_said_with_an_arrow(planning: Planning) -> None:
    before = planning.reach("3103")
    planning.change(lambda content: with_drop(content, "20"))
    after = planning.reach("3103")
    text = text_of(planning.get("tall/"))
    assert "Endret fra versjon 1" in text
    assert f"▲ {more_of(before, after)} flere virksomheter kan få støtte: {span_of(before, after)}." in text
    text = text_of(planning.get("tall/", mot=f"start:{planning.draft.id}"))
    assert "Endret fra slik kladden begynte" in text


def more_of(before: Reach, after: Reach) -> str:
    assert before.eligible is not None
    assert after.eligible is not None
    return plain(after.eligible - before.eligible)


def span_of(before: Reach, after: Reach) -> str:
    return f"fra {plain(before.eligible)} til {plain(after.eligible)}"


def test_a_raised_threshold_is_told_against_another_draft(planning: Planning) -> None:
    other = planning.copy()
    before = planning.reach("3103")
    planning.change(lambda content: with_drop(content, "60"))
    after = planning.reach("3103")
    text = text_of(planning.get("tall/", mot=f"kladd:{other.id}"))
    fewer = more_of(after, before)
    assert f"▼ {fewer} færre virksomheter kan få støtte: {span_of(before, after)}." in text


def test_an_edit_and_its_opposite_leave_no_difference(planning: Planning) -> None:
    start = f"kladd:{planning.draft.id}"
    assert "Tallene er de samme." in text_of(planning.get("tall/", mot=start))


def test_assumptions_are_shown_with_their_source_and_a_way_to_change_them(planning: Planning) -> None:
    page = planning.get("tall/")
    text = text_of(page)
    assert "Kilde: Eksempel, ikke målt" in text
    assert "Overnatting og servering uten ansatte" in text
    assert f'href="{planning.base}penger/#antakelser"' in page.content.decode()


def test_what_nobody_has_stated_is_asked_for(planning: Planning) -> None:
    planning.change(lambda content: {**content, "assumptions": [], "take_up": {}})
    text = text_of(planning.get("tall/"))
    assert "Vi vet ikke omsetning i perioden for virksomhetene. Oppgi en antakelse." in text
    assert "Vi vet ikke hvor mange som vil søke, og regner med at alle gjør det. Oppgi en antakelse." in text
    assert "Ingen virksomheter i Moss kan få støtte." in text


def test_the_register_is_named_with_its_day(planning: Planning) -> None:
    assert "Kilde: Oppdiktet register 20. november 2026, 4 000 virksomheter." in text_of(
        planning.get("tall/")
    )


def test_rules_that_exclude_each_other_are_pointed_out(planning: Planning) -> None:
    def with_another_industry(content: dict[str, Any]) -> dict[str, Any]:
        rules = content["rules"]
        texts = {"requirement": {"nb": "Bygg."}, "not_met": {"nb": "Ikke bygg."}}
        other = {"slug": "other", "expression": "nace_section = 'F'", "texts": texts}
        return {**content, "rules": {**rules, "criteria": [*rules["criteria"], other]}}

    planning.change(with_another_industry)
    assert "Ingen virksomheter kan oppfylle krav 1 og 9 samtidig." in text_of(planning.get("tall/"))


def test_old_figures_stay_when_the_new_ones_cannot_be_reckoned(
    planning: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = planning.get("tall/")
    finding = re.search(r"[\d ]+virksomheter i Moss kan få støtte", text_of(before))
    assert finding is not None

    def broken(content: Any, on: Any, municipalities: Any = ()) -> Any:
        if content["rules"]["criteria"][0]["expression"] == "broken":
            raise RuleError(Problem("x", "Uttrykket kan ikke leses."))
        return planning.register.reach(design_of(content), on, municipalities)

    monkeypatch.setattr(reckoning, "reach_of", broken)
    with fence(planning.moss.id):
        rules = planning.draft.content["rules"]
        criteria = [{**rules["criteria"][0], "expression": "broken"}, *rules["criteria"][1:]]
        planning.draft.content = {**planning.draft.content, "rules": {**rules, "criteria": criteria}}
        planning.draft.save(update_fields=["content"])
    text = text_of(planning.get("tall/"))
    assert "Tallene er fra før den siste endringen" in text
    assert "Uttrykket kan ikke leses." in text
    assert finding[0].strip() in text


def test_without_a_register_the_panel_says_how_to_get_one(
    planning: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> None:
        raise NoRegister

    monkeypatch.setattr(reckoning, "register_extract", none)
    page = planning.get("tall/")
    assert page.status_code == 200
    assert "Ingen virksomheter er lest inn ennå" in text_of(page)


def test_script_gets_the_panel_alone_with_its_announcement(planning: Planning) -> None:
    page = planning.as_("manager").get(
        f"{planning.base}tall/",
        {"omrade": "landet"},
        headers={
            "HX-Request": "true",
            "HX-Current-URL": f"http://testserver{planning.base}?kort=1&omrade=kommune",
        },
    )
    html = page.content.decode()
    assert html.count("<h1") == 0
    assert 'id="status" hx-swap-oob="true">' in html
    assert page["HX-Replace-Url"] == f"{planning.base}?omrade=landet&kort=1"
    assert f'action="{planning.base}"' in html


def test_the_drafts_own_page_shows_the_panel_and_keeps_the_place_through_an_edit(planning: Planning) -> None:
    assert 'id="figures"' in planning.get("").content.decode()
    page = planning.as_("manager").post(
        f"{planning.base}endre/",
        {
            "act": "sentence",
            "revision": planning.draft.revision,
            "page": "draft",
            "v:revenue_drop:threshold": "20",
            "part": "revenue_drop",
        },
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{planning.base}?omrade=landet"},
    )
    html = page.content.decode()
    assert 'id="figures" aria-labelledby="figures-heading" hx-swap-oob="true"' in html
    assert '<option value="landet" selected>' in html


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ({"omrade": "mars"}, 200, "i Moss kan få støtte"),
        ({"omrade": "valgte", "kommuner": "Hogwarts"}, 200, "Vi kjenner ikke kommunen «Hogwarts»."),
        ({"omrade": "valgte", "kommuner": "<script>"}, 200, "Vi kjenner ikke kommunen «<script>»."),
        ({"omrade": "valgte", "kommuner": ",".join(["3103"] * 1000)}, 200, "i Moss kan få støtte"),
        (
            {"omrade": "valgte", "kommuner": ",".join(f"{n:05d}" for n in range(10_000))},
            200,
            "for mange kommuner",
        ),
        ({"omrade": "valgte", "kommuner": "a,b,c,d,e"}, 200, "«a», «b», «c» og 2 til."),
        ({"omrade": "valgte", "kommuner": ""}, 200, "Hvilke kommuner?"),
        ({"mot": "versjon:nei"}, 404, "Vi finner ikke denne siden"),
        ({"mot": "'; drop table"}, 404, "Vi finner ikke denne siden"),
        ({"mot": "versjon:00000000-0000-4000-8000-000000000000"}, 404, "Vi finner ikke denne siden"),
    ],
)
def test_a_hostile_address_gets_a_sentence(
    planning: Planning, query: dict[str, str], status: int, sentence: str
) -> None:
    page = planning.get("tall/", **query)
    assert page.status_code == status
    assert sentence in text_of(page)
    assert "<script>»" not in page.content.decode()


def test_another_towns_draft_does_not_exist(planning: Planning) -> None:
    client = planning.as_("manager")
    for part in ("tall/", "tall/naring.csv", "sammenlign/", "saksvedlegg.pdf"):
        assert client.get(f"/moss/ordninger/kladd/{planning.theirs.id}/{part}").status_code == 404
        assert client.get(f"/horten/ordninger/kladd/{planning.theirs.id}/{part}").status_code == 404
    for ref in (f"kladd:{planning.theirs.id}", f"start:{planning.theirs.id}"):
        assert planning.get("tall/", mot=ref).status_code == 404
        assert planning.get("sammenlign/", mot=ref).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("officer", 200), ("auditor", 200), ("finance", 403)])
def test_those_who_work_with_schemes_may_look(planning: Planning, who: str, status: int) -> None:
    assert planning.get("tall/", who).status_code == status


def test_the_number_of_questions_does_not_grow(
    planning: Planning, django_assert_max_num_queries: Any
) -> None:
    planning.get("tall/")
    with django_assert_max_num_queries(20):
        planning.get("tall/", omrade="landet")
    for number in range(12):
        other = planning.copy()
        if number % 2:
            with fence(planning.moss.id):
                discard_draft(draft_id=other.id, revision=1, by=planning.manager, at=planning.at)
    with django_assert_max_num_queries(20):
        planning.get("tall/", omrade="landet")
    with django_assert_max_num_queries(24):
        planning.get("sammenlign/")


def test_the_page_is_titled_after_the_draft(planning: Planning) -> None:
    assert heading_of(planning.get("tall/")) == f"Tall for «{planning.draft.title}»"
