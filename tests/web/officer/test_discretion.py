"""Like cases beside the case, reasons for going another way, and the page about equal treatment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, ProposalLine, case_features
from runde.grants.precedents.api import Features, Weighed, record_precedents
from runde.grants.schemes.api import get_call
from tests.grants.precedents.made import AT, weighed
from tests.journeys.region import CALL, PIZZA
from tests.web.officer.conftest import Moss
from tests.web.pages import heading_of, hidden, text_of

from .test_cases import address, declare

pytestmark = pytest.mark.django_db
LIKE = "lignende/"
FAIRNESS = "/moss/likebehandling/"
PAST = {"why_revenue_drop": "just_outside", "past_revenue_drop": "Det mangler lite."}
GRANT = {"reason": "discretion_granted", "amount": "48 000", "text": "Stengt i mai.", **PAST}
REFUSAL = {"reason": "discretion_refused", "text": "Ikke særlige forhold."}


@contextmanager
def inside(moss: Moss) -> Iterator[Features]:
    """Moss' fence, and how the pizza place stands."""
    case = moss.case(PIZZA)
    with fence(moss.region.moss.tenant.id):
        yield case_features([case.id], at=AT)[case.id]


def decided(moss: Moss, count: int, outcome: str = "granted", **stands: object) -> None:
    with inside(moss) as ours:
        call = get_call(CALL).id
        record_precedents([one(ours, call, number, outcome, **stands) for number in range(count)], at=AT)


def one(ours: Features, call: object, number: int, outcome: str, **stands: object) -> Weighed:
    like = replace(ours, **stands)  # type: ignore[arg-type]
    return weighed(like, outcome, 50_000, case_number=f"26/{number + 90}", call_id=call)


def propose(moss: Moss, case: Case, **typed: str) -> object:
    officer = moss.as_("officer")
    declare(officer, case)
    key = hidden(officer.get(address(case)), "key")
    return officer.post(f"{address(case)}forslag/", {"key": key, **typed})


def test_like_cases_are_told_of_with_what_is_alike(moss: Moss) -> None:
    decided(moss, 3)
    case, officer = moss.case(PIZZA), moss.as_("officer")
    assert officer.get(f"{address(case)}{LIKE}").status_code == 302
    closed = officer.get(f"{address(case)}{LIKE}panel/")
    assert (closed.status_code, heading_of(closed)) == (403, "Kan du behandle denne saken?")
    declare(officer, case)
    page = officer.get(f"{address(case)}{LIKE}")
    told = text_of(page)
    assert heading_of(page) == "Lignende saker"
    assert "3 lignende saker: 3 fikk tilskudd. Median 50 000 kroner." in told
    assert "Omsetningen må ha falt med minst 30 prosent: mangler 3,57 prosentpoeng" in told
    panel = officer.get(f"{address(case)}{LIKE}panel/").content.decode()
    assert "<h2" in panel
    assert "<html" not in panel


@pytest.mark.parametrize("count", [1, 3])
def test_the_panel_asks_the_same_of_one_as_of_three(moss: Moss, count: int) -> None:
    decided(moss, count)
    case, auditor = moss.case(PIZZA), moss.as_("auditor")
    auditor.get(f"{address(case)}{LIKE}panel/")
    with CaptureQueriesContext(connection) as seen:
        assert auditor.get(f"{address(case)}{LIKE}panel/").status_code == 200
    assert len(seen) <= 22


def test_without_any_like_the_first_of_its_kind(moss: Moss) -> None:
    case = moss.case(PIZZA)
    told = text_of(moss.as_("auditor").get(f"{address(case)}{LIKE}"))
    assert "Ingen lignende saker ennå. Vedtaket ditt blir det første av sitt slag." in told


