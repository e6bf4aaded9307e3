"""What the approver and the officer are shown first: deviations, terms, like cases, and long lists in pieces."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from runde.foundation.trust.api import fence
from runde.grants.casework.api import (
    Case,
    Proposal,
    case_features,
    choose_cases,
    declare_impartiality,
    override_value,
    proposal_page,
    propose_as_checked,
)
from runde.grants.precedents.api import record_precedents
from runde.grants.schemes.api import get_call
from tests.grants.precedents.made import AT
from tests.journeys.region import CAFE, CALL, PIZZA
from tests.web.officer.conftest import Moss
from tests.web.pages import heading_of, hidden, text_of

from .test_discretion import GRANT, REFUSAL, decided, one, propose
from .test_rounds import approve, lay, register, undecided

pytestmark = pytest.mark.django_db
NEW = "/moss/forslag/ny/"


def latest(moss: Moss) -> str:
    with fence(moss.region.moss.tenant.id):
        return f"/moss/forslag/{Proposal.objects.order_by('-prepared_at')[0].id}/"


def test_a_criterion_gone_past_is_shown_with_its_reason_and_words(moss: Moss) -> None:
    propose(moss, moss.case(PIZZA), **GRANT)
    page = moss.as_("approver").get(latest(moss))
    text = text_of(page)
    assert "Går forbi et krav: 1" in text
    assert "Omsetningen må ha falt med minst 30 prosent" in text
    assert "Virksomheten er bare litt utenfor" in text
    assert "Det mangler lite." in text
    assert text.index("Går forbi et krav") < text.index("Vedtatte penger")


def test_a_departure_from_like_cases_is_shown_with_its_reason_and_words(moss: Moss) -> None:
    decided(moss, 3)
    away = {"departure": "facts_differ", "departure_words": "Denne var åpen."}
    answer = propose(moss, moss.case(PIZZA), **REFUSAL, **away)
    assert answer.status_code == 302  # type: ignore[attr-defined]
    text = text_of(moss.as_("approver").get(latest(moss)))
    assert "Annerledes enn lignende saker: 1" in text
    assert "3 av 3 lignende saker fikk tilskudd." in text
    assert "Saken skiller seg fra de andre" in text
    assert "Denne var åpen." in text


def test_nothing_unusual_is_said_so(moss: Moss) -> None:
    send(moss, batch(moss, moss.cases(lane="green")))
    text = text_of(moss.as_("approver").get(latest(moss)))
    assert "Ingen avvik. Alle forslagene følger reglene." in text


def test_a_conditional_proposal_says_so_and_takes_no_decided_money(moss: Moss) -> None:
    officer, source, url = moss.as_("officer"), undecided(moss), "/moss/oversikt/betinget/"
    key = hidden(officer.get(url), "key")
    address = officer.post(url, {"key": key, "word": "on"})["Location"]
    approver = moss.as_("approver")
    for page in (approver.get(address), approver.get(f"{address}godkjenn/")):
        text = text_of(page)
        assert "Vedtakene er betinget" in text
        assert "De gjelder først når budsjettet er vedtatt." in text
        assert f"Pengene skal komme fra {source.name}." in text
    confirm = text_of(approver.get(f"{address}godkjenn/"))
    assert "Ingen penger blir satt av før pengene er vedtatt." in confirm
    assert "Økonomi kan klargjøre utbetalingen." not in confirm
    with fence(moss.region.moss.tenant.id):
        at = timezone.now()
        found = proposal_page(Proposal.objects.get().id, by=moss.region.moss.actor("approver", at), at=at)
        assert found.funding is not None
        assert {each.source.id: each.taken_nok for each in found.funding.sources} == {source.id: 560_200}
    key = hidden(approver.get(f"{address}godkjenn/"), "key")
    done = approver.post(f"{address}godkjenn/", {"key": key}, follow=True)
    assert "560 200 kroner er lovet, men ikke satt av." in done.content.decode().replace("\u00a0", " ")


def test_the_terms_of_a_settlement_are_told(moss: Moss) -> None:
    officer, source = moss.as_("officer"), undecided(moss)
    url, settle = "/moss/oversikt/betinget/", f"/moss/oversikt/{undecided(moss).id}/oppgjor/"
    approve(moss, officer.post(url, {"key": hidden(officer.get(url), "key"), "word": "on"})["Location"])
    register(moss, source, "336 120")
    page = officer.get(settle)
    typed = {"key": hidden(page, "key"), "valg": "scaled", "sett": hidden(page, "sett"), "word": "on"}
    address = officer.post(settle, typed)["Location"]
    page = moss.as_("approver").get(address)
    text = text_of(page)
    assert "De betingede vedtakene: settes ned likt for alle" in text
    assert "Alle får 60 prosent av det som ble lovet." in text
    assert "Det ble lovet 560 200 kroner, og det blir 336 120 kroner." in text
    assert "Oppgjør etter Kommunestyret sak 61/26." in text
    assert "Ingen avvik." in text


def test_a_list_for_a_body_cannot_be_approved_here_and_shows_the_way(moss: Moss) -> None:
    lay(moss, days=7)
    address = latest(moss)
    page = moss.as_("approver").get(address)
    text = text_of(page)
    assert "Formannskapet avgjør dette" in text
    assert "Den kan ikke godkjennes her." in text
    assert "Åpne lista, og registrer hva som ble bestemt" in text
    assert address.replace("/forslag/", "/politisk/") in page.content.decode()
    assert "Gå til godkjenning" not in text
    assert moss.as_("approver").get(f"{address}godkjenn/").status_code == 302


def batch(moss: Moss, cases: list[Case], **more: Any) -> Any:
    return moss.as_("officer").post(NEW, {"case": [str(case.id) for case in cases], **more})


def send(moss: Moss, page: Any) -> Any:
    given = {name: hidden(page, name) for name in ("key", "frozen", "seen_at", "selection", "unmarked")}
    return moss.as_("officer").post(NEW, {**given, "go": "send", "impartial": "on"})


def grant_one_like(moss: Moss, case: Case) -> None:
    with fence(moss.region.moss.tenant.id):
        ours = case_features([case.id], at=AT)[case.id]
        record_precedents([one(ours, get_call(CALL).id, 1, "granted")], at=AT)


def test_cases_like_one_with_another_outcome_are_counted_and_listed(moss: Moss) -> None:
    reds = moss.cases(lane="red")
    assert "annet utfall" not in text_of(batch(moss, reds))
    grant_one_like(moss, reds[0])
    page = batch(moss, reds)
    text = text_of(page)
    assert "ligner på en sak med annet utfall" in text or "ligner på saker med annet utfall" in text
    assert "Sak 26/91" in text
    assert "Tilskudd, 50 000 kroner" in text
    assert 'href="#ligner"' in page.content.decode()
    assert "/moss/likebehandling/" in page.content.decode()


def test_comparing_asks_the_same_of_one_as_of_several(moss: Moss) -> None:
    reds, officer = moss.cases(lane="red"), moss.as_("officer")
    grant_one_like(moss, reds[0])
    counts = []
    for cases in (reds[:1], reds):
        given = {"case": [str(case.id) for case in cases]}
        officer.post(NEW, given)
        with CaptureQueriesContext(connection) as seen:
            assert officer.post(NEW, given).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_long_batch_comes_in_pages_and_marks_are_taken_out(
    moss: Moss, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runde.web.officer.views.batches.ON_A_PAGE", 2)
    cases, officer = moss.cases(lane="green"), moss.as_("officer")
    page = batch(moss, cases)
    assert page.content.decode().count('name="ta_ut"') == 2
    assert "Viser 1–2 av 4" in text_of(page)
    given = {name: hidden(page, name) for name in ("frozen", "seen_at", "side")}
    page = officer.post(NEW, {**given, "go": "side-2", "ta_ut": str(moss.case(CAFE).id)})
    assert heading_of(page) == "Forslag til 3 vedtak"
    assert "Viser 3–3 av 3" in text_of(page)


def test_a_kept_selection_travels_as_one_id_however_many_it_has(moss: Moss) -> None:
    cases, at = moss.cases(lane="green"), timezone.now()
    with fence(moss.region.moss.tenant.id):
        by = moss.region.moss.actor("officer", at)
        kept = choose_cases(call_id=get_call(CALL).id, case_ids=[case.id for case in cases], by=by, at=at)
    officer = moss.as_("officer")
    page = officer.post(NEW, {"selection": str(kept.id)})
    assert (hidden(page, "selection"), hidden(page, "frozen")) == (str(kept.id), "")
    cafe = moss.case(CAFE)
    page = officer.post(NEW, {"selection": str(kept.id), "go": "update", "ta_ut": str(cafe.id)})
    assert hidden(page, "unmarked") == cafe.id.hex
    assert send(moss, page).status_code == 302
    with fence(moss.region.moss.tenant.id):
        assert Proposal.objects.get().lines.count() == 3


def test_the_approvers_marks_on_other_pages_are_left_out_too(moss: Moss) -> None:
    address = send(moss, batch(moss, moss.cases(lane="green")))["Location"]
    here, there = moss.cases(lane="green")[:2]
    page = moss.as_("approver").get(f"{address}godkjenn/", {"ta_ut": str(here.id), "andre": str(there.id)})
    assert heading_of(page).startswith("Godkjenn 2 vedtak")


def test_after_approval_the_counted_letters_are_one_press_away(moss: Moss) -> None:
    address = send(moss, batch(moss, moss.cases(lane="green")))["Location"]
    approve(moss, address)
    approver = moss.as_("approver")
    assert f'href="{address}brev/"' in approver.get(address).content.decode()
    assert "av 4 brev" in text_of(approver.get(f"{address}brev/"))


def test_the_keys_are_told_where_they_act(moss: Moss) -> None:
    page = batch(moss, moss.cases(lane="green")).content.decode()
    assert 'data-key="o"' in page
    address = send(moss, batch(moss, moss.cases(lane="green")))["Location"]
    approver = moss.as_("approver")
    assert 'data-act-key="g"' in approver.get(address).content.decode()
    assert 'data-act-key="g"' in approver.get(f"{address}godkjenn/").content.decode()
    assert "godkjenn på siden der du ser hva som skjer" in text_of(approver.get("/moss/saker/hurtigtaster/"))


def test_a_figure_set_by_hand_is_shown_with_what_it_was_and_why(moss: Moss) -> None:
    cafe, at = moss.case(CAFE), timezone.now()
    with fence(moss.region.moss.tenant.id):
        by = moss.region.moss.actor("officer", at)
        declare_impartiality(case_id=cafe.id, is_impartial=True, by=by, at=at)
        override_value(case_id=cafe.id, name="costs", typed="90 000", reason="Delt husleie.", by=by, at=at)
        propose_as_checked(case_ids=[cafe.id], by=by, at=at, declares_impartial=True)
    text = text_of(moss.as_("approver").get(latest(moss)))
    assert "Satt for hånd: 1" in text
    assert "90 000" in text
    assert "Delt husleie." in text
