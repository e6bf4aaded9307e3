from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from runde.engine.reference.api import editions_of, is_synthetic_orgnr, is_valid_orgnr
from runde.foundation.companies.api import SynthesisOrder, facts_of, write_register
from runde.foundation.companies.domain.bulk_columns import BULK_COLUMNS
from runde.foundation.companies.synthesis.measure_register import measure, read_extracts
from runde.foundation.companies.synthesis.shape import load_shape

from .conftest import Importing

AS_OF = date(2026, 5, 28)
Making = Callable[..., list[dict[str, str]]]


@pytest.fixture
def making(tmp_path: Path) -> Making:
    def making(count: int, **options: object) -> list[dict[str, str]]:
        order = SynthesisOrder(count=count, **{"seed": 1, "as_of": AS_OF, **options})  # type: ignore[arg-type]
        path = tmp_path / "made.csv.gz"
        assert write_register(order, path) == count
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return making


def test_true_columns_and_numbers_from_the_test_range(making: Making) -> None:
    rows = making(500)
    assert tuple(rows[0]) == BULK_COLUMNS
    numbers = [row["organisasjonsnummer"] for row in rows]
    assert len(set(numbers)) == 500
    assert all(
        is_valid_orgnr(number) and is_synthetic_orgnr(number) and number[0] == "3" for number in numbers
    )


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name, seed in (("a.csv.gz", 1), ("b.csv.gz", 1), ("c.csv.gz", 2)):
        write_register(SynthesisOrder(300, seed, AS_OF), tmp_path / name)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1] != made[2]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv.gz", "b.csv.gz", "c.csv.gz"]


def test_proportions_are_the_measured_ones(making: Making) -> None:
    rows, shape = making(8000), load_shape()
    forms = Counter(row["organisasjonsform.kode"] for row in rows)
    for form in ("AS", "ENK", "FLI"):
        assert forms[form] / 8000 == pytest.approx(shape["forms"][form], abs=0.02)
    with_number = sum(row["antallAnsatte"] != "" for row in rows) / 8000
    published = shape["header"]["published"]
    assert with_number == pytest.approx(published["with_published_employees"] / published["units"], abs=0.02)
    assert min(int(row["antallAnsatte"]) for row in rows if row["antallAnsatte"]) >= 5
    assert all(row["harRegistrertAntallAnsatte"] == "true" for row in rows if row["antallAnsatte"])
    oslo = sum(row["forretningsadresse.kommunenummer"] == "0301" for row in rows) / 8000
    assert oslo == pytest.approx(shape["municipalities"]["0301"], abs=0.03)


@pytest.mark.parametrize("edition", ["SN2007", "SN2025"])
def test_industry_codes_are_of_the_edition_asked_for(making: Making, edition: str) -> None:
    codes = {row["naeringskode1.kode"] for row in making(1500, edition=edition)} - {"", "00.000"}
    assert len(codes) > 200
    assert all(edition in editions_of(code) for code in codes)


def test_only_the_municipalities_asked_for(making: Making) -> None:
    rows = making(1500, municipalities={"3203": 1.0, "3209": 30.0})
    found = Counter(row["forretningsadresse.kommunenummer"] for row in rows)
    assert set(found) <= {"3203", "3209", ""}
    assert found["3209"] > found["3203"] > 0


@pytest.mark.django_db
def test_what_is_made_can_be_imported(making: Making, importing: Importing, tmp_path: Path) -> None:
    rows = making(1500)
    result = importing(tmp_path / "made.csv.gz", "2026-05-28")
    assert (result.imported, result.rejected, result.duplicates) == (1500, 0, 0)
    first = facts_of(rows[0]["organisasjonsnummer"])
    assert (first.name, first.industry_standard) == (rows[0]["navn"], "SN2025")


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(made: int, total: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_register(SynthesisOrder(10, 1, AS_OF), tmp_path / "a.csv", progress=stumble)
    assert list(tmp_path.iterdir()) == []


def test_the_shape_holds_nothing_of_a_single_unit() -> None:
    shape = load_shape()
    assert set(shape) == {"header", "forms", "groups", "industries", "employees", "municipalities"}
    shares = [share for codes in shape["industries"].values() for code, share in codes.items() if code]
    smallest = 2.5 / shape["header"]["units_measured"]
    assert min(shares) > smallest


def test_the_shape_is_what_the_extracts_tell(extracts: Path) -> None:
    measured = measure(read_extracts(sorted(extracts.glob("20*-enheter.csv.gz"))))
    assert measured == load_shape()
