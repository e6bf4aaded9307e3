"""A company we do not hold is asked for once, kept like an imported one, and never guessed about."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings

from runde.engine.reference.api import editions_of, synthetic_orgnr
from runde.foundation.companies.api import (
    CompanyNotFound,
    IsSubUnit,
    NoLookUp,
    NoRegister,
    RegisterSilent,
    RegisterUnavailable,
    connect_look_up,
    disconnect_look_up,
    fetch_companies,
    fetch_company,
    find_company,
    find_facts_on,
    find_look_up,
    find_sub_unit,
    is_stale,
    register_extract,
    register_standing,
)
from runde.foundation.companies.models import Company, Confirmation, Import, RegisterContact, Snapshot
from tests.factories import CompanyFactory
from tests.factories.companies import ImportFactory
from tests.fakes.register import FakeRegister, answer, branch_answer

pytestmark = pytest.mark.django_db
NUMBER, OTHER, BRANCH = (synthetic_orgnr(number) for number in (700_001, 700_002, 700_003))
TODAY = date(2026, 11, 23)
IN_BOTH = "01.110"  # growing of grain, numbered alike in both editions
A_MINUTE = timedelta(seconds=60)


def test_what_the_register_says_is_kept_with_its_day(register: FakeRegister, at: datetime) -> None:
    register.units[NUMBER] = answer(NUMBER)
    found = fetch_company(NUMBER, at=at)
    assert (found.name, found.municipality, found.employees, found.as_of_date) == (
        "NYBAKT KAFÉ AS",
        "3407",
        7,
        TODAY,
    )
    assert (found.industry_standard, found.vat_registered) == ("SN2025", None)
    assert fetch_company(NUMBER, at=at) == found
    assert register.asked == [NUMBER]
    assert find_company(NUMBER) == found


def test_each_question_is_an_import_of_its_own(register: FakeRegister, at: datetime) -> None:
    register.units[NUMBER] = answer(NUMBER)
    fetch_company(NUMBER, at=at)
    [row] = Import.objects.all()
    assert (row.file_name, row.register_date, row.is_look_up) == (f"enheter/{NUMBER}", TODAY, True)
    assert (row.rows, row.imported, row.added, row.changed) == (1, 1, 1, 0)
    with pytest.raises(NoRegister):
        register_extract()  # one company is no register to count in


def test_what_we_hold_needs_no_question(register: FakeRegister, at: datetime) -> None:
    held = CompanyFactory.create()
    assert fetch_company(held.orgnr, at=at).name == held.name
    assert register.asked == []


def test_an_unknown_number_is_unknown_and_a_mistyped_one_is_not_asked(
    register: FakeRegister, at: datetime
) -> None:
    with pytest.raises(CompanyNotFound, match=NUMBER):
        fetch_company(NUMBER, at=at)
    with pytest.raises(CompanyNotFound):
        fetch_company("123456789", at=at)
    assert register.asked == [NUMBER]


def test_a_branch_tells_its_main_unit(register: FakeRegister, at: datetime) -> None:
    register.units[NUMBER], register.sub_units[BRANCH] = answer(NUMBER), branch_answer(BRANCH, NUMBER)
    with pytest.raises(IsSubUnit, match="NYBAKT KAFÉ AS") as refused:
        fetch_company(BRANCH, at=at)
    assert refused.value.branch.name == "NYBAKT KAFÉ AVD TORGET"
    assert refused.value.company is not None
    assert refused.value.company.orgnr == NUMBER
    found = find_sub_unit(BRANCH)
    assert found is not None
    assert found.parent_orgnr == NUMBER


def test_a_branch_is_a_branch_though_its_main_unit_cannot_be_found(
    register: FakeRegister, at: datetime
) -> None:
    register.sub_units[BRANCH] = branch_answer(BRANCH, NUMBER)
    with pytest.raises(IsSubUnit) as refused:
        fetch_company(BRANCH, at=at)
    assert refused.value.company is None
    register.is_silent = True
    with pytest.raises(IsSubUnit) as again:
        fetch_company(BRANCH, at=at)
    assert again.value.company is None


def test_silence_is_never_taken_for_not_found(register: FakeRegister, at: datetime) -> None:
    register.is_silent = True
    with pytest.raises(RegisterSilent) as refused:
        fetch_company(NUMBER, at=at)
    assert not isinstance(refused.value, CompanyNotFound)
    assert "Du kan fortsette." in str(refused.value)
    assert not Company.objects.exists()


def test_without_a_look_up_nobody_can_say(at: datetime) -> None:
    assert find_look_up() is None
    with pytest.raises(NoLookUp):
        fetch_company(NUMBER, at=at)
    assert not RegisterContact.objects.exists()


@override_settings(REGISTER_URL="https://register.example/api")
def test_the_settings_name_the_look_up() -> None:
    try:
        assert getattr(find_look_up(), "base", "") == "https://register.example/api"
    finally:
        disconnect_look_up()


def test_an_odd_answer_is_not_used_and_stops_nobody(register: FakeRegister, at: datetime) -> None:
    register.units = {NUMBER: answer(NUMBER, antallAnsatte="mange"), OTHER: answer(OTHER)}
    with pytest.raises(RegisterUnavailable):
        fetch_company(NUMBER, at=at)
    assert find_company(NUMBER) is None
    assert fetch_company(OTHER, at=at).orgnr == OTHER
    assert register_standing(at).is_down_since is None


# --- while it is away ---


def test_after_one_silence_nobody_waits_for_a_minute(register: FakeRegister, at: datetime) -> None:
    register.is_silent = True
    for seconds in (0, 1, 59):
        with pytest.raises(RegisterSilent):
            fetch_company(NUMBER, at=at + timedelta(seconds=seconds))
    assert register.asked == [NUMBER]
    assert register_standing(at).is_down_since == at


def test_after_the_minute_one_tries_and_the_first_silence_is_remembered(
    register: FakeRegister, at: datetime
) -> None:
    register.is_silent = True
    for minutes in (0, 1, 2):
        with pytest.raises(RegisterSilent):
            fetch_company(NUMBER, at=at + minutes * A_MINUTE)
    assert register.asked == [NUMBER] * 3
    assert register_standing(at).is_down_since == at
    assert RegisterContact.objects.get().reason == "fake"


def test_while_one_tries_the_others_are_told_at_once(register: FakeRegister, at: datetime) -> None:
    register.is_silent = True
    with pytest.raises(RegisterSilent):
        fetch_company(NUMBER, at=at)
    told = []

    class Slow:
        def unit(self, orgnr: str) -> Any:
            with pytest.raises(RegisterSilent, match="kontakt") as refused:
                fetch_company(OTHER, at=at + A_MINUTE)
            told.append(refused.value.reason)
            return FakeRegister({orgnr: answer(orgnr)}).unit(orgnr)

    connect_look_up(Slow())
    assert fetch_company(NUMBER, at=at + A_MINUTE).orgnr == NUMBER
    assert told == ["quiet: fake"]


def test_the_first_answer_opens_for_everybody(register: FakeRegister, at: datetime) -> None:
    register.is_silent = True
    with pytest.raises(RegisterSilent):
        fetch_company(NUMBER, at=at)
    register.is_silent, register.units = False, {NUMBER: answer(NUMBER), OTHER: answer(OTHER)}
    fetch_company(NUMBER, at=at + A_MINUTE)
    assert register_standing(at).is_down_since is None
    assert fetch_company(OTHER, at=at + A_MINUTE).orgnr == OTHER


# --- asking again ---


def test_asking_again_keeps_what_was_known_before(register: FakeRegister, at: datetime) -> None:
    held = CompanyFactory.create(employees=7)
    register.units[held.orgnr] = answer(held.orgnr, antallAnsatte=9)
    assert fetch_companies([held.orgnr], at=at) == (held.orgnr,)
    now, before = find_company(held.orgnr), find_facts_on(held.orgnr, date(2026, 11, 22))
    assert now is not None
    assert before is not None
    assert (now.employees, now.known_from, before.employees) == (9, TODAY, 7)


def test_asking_again_about_the_same_changes_only_the_day(register: FakeRegister, at: datetime) -> None:
    register.units[NUMBER] = answer(NUMBER)
    fetch_company(NUMBER, at=at)
    fetch_companies([NUMBER], at=at + timedelta(days=1))
    found = find_company(NUMBER)
    assert found is not None
    assert (found.known_from, found.as_of_date) == (TODAY, date(2026, 11, 24))
    assert not Snapshot.objects.exists()


def test_asking_stops_at_silence_and_passes_over_the_odd(register: FakeRegister, at: datetime) -> None:
    register.units = {NUMBER: answer(NUMBER, navn=None), OTHER: answer(OTHER)}
    assert fetch_companies([NUMBER, OTHER], at=at) == (OTHER,)
    register.is_silent = True
    assert fetch_companies([NUMBER, OTHER, BRANCH], at=at) == ()
    assert register.asked == [NUMBER, OTHER, NUMBER]


def test_a_deleted_unit_keeps_what_we_knew(register: FakeRegister, at: datetime) -> None:
    held = CompanyFactory.create()
    register.units[held.orgnr] = {"organisasjonsnummer": held.orgnr, "slettedato": "2026-11-01"}
    fetch_companies([held.orgnr], at=at)
    found = find_company(held.orgnr)
    assert found is not None
    assert (found.is_deleted, found.deleted_date) == (True, date(2026, 11, 1))
    kept = (found.name, found.municipality, found.employees, found.industry_1, found.legal_form)
    assert kept == (held.name, "3407", 7, "56.110", "AS")
    assert Company.objects.get(orgnr=held.orgnr).search_compact != ""


def test_a_deleted_unit_we_never_knew(register: FakeRegister, at: datetime) -> None:
    register.units[NUMBER] = {"organisasjonsnummer": NUMBER, "slettedato": "2026-11-01"}
    with pytest.raises(CompanyNotFound):
        fetch_company(NUMBER, at=at)
    register.units[OTHER] = {"organisasjonsnummer": OTHER, "navn": "BORTE AS", "slettedato": "2026-11-01"}
    found = fetch_company(OTHER, at=at)
    assert (found.name, found.is_deleted) == ("BORTE AS", True)


def test_a_unit_removed_by_law_leaves_nothing_behind(register: FakeRegister, at: datetime) -> None:
    register.units[NUMBER] = answer(NUMBER)
    fetch_company(NUMBER, at=at)
    register.units[NUMBER] = answer(NUMBER, antallAnsatte=9)
    fetch_companies([NUMBER], at=at + timedelta(days=1))
    assert Snapshot.objects.filter(orgnr=NUMBER).exists()
    register.removed.add(NUMBER)
    fetch_companies([NUMBER], at=at + timedelta(days=2))
    assert find_company(NUMBER) is None
    assert not Snapshot.objects.filter(orgnr=NUMBER).exists()
    assert not Confirmation.objects.filter(orgnr=NUMBER).exists()


def test_a_code_of_both_editions_stays_as_we_have_it(register: FakeRegister, at: datetime) -> None:
    assert len(editions_of(IN_BOTH)) == 2
    held = CompanyFactory.create(industry_standard="SN2007", industry_1=IN_BOTH)
    register.units = {one: answer(one, naeringskode1={"kode": IN_BOTH}) for one in (held.orgnr, OTHER)}
    fetch_companies([held.orgnr, OTHER], at=at)
    standards = [one.industry_standard for one in (find_company(held.orgnr), find_company(OTHER)) if one]
    assert standards == ["SN2007", "SN2025"]


# --- how old ---


def test_the_standing_is_that_of_the_newest_whole_file(register: FakeRegister, at: datetime) -> None:
    assert register_standing(at).as_of_date is None
    assert register_standing(at).is_stale
    ImportFactory.create(register_date=date(2026, 11, 20))
    ImportFactory.create(register_date=date(2026, 11, 22), content="sub_units")
    register.units[NUMBER] = answer(NUMBER)
    fetch_company(NUMBER, at=at)
    standing = register_standing(at)
    assert (standing.as_of_date, standing.is_stale, standing.is_down_since) == (
        date(2026, 11, 20),
        False,
        None,
    )


def test_stale_is_a_setting(at: datetime) -> None:
    assert [is_stale(date(2026, 11, day), at) for day in (15, 16, 23)] == [True, False, False]
    with override_settings(REGISTER_STALE_DAYS=1):
        assert is_stale(date(2026, 11, 21), at)
