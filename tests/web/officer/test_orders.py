"""A large batch goes to the approver by a job, with a page that counts and says what did not come along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from runde.foundation.trust.api import fence
from runde.grants.casework.api import BatchOrder, Case, Proposal, ask_information, carry_out_order
from runde.web.officer.views import batches
from tests.journeys.region import CAFE
from tests.web.officer.conftest import Moss
from tests.web.officer.test_batches import choose
from tests.web.pages import heading_of, hidden, text_of


@pytest.fixture(autouse=True)
def small_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "ONE_REQUEST", 2)


def send(moss: Moss, page: Any, **more: str) -> Any:
    given = {name: hidden(page, name) for name in ("key", "frozen", "seen_at")}
    typed = {**given, "go": "send", "impartial": "on", **more}
    return moss.as_("officer").post("/moss/forslag/ny/", typed)


def carry_out(moss: Moss) -> None:
    with fence(moss.region.moss.tenant.id):
        carry_out_order(order_id=BatchOrder.objects.get().id, at=timezone.now())


def test_the_page_counts_and_leads_to_the_proposal(moss: Moss) -> None:
    page = choose(moss, moss.cases(lane="green"))
    answers = [send(moss, page) for _ in range(2)]
    with fence(moss.region.moss.tenant.id):
        order = BatchOrder.objects.get()
        assert Proposal.objects.count() == 0
    address = f"/moss/forslag/sending/{order.id}/"
    assert [one["Location"] for one in answers] == [address, address]
    waiting = moss.as_("officer").get(address)
    assert heading_of(waiting) == "Vi sender 4 saker til godkjenning"
    assert "0 av 4 saker er sett over" in text_of(waiting)
    assert "every 2s" in waiting.content.decode()
    carry_out(moss)
    part = moss.as_("officer").get(address, headers={"HX-Request": "true"}).content.decode()
    assert "4 av 4 saker er sett over" in part
    assert "every 2s" not in part
    assert "<h1" not in part
    with fence(moss.region.moss.tenant.id):
        proposal = Proposal.objects.get()
    assert f"/moss/forslag/{proposal.id}/" in part
    assert heading_of(moss.as_("approver").get(address)) == "4 saker er sendt til godkjenning"


def test_what_did_not_come_along_is_listed_with_its_name_and_why(moss: Moss) -> None:
    send(moss, choose(moss, moss.cases(lane="green")))
    cafe, at = moss.case(CAFE), timezone.now()
    with fence(moss.region.moss.tenant.id):
        due, by = timezone.localdate(at) + timedelta(days=7), moss.region.moss.actor("officer", at)
        ask_information(case_id=cafe.id, text="Hva er dette?", due_date=due, by=by, at=at)
        order = BatchOrder.objects.get()
    carry_out(moss)
    said = text_of(moss.as_("officer").get(f"/moss/forslag/sending/{order.id}/"))
    assert "1 sak ble ikke med" in said
    assert cafe.company_name in said
    assert "Venter på svar fra søkeren." in said


def test_nothing_sent_is_told_with_the_reason(moss: Moss) -> None:
    send(moss, choose(moss, moss.cases(lane="green")))
    with fence(moss.region.moss.tenant.id):
        Case.objects.update(lane="yellow")
        order = BatchOrder.objects.get()
    carry_out(moss)
    page = moss.as_("officer").get(f"/moss/forslag/sending/{order.id}/")
    assert heading_of(page) == "Sakene ble ikke sendt til godkjenning"
    assert "De må vurderes én for én." in text_of(page)


def test_the_word_and_the_number_are_still_asked_for(moss: Moss) -> None:
    page = choose(moss, moss.cases(lane="green"))
    assert "Kryss av for at du kan behandle sakene" in text_of(send(moss, page, impartial=""))
    with fence(moss.region.moss.tenant.id):
        assert not BatchOrder.objects.exists()


def test_a_batch_of_another_town_is_not_found(moss: Moss) -> None:
    gone = "/moss/forslag/sending/00000000-0000-0000-0000-000000000001/"
    assert moss.as_("officer").get(gone).status_code == 404
