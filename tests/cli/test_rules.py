"""`runde rules`: everything wrong in a file at once, in words; and queries other engines can run."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from runde.cli import main as commands


@dataclass(frozen=True)
class Answer:
    code: object
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def answer(*words: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["runde", "rules", *(str(word) for word in words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            commands.main()
        said = capsys.readouterr()
        return Answer(ended.value.code or 0, said.out, said.err)

    return answer


def smittevern() -> dict[str, Any]:
    folder = resources.files("runde.engine.rules.examples")
    data: dict[str, Any] = json.loads((folder / "smittevern.json").read_text(encoding="utf-8"))
    return data


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Any], Path]:
    def write(data: Any) -> Path:
        path = tmp_path / "regler.json"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def test_a_sound_rule_set_is_told_in_sentences(run: Run, written: Callable[[Any], Path]) -> None:
    answer = run("check", written(smittevern()))
    assert answer.code == 0
    assert "Opplysninger (11): Næring, Næringskode, Kommune" in answer.out
    assert "Virksomheten må ligge i «Kommunen som har ordningen»." in answer.out
    assert "Virksomheten kan ikke være konkurs. (ikke oppfylt: avslag)" in answer.out
    assert "Beregning (9 rader): costs → fall" in answer.out
    assert "Alle tekstene finnes på bokmål, nynorsk og engelsk." in answer.out
    assert "{" not in answer.out


def test_a_missing_translation_is_named(run: Run, written: Callable[[Any], Path]) -> None:
    data = smittevern()
    del data["criteria"][0]["texts"]["requirement"]["nn"]
    answer = run("check", written(data))
    assert answer.code == 0
    assert "  – criteria.industry.texts.requirement: nynorsk" in answer.out


def test_every_fault_is_told_with_its_place_and_a_suggestion(
    run: Run, written: Callable[[Any], Path]
) -> None:
    data = smittevern()
    data["criteria"][0]["expression"] = "nace_sectoin IN ('I') AND STARTS_WITH(nace_code, '79')"
    data["criteria"][1]["expression"] = "municipality > 3"
    answer = run("check", written(data))
    assert answer.code == 1
    lines = answer.out.splitlines()
    assert lines[0].startswith("✗ criteria.industry.expression: Vi kjenner ingen opplysning")
    assert lines[0].endswith("Mente du «nace_section»?")
    assert lines[2] == "    ^^^^^^^^^^^^"
    assert any(line.startswith("✗ criteria.municipality.expression: Tekst kan ikke") for line in lines)
    assert answer.err == ""


def test_the_rules_of_a_scheme_file_are_found_and_placed(run: Run, written: Callable[[Any], Path]) -> None:
    data = smittevern()
    assert run("check", written({"format": "runde-scheme/1", "rules": data})).code == 0
    data["criteria"][1]["expression"] = "kommune = '3103'"
    answer = run("check", written({"format": "runde-scheme/1", "rules": data}))
    assert "✗ rules.criteria.municipality.expression: " in answer.out
    assert "    ^^^^^^^" in answer.out


def test_both_answers_as_json(run: Run, written: Callable[[Any], Path]) -> None:
    told = json.loads(run("check", written(smittevern()), "--json").out)
    assert (told["holds"], told["facts"], told["criteria"], told["amount_rows"]) == (True, 11, 8, 9)
    data = smittevern() | {"title": {}}
    answer = run("check", written(data), "--json")
    told = json.loads(answer.out)
    assert (answer.code, told["holds"], told["problems"][0]["where"]) == (1, False, "title")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x7fELF\x02\x01\x00\xff", "ikke tekst"),
        (b"", "linje 1"),
        (b'{"name": ', "linje 1"),
        (b"[" * 100_000, "for mange nivåer"),
        (b'{"a": ' + b"9" * 9000 + b"}", "for lange tall"),
        (b" " * 2_000_001, "større enn 2 MB"),
    ],
    ids=["binary", "empty", "cut off", "deep", "long number", "huge"],
)
def test_a_file_that_is_no_rule_set_is_refused_in_one_sentence(
    run: Run, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "regler.json"
    path.write_bytes(content)
    answer = run("check", path)
    assert answer.code == 2
    assert answer.out == ""
    assert words in answer.err
    assert len(answer.err.strip().splitlines()) == 1


@pytest.mark.parametrize("data", [[], 7, None, "tekst", {"rules": [1]}, {"rules": {"facts": 3}}])
def test_data_of_the_wrong_shape_is_told_as_faults(
    run: Run, written: Callable[[Any], Path], data: Any
) -> None:
    answer = run("check", written(data))
    assert answer.code == 1
    assert answer.out.startswith("✗ ")


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert "finnes ikke" in run("check", tmp_path / "ingen.json").err
    assert "mappe" in run("export", tmp_path, "--to", "spark").err


@pytest.mark.parametrize(
    ("engine", "column"),
    [
        ("postgres", "numeric(15,2)"),
        ("spark", "decimal(15,2)"),
        ("duckdb", "DECIMAL(18,2)"),
    ],
)
def test_a_query_comes_with_the_columns_it_needs(
    run: Run, written: Callable[[Any], Path], engine: str, column: str
) -> None:
    path = written(smittevern())
    answer = run("export", path, "--to", engine, "--on", "2026-11-23", "--set", "scheme_municipality=3103")
    assert answer.code == 0
    assert f"--   fixed_costs {column}" in answer.out
    assert answer.out.rstrip().endswith("judged;")


def test_a_title_cannot_leave_its_comment(run: Run, written: Callable[[Any], Path]) -> None:
    data = smittevern()
    data["title"]["nb"] = "Tilskudd\nDROP TABLE companies;"
    answer = run("export", written(data), "--to", "postgres", "--set", "scheme_municipality=3103")
    assert not any(line.startswith("DROP") for line in answer.out.splitlines())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "sparkk"], "Mente du «spark»?"),
        (["--to", "spark", "--on", "i går"], "2026-03-01"),
        (["--to", "spark", "--table", "a;b"], "bokstaver, tall"),
        (["--to", "spark", "--set", "kommune=3103"], "scheme_municipality=3103"),
        (["--to", "spark"], "har ingen verdi"),
    ],
)
def test_what_cannot_be_exported_is_refused_in_one_sentence(
    run: Run, written: Callable[[Any], Path], words: list[str], said: str
) -> None:
    values = (
        []
        if "--set" in words or len(words) == 2 and words[1] == "spark"
        else ["--set", "scheme_municipality=3103"]
    )
    answer = run("export", written(smittevern()), *words, *values)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert len(answer.err.strip().splitlines()) == 1
