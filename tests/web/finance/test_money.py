"""The pages of the money: what each person sees, what is refused in words, and figures that are the books'."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from runde.foundation.trust.api import fence
from runde.grants.budget.api import Standing
from runde.grants.schemes.api import FundingSource, list_sources
from runde.web.components.charts import StepLines
from runde.web.finance.money_shown import lines_of
from tests.web.officer.conftest import Moss
from tests.web.pages import heading_of, hidden, text_of

pytestmark = pytest.mark.django_db
MONEY = "/moss/penger/"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def source(moss: Moss, name: str) -> FundingSource:
    with fence(moss.region.moss.tenant.id):
        return next(one for one in list_sources() if one.name == name)


def test_the_cockpit_tells_everybody_who_works_with_it(moss: Moss) -> None:
    for who in ("finance", "officer", "approver", "manager", "auditor"):
        page = moss.as_(who).get(MONEY)
        assert heading_of(page) == "8,0 mill. kroner vedtatt, 7,4 ledig"
        assert "Vedtatt til sammen" in text_of(page)
    assert "Registrer penger" not in text_of(moss.as_("auditor").get(MONEY))


def test_the_bars_as_a_spreadsheet(moss: Moss) -> None:
    content = moss.as_("finance").get(f"{MONEY}tall/").content.decode("utf-8-sig")
    assert content.splitlines()[0] == "Kilde;Utbetalt;Bundet;Foreslått;Ledig;Til sammen"
    assert "Næringsfondet;0;24,1;0;4 975,9;5 000" in content


def test_a_change_is_refused_in_words_and_keeps_what_was_typed(moss: Moss) -> None:
    client, fund = moss.as_("finance"), source(moss, "Næringsfondet")
    url = f"{MONEY}kilde/{fund.id}/endre/"
    typed = {
        "what": "amount",
        "amount": "100",
        "document": "Sak 1",
        "on_date": "23.11.2026",
        "reason": "Kutt",
    }
    page = client.post(url, {**typed, "key": hidden(client.get(url), "key")})
    assert page.status_code == 422
    assert "24 100 kroner er allerede bundet eller betalt." in text_of(page)
    assert b"Kutt" in page.content
    page = client.post(url, {**typed, "amount": "mye", "document": "", "on_date": "i går"})
    assert "Skriv hvilket vedtak som sier dette" in text_of(page)


def test_money_waiting_for_a_decision_can_be_withdrawn(moss: Moss) -> None:
    client, extra = moss.as_("finance"), source(moss, "Tilleggsbevilgning")
    url = f"{MONEY}kilde/{extra.id}/endre/"
    typed = {"what": "withdraw", "document": "Sak 9", "on_date": "20.11.2026", "reason": "Nei i budsjettet"}
    assert client.post(url, {**typed, "key": hidden(client.get(url), "key")}).status_code == 302
    page = client.get(f"{MONEY}kilde/{extra.id}/")
    assert heading_of(page) == "Tilleggsbevilgning: 2 000 000 kroner, trukket"
    assert "Nei i budsjettet" in text_of(page)
    assert client.get(url).status_code == 302


def test_a_year_outside_time_is_not_found(moss: Moss) -> None:
    fund = source(moss, "Næringsfondet")
    assert moss.as_("auditor").get(f"{MONEY}kilde/{fund.id}/1066/").status_code == 404
    csv = moss.as_("auditor").get(f"{MONEY}kilde/{fund.id}/{moss.region.at.year}/tall/")
    assert "Igjen ved utgangen av året;5000000,00" in csv.content.decode("utf-8-sig")


def test_the_accounts_need_a_coding_first(moss: Moss) -> None:
    client = moss.as_("finance")
    typed = {"first": "01.01.2026", "last": "31.12.2026", "layout": "csv"}
    assert "Kontoplanen er ikke lagt inn" in text_of(client.post(f"{MONEY}regnskap/", typed))
    page = client.get(f"{MONEY}kontoplan/")
    assert "Forslag: 470 Overføring til andre" in text_of(page)
    bad = client.post(f"{MONEY}kontoplan/", {"valid_from": "01.01.2026", "account_paid": "; DROP"})
    assert bad.status_code == 422


def test_over_time_needs_more_than_a_day() -> None:
    first = Standing(date(2026, 11, 1), Decimal(500_000), Decimal(0))
    then = Standing(date(2026, 11, 20), Decimal(500_000), Decimal(200_000))
    assert lines_of([first], Decimal(10), Decimal(0), at=AT, today=first.day) is None
    figure = lines_of([first, then], Decimal(1_000_000), Decimal(90_000), at=AT, today=date(2026, 11, 23))
    assert isinstance(figure, StepLines)
    assert [row[1:] for row in figure.rows] == [("500", "0"), ("500", "200")]
    assert figure.forecast is not None
    assert figure.forecast.high == 590_000
    assert "<svg" in figure.svg()
