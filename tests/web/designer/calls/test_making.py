"""Making a call in the browser: every field read, every fault told, and published end to end."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from runde.foundation.trust.api import fence
from runde.grants.schemes.api import Call, find_announcement, list_sources, sources_of
from tests.web.designer.calls.conftest import ROOT, CallMaker
from tests.web.pages import heading_of, hidden, text_of

pytestmark = pytest.mark.django_db


def test_a_call_is_made_funded_and_published_by_a_scheme_manager(calls: CallMaker) -> None:
    made = calls.make()
    call = calls.now()
    assert made["Location"] == f"{ROOT}{call.id}/"
    page = text_of(calls.nina.get(made["Location"]))
    assert "Utlysningen er en kladd. Ingen utenfor kommunen ser den." in page
    assert "Før du kan publisere" in page
    calls.add_money(call)
    answer = calls.press(call, "publiser")
    assert answer["Location"] == f"{ROOT}{call.id}/"
    assert calls.now().state == Call.State.PUBLISHED
    assert Client().get("/moss/utlysninger/sommer-2027/").status_code == 200
    assert "Publiserte utlysningen" in text_of(calls.nina.get(answer["Location"]))


def test_what_was_typed_is_what_stands(calls: CallMaker) -> None:
    call = calls.drafted()
    today = timezone.localdate(calls.designers.region.at)
    opens, closes = timezone.localtime(call.opens_at), timezone.localtime(call.closes_at)
    assert (opens.date(), f"{opens:%H:%M}") == (today - timedelta(days=1), "09:00")
    assert (closes.date(), f"{closes:%H:%M}") == (today + timedelta(days=30), "23:59")
    assert (call.kind, call.grace_minutes, call.keep_drafts_days) == ("deadline", 30, 90)
    assert (call.needs_acceptance, call.acceptance_days, call.report_due_days) == (True, 21, 180)
    assert (call.euro_rate, call.euro_rate_source) == (Decimal("11.7190"), "Norges Bank")
    assert call.late_rule["en"] == "Late applications are not assessed."
    assert (call.contact_name, call.contact_email) == ("Ida Lunde", "ida@moss.example")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"version": ""}, "Velg hvilken ordning utlysningen gjelder."),
        ({"slug": ""}, "Skriv en adresse for utlysningen"),
        ({"slug": "Sommer kafé"}, "Bruk bare små bokstaver"),
        ({"slug": "smittevern-2026"}, "Det finnes allerede en utlysning med adressen"),
        ({"opens_date": ""}, "Skriv datoen utlysningen åpner"),
        ({"opens_date": "32.13.2026"}, "32.13.2026"),
        ({"closes_clock": "25.00"}, "er ikke et klokkeslett"),
        ({"closes_clock": "24.00"}, "Skriv 23.59 for slutten av dagen"),
        ({"closes_clock": ""}, "Skriv klokkeslettet"),
        ({"closes_date": "01.01.2020"}, "Fristen må være etter at utlysningen åpner."),
        ({"answer_by_date": "01.01.2020"}, "Svardatoen kan ikke være før fristen."),
        ({"euro_rate": "elleve"}, "er ikke et tall"),
        ({"euro_rate": "0"}, "høyst fire sifre"),
        ({"euro_rate": "11,71901"}, "høyst fire sifre"),
        ({"euro_rate_source": ""}, "Skriv hvor kursen er hentet."),
        ({"grace_minutes": "99999"}, "Skriv et tall mellom 0 og 1440."),
        ({"late_rule_nn": ""}, "mangler på nynorsk"),
        ({"contact_email": "ida"}, "Skriv e-postadressen slik"),
        ({"acceptance_days": ""}, "hvor mange dager søkeren har"),
        ({"keep_drafts_days": "0"}, "Kladder må lagres minst én dag"),
        ({"kind": "evig"}, "Velg om utlysningen har frist eller er løpende."),
    ],
)
def test_each_fault_is_told_at_its_field_and_nothing_is_lost(
    calls: CallMaker, changes: dict[str, str], sentence: str
) -> None:
    page = calls.make(**changes)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert text_of(page).count(sentence) >= 2, "in the summary and at the field"
    assert 'value="Norges Bank"' in page.content.decode() or "euro_rate_source" in changes
    with fence(calls.designers.region.moss.tenant.id):
        assert Call.objects.count() == 1


def test_a_clock_that_is_skipped_in_spring_is_refused(calls: CallMaker) -> None:
    page = calls.make(closes_date="28.03.2027", closes_clock="02.30", answer_by_date="01.06.2027")
    assert "klokka stilles fram" in text_of(page)


def test_the_same_press_makes_one_call(calls: CallMaker) -> None:
    page = calls.nina.get(f"{ROOT}ny/")
    sent = calls.typed() | {"key": hidden(page, "key")}
    first, second = (calls.nina.post(f"{ROOT}ny/", sent) for _ in range(2))
    assert first["Location"] == second["Location"]


def test_a_draft_is_changed_and_a_published_call_is_not(calls: CallMaker) -> None:
    call = calls.drafted()
    page = calls.nina.get(f"{ROOT}{call.id}/endre/")
    assert 'value="11,7190"' in page.content.decode()
    calls.nina.post(f"{ROOT}{call.id}/endre/", calls.typed(slug="host-2027", kind="running"))
    changed = calls.by_id(call)
    assert (changed.slug, changed.kind) == ("host-2027", "running")
    standing = calls.standing()
    assert calls.nina.post(f"{ROOT}{standing.id}/endre/", calls.typed()).status_code == 302
    assert calls.standing().slug == standing.slug


class TestMoney:
    def test_new_money_comes_after_what_is_there(self, calls: CallMaker) -> None:
        call = calls.drafted()
        calls.add_money(call)
        later = f"{timezone.localdate() + timedelta(days=9):%d.%m.%Y}"
        waiting = {"name": "Tillegg", "decided": "no", "document": "", "expected": later}
        calls.add_money(call, **waiting, sections="I")
        with fence(calls.designers.region.moss.tenant.id):
            first, second = sources_of(call)
        assert (first.state, second.state) == ("decided", "subject_to_decision")
        assert second.earmark == "nace_section IN ('I')"
        page = text_of(calls.nina.get(f"{ROOT}{call.id}/penger/"))
        assert "Under forutsetning av vedtak" in page
        assert "Registrer vedtaket" in page

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"name": ""}, "Skriv hva pengene heter"),
            ({"amount": ""}, "Skriv hvor mange kroner det er."),
            ({"amount": "mye"}, "bare tall"),
            ({"decided": ""}, "Velg om pengene er vedtatt."),
            ({"document": ""}, "Skriv hvilket vedtak pengene kommer fra."),
            ({"decided": "no"}, "Skriv når vedtaket ventes"),
        ],
    )
    def test_unsound_money_is_told_and_not_registered(
        self, calls: CallMaker, changes: dict[str, str], sentence: str
    ) -> None:
        call = calls.drafted()
        page = calls.add_money(call, **changes)
        assert page.status_code == 422
        assert sentence in text_of(page)
        with fence(calls.designers.region.moss.tenant.id):
            assert sources_of(call) == []
            assert "Sommerfondet" not in {one.name for one in list_sources()}

    def test_registered_money_is_used_and_taken_away_again(self, calls: CallMaker) -> None:
        call = calls.drafted()
        with fence(calls.designers.region.moss.tenant.id):
            source = list_sources()[0]
        calls.nina.post(f"{ROOT}{call.id}/penger/bruk/", {"source": str(source.id)})
        with fence(calls.designers.region.moss.tenant.id):
            assert sources_of(call) == [source]
        calls.nina.post(f"{ROOT}{call.id}/penger/ta-bort/", {"source": str(source.id)})
        with fence(calls.designers.region.moss.tenant.id):
            assert sources_of(call) == []

    def test_finance_may_fund_and_not_publish(self, calls: CallMaker) -> None:
        call = calls.drafted()
        solveig = calls.designers.as_("finance")
        assert solveig.get(f"{ROOT}{call.id}/penger/").status_code == 200
        assert solveig.get(f"{ROOT}{call.id}/publiser/").status_code == 403


def test_a_preview_is_the_public_page_and_publishes_nothing(calls: CallMaker) -> None:
    call = calls.drafted()
    page = calls.nina.get(f"{ROOT}{call.id}/forhandsvis/")
    assert heading_of(page) == "Tilskudd til virksomheter rammet av smitteverntiltak"
    assert "Dette er en forhåndsvisning." in text_of(page)
    english = calls.nina.get(f"{ROOT}{call.id}/forhandsvis/", {"sprak": "en"})
    assert heading_of(english) == "Grants for businesses affected by infection control measures"
    assert calls.by_id(call).state == Call.State.DRAFT
    assert find_announcement("moss", call.slug) is None
    assert Client().get("/moss/utlysninger/sommer-2027/").status_code == 404


@pytest.mark.parametrize("who", ["officer", "approver", "auditor", "finance"])
def test_others_read_and_do_not_change(calls: CallMaker, who: str) -> None:
    call, other = calls.drafted(), calls.designers.as_(who)
    assert other.get(ROOT).status_code == 200
    page = other.get(f"{ROOT}{call.id}/")
    assert "Publiser …" not in text_of(page)
    for act in ("ny", f"{call.id}/endre", f"{call.id}/publiser", f"{call.id}/trekk", f"{call.id}/filer"):
        assert other.get(f"{ROOT}{act}/").status_code == 403, act


def test_another_municipality_does_not_see_it(calls: CallMaker) -> None:
    call = calls.drafted()
    theirs = calls.designers.as_("manager", "horten")
    assert theirs.get(f"/horten/ordninger/utlysninger/{call.id}/").status_code == 404
    assert theirs.get(f"{ROOT}{call.id}/").status_code == 404


def test_the_way_from_a_version_to_its_call(calls: CallMaker) -> None:
    version = calls.designers.version()
    page = calls.nina.get(f"/moss/ordninger/versjon/{version.id}/").content.decode()
    assert f'href="{ROOT}{calls.standing().id}/"' in page
    assert f'href="{ROOT}ny/?versjon={version.id}"' in page
    form = calls.nina.get(f"{ROOT}ny/", {"versjon": str(version.id)}).content.decode()
    assert f'value="{version.id}" selected' in form
