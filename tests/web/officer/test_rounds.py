"""Pages about many amounts at once: conditional grants, top-ups, the reserve list and political treatment."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from runde.foundation.journal.models import Event
from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, Decision, Line, ReserveEntry, approve_proposal, propose
from runde.grants.schemes.api import FundingSource, get_call, list_sources
from tests.grants.casework.versions import a_version
from tests.journeys.region import CALL, decide_as_checked
from tests.web.officer.conftest import Moss
from tests.web.pages import heading_of, hidden, text_of

pytestmark = pytest.mark.django_db


def undecided(moss: Moss) -> FundingSource:
    with fence(moss.region.moss.tenant.id):
        return next(one for one in list_sources() if one.state == "subject_to_decision")


def test_conditional_grants_are_made_seen_and_cut(moss: Moss) -> None:
    officer, source = moss.as_("officer"), undecided(moss)
    url = "/moss/oversikt/betinget/"
    page = officer.get(url)
    assert heading_of(page) == "Lag 4 betingede vedtak"
    assert officer.post(url, {"key": hidden(page, "key")}).status_code == 422
    answer = officer.post(url, {"key": hidden(page, "key"), "word": "on"})
    approve(moss, answer["Location"])
    settle = f"/moss/oversikt/{source.id}/oppgjor/"
    tried = officer.get(settle, {"valg": "scaled", "belop": "336 120"})
    assert "4 virksomheter, 60 prosent av beløpet" in text_of(tried)
    assert "Pengene er ikke vedtatt ennå" in text_of(tried)
    register(moss, source, "336 120")
    page = officer.get(settle)
    assert heading_of(page) == "Gjør opp 4 betingede vedtak"
    answer = officer.post(
        settle,
        {"key": hidden(page, "key"), "valg": "scaled", "sett": hidden(page, "sett"), "word": "on"},
    )
    approve(moss, answer["Location"])
    with fence(moss.region.moss.tenant.id):
        total = sum(one.amount_nok for one in Decision.objects.filter(decision__isnull=True))
    assert total == 336_120


def test_odd_shares_and_amounts_are_said_and_kept(moss: Moss) -> None:
    url = f"/moss/oversikt/{undecided(moss).id}/oppgjor/"
    page = moss.as_("manager").get(url, {"valg": "scaled", "andel": "hundre og ti", "minst": "mye"})
    assert page.status_code == 200 or page.status_code == 422
    assert heading_of(page) == "0 betingede vedtak venter på penger fra Formannskapet"


def test_an_unknown_source_is_not_found(moss: Moss) -> None:
    answer = moss.as_("officer").get("/moss/oversikt/00000000-0000-0000-0000-000000000000/oppgjor/")
    assert answer.status_code == 404


def register(moss: Moss, source: FundingSource, amount: str) -> None:
    manager, url = moss.as_("manager"), f"/moss/oversikt/{source.id}/vedtak/"
    key = hidden(manager.get(url), "key")
    manager.post(url, {"key": key, "document": "Kommunestyret sak 61/26", "amount": amount})


def approve(moss: Moss, proposal_url: str) -> None:
    approver = moss.as_("approver")
    page = approver.get(f"{proposal_url}godkjenn/")
    answer = approver.post(f"{proposal_url}godkjenn/", {"key": hidden(page, "key")})
    assert answer.status_code == 302


def test_nobody_can_be_topped_up_who_has_all_the_rules_give(moss: Moss) -> None:
    decide_as_checked(moss.region.moss)
    page = moss.as_("officer").get("/moss/oversikt/etterfylling/")
    assert heading_of(page) == "Ingen kan få mer nå"
    assert "Har allerede fått det reglene gir." in text_of(page)


def test_a_top_up_by_a_newer_version_of_the_rules(moss: Moss) -> None:
    decide_as_checked(moss.region.moss)
    officer, url = moss.as_("officer"), "/moss/oversikt/etterfylling/"
    assert "Hvilke regler gjelder for tillegget?" not in text_of(officer.get(url))
    with fence(moss.region.moss.tenant.id):
        newer = a_version(get_call(CALL), moss.region.at, coverage_rate="0.90")
    assert heading_of(officer.get(url)) == "Ingen kan få mer nå"
    page = officer.get(url, {"versjon": str(newer.id)})
    assert heading_of(page).startswith("Gi 4 virksomheter mer penger")
    assert "Der reglene eller noe i registeret er endret siden vedtaket" in text_of(page)
    typed = {name: hidden(page, name) for name in ("key", "sett", "versjon")}
    answer = officer.post(url, {**typed, "word": "on"})
    approve(moss, answer["Location"])
    with fence(moss.region.moss.tenant.id):
        assert sum(one.amount_nok for one in Decision.objects.filter(decision__isnull=True)) > 560_200


def test_a_version_that_is_not_the_schemes_is_said(moss: Moss) -> None:
    decide_as_checked(moss.region.moss)
    with fence(moss.region.moss.tenant.id):
        a_version(get_call(CALL), moss.region.at)
    page = moss.as_("officer").get("/moss/oversikt/etterfylling/", {"versjon": "tull"})
    assert page.status_code == 422
    assert "Velg en versjon fra lista." in text_of(page)


def test_the_reserve_list_leads_to_a_proposal(moss: Moss) -> None:
    listed(moss)
    officer, url = moss.as_("officer"), "/moss/oversikt/reserveliste/"
    page = officer.get(url)
    assert heading_of(page) == "Reserveliste: pengene rekker til 1 virksomhet"
    assert "Pengene rekker" in text_of(page)
    answer = officer.post(url, {"key": hidden(page, "key"), "word": "on"})
    approve(moss, answer["Location"])
    assert "Har fått tilskudd" in text_of(officer.get(url))
    assert heading_of(officer.get(url)) == "Ingen står på reservelista"


def listed(moss: Moss) -> None:
    town, at = moss.region.moss, timezone.now()
    [case, *_] = [one for one in moss.cases() if one.lane == "green"]
    with fence(town.tenant.id):
        line = Line(
            case.id,
            "refused",
            "reserve_listed",
            reason_text="Under streken.",
            reserve_rank=1,
            reserve_nok=Decimal(50_000),
        )
        officer, approver = town.actor("officer", at), town.actor("approver", at)
        proposal = propose(lines=[line], by=officer, at=at, declares_impartial=True)
        approve_proposal(proposal_id=proposal.id, key="l", by=approver, at=at)
        assert ReserveEntry.objects.get().rank == 1


def lay(moss: Moss, *, days: int = 0, **typed: str) -> Any:
    officer, url = moss.as_("officer"), "/moss/politisk/ny/"
    page = officer.get(url)
    day = timezone.localdate() + timedelta(days=days)
    given = {"body": "Formannskapet", "meeting": f"{day:%d.%m.%Y}", "number": "61/26", "word": "on"}
    return officer.post(url, {"key": hidden(page, "key"), **given, **typed})


def test_a_list_is_laid_before_a_body_taken_out_and_registered(moss: Moss) -> None:
    url = lay(moss)["Location"]
    approver = moss.as_("approver")
    page = approver.get(url)
    assert heading_of(page) == "Innstilling til Formannskapet: 6 saker, 560 200 kroner"
    rows = approver.get(f"{url}liste.csv").content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Sak;Virksomhet;Org.nr.")
    assert len(rows) == 7
    assert approver.get(f"{url}liste.pdf").content.startswith(b"%PDF-")
    cases = moss.cases(lane="green")
    typed = {
        "key": hidden(page, "key"),
        "protocol": "Formannskapet sak 61/26",
        f"utfall_{cases[0].id}": "other_amount",
        f"belop_{cases[0].id}": "50 000",
        f"utfall_{cases[1].id}": "postponed",
    }
    assert approver.post(url, {**typed, "protocol": ""}).status_code == 422
    assert approver.post(url, typed)["Location"] == url
    text = text_of(approver.get(url))
    assert heading_of(approver.get(url)).startswith("Formannskapet har bestemt: 6 saker")
    assert "Annet beløp" in text
    assert "Utsatt" in text
    with fence(moss.region.moss.tenant.id):
        assert Decision.objects.get(case_id=cases[0].id).amount_nok == 50_000
        assert Case.objects.get(id=cases[1].id).state == "open"
        assert Event.objects.filter(action="casework.list_exported").count() == 2


def test_before_the_meeting_nothing_can_be_registered(moss: Moss) -> None:
    url = lay(moss, days=7)["Location"]
    text = text_of(moss.as_("approver").get(url))
    assert "Utfallet kan registreres fra da av." in text
    assert "Hva ble bestemt?" not in text


def test_what_was_typed_is_kept_when_the_day_is_not_one(moss: Moss) -> None:
    answer = lay(moss, meeting="neste uke")
    assert answer.status_code == 422
    assert "Skriv datoen slik: 14.12.2026." in text_of(answer)
    assert "neste uke" in answer.content.decode()


def test_lists_are_seen_by_all_who_work_here(moss: Moss) -> None:
    assert (
        heading_of(moss.as_("auditor").get("/moss/politisk/")) == "Politisk behandling: ingen lister venter"
    )
    lay(moss, days=7)
    page = moss.as_("finance").get("/moss/politisk/")
    assert heading_of(page) == "Politisk behandling: 1 liste venter"
