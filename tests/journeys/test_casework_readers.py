"""Those who only read, at a phone: the auditor through every room of the casework, and an assessor after the panel."""

from __future__ import annotations

import pytest
from django.utils import timezone

from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, Proposal

from .appealing import add_others, appeal_by_party, refuse
from .region import CAFE, PIZZA, Region, decide_as_checked, send_applications
from .test_casework_panel import JURY, close_a_call, score_the_rest, set_up
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
ROOMS = (
    ("saker/", "list"),
    ("forslag/", "proposals"),
    ("klager/", "appeals"),
    ("paneler/", "panels"),
    ("oversikt/", "overview"),
    ("oversikt/reserveliste/", "reserve"),
    ("politisk/", "boards"),
    ("likebehandling/", "fairness"),
    ("brev/", "letters"),
    ("brev/endringer/", "changes"),
)


def acts_offered(visitor: Visitor) -> list[str]:
    """Buttons in sight that would write something; a view of one's own is kept behind the search."""
    buttons = visitor.page.locator("main form[method=post] button[type=submit]")
    return buttons.filter(visible=True).all_inner_texts()


@pytest.mark.parametrize("size", SIZES)
def test_an_auditor_reads_every_room_and_is_offered_no_act(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    moss, at = region.moss, timezone.now()
    send_applications(moss, by=region.applicant)
    with fence(moss.tenant.id):
        pizza = Case.objects.select_related("application").get(application__organisation_number=PIZZA)
    refuse(moss, pizza, at)
    add_others(moss, at)
    appeal = appeal_by_party(moss, pizza, at)
    decide_as_checked(moss)
    with fence(moss.tenant.id):
        cafe = Case.objects.get(application__organisation_number=CAFE)
        proposal = Proposal.objects.latest("prepared_at")

    arne = visitor(size)
    arne.go("/moss/saker/")
    arne.sign_in(moss.email("auditor"))
    case = f"saker/{cafe.id}/"
    deeper = (
        (case, "case"),
        (f"{case}dokumenter/", "case-documents"),
        (f"{case}dialog/", "case-dialog"),
        (f"{case}historikk/", "case-history"),
        (f"klager/{appeal.id}/", "appeal"),
        (f"forslag/{proposal.id}/", "proposal"),
    )
    for address, name in (*ROOMS, *deeper):
        arne.go(f"/moss/{address}")
        assert arne.page.locator("main h1").count() == 1, address
        assert acts_offered(arne) == [], address
        arne.look(f"auditor-{name}")


@pytest.mark.parametrize("size", SIZES)
def test_an_assessor_sees_the_others_when_all_are_in(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    close_a_call(region)
    ida = visitor(DESKTOP)
    set_up(ida, region)
    score_the_rest(region)
    berit = visitor(size)
    berit.go("/moss/paneler/")
    berit.sign_in(JURY[0][0])
    assert berit.page.locator("main h1").count() == 1
    berit.look("assessor-done")
    berit.page.locator("main table a").first.click()
    berit.page.wait_for_load_state()
    berit.look("assessor-panel")
    assert acts_offered(berit) == []
    for address in ("/moss/saker/", "/moss/oversikt/", "/moss/forslag/"):
        answer = berit.page.goto(address)
        assert answer is not None
        assert answer.status in (403, 404), address
    berit.look("assessor-outside")
