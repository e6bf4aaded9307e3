"""Many at once: what is taken out by itself, what is done when the money is short, what the approver is shown."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from runde.foundation.journal.api import events_of
from runde.foundation.ledger.api import Share, balances, commit_many
from runde.foundation.people.api import Person, get_applicant
from runde.foundation.trust.api import fence
from runde.grants.casework.api import (
    Case,
    Decision,
    InformationRequest,
    Proposal,
    ProposalLine,
    ask_information,
    draft_message,
    send_message,
)
from runde.grants.schemes.api import FundingSource, get_call, sources_of
from tests.journeys.region import CAFE, CALL
from tests.web.officer.conftest import Moss
from tests.web.pages import heading_of, hidden, text_of

URL = "/moss/forslag/ny/"


def choose(moss: Moss, cases: list[Case], **more: str) -> Any:
    return moss.as_("officer").post(URL, {"case": [str(case.id) for case in cases], **more})


def send(moss: Moss, page: Any, **more: str) -> Any:
    given = {name: hidden(page, name) for name in ("key", "frozen", "seen_at")}
    return moss.as_("officer").post(URL, {**given, "go": "send", "impartial": "on", **more}, follow=True)


def test_a_case_somebody_waits_for_is_taken_out_with_its_reason(moss: Moss) -> None:
    cafe, officer = moss.case(CAFE), moss.region.moss.actor
    with fence(moss.region.moss.tenant.id):
        at = timezone.now()
        ask_information(
            case_id=cafe.id,
            text="Hva er dette?",
            due_date=timezone.localdate(at) + timedelta(days=7),
            by=officer("officer", at),
            at=at,
        )
        assert InformationRequest.objects.count() == 1
    page = choose(moss, moss.cases(lane="green"))
    assert "Venter på svar fra søkeren." in text_of(page)
    assert heading_of(page) == "Forslag til 3 vedtak"


def test_a_message_nobody_has_read_takes_the_case_out(moss: Moss) -> None:
    cafe = moss.case(CAFE)
    with fence(moss.region.moss.tenant.id):
        at = timezone.now()
        sender = get_applicant(Person.objects.get(email="regnskap@bilag.example"), on=timezone.localdate(at))
        message = draft_message(case_id=cafe.id, from_applicant=True, by=sender, at=at)
        send_message(message_id=message.id, text="Vent litt.", by=sender, at=at)
    page = choose(moss, moss.cases(lane="green"))
    assert "Ny melding fra søkeren som ingen har lest." in text_of(page)


def test_what_is_checked_anew_after_it_was_chosen_is_taken_out(moss: Moss) -> None:
    page = choose(moss, moss.cases(lane="green"), seen_at="2020-01-01T00:00:00+00:00")
    assert "Kontrollert på nytt etter at du valgte sakene." in text_of(page)
    page = choose(moss, moss.cases(lane="green"), seen_at="tull")
    assert heading_of(page) == "Forslag til 4 vedtak"


def test_the_same_sum_for_officer_approver_and_the_books(moss: Moss) -> None:
    page = choose(moss, moss.cases(lane="green"))
    assert "560 200 kroner" in text_of(page)
    sent = send(moss, page)
    assert "560 200 kroner" in heading_of(sent)
    with fence(moss.region.moss.tenant.id):
        proposal = Proposal.objects.get()
    address = f"/moss/forslag/{proposal.id}/"
    per = moss.as_("approver")
    assert heading_of(per.get(address)) == "Godkjenn 4 vedtak, til sammen 560 200 kroner"
    confirm = per.get(f"{address}godkjenn/")
    per.post(f"{address}godkjenn/", {"key": hidden(confirm, "key")})
    with fence(moss.region.moss.tenant.id):
        sources = [source.id for source in sources_of(get_call(CALL))]
        committed = sum((one.committed for one in balances(sources).values()), Decimal(0))
        decided = sum((one.amount_nok for one in Decision.objects.all()), Decimal(0))
    assert committed == decided == Decimal(560_200)


def test_the_sample_is_drawn_and_its_opening_written(moss: Moss) -> None:
    sent = send(moss, choose(moss, moss.cases()))
    assert sent.status_code == 200
    with fence(moss.region.moss.tenant.id):
        proposal = Proposal.objects.get()
        events = {event.action: event.payload for event in events_of([("proposal", proposal.id)])}
        drawn = events["casework.sample_drawn"]["cases"]
        lines = list(ProposalLine.objects.filter(proposal=proposal))
    assert len(drawn) == 5
    case_id = drawn[0]
    per = moss.as_("approver")
    assert "Fem saker trukket av systemet" in text_of(per.get(f"/moss/forslag/{proposal.id}/"))
    letter = per.get(f"/moss/forslag/{proposal.id}/brev/{case_id}/")
    assert letter.content.startswith(b"%PDF-")
    other = next(line.case_id for line in lines if str(line.case_id) not in drawn)
    per.get(f"/moss/forslag/{proposal.id}/brev/{other}/")
    with fence(moss.region.moss.tenant.id):
        opened = [
            (event.payload["case"], event.payload["drawn"])
            for event in events_of([("proposal", proposal.id)])
            if event.action == "casework.sample_opened"
        ]
    assert sorted(opened) == sorted([(case_id, True), (str(other), False)])


def short_of_money(moss: Moss) -> None:
    """Only the second source decided is left, with too little: 300 000."""
    with fence(moss.region.moss.tenant.id):
        at, source = timezone.now(), sources_of(get_call(CALL))
        left = {one.id: one for one in source if one.state == FundingSource.State.DECIDED}
        by = moss.region.moss.actor("officer", at)
        case = Case.objects.first()
        assert case is not None
        keep = {"Næringsfondet": Decimal(300_000)}
        shares = [
            Share(f"test:{one.id}", case.id, one.id, one.amount_nok - keep.get(one.name, Decimal(0)))
            for one in left.values()
        ]
        commit_many(shares, by=by, at=at)


def test_short_money_offers_ways_with_their_effect_first(moss: Moss) -> None:
    short_of_money(moss)
    page = choose(moss, moss.cases(lane="green"))
    text = text_of(page)
    assert "Pengene rekker ikke" in text
    assert "Kutt likt for alle" in text
    assert "4 virksomheter får tilskudd, til sammen 300 000 kroner. Da er 0 kroner igjen." in text
    assert "De som søkte først, resten på reserveliste" in text
    assert "Velg hva du vil foreslå." in text_of(send(moss, page))


def test_a_cut_is_proposed_for_all(moss: Moss) -> None:
    short_of_money(moss)
    send(moss, choose(moss, moss.cases(lane="green")), way="cut")
    with fence(moss.region.moss.tenant.id):
        lines = list(ProposalLine.objects.all())
    assert {line.reason_code for line in lines} == {"shared_cut"}
    assert sum((line.amount_nok for line in lines), Decimal(0)) == Decimal(300_000)
    assert all("Reglene ga" in line.reason_text or "Reglane gav" in line.reason_text for line in lines)


def test_those_who_came_later_wait_on_the_reserve_list(moss: Moss) -> None:
    short_of_money(moss)
    send(moss, choose(moss, moss.cases(lane="green")), way="reserve")
    with fence(moss.region.moss.tenant.id):
        lines = list(ProposalLine.objects.select_related("case").order_by("case__ordinal"))
    assert [line.outcome for line in lines] == ["granted", "refused", "refused", "refused"]
    assert [line.reserve_rank for line in lines] == [None, 1, 2, 3]


def test_a_way_that_is_not_offered_is_not_taken(moss: Moss) -> None:
    page = choose(moss, moss.cases(lane="green"))
    send(moss, page, way="cut")
    with fence(moss.region.moss.tenant.id):
        assert {line.reason_code for line in ProposalLine.objects.all()} == {"all_met"}
