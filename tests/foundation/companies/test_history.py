"""What we knew on which day, whatever the order the files came in."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from runde.foundation.companies.api import (
    CompanyNotFound,
    facts_of,
    find_facts_on,
    list_facts_history,
)
from runde.foundation.companies.models import Snapshot

from .conftest import Importing
from .files import csv_text, unit, write

pytestmark = pytest.mark.django_db
ONE = unit(1)["organisasjonsnummer"]
FILES = {"2019-12-31": "GAMMEL AS", "2020-12-31": "MIDT AS", "2021-12-31": "NY AS"}


@pytest.mark.parametrize("order", list(permutations(FILES)))
def test_each_day_keeps_its_facts(tmp_path: Path, importing: Importing, order: tuple[str, ...]) -> None:
    for day in order:
        importing(write(tmp_path / "a.csv", csv_text([unit(1, navn=FILES[day])])), day)
    assert [facts.name for facts in list_facts_history(ONE)] == list(FILES.values())
    for day, name in FILES.items():
        assert facts_of(ONE, on=date.fromisoformat(day)).name == name
    assert facts_of(ONE, on=date(2021, 6, 30)).name == "MIDT AS"
    assert facts_of(ONE, on=date(2030, 1, 1)) == facts_of(ONE)
    assert facts_of(ONE).known_from == date(2021, 12, 31)
    assert find_facts_on(ONE, date(2019, 12, 30)) is None
    with pytest.raises(CompanyNotFound):
        facts_of(ONE, on=date(2019, 12, 30))


def test_unchanged_facts_make_no_snapshot_but_are_confirmed(tmp_path: Path, importing: Importing) -> None:
    for number, day in enumerate(["2020-12-31", "2021-12-31", "2019-12-31"]):
        rows = [unit(1), unit(2, navn=f"ANNEN {number} AS")]
        importing(write(tmp_path / "a.csv", csv_text(rows)), day)
    facts = facts_of(ONE)
    assert (facts.known_from, facts.as_of_date) == (date(2019, 12, 31), date(2021, 12, 31))
    assert Snapshot.objects.filter(orgnr=ONE).count() == 0


def test_facts_that_went_away_and_came_back(tmp_path: Path, importing: Importing) -> None:
    names = {"2019-12-31": "A AS", "2021-12-31": "A AS", "2020-12-31": "B AS"}
    for day, name in names.items():
        importing(write(tmp_path / f"{day}.csv", csv_text([unit(1, navn=name)])), day)
    assert [facts_of(ONE, on=date(year, 12, 31)).name for year in (2019, 2020, 2021)] == [
        "A AS",
        "B AS",
        "A AS",
    ]


def test_a_correction_on_the_same_day_wins_and_the_first_is_kept(
    tmp_path: Path, importing: Importing
) -> None:
    for name in ("FEIL AS", "RETT AS"):
        importing(write(tmp_path / "a.csv", csv_text([unit(1, navn=name)])), "2021-12-31")
    assert facts_of(ONE, on=date(2021, 12, 31)).name == "RETT AS"
    assert [facts.name for facts in list_facts_history(ONE)] == ["FEIL AS", "RETT AS"]


def test_a_snapshot_holds_all_facts(tmp_path: Path, importing: Importing) -> None:
    importing(write(tmp_path / "a.csv", csv_text([unit(1)])), "2019-12-31")
    before = facts_of(ONE)
    importing(write(tmp_path / "b.csv", csv_text([unit(1, konkurs="true")])), "2020-12-31")
    assert find_facts_on(ONE, date(2020, 1, 1)) == before


def test_a_company_that_is_gone_from_the_file_keeps_its_last_day(
    tmp_path: Path, importing: Importing
) -> None:
    importing(write(tmp_path / "a.csv", csv_text([unit(1), unit(2)])), "2019-12-31")
    importing(write(tmp_path / "b.csv", csv_text([unit(2)])), "2020-12-31")
    assert facts_of(ONE).as_of_date == date(2019, 12, 31)
    assert facts_of(unit(2)["organisasjonsnummer"]).as_of_date == date(2020, 12, 31)
