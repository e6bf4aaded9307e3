"""From many ready cases to decisions: two people, one press each, and the same sum all the way."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from runde.foundation.ledger.api import balances
from runde.foundation.people.api import Role, grant_role
from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, Decision, Proposal
from runde.grants.schemes.api import list_sources
from tests.journeys.region import CAFE, PIZZA
from tests.web.officer.conftest import Moss
from tests.web.pages import heading_of, hidden, text_of

pytestmark = pytest.mark.django_db
NEW = "/moss/forslag/ny/"
READY = Decimal("560200.00")


LANES = {"klare": "green", "oppfyller-ikke": "red"}


def chosen(moss: Moss, officer: Client, lane: str = "klare") -> dict[str, str]:
    """As the list sends what was marked on its pages."""
    return {"frozen": " ".join(case.id.hex for case in moss.cases(lane=LANES[lane], state="open"))}


def send(moss: Moss, lane: str = "klare", **more: Any) -> Any:
    officer = moss.as_("officer")
    typed = chosen(moss, officer, lane)
    page = officer.post(NEW, typed)
    assert page.status_code == 200, text_of(page)
    return officer.post(NEW, {**typed, "key": hidden(page, "key"), "go": "send", "impartial": "on", **more})


def test_without_cases_the_page_shows_the_way_to_the_list(moss: Moss) -> None:
    page = moss.as_("officer").get(NEW)
    assert heading_of(page) == "Ingen saker er valgt"
    assert "Gå til sakene" in text_of(page)


def test_the_page_says_how_many_how_much_and_what_happens(moss: Moss) -> None:
    officer = moss.as_("officer")
    page = officer.post(NEW, chosen(moss, officer))
    text = text_of(page)
    assert heading_of(page) == "Forslag til 4 vedtak"
    assert "560 200 kroner" in text
    assert "2 på bokmål, 2 på nynorsk" in text
    assert "Dette skjer når du trykker" in text
    assert "Send 4 til godkjenning" in text
    assert "Per Strand" in text


def test_cases_that_must_be_weighed_are_taken_out_with_the_reason(moss: Moss) -> None:
    officer = moss.as_("officer")
    typed = {"case": [str(moss.case(CAFE).id), str(moss.case(PIZZA).id), "x"]}
    page = officer.post(NEW, typed)
    assert heading_of(page) == "Forslag til 1 vedtak"
    assert "Saken må vurderes for seg." in text_of(page)


def test_taking_out_shows_the_new_count_before_anything_is_sent(moss: Moss) -> None:
    page = send(moss, ta_ut=[str(moss.case(CAFE).id)])
    assert page.status_code == 200
    assert heading_of(page) == "Forslag til 3 vedtak"
    assert "1 sak er tatt ut." in text_of(page)
    with fence(moss.region.moss.tenant.id):
        assert not Proposal.objects.exists()


def test_nothing_is_sent_without_the_officers_word(moss: Moss) -> None:
    page = send(moss, impartial="")
    assert page.status_code == 422
    assert text_of(page).count("Kryss av for at du kan behandle sakene") == 2
    with fence(moss.region.moss.tenant.id):
        assert not Proposal.objects.exists()


def test_pressing_twice_makes_one_proposal(moss: Moss) -> None:
    officer = moss.as_("officer")
    typed = chosen(moss, officer)
    typed |= {"key": hidden(officer.post(NEW, typed), "key"), "go": "send", "impartial": "on"}
    first, again = officer.post(NEW, typed), officer.post(NEW, typed)
    assert first.status_code == 302
    assert again["Location"] == first["Location"]
    with fence(moss.region.moss.tenant.id):
        assert Proposal.objects.count() == 1


def test_the_officer_cannot_approve_their_own(moss: Moss) -> None:
    url = send(moss)["Location"]
    officer = moss.as_("officer")
    text = text_of(officer.get(url))
    assert "Du kan ikke godkjenne egne forslag" in text
    assert "Per Strand kan godkjenne." in text
    assert officer.get(f"{url}godkjenn/").status_code == 403


def test_who_holds_both_roles_is_told_who_may_approve(moss: Moss) -> None:
    with fence(moss.region.moss.tenant.id):
        grant_role(
            person=moss.region.moss.staff["officer"],
            role=Role.APPROVER,
            valid_from=timezone.localdate(moss.region.at),
            by=None,
            at=moss.region.at,
        )
    url = send(moss)["Location"]
    officer = moss.as_("officer")
    assert "Per Strand kan godkjenne." in text_of(officer.get(url))
    assert officer.get(f"{url}godkjenn/")["Location"] == url
    refused = officer.post(f"{url}godkjenn/", {"key": "a"})
    assert refused.status_code == 403
    assert "En annen godkjenner må gjøre det." in text_of(refused)


def approve(moss: Moss, url: str, **more: Any) -> Any:
    approver = moss.as_("approver")
    key = hidden(approver.get(f"{url}godkjenn/", more), "key")
    return approver.post(f"{url}godkjenn/", {"key": key, **more})


def test_the_sum_is_the_same_on_every_page_and_in_the_ledger(moss: Moss) -> None:
    url = send(moss)["Location"]
    approver = moss.as_("approver")
    assert heading_of(approver.get(url)) == "Godkjenn 4 vedtak, til sammen 560 200 kroner"
    assert heading_of(approver.get(f"{url}godkjenn/")) == "Godkjenn 4 vedtak, til sammen 560 200 kroner"
    assert approve(moss, url)["Location"] == url
    page = approver.get(url)
    assert heading_of(page) == "4 vedtak er fattet, til sammen 560 200 kroner"
    with fence(moss.region.moss.tenant.id):
        standing = balances([source.id for source in list_sources()])
        assert sum(one.committed for one in standing.values()) == READY
        assert sum(one.amount_nok for one in Decision.objects.all()) == READY


def test_approving_twice_with_the_same_page_decides_once(moss: Moss) -> None:
    url = send(moss)["Location"]
    approver = moss.as_("approver")
    key = hidden(approver.get(f"{url}godkjenn/"), "key")
    answers = [approver.post(f"{url}godkjenn/", {"key": key}) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    with fence(moss.region.moss.tenant.id):
        assert Decision.objects.count() == 4


def test_the_approver_may_leave_some_out(moss: Moss) -> None:
    url, cafe = send(moss)["Location"], moss.case(CAFE)
    approver = moss.as_("approver")
    page = approver.get(f"{url}godkjenn/", {"ta_ut": str(cafe.id)})
    assert heading_of(page) == "Godkjenn 3 vedtak, til sammen 442 800 kroner"
    approve(moss, url, ta_ut=str(cafe.id))
    assert moss.case(CAFE).state == Case.State.OPEN
    text = text_of(approver.get(url))
    assert "3 vedtak er fattet" in text
    assert "Tatt ut av godkjenneren." in text


def test_sending_back_needs_a_reason_and_opens_the_cases(moss: Moss) -> None:
    url = send(moss)["Location"]
    approver = moss.as_("approver")
    empty = approver.post(f"{url}send-tilbake/", {"reason": " "})
    assert empty.status_code == 422
    assert text_of(empty).count("Skriv hvorfor du sender forslaget tilbake.") == 2
    approver.post(f"{url}send-tilbake/", {"reason": "Se på kontonumrene."})
    assert moss.case(CAFE).state == Case.State.OPEN
    assert "Se på kontonumrene." in text_of(moss.as_("officer").get(url))


def test_refusals_are_proposed_as_such(moss: Moss) -> None:
    page = moss.as_("approver").get(send(moss, "oppfyller-ikke")["Location"])
    assert heading_of(page) == "Godkjenn 2 vedtak, til sammen 0 kroner"
    assert "2 får avslag" in text_of(page)


def test_the_list_of_proposals_says_when_there_is_nothing(moss: Moss) -> None:
    assert heading_of(moss.as_("approver").get("/moss/forslag/")) == "Ingenting å godkjenne nå"
    send(moss)
    assert heading_of(moss.as_("approver").get("/moss/forslag/")) == "1 forslag venter på godkjenning"
    assert heading_of(moss.as_("auditor").get("/moss/forslag/")) == "1 forslag venter på godkjenning"
