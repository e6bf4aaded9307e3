"""Finance pays: gathered by one, approved by another, fetched as a file, told as sent."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from runde.engine.bank.api import read_pain001
from runde.foundation.trust.api import fence
from runde.grants.payments.api import Batch, list_batches, reconciliation

from .region import CAFE, Region, answers, decide_as_checked, send_applications
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
FOUR = {
    CAFE: answers(account=1),
    "310100064": answers(revenue=200000, before=900000, costs=410000, account=2),
    "310100072": answers(revenue=90000, before=210000, costs=60000, account=3),
    "310100099": answers(revenue=100000, before=640000, costs=220000, account=3),
}
"""The last two have given the same account: they are stopped."""


def arrive(visitor: Visitor, region: Region, who: str) -> None:
    visitor.go("/moss/betaling/")
    visitor.sign_in(region.moss.email(who))


@pytest.mark.parametrize("size", SIZES)
def test_from_what_is_owed_to_the_bank(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss, FOUR)
    decide_as_checked(region.moss)
    solveig, tor = visitor(size), visitor(size)
    arrive(solveig, region, "finance")
    solveig.look("payments")
    solveig.press("Klargjør betaling")
    assert "er også brukt av" in solveig.text()
    solveig.look("prepare")
    solveig.page.get_by_label("Betalingsdag").fill("i morgen")
    solveig.press("Oppdater lista")
    solveig.look("prepare-error")
    solveig.go("/moss/betaling/ny/")
    solveig.press("Klargjør 2 betalinger")
    assert solveig.heading() == "Betaling 1: 2 mottakere, 383 400 kroner"
    assert "Du har klargjort denne betalingen" in solveig.text()
    solveig.look("batch-own")

    arrive(tor, region, "second_finance")
    tor.press("Betaling 1")
    tor.look("batch")
    tor.press("Gå til godkjenning")
    tor.look("approve")
    tor.press("Godkjenn 2 betalinger, 383 400 kroner")
    assert "Betalingen er godkjent" in tor.text()
    tor.look("sealed")
    with tor.page.expect_download() as fetched:
        tor.press("Last ned bankfilen")
    content = Path(fetched.value.path()).read_bytes()
    assert hashlib.sha256(content).hexdigest() in tor.text()
    assert read_pain001(content).sum_nok == 383400

    solveig.page.reload()
    solveig.press("Merk som sendt")
    solveig.look("sent-confirm")
    solveig.press("Merk som sendt")
    assert "Alle tre er like" in solveig.text()
    solveig.look("sent")
    solveig.go("/moss/betaling/")
    solveig.look("payments-after")
    with fence(region.moss.tenant.id):
        assert [row.batch.state for row in list_batches()] == [Batch.State.SENT]
        assert reconciliation().sent_nok == 383400


@pytest.mark.parametrize("size", SIZES)
def test_sending_a_batch_back(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    send_applications(region.moss, FOUR)
    decide_as_checked(region.moss)
    solveig, per = visitor(size), visitor(size)
    arrive(solveig, region, "finance")
    solveig.press("Klargjør betaling")
    solveig.press("Klargjør 2 betalinger")
    arrive(per, region, "approver")
    per.press("Betaling 1")
    per.press("Send tilbake")
    per.press("Send tilbake")
    assert "Skriv hvorfor du sender betalingen tilbake." in per.text()
    per.look("return-error")
    per.page.get_by_label("Hvorfor sender du betalingen tilbake?").fill("Vent til fredag.")
    per.press("Send tilbake")
    assert "Vent til fredag." in per.text()
    per.look("returned")


def test_without_script(region: Region, visitor: VisitorFactory) -> None:
    send_applications(region.moss, FOUR)
    decide_as_checked(region.moss)
    solveig, tor = visitor(DESKTOP, script=False), visitor(DESKTOP, script=False)
    arrive(solveig, region, "finance")
    solveig.press("Klargjør betaling")
    solveig.press("Klargjør 2 betalinger")
    arrive(tor, region, "second_finance")
    tor.press("Betaling 1")
    tor.press("Gå til godkjenning")
    tor.press("Godkjenn 2 betalinger, 383 400 kroner")
    solveig.page.reload()
    solveig.press("Merk som sendt")
    solveig.press("Merk som sendt")
    assert "Alle tre er like" in solveig.text()
    solveig.look("sent")


def test_nothing_to_pay_is_one_sentence(region: Region, visitor: VisitorFactory) -> None:
    solveig = visitor(DESKTOP)
    arrive(solveig, region, "finance")
    assert solveig.heading() == "Ingenting å betale nå"
    solveig.look("nothing")
