from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from runde.cli import companies

from .files import ROOT, csv_text, unit, write


@pytest.fixture(autouse=True)
def open_register(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own database stands ready; the command would start a server."""
    monkeypatch.setattr(companies, "open_register", lambda: None)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(companies.app, [str(argument) for argument in arguments])


@pytest.mark.django_db
def test_import_as_json(tmp_path: Path) -> None:
    path = write(tmp_path / "2021-enheter.csv.gz", csv_text([unit(1), unit(2, konkurs="x"), unit(3)]))
    done = run("import", path, "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert (told["rows"], told["imported"], told["rejected"]) == (3, 2, 1)
    assert told["seconds"] >= 0
    assert told["errors"] == []
    assert [(file["register_date"], file["rejections"]) for file in told["files"]] == [
        ("2021-12-31", [{"line": 3, "reason": "konkurs: «x» er verken true eller false"}])
    ]


@pytest.mark.django_db
def test_import_told_to_a_person(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", csv_text(unit(n, konkurs="x" if n else "") for n in range(13)))
    done = run("import", path, "--register-date", "2021-06-30")
    assert done.exit_code == 0
    assert "a.csv: 1 av 13 rader lest inn (1 nye, 0 endrede), per 2021-06-30." in done.stdout
    assert "Linje 3 ble avvist: konkurs: «x» er verken true eller false" in done.stdout
    assert "… og 2 rader til. Bruk --report FIL for å få alle." in done.stdout
    assert "Filen er lest inn før" in run("import", path, "--register-date", "2021-06-30").stdout


@pytest.mark.django_db
def test_every_rejection_in_a_report(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", csv_text(unit(n, konkurs="x") for n in range(1200)))
    run("import", path, "--report", tmp_path / "avvist.csv")
    with open(tmp_path / "avvist.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[:2] == [["fil", "linje", "grunn"], ["a.csv", "2", "konkurs: «x» er verken true eller false"]]
    assert len(rows) == 1201


@pytest.mark.django_db
def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    good = write(tmp_path / "a.csv", csv_text([unit(1)]))
    done = run("import", tmp_path / "ingen.csv", good, "--json")
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert told["imported"] == 1
    assert "Fant ikke filen" in told["errors"][0]["reason"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--register-date", "i går"], "er ikke en dato"),
        (["--register-date", "2999-01-01"], "er frem i tid"),
        (["--edition", "SN1994"], "Velg SN2007 eller SN2025"),
        (["--report", "/nope/avvist.csv"], "Velg en annen fil for --report"),
    ],
)
def test_bad_arguments_name_the_cure(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = run("import", write(tmp_path / "a.csv", csv_text([])), *arguments)
    assert done.exit_code != 0
    assert sentence in " ".join(done.output.replace("│", " ").split())
    assert "Traceback" not in done.output


def test_synthesise(tmp_path: Path) -> None:
    out = tmp_path / "made.csv.gz"
    done = run(
        "synthesise", "--count", 20, "--seed", 3, "--out", out, "--municipalities", "3203, 3201=2", "--json"
    )
    assert done.exit_code == 0
    assert json.loads(done.stdout)["units"] == 20
    assert out.exists()


def test_synthesise_in_a_process_of_its_own_needs_no_database(tmp_path: Path) -> None:
    program = "from runde.cli.main import main; main()"
    environment = {**os.environ, "DATABASE_URL": "postgresql://nobody@localhost:1/none"}
    done = subprocess.run(
        [sys.executable, "-c", program, "companies", "synthesise", "--count", "2", "--out", "a.csv"],
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "a.csv: 2 oppdiktede virksomheter.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--municipalities", "9999"], "er ikke et kommunenummer i bruk"),
        (["--municipalities", "3203=mye"], "må være et tall større enn 0"),
        (["--edition", "x"], "er ikke en næringsstandard"),
        (["--out", "/nope/a.csv"], "Velg en annen fil med --out"),
    ],
)
def test_synthesise_with_bad_arguments(arguments: list[str], sentence: str) -> None:
    done = run("synthesise", "--count", 1, *arguments)
    assert done.exit_code != 0
    assert sentence in " ".join(done.output.replace("│", " ").split())
