"""The bank answers: finance reads the files, mends what failed, and pays again; an auditor looks on."""

from __future__ import annotations

from pathlib import Path

import pytest

from runde.foundation.trust.api import fence
from runde.grants.payments.api import BankFile, Batch, Payment
from tests.engine.bank.answers import status, status_file

from .region import Region, decide_as_checked, pay, send_applications
from .test_round_finance import FOUR
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]


def arrive(visitor: Visitor, region: Region, who: str) -> None:
    visitor.go("/moss/betaling/")
    visitor.sign_in(region.moss.email(who))


def answer(region: Region, folder: Path, *, all_paid: bool = False) -> Path:
    """What the bank says of the sent batch: the first refused, unless all are paid."""
    with fence(region.moss.tenant.id):
        file = BankFile.objects.filter(batch__state=Batch.State.SENT).latest("sealed_at")
        payments = list(Payment.objects.filter(sealed__bank_file=file).order_by("reference"))
    paid = payments if all_paid else payments[1:]
    refused = [] if all_paid else [status(payments[0].reference, reason="AM04")]
    said = [*refused, *(status(one.reference, "ACSC", "") for one in paid)]
    path = folder / f"svar-{file.message_id}.xml"
    path.write_bytes(status_file(*said, message=file.message_id))
    return path


def read(visitor: Visitor, path: Path) -> None:
    visitor.page.get_by_label("Fil fra banken").set_input_files(path)
    visitor.press("Les filen")


@pytest.mark.parametrize("size", SIZES)
def test_only_what_failed_needs_anybody(
    region: Region, visitor: VisitorFactory, size: tuple[int, int], tmp_path: Path
) -> None:
    send_applications(region.moss, FOUR)
    decide_as_checked(region.moss)
    pay(region.moss)
    solveig = visitor(size)
    arrive(solveig, region, "finance")
    solveig.press("Svar fra banken")
    assert solveig.heading() == "0 av 2 er betalt. Resten venter på svar fra banken."
    solveig.look("bank-waiting")
    wrong = tmp_path / "feil.xml"
    wrong.write_text("<Document>\n<Feil>\n</Document>")
    read(solveig, wrong)
    assert "Linje 3: filen er ikke hel XML" in solveig.text()
    solveig.look("bank-wrong-file")
    file = answer(region, tmp_path)
    read(solveig, file)
    assert solveig.heading() == "1 av 2 er betalt. 1 trenger deg."
    assert "det ikke var nok penger på kommunens konto" in solveig.text()
    solveig.look("bank-trouble")
    read(solveig, file)
    assert "Denne filen er allerede lest" in solveig.text()
    solveig.look("bank-read-before")
    solveig.page.locator("tbody th a, tbody td a").first.click()
    solveig.look("bank-settle")
    solveig.press("Avklar svaret")
    assert "Skriv hva du har funnet ut." in solveig.text()
    solveig.look("bank-settle-error")
    solveig.page.get_by_label("Hva har du funnet ut?").fill("Vi har fylt på kontoen.")
    solveig.press("Avklar svaret")
    assert "Trenger deg" not in solveig.text()


@pytest.mark.parametrize("size", SIZES)
def test_a_receipt_by_hand_and_an_auditor(
    region: Region, visitor: VisitorFactory, size: tuple[int, int], tmp_path: Path
) -> None:
    send_applications(region.moss, FOUR)
    decide_as_checked(region.moss)
    pay(region.moss)
    solveig = visitor(size)
    arrive(solveig, region, "finance")
    solveig.go("/moss/betaling/bank/")
    solveig.page.locator("tbody th a, tbody td a").first.click()
    solveig.look("bank-receipt")
    solveig.press("Skriv ned svaret")
    assert "Velg hva banken har sagt." in solveig.text()
    solveig.look("bank-receipt-error")
    solveig.page.get_by_label("Betalt", exact=True).check()
    solveig.page.get_by_label("Hvordan vet du det?").fill("Står i nettbanken.")
    solveig.press("Skriv ned svaret")
    assert solveig.heading() == "1 av 2 er betalt. Resten venter på svar fra banken."
    read(solveig, answer(region, tmp_path, all_paid=True))
    assert solveig.heading() == "Alt er betalt: 2 av 2"
    solveig.look("bank-all-paid")
    auditor = visitor(size)
    arrive(auditor, region, "auditor")
    auditor.go("/moss/betaling/bank/")
    assert "Les filen" not in auditor.text()
    auditor.look("bank-auditor")