def test_when_nothing_can_be_compared_the_page_goes_on(moss: Moss, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_slow(*_: object, **__: object) -> None:
        raise OperationalError("canceling statement")

    monkeypatch.setattr("runde.web.officer.views.similar.similar_cases", too_slow)
    page = moss.as_("auditor").get(f"{address(moss.case(PIZZA))}{LIKE}")
    assert page.status_code == 200
    assert "Vi får ikke sammenlignet nå." in text_of(page)


def test_a_grant_past_a_criterion_says_why_beside_its_own_field(moss: Moss) -> None:
    case = moss.case(PIZZA)
    page = propose(moss, case, **{**GRANT, "past_revenue_drop": " "})
    assert page.status_code == 422  # type: ignore[attr-defined]
    told = text_of(page)
    assert told.count("Skriv med egne ord hvorfor dere går forbi kravet") == 2
    assert 'value="just_outside" selected' in page.content.decode()  # type: ignore[attr-defined]
    assert propose(moss, case, **GRANT).status_code == 302  # type: ignore[attr-defined]
    with fence(moss.region.moss.tenant.id):
        line = ProposalLine.objects.get(case=case)
        assert line.deviations == [
            {"criterion": "revenue_drop", "code": "just_outside", "words": "Det mangler lite."}
        ]
    told = text_of(moss.as_("officer").get(address(case)))
    assert "Virksomheten er bare litt utenfor" in told


def test_departing_is_asked_about_only_when_so(moss: Moss) -> None:
    case = moss.case(PIZZA)
    asked = "Forslaget ditt avviker fra lignende saker. Hvorfor?"
    decided(moss, 2)
    officer = moss.as_("officer")
    declare(officer, case)
    assert asked not in text_of(officer.get(address(case)))
    decided(moss, 1)
    page = propose(moss, case, **REFUSAL)
    assert page.status_code == 422  # type: ignore[attr-defined]
    assert asked in text_of(page)
    why = {"departure": "facts_differ", "departure_words": "Åpent hele tiden."}
    assert propose(moss, case, **REFUSAL, **why).status_code == 302  # type: ignore[attr-defined]
    assert "Forslaget avviker fra disse" in text_of(officer.get(f"{address(case)}{LIKE}"))


def test_like_cases_are_on_the_offices_print_and_not_on_the_partys(moss: Moss) -> None:
    decided(moss, 3)
    case, auditor = moss.case(PIZZA), moss.as_("auditor")
    assert "Sak 26/90" in text_of(auditor.get(f"{address(case)}utskrift/"))
    assert "Sak 26/90" not in text_of(auditor.get(f"{address(case)}innsyn/"))


def test_the_page_shows_spread_and_withholds_small_groups(moss: Moss) -> None:
    decided(moss, 6)
    decided(moss, 5, "refused", section="G", industry="47.111")
    decided(moss, 3, "refused", section="R", industry="90.020")
    decided(moss, 2, "refused", section="S", industry="93.110")
    page = moss.as_("manager").get(FAIRNESS)
    told = text_of(page)
    assert "100 prosent får tilskudd." in told
    assert "2 grupper med 5 saker til sammen er ikke vist" in told
    assert "Får tilskudd 6 (38 prosent)" in told
    table = moss.as_("manager").get(FAIRNESS + "tabell.csv?tabell=naering").content.decode()
    assert table.splitlines()[0] == "\ufeffNæring;Får tilskudd;Saker;Vanlig andel av beregnet beløp"
    assert "Overnatting og servering;100 prosent;6;75 prosent" in table
    assert len(table.splitlines()) == 3
    assert moss.as_("manager").get(FAIRNESS + "tabell.csv?tabell=navn").status_code == 404


def test_pairs_are_listed_with_whether_somebody_has_said_why(moss: Moss) -> None:
    assert heading_of(moss.as_("officer").get(FAIRNESS)) == "Ingen saker er foreslått eller avgjort ennå"
    decided(moss, 3)
    assert heading_of(moss.as_("officer").get(FAIRNESS)) == "Ingen like saker har fått ulikt svar"
    decided(moss, 1, "refused", calculated_nok=Decimal(66_000))
    page = moss.as_("officer").get(FAIRNESS)
    assert heading_of(page) == "1 par av like saker fikk ulikt svar uten begrunnelse"
    assert "Mangler begrunnelse" in text_of(page)
    assert moss.as_("finance").get(FAIRNESS).status_code == 403
