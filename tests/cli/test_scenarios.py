"""`runde rules scenarios`: row by row in words, and an answer a script can act on."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from runde.cli import main as commands

CASES = Path(__file__).parents[1] / "scenarios"
RULES = Path(str(resources.files("runde.engine.rules.examples")))

Run = Callable[..., tuple[object, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def answer(*words: object) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["runde", "rules", "scenarios", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            commands.main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return answer


def test_cases_that_come_out_as_written(run: Run) -> None:
    code, out, _ = run(RULES / "kompensasjon-k2.json", CASES / "kompensasjon-k2.csv")
    assert code == 0
    assert out.startswith("✓ Rad 2 (nr. K2-a): Fall på 60 prosent.")
    assert "12 saker: 12 som ventet." in out


def test_a_difference_is_told_and_gives_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "saker.csv"
    path.write_bytes((CASES / "kompensasjon-k2.csv").read_bytes().replace(b"114 000", b"114 001", 1))
    code, out, _ = run(RULES / "kompensasjon-k2.json", path, "--csv", tmp_path / "svar.csv")
    assert code == 1
    assert "✗ Rad 2 (nr. K2-a)" in out
    assert "    Beløp: ventet «114 001», fikk «114 000»" in out
    assert "114 001;114 000" in (tmp_path / "svar.csv").read_text(encoding="utf-8-sig")


def test_as_json(run: Run) -> None:
    code, out, _ = run(
        RULES / "kompensasjon-k1.json", CASES / "kompensasjon-k1.csv", "--json", "--on", "2021-01-01"
    )
    told = json.loads(out)
    assert (code, told["passed"], told["differing"], told["on"]) == (0, 26, 0, "2021-01-01")


def test_a_scheme_that_needs_a_municipality_says_so_and_takes_one(run: Run) -> None:
    files = (RULES / "smittevern.json", CASES / "smittevern.csv")
    code, _, err = run(*files)
    assert code == 2
    assert "scheme_municipality" in err
    assert run(*files, "--set", "scheme_municipality=3103")[0] == 0


def test_a_template_to_start_from_passes(run: Run, tmp_path: Path) -> None:
    code, out, _ = run(RULES / "kompensasjon-k3.json", "--template")
    assert code == 0
    path = tmp_path / "mal.csv"
    path.write_text(out, encoding="utf-8")
    assert run(RULES / "kompensasjon-k3.json", path)[0] == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04", "Dette er en Excel-arbeidsbok."),
        (b"Nr;Kostnad;Kommer i\r\n1;2;Klare", "Ordningen har ingen opplysning som heter det."),
        (b"\x1b[2J;Kommer i\r\n1;Klare", "«�[2J»"),
    ],
)
def test_a_file_that_cannot_be_run_is_refused_in_sentences(
    run: Run, tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "saker.csv"
    path.write_bytes(content)
    code, out, err = run(RULES / "kompensasjon-k2.json", path)
    assert (code, out) == (1, "")
    assert sentence in err


def test_no_file_of_cases_is_a_sentence(run: Run, tmp_path: Path) -> None:
    assert "--template" in run(RULES / "kompensasjon-k2.json")[2]
    assert "finnes ikke" in run(RULES / "kompensasjon-k2.json", tmp_path / "borte.csv")[2]
