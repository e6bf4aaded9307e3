"""The extract for the what-if: whole, of the newest import, made once, and never half."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.conf import settings
from django.db import connections

from runde.engine.whatif import open_register
from runde.engine.whatif.extract import FACT_COLUMNS
from runde.foundation.companies.api import (
    FACT_ATTRIBUTES,
    CompanyFacts,
    ExtractFailed,
    FileRefused,
    NoRegister,
    extract_of_file,
    facts_of,
    register_extract,
)
from runde.foundation.companies.domain.bulk_columns import BULK_COLUMNS
from runde.foundation.companies.extracting import keeping
from runde.foundation.companies.models import Company

from .conftest import Importing
from .files import csv_text, sub_unit, unit, write

DAY = date(2021, 6, 30)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's extracts lie."""
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")
    return tmp_path / "var" / "extracts"


@pytest.fixture
def importing_units(importing: Importing, tmp_path: Path) -> Callable[..., Path]:
    def importing_units(*rows: dict[str, str], day: str = "2021-06-30") -> Path:
        path = write(tmp_path / f"{day}-{len(rows)}.csv", csv_text(rows, [*BULK_COLUMNS, "slettedato"]))
        importing(path, day)
        return path

    return importing_units


def _rows(path: Path) -> list[dict[str, Any]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        asked = connection.execute("SELECT * FROM companies ORDER BY orgnr")
        names = [column[0] for column in asked.description]
        return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]


def _various() -> list[dict[str, str]]:
    return [
        unit(1),
        unit(2, antallAnsatte="", naeringskode1__kode="47.110", forretningsadresse__kommunenummer="0301"),
        unit(3, konkurs="true", stiftelsesdato="", institusjonellSektorkode__kode=""),
        unit(4, harRegistrertAntallAnsatte="false", antallAnsatte="", naeringskode1__kode=""),
        unit(5, organisasjonsform__kode="enk", forretningsadresse__kommunenummer="", konkurs=""),
        unit(6, slettedato="2021-01-01"),
    ]


@pytest.mark.django_db
def test_without_a_register_it_says_what_to_do() -> None:
    with pytest.raises(NoRegister, match="runde companies import"):
        register_extract()


@pytest.mark.django_db
def test_the_extract_holds_what_the_register_says(importing_units: Callable[..., Path]) -> None:
    importing_units(*_various())
    extract = register_extract()
    assert (extract.source, extract.as_of_date, extract.companies) == ("Oppdiktet register", DAY, 5)
    for row in _rows(extract.path):
        facts = facts_of(row["orgnr"])
        for name, attribute in FACT_ATTRIBUTES.items():
            known = getattr(facts, attribute)
            assert row[name] == (None if known == "" else known), name
        fewest = facts.employees_range[0] if facts.employees_range else 0
        assert row["fewest_employees"] == fewest
        assert row["begun_date"] == (facts.founded_date or facts.registered_date)


def test_every_column_is_a_fact_of_companies() -> None:
    assert set(FACT_ATTRIBUTES.values()) <= {field.name for field in fields(CompanyFacts)}
    assert list(FACT_ATTRIBUTES) == list(FACT_COLUMNS)


