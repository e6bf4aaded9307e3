"""An approver signs: the unusual first, some left out, the whole act on a phone too."""

from __future__ import annotations

import pytest
from django.utils import timezone

from runde.foundation.trust.api import fence
from runde.grants.casework.api import (
    Case,
    Decision,
    Deviation,
    Line,
    case_features,
    list_cases,
    propose,
    propose_as_checked,
    write_letters,
)
from runde.grants.schemes.api import get_call

from .region import CALL, PIZZA, Region, Town, send_applications
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]


def prepare(town: Town) -> None:
    """The officer's work: four ready cases and two refusals in one proposal, the weighed one in another."""
    send_applications(town)
    at = timezone.now()
    with fence(town.tenant.id):
        officer, cases = town.actor("officer", at), list_cases(get_call(CALL).id)
        settled = [case.id for case in cases if case.lane != "yellow"]
        propose_as_checked(case_ids=settled, by=officer, at=at, declares_impartial=True)


def weigh(town: Town) -> None:
    at = timezone.now()
    with fence(town.tenant.id):
        case = Case.objects.get(application__organisation_number=PIZZA)
        past = tuple(
            Deviation(one.slug, "beyond_control", "Stengt etter pålegg.")
            for one in case_features([case.id], at=at)[case.id].missed
        )
        line = Line(case.id, "granted", "discretion_granted", None, "Lokalet var stengt i halve mai.", past)
        propose(lines=[line], by=town.actor("officer", at), at=at, declares_impartial=True)


def open_proposal(per: Visitor, region: Region, name: str) -> None:
    per.go("/moss/forslag/")
    per.sign_in(region.moss.email("approver"))
    per.look("proposals")
    per.press(name)


@pytest.mark.parametrize("size", SIZES)
def test_approving_all_but_one(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    prepare(region.moss)
    per = visitor(size)
    open_proposal(per, region, "6 saker")
    assert per.heading() == "Godkjenn 6 vedtak, til sammen 560 200 kroner"
    assert "Ingen avvik." in per.text()
    per.page.get_by_text("Se sakene og ta ut noen").click()
    per.look("proposal")
    per.page.get_by_label("Marker sak 26/3, ØRE FRISØR ENK").check()
    per.press("Gå til godkjenning")

    assert per.heading() == "Godkjenn 5 vedtak, til sammen 536 100 kroner"
    assert "Dette skjer når du trykker" in per.text()
    per.look("confirm")
    per.press("Godkjenn 5 vedtak, 536 100 kroner")

    assert per.heading() == "5 vedtak er fattet, til sammen 536 100 kroner"
    assert "Tatt ut av godkjenneren." in per.text()
    per.look("approved")
    with fence(region.moss.tenant.id):
        decisions = list(Decision.objects.all())
        write_letters(decision_ids=[one.id for one in decisions], at=timezone.now())
    assert len(decisions) == 5

    per.press("KAFÉ KANALEN AS")
    per.look("case-decided")
    per.press("Dokumenter")
    with per.page.expect_download() as letter:
        per.page.get_by_role("link", name="Svar på søknaden").first.click()
    assert letter.value.suggested_filename == "vedtak-26-1.pdf"


@pytest.mark.parametrize("size", SIZES)
def test_a_deviation_comes_first_and_is_sent_back(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss)
    weigh(region.moss)
    per = visitor(size)
    open_proposal(per, region, "1 sak")
    assert "Lokalet var stengt i halve mai." in per.text()
    per.look("deviation")
    with per.page.expect_download():
        per.page.get_by_role("link", name="Vis brev (PDF)").first.click()
    per.press("Send tilbake")
    per.look("return")
    per.press("Send tilbake")
    assert "Skriv hvorfor du sender forslaget tilbake." in per.text()
    per.look("return-error")
    per.page.get_by_label("Hvorfor sender du forslaget tilbake?").fill("Be om regnskapet for mai først.")
    per.press("Send tilbake")
    assert per.heading() == "Forslaget om 1 vedtak er sendt tilbake"
    per.look("returned")
    per.go("/moss/forslag/")
    assert per.heading() == "Ingenting å godkjenne nå"
    per.look("nothing")


def test_without_script(region: Region, visitor: VisitorFactory) -> None:
    prepare(region.moss)
    per = visitor(PHONE, script=False)
    open_proposal(per, region, "6 saker")
    per.press("Gå til godkjenning")
    per.look("confirm")
    per.press("Godkjenn 6 vedtak, 560 200 kroner")
    assert per.heading() == "6 vedtak er fattet, til sammen 560 200 kroner"
    with fence(region.moss.tenant.id):
        assert Decision.objects.count() == 6
