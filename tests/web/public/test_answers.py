"""Answers given on the page: the same rules at once, nothing kept, and nothing that is not public."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from runde.engine.rules import Criterion, Fact, RuleSet, load_example
from runde.foundation.companies.api import find_company
from runde.foundation.companies.models import Company, Confirmation
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application
from runde.grants.schemes.api import Announcement, get_call, withdraw_call
from runde.grants.schemes.examples import load_scheme
from runde.web.public import fitting
from tests.journeys.region import CAFE, CALL, ELSEWHERE, SHOP, Region
from tests.web.pages import heading_of, text_of
from tests.web.public.many_calls import ASSUMED, HIGH, LOW, add_call, example_rules

pytestmark = pytest.mark.django_db
ASKED = ("revenue_period", "revenue_comparison", "fixed_costs")


@pytest.fixture
def anyone(region: Region) -> Client:
    return Client(headers={"accept-language": "nb"})


def field_names(page: object) -> dict[str, str]:
    """The name of each question's field on the page, by the fact it is about."""
    html = page.content.decode()  # type: ignore[attr-defined]
    return {one.rpartition("-")[0]: one for one in re.findall(r'name="([a-z_]+-[0-9a-f]{8})"', html)}


def answered(client: Client, revenue: str, before: str, costs: str, orgnr: str = CAFE) -> object:
    names = field_names(client.get("/finn/", {"q": orgnr}))
    given = dict(zip(ASKED, (revenue, before, costs), strict=True))
    return client.post(f"/finn/?q={orgnr}", {names[one]: text for one, text in given.items()})


def test_without_answers_the_questions_are_asked_once(anyone: Client, region: Region) -> None:
    add_call(region.moss, "en-til", at=region.at, rules=example_rules("0.25"))
    page = anyone.get("/finn/", {"q": CAFE})
    assert (
        text_of(page).count("Omsetning i mars, april og mai 2026") == 2
    )  # the field, and where it is used again
    assert page.content.decode().count('name="revenue_period-') == 1
    assert "Kravene: 5 er oppfylt, 3 mangler svar" in text_of(page)


def test_answers_give_the_same_amount_as_a_case_would(anyone: Client) -> None:
    page = answered(anyone, "308 000", "kr 560.000,-", "320000")
    assert page.status_code == 200  # type: ignore[attr-defined]
    words = text_of(page)
    assert "Omtrent 117 400 kroner" in words
    assert "Kravene: 8 er oppfylt" in words
    assert "Svarene er ikke lagret." in words
    assert "320 000 × 45,0 % × 85 %" in words


def test_answers_are_kept_nowhere(anyone: Client, region: Region) -> None:
    answered(anyone, "308000", "560000", "320000")
    with fence(region.moss.tenant.id):
        assert not Application.objects.exists()
    assert "308" not in text_of(anyone.get("/finn/", {"q": CAFE}))


def test_just_below_the_requirement_tells_the_distance_and_the_way_on(anyone: Client) -> None:
    page = answered(anyone, "412000", "560000", "320000")
    words = text_of(page)
    assert heading_of(page) == "Ingen åpne ordninger passer for KAFÉ KANALEN AS nå"
    assert "mangler 3,57 prosentpoeng" in words
    assert "Dere kan søke likevel. Da vurderer en saksbehandler saken." in words


def test_far_below_is_refused_with_the_distance(anyone: Client) -> None:
    words = text_of(answered(anyone, "540000", "560000", "320000"))
    assert "mangler 16,43 prosentpoeng" in words
    assert "Dere kan søke likevel" not in words


@pytest.mark.parametrize("typed", ["mange", "1e5", "-5", "<b>1</b>", "9" * 40])
def test_what_cannot_be_read_is_explained_and_kept(anyone: Client, typed: str) -> None:
    page = answered(anyone, typed, "560000", "")
    assert page.status_code == 422  # type: ignore[attr-defined]
    html = page.content.decode()  # type: ignore[attr-defined]
    assert "Rett dette før du går videre" in text_of(page)
    assert 'aria-invalid="true"' in html
    assert typed.replace("<", "&lt;").replace(">", "&gt;") in html
    assert 'value="560000"' in html
    assert "<b>1</b>" not in html


def test_last_year_without_revenue_is_no_crash(anyone: Client) -> None:
    words = text_of(answered(anyone, "0", "0", "1000"))
    assert "Omtrent" not in words.split("Oppfyller ikke nå")[0] or "Kan trolig få, men" in words