@pytest.mark.django_db
def test_it_is_made_once_for_each_import(
    importing_units: Callable[..., Path], own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing_units(*_various())
    first = register_extract()
    monkeypatch.setattr(keeping, "build_extract", _forbidden)
    assert register_extract() == first
    monkeypatch.undo()
    monkeypatch.setattr(settings, "VAR", own_folder.parent)
    importing_units(*_various(), unit(7), day="2021-07-31")
    second = register_extract()
    assert (second.companies, second.as_of_date) == (6, date(2021, 7, 31))
    assert first.path.exists()  # somebody may just have been told of it
    importing_units(unit(8), day="2021-08-31")
    third = register_extract()
    assert third.companies == 7
    assert {path.name for path in own_folder.glob("*.duckdb")} == {second.path.name, third.path.name}


def _forbidden(*arguments: object) -> int:
    raise AssertionError("it is there already")


@pytest.mark.django_db
def test_sub_units_alone_change_nothing(
    importing_units: Callable[..., Path], importing: Importing, tmp_path: Path
) -> None:
    importing_units(*_various())
    before = register_extract()
    importing(
        write(
            tmp_path / "under.csv",
            csv_text([sub_unit(20, unit(1)["organisasjonsnummer"])], sub_unit(20, "x")),
        )
    )
    assert register_extract() == before


@pytest.mark.django_db
def test_an_extract_of_the_file_is_the_same(importing_units: Callable[..., Path], tmp_path: Path) -> None:
    path = importing_units(*_various())
    made = extract_of_file(path, tmp_path / "own.duckdb", register_date=DAY)
    assert (made.companies, made.rejected, made.edition) == (5, 0, "SN2007")
    assert _rows(made.path) == _rows(register_extract().path)


@pytest.mark.django_db
def test_real_extracts_give_the_same_both_ways(extracts: Path, importing: Importing, tmp_path: Path) -> None:
    path = extracts / "2022-enheter.csv.gz"
    importing(path, "2022-12-31")
    made = extract_of_file(path, tmp_path / "own.duckdb", register_date=date(2022, 12, 31))
    assert made.companies == Company.objects.filter(deleted_date=None).count()
    extract = register_extract()
    assert extract.source == "Enhetsregisteret"
    assert _rows(made.path) == _rows(extract.path)


def test_bad_rows_are_left_out_and_the_last_of_each_counts(tmp_path: Path) -> None:
    rows = [unit(1), unit(2, antallAnsatte="mange"), unit(1, antallAnsatte="7"), unit(3, konkurs="kanskje")]
    path = write(tmp_path / "enheter.csv.gz", csv_text(rows))
    made = extract_of_file(path, tmp_path / "own.duckdb", register_date=DAY)
    assert (made.companies, made.rejected) == (1, 2)
    assert [row["employees"] for row in _rows(made.path)] == [7]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "noe;annet\n1;2\n",
        csv_text([], ["organisasjonsnummer"]),
        csv_text([sub_unit(1, "")], sub_unit(1, "")),
    ],
    ids=["empty", "other table", "no rows", "sub-units"],
)
def test_what_is_no_register_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(FileRefused):
        extract_of_file(write(tmp_path / "feil.csv", content), tmp_path / "own.duckdb", register_date=DAY)


# -- side by side, full disk, sudden death -----------------------------------------------------------


def test_those_who_ask_at_once_make_it_once(
    fresh_database: str, importing_units: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    importing_units(*_various())
    built: list[Path] = []
    real = keeping.build_extract

    def counting(rows: Path, order: Any, target: Path) -> int:
        built.append(target)
        return real(rows, order, target)

    def ask(_: int) -> Path:
        try:
            return register_extract().path
        finally:
            connections.close_all()

    monkeypatch.setattr(keeping, "build_extract", counting)
    with ThreadPoolExecutor(4) as pool:
        paths = set(pool.map(ask, range(4)))
    assert len(paths) == 1
    assert len(built) == 1


def test_a_full_disk_leaves_nothing_behind(
    fresh_database: str, importing_units: Callable[..., Path], own_folder: Path
) -> None:
    importing_units(*(unit(n) for n in range(400)))

    def with_little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        with pytest.raises(ExtractFailed, match="Kan ikke"):
            register_extract()

    assert _in_another_process(with_little_room) == 0
    assert [path.name for path in own_folder.iterdir()] == [".lock"]
    assert register_extract().companies == 400


@pytest.mark.parametrize("moment", ["write_rows", "_publish", "_remove_old"])
def test_sudden_death_leaves_no_half_extract(
    fresh_database: str,
    importing_units: Callable[..., Path],
    own_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
) -> None:
    importing_units(*_various())

    def dying() -> None:
        monkeypatch.setattr(keeping, moment, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        register_extract()

    assert _in_another_process(dying) == signal.SIGKILL
    for path in own_folder.glob("*.duckdb"):
        open_register(path).close()  # what has its name is whole
    assert register_extract().companies == 5
    assert not list(own_folder.glob(".unfinished*"))


def _in_another_process(work: Callable[[], None]) -> int:
    """Run the work in a child with connections of its own; gives its exit status."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    return status
