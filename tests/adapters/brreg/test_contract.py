"""One contract, held by the client against the documented answers and by the fake that other tests use."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from runde.adapters.brreg import client
from runde.adapters.brreg.api import Brreg, connect
from runde.foundation.companies.api import (
    DeletedUnit,
    FoundUnit,
    NoUnit,
    OddRegisterAnswer,
    RegisterSilent,
    RegisterUnavailable,
    RemovedUnit,
    UnitLookUp,
    read_unit,
)
from tests.fakes.register import FakeRegister

from .recorded import (
    BRANCH,
    CAFE,
    FULL,
    GONE,
    REDUCED,
    STRUCK_OFF,
    SUB_UNIT,
    UNHEARD_OF,
    Service,
    Trouble,
    running_service,
)

FULL_BODY = json.dumps(FULL).encode()


@pytest.fixture
def service() -> Iterator[Service]:
    with running_service() as running:
        yield running


@pytest.fixture
def waited() -> list[float]:
    return []


@pytest.fixture
def brreg(service: Service, waited: list[float], monkeypatch: pytest.MonkeyPatch) -> Brreg:
    monkeypatch.setattr(client, "TIMEOUT_SECONDS", 0.4)
    monkeypatch.setattr(client, "FIRST_WAIT_SECONDS", 0.01)
    return Brreg(service.url, "Runde (+https://stotte.example)", pause=waited.append)


class Contract:
    """What everybody who looks up units must do."""

    def test_a_registered_unit_comes_whole(self, look_up: UnitLookUp) -> None:
        found = look_up.unit(CAFE)
        assert isinstance(found, FoundUnit)
        assert (found.orgnr, found.name, found.is_sub_unit) == (CAFE, "EKSEMPELBEDRIFT AS", False)
        told = {name: found.text(name) for name in ("legal_form", "industry_1", "employees", "municipality")}
        assert told == {"legal_form": "AS", "industry_1": "56.110", "employees": "14", "municipality": "3205"}
        assert (found.text("bankrupt_date"), found.text("under_liquidation")) == ("", "false")

    def test_a_branch_tells_whose_it_is(self, look_up: UnitLookUp) -> None:
        found = look_up.unit(BRANCH)
        assert isinstance(found, FoundUnit)
        assert (found.is_sub_unit, found.parent_orgnr) == (True, CAFE)

    def test_a_deleted_unit_needs_no_more_than_its_day(self, look_up: UnitLookUp) -> None:
        found = look_up.unit(STRUCK_OFF)
        assert isinstance(found, DeletedUnit)
        assert (found.orgnr, found.deleted_date) == (STRUCK_OFF, date(2026, 10, 1))

    def test_a_removed_unit_is_told_from_an_unknown_one(self, look_up: UnitLookUp) -> None:
        assert look_up.unit(GONE) == RemovedUnit(GONE)
        assert look_up.unit(UNHEARD_OF) == NoUnit(UNHEARD_OF)


class TestTheClient(Contract):
    @pytest.fixture
    def look_up(self, brreg: Brreg) -> UnitLookUp:
        return brreg

    def test_it_says_who_asks_and_which_version_it_reads(self, brreg: Brreg, service: Service) -> None:
        brreg.unit(BRANCH)
        version = "application/vnd.brreg.enhetsregisteret.{}.v2+json;charset=UTF-8"
        assert service.asked == [
            (f"/api/enheter/{BRANCH}", version.format("enhet"), "Runde (+https://stotte.example)"),
            (f"/api/underenheter/{BRANCH}", version.format("underenhet"), "Runde (+https://stotte.example)"),
        ]


class TestTheFake(Contract):
    @pytest.fixture
    def look_up(self) -> UnitLookUp:
        return FakeRegister({CAFE: FULL, STRUCK_OFF: REDUCED}, {BRANCH: SUB_UNIT}, {GONE})

    def test_silence_is_refused_alike(self) -> None:
        with pytest.raises(RegisterSilent):
            FakeRegister(is_silent=True).unit(CAFE)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_may_pass_is_asked_again(
    brreg: Brreg, service: Service, waited: list[float], status: int
) -> None:
    service.troubles = [Trouble(status), Trouble(status)]
    assert isinstance(brreg.unit(CAFE), FoundUnit)
    assert (len(service.asked), waited) == (3, [0.01, 0.02])


def test_the_service_may_ask_for_patience_but_not_for_all_of_it(
    brreg: Brreg, service: Service, waited: list[float]
) -> None:
    service.troubles = [Trouble(429, headers={"Retry-After": "60"})]
    with pytest.raises(RegisterSilent, match="kontakt"):
        brreg.unit(CAFE)
    assert (len(service.asked), waited) == (1, [])


@pytest.mark.parametrize(
    ("trouble", "refusal", "reason"),
    [
        (Trouble(500, b"oops"), RegisterSilent, "status 500"),
        (Trouble(503), RegisterSilent, "status 503"),
        (Trouble(silence=0.8), RegisterSilent, "TimeoutError"),
        (Trouble(200, FULL_BODY, drip=0.05), RegisterSilent, "TimeoutError"),
        (Trouble(200, FULL_BODY[:300], cut=True), RegisterUnavailable, ""),
        (Trouble(200, FULL_BODY[:300]), OddRegisterAnswer, "not JSON"),
        (Trouble(200, b""), OddRegisterAnswer, "not JSON"),
        (Trouble(200, b"<html>"), OddRegisterAnswer, "not JSON"),
        (Trouble(200, b"[" * 100_000), OddRegisterAnswer, "not JSON"),
        (Trouble(200, b" " * 1_100_000), OddRegisterAnswer, "too long"),
        (Trouble(200, b"[]"), OddRegisterAnswer, "not a unit but list"),
        (Trouble(302, headers={"Location": "http://127.0.0.1:1/"}), OddRegisterAnswer, "status 302"),
        (Trouble(400, b'{"status":400}'), OddRegisterAnswer, "status 400"),
    ],
)
def test_whatever_else_is_refused_by_name(
    brreg: Brreg, service: Service, trouble: Trouble, refusal: type[RegisterUnavailable], reason: str
) -> None:
    service.troubles = [trouble] * 50
    began = time.monotonic()
    with pytest.raises(refusal) as refused:
        brreg.unit(CAFE)
    assert refused.value.reason.startswith(reason)
    assert time.monotonic() - began < 2


def test_nobody_at_the_address_is_silence(waited: list[float]) -> None:
    with pytest.raises(RegisterSilent) as refused:
        Brreg("http://127.0.0.1:9", "Runde", pause=waited.append).unit(CAFE)
    assert refused.value.reason == "ConnectionRefusedError"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"organisasjonsnummer": STRUCK_OFF}, "another number"),
        ({"organisasjonsnummer": None}, "another number"),
        ({"navn": None}, "lacks navn"),
        ({"organisasjonsform": None}, "lacks organisasjonsform.kode"),
        ({"organisasjonsform": "AS"}, "organisasjonsform is str"),
        ({"organisasjonsform": {"kode": "BEDR"}}, "BEDR under units"),
        ({"forretningsadresse": ["Eksempelgata 1"]}, "forretningsadresse is list"),
        (
            {"forretningsadresse": {"kommunenummer": {"nr": "3205"}}},
            "forretningsadresse.kommunenummer is dict",
        ),
        ({"antallAnsatte": "mange"}, "antallansatte"),
        ({"antallAnsatte": 14.5}, "antallansatte is float"),
        ({"konkurs": "kanskje"}, "konkurs"),
        ({"stiftelsesdato": "i fjor"}, "stiftelsesdato"),
        ({"slettedato": "i fjor"}, "slettedato"),
        ({"navn": "x" * 301}, "navn"),
        ({"navn": "a\x00b"}, "raden inneholder"),
    ],
)
def test_half_a_unit_is_no_unit(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(OddRegisterAnswer) as refused:
        read_unit({**FULL, **change}, orgnr=CAFE, is_sub_unit=False)
    assert refused.value.reason.startswith(reason)


def test_a_branch_belongs_to_a_company() -> None:
    with pytest.raises(OddRegisterAnswer, match="kontakt") as refused:
        read_unit({**SUB_UNIT, "overordnetEnhet": None}, orgnr=BRANCH, is_sub_unit=True)
    assert refused.value.reason == "a sub-unit of nothing"


def test_a_deleted_unit_may_be_number_and_day_alone() -> None:
    said = {"organisasjonsnummer": CAFE, "slettedato": "2026-10-01"}
    found = read_unit(said, orgnr=CAFE, is_sub_unit=False)
    assert isinstance(found, DeletedUnit)
    assert found.unit.name == ""


def test_only_numbers_are_put_into_an_address(brreg: Brreg, service: Service) -> None:
    with pytest.raises(ValueError, match="organisation number"):
        brreg.unit("31000002/")
    assert service.asked == []


def test_the_settings_give_an_address_that_can_be_one() -> None:
    assert connect("https://data.brreg.no/enhetsregisteret/api").agent.startswith("Runde (+http")
    for wrong in ("data.brreg.no", "http://data.brreg.no/enhetsregisteret/api", "ftp://data.brreg.no"):
        with pytest.raises(ValueError, match="RUNDE_REGISTER_URL"):
            connect(wrong)