def test_unknown_fields_and_a_foreign_company_change_nothing(anyone: Client) -> None:
    page = anyone.post(f"/finn/?q={CAFE}", {"grant_nok": "999999", "municipality-00000000": "3901"})
    assert "999 999" not in text_of(page)
    assert anyone.post("/finn/?q=finnes-ikke", {"x": "y"}).status_code == 200


class TestEstimates:
    def test_the_range_follows_from_the_schemes_own_assumptions(self, anyone: Client, region: Region) -> None:
        add_call(region.moss, "anslag", at=region.at, assumptions=ASSUMED)
        words = text_of(anyone.get("/finn/", {"q": CAFE}))
        assert f"Omtrent {LOW}–{HIGH} kroner" in words
        assert "fall i omsetning: 35–60 prosent" in words
        assert "faste kostnader i perioden: 200 000–400 000 kroner" in words
        assert "Spørreundersøkelse i næringsforeningen (oppdiktet), 1. oktober 2026" in words
        assert "Med andre tall kan dere falle utenfor kravene." in words

    def test_an_answer_takes_the_place_of_what_was_assumed(self, region: Region) -> None:
        client = Client(headers={"accept-language": "nb"})
        withdraw(region)
        add_call(region.moss, "anslag", at=region.at, assumptions=ASSUMED)
        words = text_of(answered(client, "308000", "560000", ""))
        # 45 per cent of 200 000 and 400 000, 85 per cent of that, less 5 000
        assert "Omtrent 71 500–148 000 kroner" in words
        assert "fall i omsetning:" not in words

    def test_nothing_is_assumed_that_is_not_stated(self, region: Region) -> None:
        client = Client(headers={"accept-language": "nb"})
        withdraw(region)
        add_call(region.moss, "uten", at=region.at)
        words = text_of(client.get("/finn/", {"q": CAFE}))
        assert "Beløpet avhenger av svarene deres" in words
        assert "Høyeste tilskudd er 500 000 kroner." in words
        assert "Anslag" not in words

    def test_an_assumption_for_half_of_what_is_needed_is_not_enough(self, region: Region) -> None:
        withdraw(region)
        add_call(region.moss, "halv", at=region.at, assumptions=ASSUMED[:1])
        words = text_of(Client(headers={"accept-language": "nb"}).get("/finn/", {"q": CAFE}))
        assert "Beløpet avhenger av svarene deres" in words

    def test_withheld_numbers_of_employees_pick_the_line_for_one_to_four(self, region: Region) -> None:
        withdraw(region)
        add_call(region.moss, "anslag", at=region.at, assumptions=ASSUMED)
        company = find_company(CAFE)
        assert company is not None
        small = replace(company, employees=None, has_registered_employees=True)
        [fit] = fitting.fit(small, at=region.at, language="nb").open_questions
        # 90 000 × 35 % × 85 % − 5 000 to 90 000 × 60 % × 85 % − 5 000
        assert fit.likely.text.replace("\u00a0", " ") == "Omtrent 21 700–40 900 kroner"


def withdraw(region: Region) -> None:
    """Take the region's own calls away, so that one call stands alone."""
    for town in (region.moss, region.horten):
        with fence(town.tenant.id):
            withdraw_call(
                call=get_call(CALL), reason="Prøve", by=town.actor("manager", region.at), at=region.at
            )


class TestWhatIsPublic:
    def test_drafts_and_withdrawn_calls_are_never_judged_by(self, anyone: Client, region: Region) -> None:
        add_call(region.moss, "kladd", at=region.at, publish=False)
        withdraw(region)
        page = anyone.get("/finn/", {"q": CAFE})
        assert heading_of(page) == "Ingen ordninger er åpne for KAFÉ KANALEN AS nå"
        assert "kladd" not in text_of(page)
        assert not Announcement.objects.exists()

    def test_a_private_fact_from_the_register_is_never_shown(self, region: Region) -> None:
        rules = load_example("smittevern", municipality="3103", label={"nb": "Moss"})
        facts = tuple(
            replace(one, private=True) if one.name == "nace_section" else one for one in rules.facts
        )
        add_call(region.moss, "skjult", at=region.at, rules=replace(rules, facts=facts))
        company = find_company(SHOP)
        assert company is not None
        groups = fitting.fit(company, at=region.at, language="nb")
        hidden = next(one for one in groups.all if one.card.name == "Ordning skjult")
        assert [one.verdict for one in hidden.criteria][0] == "unknown"
        assert "varehandel" not in " ".join(one.detail for one in hidden.criteria)

    def test_money_for_others_only_shuts_out(self, region: Region) -> None:
        withdraw(region)
        earmark = ("nace_section = 'S'", "kultur")
        add_call(region.moss, "kultur", at=region.at, earmark=earmark)
        words = text_of(Client(headers={"accept-language": "nb"}).get("/finn/", {"q": CAFE}))
        assert "Ikke oppfylt: Pengene kan bare brukes til kultur." in words


