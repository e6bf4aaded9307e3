"""What the case's pages cost, how they look back, what is printed, and what is set, noted and marked on them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from runde.foundation.people.api import get_actor
from runde.foundation.trust.api import fence
from runde.grants.casework.api import (
    Case,
    Check,
    InternalNote,
    OpennessMark,
    ask_information,
    draft_message,
    override_value,
    send_message,
    write_note,
)
from tests.journeys.region import CAFE, PIZZA, decide_as_checked
from tests.web.officer.conftest import Moss
from tests.web.officer.test_cases import address, declare
from tests.web.officer.test_following import applicants_say
from tests.web.pages import heading_of, hidden, text_of

pytestmark = pytest.mark.django_db
MOST = 20
PAGES = ("", "dokumenter/", "dialog/", "historikk/")
WHY = "Husleien er delt med en annen virksomhet."
SECRET = "Ring revisoren om regnskapet"


def statements(client: Client, url: str) -> int:
    """Of the whole request, without the transaction the test itself stands in."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return sum("SAVEPOINT" not in one["sql"] for one in asked.captured_queries)


def say(moss: Moss, case: Case, text: str) -> None:
    """The officer writes to the applicant, notes and asks; the applicant writes back."""
    at = timezone.now()
    with fence(moss.region.moss.tenant.id):
        by = get_actor(moss.region.moss.staff["officer"], on=timezone.localdate(at))
        draft = draft_message(case_id=case.id, by=by, at=at, from_applicant=False)
        send_message(message_id=draft.id, text=text, by=by, at=at)
        write_note(case_id=case.id, text=text, by=by, at=at)
        due = timezone.localdate(at) + timedelta(days=9)
        ask_information(case_id=case.id, text=text, due_date=due, by=by, at=at)
        override_value(case_id=case.id, name="costs", typed="300 000", reason=text, by=by, at=at)
    applicants_say(moss, case, text)


@pytest.mark.parametrize("part", PAGES)
def test_a_page_takes_so_few_statements_however_much_there_is(moss: Moss, part: str) -> None:
    case, officer = moss.case(CAFE), moss.as_("officer")
    declare(officer, case)
    say(moss, case, "En")
    url = f"{address(case)}{part}"
    first = statements(officer, url)
    for text in ("To", "Tre"):
        say(moss, case, text)
    assert statements(officer, url) == first
    assert first <= MOST


@pytest.mark.parametrize("who", ["auditor", "approver"])
def test_a_decided_case_takes_as_few(moss: Moss, who: str) -> None:
    decide_as_checked(moss.region.moss)
    case, client = moss.case(CAFE), moss.as_(who)
    if who != "auditor":
        declare(client, case)
    assert max(statements(client, f"{address(case)}{part}") for part in PAGES) <= MOST


@pytest.mark.parametrize("part", [*PAGES[1:], "tall/", "offentlighet/", "utskrift/", "innsyn/"])
def test_no_page_of_a_case_opens_before_one_has_spoken(moss: Moss, part: str) -> None:
    page = moss.as_("officer").get(f"{address(moss.case(PIZZA))}{part}")
    assert heading_of(page) == "Kan du behandle denne saken?"
    assert "412 000" not in text_of(page)


@pytest.mark.parametrize("part", [*PAGES, "tall/", "offentlighet/", "utskrift/", "innsyn/"])
def test_no_page_of_a_case_opens_for_who_has_an_interest(moss: Moss, part: str) -> None:
    case, officer = moss.case(PIZZA), moss.as_("officer")
    declare(officer, case, "no", "Svoger.")
    assert officer.get(f"{address(case)}{part}").status_code == 403
    assert officer.post(f"{address(case)}notat/", {"note": "Hei.", "key": "a"}).status_code == 403


def test_facts_have_source_and_date_and_earlier_support_is_told(moss: Moss) -> None:
    decide_as_checked(moss.region.moss)
    text = text_of(moss.as_("auditor").get(address(moss.case(CAFE))))
    assert "Enhetsregisteret, " in text
    assert "117 400 kroner fra én kommune" in text
    assert "Avtrykk av reglene" in text


# -- figures set by hand --------------------------------------------------------------------------


def set_figure(client: Client, case: Case, **typed: str) -> Any:
    key = hidden(client.get(f"{address(case)}tall/"), "key")
    return client.post(f"{address(case)}tall/", {"key": key, **typed})


