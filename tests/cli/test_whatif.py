"""`runde whatif`: an answer for everyone, with a register of one's own or without any."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from runde.cli import house
from runde.cli import main as commands
from runde.cli import whatif as command
from runde.foundation.companies.api import SynthesisOrder, register_extract, write_register
from runde.foundation.companies.extracting.fictitious import AS_MEASURED
from tests.foundation.companies.conftest import Importing, extracts, importing

__all__ = ["extracts", "importing"]
DAY = "2026-11-23"
TOLD = {
    "companies",
    "eligible",
    "refused_per_criterion",
    "near_misses",
    "cost",
    "snapshot_date",
    "milliseconds",
    "assumptions",
}


@dataclass(frozen=True)
class Answer:
    code: object
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.out)
        return told


Run = Callable[..., Answer]


@pytest.fixture(autouse=True)
def nothing_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A fresh home: no database has been made, and none may be."""
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")
    monkeypatch.setattr(command, "_has_been_used", lambda project: False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(house, "open_house", lambda **options: pytest.fail("no database is needed"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def answer(*words: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["runde", "whatif", *(str(word) for word in words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            commands.main()
        said = capsys.readouterr()
        return Answer(ended.value.code or 0, said.out, said.err)

    return answer


def test_a_fresh_clone_gets_an_answer_from_made_up_companies(run: Run, tmp_path: Path) -> None:
    first = run("smittevern", "--json", "--fictitious", 1500, "--on", DAY)
    assert first.code == 0
    told = first.data
    assert set(told) >= TOLD
    assert (told["companies"], told["fictitious"], told["snapshot_date"]) == (1500, True, "2026-05-28")
    labels = {one["name"]: one["label"] for one in told["assumptions"]}
    assert labels["revenue_drop"] == "Fall i omsetning"
    assert told["eligible"] + told["refer"] + told["unknown"] + told["refused"] == 1500
    assert told["snapshot"]["source"] == "Oppdiktet register"
    assert "runde companies import" in told["remark"]
    assert "municipality" not in [one["slug"] for one in told["refused_per_criterion"]]
    assert all(one["not_met"] == one["alone"] + one["together"] for one in told["refused_per_criterion"])
    again = run("smittevern", "--json", "--fictitious", 1500, "--on", DAY).data
    clock = ("milliseconds", "first_milliseconds")
    assert {key: again[key] for key in again if key not in clock} == {
        key: told[key] for key in told if key not in clock
    }
    assert [path.name for path in (tmp_path / "var" / "extracts").iterdir()] == ["made-up-1-1500.duckdb"]


def test_told_to_a_person(run: Run) -> None:
    said = run("smittevern", "--fictitious", 1500, "--municipality", "0301", "--on", DAY).out
    assert "Oslo, 23. november 2026" in said.replace("\u00a0", " ")
    assert "virksomheter kan få støtte. Forventet kostnad" in said
    assert "holder i" in said
    assert "Antatt fall i omsetning: Eksempel, ikke målt" in said
    assert "revenue_drop" not in said
    assert "Oppdiktet register per 28. mai 2026" in said.replace("\u00a0", " ")


def test_one_municipality_and_the_whole_register(run: Run) -> None:
    options = ("--fictitious", 1500, "--municipality", "0301", "--json", "--on", DAY)
    one, whole = run("smittevern", *options).data, run("smittevern", *options, "--whole").data
    assert (one["municipalities"], whole["municipalities"]) == (["0301"], [])
    assert one["companies"] < whole["companies"] == 1500
    assert one["eligible"] == whole["eligible"]
    assert one["cost"] == whole["cost"]


def test_a_file_of_ones_own(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "2025-enheter.csv.gz"
    write_register(SynthesisOrder(300, 3, AS_MEASURED), path)
    told = run("smittevern", "--json", "--register", path, "--on", DAY).data
    assert (told["companies"], told["fictitious"], told["remark"]) == (300, False, "")
    assert told["snapshot_date"] == "2025-12-31"


def test_real_extracts_are_read_as_they_are(run: Run, extracts: Path) -> None:
    path = extracts / "2022-enheter.csv.gz"
    told = run("smittevern", "--json", "--register", path, "--on", DAY).data
    assert told["snapshot"]["source"] == "Enhetsregisteret"
    assert told["companies"] > 1000
    assert "SN2007" in told["remark"]


@pytest.mark.django_db
def test_the_register_that_is_read_in(
    run: Run, importing: Importing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "oppdiktet.csv"
    write_register(SynthesisOrder(200, 4, AS_MEASURED), path)
    importing(path, "2026-05-28")
    monkeypatch.setattr(command, "_has_been_used", lambda project: True)
    monkeypatch.setattr(house, "open_house", lambda **options: None)
    told = run("smittevern", "--json", "--on", DAY).data
    assert (told["companies"], told["fictitious"]) == (register_extract().companies, False)
    asked = run("smittevern", "--json", "--fictitious", 150, "--on", DAY).data
    assert (asked["companies"], asked["fictitious"]) == (150, True)
    assert "150 oppdiktede" in asked["remark"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("smitevern",), "Mente du «smittevern»?"),
        (("noe helt annet",), "Velg smittevern."),
        (("smittevern", "--municipality", "9999"), "ikke et kommunenummer i bruk"),
        (("smittevern", "--municipality", "moss"), "Mente du 3103?"),
        (("smittevern", "--on", "i går"), "er ikke en dato"),
        (("smittevern", "--fictitious", "9", "--register", "x.csv"), "kan ikke brukes sammen"),
        (("smittevern", "--register", "/finnes/ikke.csv"), "Fant ikke filen"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(run: Run, words: tuple[str, ...], sentence: str) -> None:
    done = run(*words)
    assert done.code != 0
    assert sentence in done.err
    assert "Traceback" not in done.err


def test_a_file_that_is_no_register(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "regnskap.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    done = run("smittevern", "--register", path)
    assert done.code == 1
    assert "organisasjonsnummer" in done.err