class TestStates:
    def test_the_next_call_is_told_when_nothing_is_open(self, anyone: Client, region: Region) -> None:
        withdraw(region)
        add_call(region.horten, "vinter", at=region.at, opens_at=region.at + timedelta(days=5))
        words = text_of(anyone.get("/finn/", {"q": CAFE}))
        assert "Ingen kommuner i regionen har åpne ordninger nå." in words
        assert "Åpner senere Ordning vinter" in words
        assert "Åpner senere Ordning vinter" in text_of(anyone.get("/"))

    def test_a_deleted_company_can_get_nothing(self, anyone: Client, region: Region) -> None:
        Company.objects.filter(orgnr=CAFE).update(deleted_date=region.at.date())
        page = anyone.get("/finn/", {"q": CAFE})
        assert heading_of(page) == "KAFÉ KANALEN AS er slettet og kan ikke få støtte"
        assert "Kan trolig få" not in text_of(page)

    def test_an_old_register_says_so(self, anyone: Client, region: Region) -> None:
        assert "Noe kan ha endret seg siden." not in text_of(anyone.get("/finn/", {"q": CAFE}))
        old = region.at.date() - timedelta(days=30)
        Confirmation.objects.filter(orgnr=CAFE).update(as_of_date=old)
        Company.objects.filter(orgnr=CAFE).update(known_from=old)
        assert "Noe kan ha endret seg siden." in text_of(anyone.get("/finn/", {"q": CAFE}))

    def test_a_fact_the_register_withholds_can_be_answered(self, region: Region) -> None:
        withdraw(region)
        add_call(region.moss, "ansatte", at=region.at, rules=with_employees())
        Company.objects.filter(orgnr=CAFE).update(employees=None)
        client = Client(headers={"accept-language": "nb"})
        names = field_names(client.get("/finn/", {"q": CAFE}))
        page = client.post(f"/finn/?q={CAFE}", {names["employees"]: "2"})
        assert "Virksomheten må ha minst 3 ansatte." in text_of(page)
        assert "1 ansatt for lite" in text_of(page)

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("31000", "Organisasjonsnummeret må ha 9 siffer."),
            ("310 000 02", "Organisasjonsnummeret må ha 9 siffer."),
            ("310000028", "Organisasjonsnummeret stemmer ikke. Sjekk at alle 9 sifrene er riktige."),
        ],
    )
    def test_a_wrong_number_says_what_is_wrong(self, anyone: Client, typed: str, sentence: str) -> None:
        page = anyone.get("/finn/", {"q": typed})
        assert page.status_code == 422
        assert text_of(page).count(sentence) == 2
        assert f'value="{typed}"' in page.content.decode()

    def test_in_english_and_nynorsk(self, region: Region) -> None:
        add_call(region.moss, "anslag", at=region.at, assumptions=ASSUMED)
        english = text_of(Client(headers={"accept-language": "en"}).get("/finn/", {"q": CAFE}))
        assert "About NOK 54,500–199,000" in english
        nynorsk = text_of(Client(headers={"accept-language": "nn"}).get("/finn/", {"q": ELSEWHERE}))
        assert "Verksemda ligg ikkje i Moss." in nynorsk


def with_employees() -> RuleSet:
    """The example with a requirement the register cannot always tell."""
    rules = example_rules()
    employees = Fact(
        "employees",
        "integer",
        "register",
        {"nb": "Ansatte", "nn": "Tilsette", "en": "Employees"},
        unit="employees",
    )
    texts = {
        "requirement": {"nb": "Virksomheten må ha minst {threshold}."},
        "not_met": {"nb": "Virksomheten har {employees}: {distance}."},
    }
    criterion = Criterion("size", "employees >= 3", texts)
    return replace(rules, facts=(*rules.facts, employees), criteria=(criterion, *rules.criteria))


def test_the_form_used_here_asks_for_what_the_rules_need() -> None:
    """Guards the names above against a changed example."""
    questions = {q["slug"] for s in load_scheme("smittevern")["form"]["sections"] for q in s["questions"]}
    assert set(ASKED) <= questions
    assert Decimal(HIGH.replace(" ", "")) == Decimal("400000") * Decimal("0.6") * Decimal("0.85") - 5000