def test_a_figure_is_set_shown_beside_the_rules_own_and_taken_back(moss: Moss) -> None:
    case, officer = moss.case(CAFE), moss.as_("officer")
    declare(officer, case)
    assert set_figure(officer, case, tall="costs", value="kr 300.000,-", reason=WHY).status_code == 302
    page = officer.get(address(case))
    text = text_of(page)
    assert "320 000 kroner beregnet av reglene" in text
    assert "<del>320\xa0000\xa0kroner</del>" in page.content.decode()
    assert WHY in text
    assert heading_of(page) == "KAFÉ KANALEN AS oppfyller alle krav og får 109 700 kroner"
    back = officer.get(f"{address(case)}tall/?tall=costs&tilbake=ja")
    assert heading_of(back) == "Faste kostnader dere oppga: bruk reglenes tall"
    typed = {"key": hidden(back, "key"), "tall": "costs", "tilbake": "ja", "reason": "Jeg leste feil."}
    assert officer.post(f"{address(case)}tall/", typed).status_code == 302
    assert "beregnet av reglene" not in text_of(officer.get(address(case)))
    told = text_of(officer.get(f"{address(case)}historikk/"))
    assert "reglenes eget tall gjelder igjen. Jeg leste feil." in told


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"value": "1", "reason": WHY}, "Velg hvilket tall du vil sette."),
        ({"tall": "costs", "value": "1"}, "Skriv hvorfor du setter et annet tall enn reglene gir."),
        ({"tall": "costs", "value": "mange", "reason": WHY}, "«mange» er ikke et tall vi kan lese."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_kept(
    moss: Moss, typed: dict[str, str], sentence: str
) -> None:
    case, officer = moss.case(CAFE), moss.as_("officer")
    declare(officer, case)
    page = set_figure(officer, case, **typed)
    assert page.status_code == 422
    assert text_of(page).count(sentence) == 2
    assert all(value in page.content.decode() for value in typed.values())
    with fence(moss.region.moss.tenant.id):
        assert Check.objects.filter(case=case).count() == 1


# -- notes and marks ------------------------------------------------------------------------------


def test_a_note_is_kept_once_and_marked_internal(moss: Moss) -> None:
    case, officer = moss.case(PIZZA), moss.as_("officer")
    declare(officer, case)
    for _ in range(2):
        assert officer.post(f"{address(case)}notat/", {"note": SECRET, "key": "n"}).status_code == 302
    with fence(moss.region.moss.tenant.id):
        assert InternalNote.objects.get().text == SECRET
    text = text_of(officer.get(f"{address(case)}dialog/"))
    assert SECRET in text
    assert "Bare internt" in text
    empty = officer.post(f"{address(case)}notat/", {"note": " ", "key": "m"})
    assert empty.status_code == 422
    assert text_of(empty).count("Skriv notatet.") == 2


def test_an_answer_is_marked_with_its_ground_in_the_law(moss: Moss) -> None:
    case, officer = moss.case(PIZZA), moss.as_("officer")
    declare(officer, case)
    url = f"{address(case)}offentlighet/?type=answer&emne=fixed_costs"
    assert officer.get(url).status_code == 200
    assert officer.post(url, {"ground": ""}).status_code == 422
    assert officer.post(url, {"ground": "trade_secret", "note": "Priser"}).status_code == 302
    with fence(moss.region.moss.tenant.id):
        assert OpennessMark.objects.get().ground == "trade_secret"
    assert "Unntatt offentlighet, offl. § 13" in text_of(officer.get(address(case)))
    assert officer.get(f"{address(case)}offentlighet/?type=answer&emne=no_such").status_code == 404
    assert moss.as_("auditor").get(f"{address(case)}offentlighet/").status_code == 403


# -- on paper -------------------------------------------------------------------------------------


def fill_with_internal_things(moss: Moss, case: Case) -> None:
    officer = moss.as_("officer")
    declare(officer, case)
    officer.post(f"{address(case)}notat/", {"note": SECRET, "key": "n"})
    set_figure(officer, case, tall="costs", value="300 000", reason="Internt: tviler på kostnadene")
    applicants_say(moss, case, "Fra oss om en konkurrent")
    with fence(moss.region.moss.tenant.id):
        message = case.messages.get()
    secret = f"{address(case)}offentlighet/?type=message&emne={message.id}"
    officer.post(secret, {"ground": "others_secret", "note": "Gjelder andre"})


def test_nothing_internal_is_in_what_the_party_may_see(moss: Moss) -> None:
    case = moss.case(CAFE)
    fill_with_internal_things(moss, case)
    auditor = moss.as_("auditor")
    whole, party = (text_of(auditor.get(f"{address(case)}{name}/")) for name in ("utskrift", "innsyn"))
    internal = [
        SECRET,
        "Internt: tviler på kostnadene",
        "Fra oss om en konkurrent",
        "Hvem kan behandle saken, internt",
        "Kan behandle saken",
        "Kontroll mot kravene",
        "109 700",
        "300 000",
    ]
    assert [one for one in internal if one not in whole] == []
    assert [one for one in internal if one in party] == []
    assert "320 000" in party
    assert "Enhetsregisteret, " in party


def test_after_the_decision_the_party_sees_what_it_rests_on(moss: Moss) -> None:
    decide_as_checked(moss.region.moss)
    party = text_of(moss.as_("auditor").get(f"{address(moss.case(CAFE))}innsyn/"))
    assert "Kontroll mot kravene" in party
    assert "117 400 kroner" in party
    assert "Ida Lunde" not in party


# -- as it was ------------------------------------------------------------------------------------


def test_an_auditor_looks_back_and_sees_only_what_had_happened(moss: Moss) -> None:
    case, auditor = moss.case(CAFE), moss.as_("auditor")
    then = timezone.localdate() - timedelta(days=1)
    page = auditor.get(address(case), {"per": f"{then:%d.%m.%Y}"})
    assert page.status_code == 422
    assert "Saken fantes ikke den dagen." in text_of(page)
    ahead = auditor.get(address(case), {"per": "01.01.2050"})
    assert "Skriv en dag før i dag" in text_of(ahead)
    assert "Lag forslag" not in text_of(ahead)


def test_only_an_auditor_looks_back(moss: Moss) -> None:
    case, officer = moss.case(CAFE), moss.as_("officer")
    declare(officer, case)
    page = officer.get(address(case), {"per": "01.01.2020"})
    assert page.status_code == 200
    assert "Per dato" not in text_of(page)


def test_the_next_case_is_a_press_away(moss: Moss) -> None:
    officer = moss.as_("officer")
    case = moss.case(CAFE)
    declare(officer, case)
    forward = officer.get(f"{address(case)}vis/neste/")
    assert forward.status_code == 302
    back = officer.get(f"{forward['Location']}vis/forrige/")
    assert back["Location"] in (address(case), "/moss/saker/")
