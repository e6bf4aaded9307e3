"""The pages of appeals: who may do what now, each act on its own page, and nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from runde.foundation.trust.api import fence
from runde.grants.casework.api import Appeal, Case, Decision, Reversal
from tests.journeys.appealing import add_others, appeal_by_party, refuse
from tests.journeys.region import CAFE
from tests.web.officer.conftest import Moss
from tests.web.officer.test_cases import address, declare
from tests.web.pages import heading_of, hidden, text_of

pytestmark = pytest.mark.django_db
TODAY = f"{timezone.localdate():%d.%m.%Y}"


@pytest.fixture
def others(moss: Moss) -> dict[str, Client]:
    made = add_others(moss.region.moss, timezone.now())
    return {name: moss.sign_in(person) for name, person in made.items()}


@pytest.fixture
def case(moss: Moss) -> Case:
    found = moss.case(CAFE)
    refuse(moss.region.moss, found, timezone.now())
    return found


@pytest.fixture
def appeal(moss: Moss, case: Case) -> Appeal:
    return appeal_by_party(moss.region.moss, case, timezone.now(), wants_wait=True)


def page_of(appeal: Appeal, step: str = "") -> str:
    return f"/moss/klager/{appeal.id}/{step}"


def again(moss: Moss, appeal: Appeal) -> Appeal:
    with fence(moss.region.moss.tenant.id):
        return Appeal.objects.get(id=appeal.id)


def test_who_took_part_reads_and_is_told_why_they_may_do_no_more(moss: Moss, appeal: Appeal) -> None:
    officer = moss.as_("officer")
    page = officer.get(page_of(appeal))
    assert heading_of(page) == "Klagen venter på noen som ikke var med på vedtaket"
    text = text_of(page)
    assert "Du kan bare lese klagen" in text
    assert "Ta klagen" not in text
    assert "kan ikke behandle klagen" in text_of(officer.get(page_of(appeal, "ta/"), follow=True))
    assert officer.post(page_of(appeal, "ta/")).status_code == 403


def test_impartiality_comes_before_the_appeal(case: Case, appeal: Appeal, others: dict[str, Client]) -> None:
    other = others["other_officer"]
    assert heading_of(other.get(page_of(appeal))) == "Kan du behandle denne saken?"
    declare(other, case)
    assert "Ta klagen" in text_of(other.get(page_of(appeal)))


def test_an_appeal_is_taken_upheld_and_ends_with_the_new_decision(
    moss: Moss, case: Case, appeal: Appeal, others: dict[str, Client]
) -> None:
    other = others["other_officer"]
    declare(other, case)
    assert other.post(page_of(appeal, "ta/")).status_code == 302
    act = other.get(page_of(appeal, "medhold/"))
    assert "En som ikke var med på det første vedtaket, må godkjenne." in text_of(act)
    wrong = other.post(
        page_of(appeal, "medhold/"), {"extent": "full", "amount": "mye", "reason": "Nye tall."}
    )
    assert (wrong.status_code, "Nye tall." in text_of(wrong)) == (422, True)
    sent = other.post(
        page_of(appeal, "medhold/"),
        {"extent": "full", "amount": "90 000", "reason": "Nye tall.", "words": "Regnskapet viser det."},
    )
    assert sent.status_code == 302
    proposal = again(moss, appeal).proposal_id
    mine = moss.as_("approver")
    assert mine.post(f"/moss/forslag/{proposal}/godkjenn/", {"key": "a"}).status_code == 403
    done = others["other_approver"].post(f"/moss/forslag/{proposal}/godkjenn/", {"key": "b"})
    assert done.status_code == 302
    assert again(moss, appeal).result == "upheld"
    assert heading_of(other.get(page_of(appeal))).endswith("medhold")


def test_an_appeal_is_sent_on_and_the_bodys_word_registered(
    moss: Moss, case: Case, appeal: Appeal, others: dict[str, Client]
) -> None:
    other = others["other_officer"]
    declare(other, case)
    other.post(page_of(appeal, "ta/"))
    empty = other.post(page_of(appeal, "send-videre/"), {"words": ""})
    assert "Skriv hva kommunen mener om klagen" in text_of(empty)
    other.post(page_of(appeal, "send-videre/"), {"words": "Vi mener vedtaket er riktig."})
    assert heading_of(other.get(page_of(appeal))) == "Klagen ligger hos klagenemnda i kommunen"
    outcome = {"outcome": "changed", "day": TODAY, "reference": "14/27", "words": "De skal ha halvparten."}
    lacking = other.post(page_of(appeal, "utfall/"), {**outcome, "day": "i går"})
    assert (lacking.status_code, "De skal ha halvparten." in text_of(lacking)) == (422, True)
    other.post(page_of(appeal, "utfall/"), outcome)
    other.post(page_of(appeal, "nytt-vedtak/"), {"amount": "45 000", "reason": "Nemnda har bestemt det."})
    others["other_approver"].post(f"/moss/forslag/{again(moss, appeal).proposal_id}/godkjenn/", {"key": "c"})
    assert again(moss, appeal).result == "changed"
    with fence(moss.region.moss.tenant.id):
        assert Decision.objects.filter(case=case).order_by("-number")[0].amount_nok == 45_000


def test_money_and_waiting_are_answered_beside_the_table(
    moss: Moss, case: Case, appeal: Appeal, others: dict[str, Client]
) -> None:
    other = others["other_officer"]
    declare(other, case)
    assert (
        other.post(page_of(appeal, "vent/"), {"answer": "wait", "words": "Det haster ikke."}).status_code
        == 302
    )
    other.post(page_of(appeal, "sett-av/"), {"amount": "5 000"})
    text = text_of(other.get(page_of(appeal)))
    assert "5 000 kroner" in text
    assert "Ja, ingenting betales før klagen er avgjort" in text


def test_an_act_out_of_turn_is_a_page_that_says_so(
    case: Case, appeal: Appeal, others: dict[str, Client]
) -> None:
    other = others["other_officer"]
    declare(other, case)
    assert "slik klagen står nå" in text_of(other.get(page_of(appeal, "utfall/"), follow=True))
    assert other.post(page_of(appeal, "utfall/")).status_code == 409
    assert other.get(page_of(appeal, "finnes-ikke/")).status_code == 404


def test_a_paper_appeal_is_registered_from_the_case(moss: Moss, case: Case) -> None:
    officer = moss.as_("officer")
    path = f"{address(case)}klage/"
    wrong = officer.post(path, {"words": "Vi klager.", "came": ""})
    assert (wrong.status_code, "Vi klager." in text_of(wrong)) == (422, True)
    assert officer.post(path, {"words": "Vi klager.", "came": TODAY}).status_code == 302
    with fence(moss.region.moss.tenant.id):
        assert Appeal.objects.get().text == "Vi klager."


def test_a_decision_is_looked_at_again_from_the_case(moss: Moss, case: Case) -> None:
    officer = moss.as_("officer")
    none = officer.post(f"{address(case)}endre-vedtaket/", {"words": "Feil."})
    assert "Velg hvorfor vedtaket kan endres." in text_of(none)
    begun = officer.post(f"{address(case)}endre-vedtaket/", {"ground": "no_harm", "words": "Feil tall."})
    page = begun["Location"]
    assert heading_of(officer.get(page)) == "Nytt vedtak kan foreslås"
    assert f"Sak {case.number}" in text_of(officer.get("/moss/klager/"))
    assert officer.post(f"{page}varsle/").status_code == 409
    officer.post(f"{page}foresla/", {"amount": "30 000", "reason": "Vi regnet feil."})
    with fence(moss.region.moss.tenant.id):
        reversal = Reversal.objects.get()
        assert reversal.proposal is not None
        assert (reversal.state, reversal.proposal.state) == ("proposed", "pending")


def test_the_page_takes_the_same_statements_after_many_steps(
    moss: Moss, case: Case, appeal: Appeal, others: dict[str, Client]
) -> None:
    other = others["other_officer"]
    declare(other, case)
    counts = []
    for _ in range(2):
        for _ in range(3):
            other.post(page_of(appeal, "ta/"))
            other.post(page_of(appeal, "gi-fra-deg/"))
        other.get(page_of(appeal))
        with CaptureQueriesContext(connection) as ran:
            other.get(page_of(appeal))
        counts.append(len(ran))
    assert counts[0] == counts[1] <= 25


def test_defects_have_a_day(moss: Moss, case: Case, appeal: Appeal, others: dict[str, Client]) -> None:
    other = others["other_officer"]
    declare(other, case)
    page = other.get(page_of(appeal, "rett/"))
    assert hidden(page, "due") or 'name="due"' in page.content.decode()
    due = timezone.localdate() + timedelta(days=7)
    other.post(page_of(appeal, "rett/"), {"words": "Skriv hva dere vil ha.", "due": f"{due:%d.%m.%Y}"})
    assert again(moss, appeal).due_date == due
