"""From what is owed to the sealed file: two people, one press each, the same bytes every time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from runde.engine.bank.api import read_pain001
from runde.foundation.people.api import Person
from runde.foundation.trust.api import fence
from runde.grants.payments.api import Batch
from tests.journeys.region import CAFE, Region, answers, decide_as_checked, send_applications
from tests.web.officer.conftest import Moss
from tests.web.pages import heading_of, hidden, text_of

pytestmark = pytest.mark.django_db
PAYMENTS, NEW = "/moss/betaling/", "/moss/betaling/ny/"
TOTAL = 560200


@pytest.fixture(autouse=True)
def outside(settings: Settings, tmp_path: Path) -> None:
    settings.MANIFESTS = tmp_path / "manifests"


def prepare(client: Client) -> str:
    """Press «Klargjør»; gives the batch's address."""
    page = client.get(NEW)
    answer = client.post(NEW, {"key": hidden(page, "key"), "dag": hidden(page, "dag")})
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"])


def approve(client: Client, url: str) -> Any:
    key = hidden(client.get(f"{url}godkjenn/"), "key")
    return client.post(f"{url}godkjenn/", {"key": key})


def batches(moss: Moss) -> list[Batch]:
    with fence(moss.region.moss.tenant.id):
        return list(Batch.objects.all())


def test_the_page_shows_what_is_owed_and_three_totals(moss: Moss) -> None:
    text = text_of(moss.as_("finance").get(PAYMENTS))
    assert "Vedtatt 560 200 kroner" in text
    assert "I bankfil 0 kroner" in text
    assert "Sendt til bank 0 kroner" in text
    assert "560 200 kroner er ikke lagt i bankfil ennå." in text
    assert "Klargjør betaling" in text


def test_nothing_owed_is_one_sentence(
    region: Region, signed_in: Callable[[Person], Client], settings: Settings
) -> None:
    settings.STAFF_NEED_SECOND_FACTOR = False
    page = signed_in(region.moss.staff["finance"]).get(PAYMENTS)
    assert heading_of(page) == "Ingenting å betale nå"
    assert "Betalingene kommer hit når vedtakene er fattet." in text_of(page)
    assert "Alle tre er like" in text_of(page)


def test_the_whole_way_to_the_bank(moss: Moss) -> None:
    first, second = moss.as_("finance"), moss.as_("second_finance")
    url = prepare(first)
    page = first.get(url)
    assert heading_of(page) == "Betaling 1: 4 mottakere, 560 200 kroner"
    assert "Du har klargjort denne betalingen" in text_of(page)
    assert "Per Strand, Tor Bakken" in text_of(page)

    confirm = second.get(f"{url}godkjenn/")
    assert heading_of(confirm) == "Godkjenn 4 betalinger, til sammen 560 200 kroner"
    assert "Dette skjer når du trykker" in text_of(confirm)
    assert approve(second, url)["Location"] == url

    answer = first.get(f"{url}bankfil/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    digest = hashlib.sha256(answer.content).hexdigest()
    assert digest in text_of(first.get(url))
    assert read_pain001(answer.content).sum_nok == TOTAL
    assert first.get(f"{url}bankfil/").content == answer.content

    sent = first.get(f"{url}sendt/")
    assert first.post(f"{url}sendt/", {"key": hidden(sent, "key")})["Location"] == url
    text = text_of(first.get(url))
    assert "Sendt til bank Solveig Moe" in text
    assert "Alle tre er like" in text


def test_nobody_approves_what_they_have_prepared(moss: Moss) -> None:
    first = moss.as_("finance")
    url = prepare(first)
    text = text_of(first.get(f"{url}godkjenn/"))
    assert "Du har klargjort denne betalingen selv" in text
    refused = first.post(f"{url}godkjenn/", {"key": "k"})
    assert refused.status_code == 403
    assert batches(moss)[0].state == "prepared"


def test_pressing_twice_prepares_and_approves_once(moss: Moss) -> None:
    first, second = moss.as_("finance"), moss.as_("second_finance")
    page = first.get(NEW)
    typed = {"key": hidden(page, "key"), "dag": hidden(page, "dag")}
    assert first.post(NEW, typed)["Location"] == first.post(NEW, typed)["Location"]
    assert len(batches(moss)) == 1
    url = f"{PAYMENTS}{batches(moss)[0].id}/"
    key = hidden(second.get(f"{url}godkjenn/"), "key")
    assert [second.post(f"{url}godkjenn/", {"key": key}).status_code for _ in range(2)] == [302, 302]


def test_sending_back_needs_a_reason_and_frees_the_payments(moss: Moss) -> None:
    first, approver = moss.as_("finance"), moss.as_("approver")
    url = prepare(first)
    empty = approver.post(f"{url}send-tilbake/", {"reason": " "})
    assert empty.status_code == 422
    assert text_of(empty).count("Skriv hvorfor du sender betalingen tilbake.") == 2
    assert approver.post(f"{url}send-tilbake/", {"reason": "Feil dag."})["Location"] == url
    assert "Feil dag." in text_of(first.get(url))
    assert heading_of(first.get(prepare(first))) == "Betaling 2: 4 mottakere, 560 200 kroner"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("i morgen", "Skriv betalingsdagen som dag, måned og år"),
        ("25.12.2026", "er ikke en bankdag"),
        ("01.01.2020", "er passert"),
    ],
)
def test_a_day_that_will_not_do_is_said_at_the_field(moss: Moss, typed: str, sentence: str) -> None:
    page = moss.as_("finance").post(NEW, {"key": "k", "dag": typed})
    assert page.status_code == 422
    assert text_of(page).count(sentence) == 2
    assert f'value="{typed}"' in page.content.decode()
    assert "Klargjør 4 betalinger" not in text_of(page)  # never a button for another day than the one typed
    assert batches(moss) == []


def test_stopped_payments_are_left_out_and_told_why(
    region: Region, signed_in: Callable[[Person], Client], settings: Settings
) -> None:
    settings.STAFF_NEED_SECOND_FACTOR = False
    same, other = answers(account=1), answers(account=2)
    send_applications(region.moss, {CAFE: same, "310100064": same, "310100072": other})
    decide_as_checked(region.moss)
    text = text_of(Moss(region, signed_in).as_("finance").get(NEW))
    assert text.count("er også brukt av") == 2
    assert "Klargjør 1 betaling" in text
    assert "som banken skal betale " in text


@pytest.mark.parametrize(("who", "status"), [("approver", 200), ("auditor", 200), ("officer", 403)])
def test_who_may_see_payments(moss: Moss, who: str, status: int) -> None:
    assert moss.as_(who).get(PAYMENTS).status_code == status


@pytest.mark.parametrize("who", ["approver", "auditor"])
def test_only_finance_gathers_and_fetches(moss: Moss, who: str) -> None:
    url = prepare(moss.as_("finance"))
    approve(moss.as_("second_finance"), url)
    assert moss.as_(who).get(NEW).status_code == 403
    assert moss.as_(who).get(f"{url}bankfil/").status_code == 403
    assert moss.as_(who).get(url).status_code == 200
