"""The panel's pages: who comes in, what is kept when something is refused, and that nothing is shown before opening."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from runde.foundation.people.api import Person
from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, Proposal
from runde.grants.panels.api import Assignment, Panel
from runde.grants.schemes.api import get_call
from tests.journeys.region import CALL, Region
from tests.journeys.test_casework_panel import JURY, close_a_call, score_the_rest
from tests.web.pages import heading_of, hidden, text_of

HOME = "/moss/paneler/"


@pytest.fixture
def people(region: Region, signed_in: Any, settings: Any) -> dict[str, Client]:
    settings.STAFF_NEED_SECOND_FACTOR = False
    close_a_call(region)
    staff = {who: signed_in(person) for who, person in region.moss.staff.items()}
    jury = {name: signed_in(Person.objects.get(email=email)) for email, name in JURY}
    return staff | jury


def typed(region: Region, **changes: str) -> dict[str, str]:
    with fence(region.moss.tenant.id):
        call = get_call("omstilling-2026")
        assert call.slug != CALL
    given = {
        "go": "save",
        "call": str(call.id),
        "label_0": "Nytte",
        "weight_0": "60",
        "help_0": "",
        "label_1": "Gjennomføring",
        "weight_1": "40 %",
        "help_1": "",
        "lowest": "1",
        "highest": "6",
        "discuss_from": "2,0",
        "tie_rule": "earliest",
        "per_case": "",
        "score_by_date": f"{timezone.localdate() + timedelta(days=5):%d.%m.%Y}",
    }
    return given | changes


def set_up(region: Region, people: dict[str, Client]) -> Panel:
    made = people["officer"].post(f"{HOME}ny/", typed(region))
    assert made.status_code == 302, text_of(made)
    with fence(region.moss.tenant.id):
        panel = Panel.objects.get()
    for email, _ in JURY:
        people["officer"].post(f"{HOME}{panel.id}/deltakere/", {"email": email})
    people["officer"].post(f"{HOME}{panel.id}/start/")
    return panel


def test_what_was_typed_is_kept_with_sentences_that_help(region: Region, people: dict[str, Client]) -> None:
    bad = typed(region, weight_1="70", lowest="a", discuss_from="mye", score_by_date="i morgen")
    page = people["officer"].post(f"{HOME}ny/", bad)
    assert page.status_code == 422
    text = text_of(page)
    assert "Rett dette før du går videre" in text
    assert "Skriv datoen slik: 15.12.2026." in text
    assert 'value="Gjennomføring"' in page.content.decode()
    page = people["officer"].post(f"{HOME}ny/", typed(region, weight_1="70"))
    assert "Nå er de 130." in text_of(page)
    more = people["officer"].post(f"{HOME}ny/", typed(region, go="more", label_2="", weight_2="", help_2=""))
    assert 'name="label_3"' in more.content.decode()


def test_an_outsider_sees_nothing_but_their_own_panels(region: Region, people: dict[str, Client]) -> None:
    panel = set_up(region, people)
    berit = people["Berit Faglig"]
    assert heading_of(berit.get(HOME)) == "Du har 5 søknader å vurdere"
    for closed in (
        "/moss/saker/",
        "/moss/forslag/",
        "/moss/oversikt/",
        f"{HOME}ny/",
        f"{HOME}{panel.id}/start/",
    ):
        assert berit.get(closed).status_code == 403, closed
    with fence(region.moss.tenant.id):
        odds = Assignment.objects.exclude(assessor__person_id=_person("Berit").id)[0]
        case = Case.objects.get(id=odds.panel_case.case_id)
    assert berit.get(f"{HOME}vurdering/{odds.id}/").status_code == 403
    assert berit.get(f"/moss/saker/{case.id}/").status_code == 403
    assert people["finance"].get(HOME).status_code == 403


def _person(first: str) -> Person:
    return Person.objects.get(name__startswith=first)


def test_the_application_opens_after_the_answer_and_shows_no_account(
    region: Region, people: dict[str, Client]
) -> None:
    set_up(region, people)
    berit = people["Berit Faglig"]
    with fence(region.moss.tenant.id):
        held = Assignment.objects.filter(assessor__person_id=_person("Berit").id)[0]
    address = f"{HOME}vurdering/{held.id}/"
    assert heading_of(berit.get(address)) == "Kan du vurdere denne søknaden?"
    assert "Velg om du kan vurdere søknaden." in text_of(berit.post(f"{address}habilitet/", {}))
    no_why = berit.post(f"{address}habilitet/", {"impartial": "no"})
    assert "Skriv hvorfor du ikke kan vurdere søknaden." in text_of(no_why)
    berit.post(f"{address}habilitet/", {"impartial": "yes"})
    shown = text_of(berit.get(address))
    assert "Omsetning" in shown
    assert "Kontonummer" not in shown
    kept = berit.post(address, {"go": "hand_in", "points_k1": "5", "words_k1": "Fint <b>tiltak</b>"})
    assert kept.status_code == 422
    assert "Fint &lt;b&gt;tiltak&lt;/b&gt;" in kept.content.decode()
    assert "Velg hvor mange poeng du gir for «Gjennomføring»." in text_of(kept)


def test_who_is_partial_loses_the_case(region: Region, people: dict[str, Client]) -> None:
    set_up(region, people)
    berit = people["Berit Faglig"]
    with fence(region.moss.tenant.id):
        held = Assignment.objects.filter(assessor__person_id=_person("Berit").id)[0]
    berit.post(f"{HOME}vurdering/{held.id}/habilitet/", {"impartial": "no", "reason": "Min bror eier den."})
    assert heading_of(berit.get(HOME)) == "Du har 4 søknader å vurdere"
    assert berit.get(f"{HOME}vurdering/{held.id}/").status_code == 403


def test_the_ranking_is_closed_until_all_are_in(region: Region, people: dict[str, Client]) -> None:
    panel = set_up(region, people)
    for who in ("officer", "approver", "auditor", "Berit Faglig"):
        page = people[who].get(f"{HOME}{panel.id}/rangering/")
        assert heading_of(page) == "Poengene er ikke åpnet ennå", who
    with fence(region.moss.tenant.id):
        case = Case.objects.filter(application__call__slug="omstilling-2026")[0]
    for closed in (
        f"{HOME}{panel.id}/sak/{case.id}/",
        f"{HOME}{panel.id}/linje/",
        f"{HOME}{panel.id}/forslag/",
    ):
        assert people["officer"].get(closed).status_code == 403, closed


def test_closing_early_asks_why(region: Region, people: dict[str, Client]) -> None:
    panel = set_up(region, people)
    page = people["officer"].post(f"{HOME}{panel.id}/avslutt/", {"reason": ""})
    assert "Skriv hvorfor du avslutter før alle har levert." in text_of(page)
    page = people["officer"].post(f"{HOME}{panel.id}/avslutt/", {"reason": "Én er syk."})
    assert "Ingen har levert poeng ennå." in text_of(page)


def test_a_line_is_tried_before_it_is_drawn_and_pressed_once(
    region: Region, people: dict[str, Client]
) -> None:
    panel = set_up(region, people)
    score_the_rest(region)
    ida, line = people["officer"], f"{HOME}{panel.id}/linje/"
    assert "Drøft dem først." in text_of(ida.get(line))
    with fence(region.moss.tenant.id):
        far = Case.objects.get(application__company_name="ØRE FRISØR ENK", number__endswith="3")
    ida.post(f"{HOME}{panel.id}/sak/{far.id}/drofting/", {"text": "Enige nå."})
    assert "Skriv et tall over 0." in text_of(ida.get(line, {"way": "points", "value_points": "x"}))
    tried = ida.get(line, {"way": "count", "value_count": "2"})
    assert "Trekk linja etter nummer 2" in text_of(tried)
    stale = ida.post(line, {"way": "count", "value_count": "2", "digest": "gammel"})
    assert "Rangeringen er endret siden du så den." in text_of(stale)
    ida.post(line, {"way": "count", "value_count": "2", "digest": hidden(tried, "digest")})
    assert heading_of(ida.get(f"{HOME}{panel.id}/rangering/")) == "Linja går etter nummer 2 av 5"
    page = ida.get(f"{HOME}{panel.id}/forslag/")
    given = {"key": hidden(page, "key"), "impartial": "on", "reserve": "on"}
    for _ in range(2):
        ida.post(f"{HOME}{panel.id}/forslag/", given)
    with fence(region.moss.tenant.id):
        proposal = Proposal.objects.get()
        assert proposal.lines.filter(outcome="granted").count() == 2
        assert proposal.lines.filter(reserve_rank__isnull=False).count() == 3
