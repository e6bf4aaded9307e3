"""What a register file may look like, whole or broken, before anything reaches the database."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from runde.foundation.companies.domain.register_fields import Content
from runde.foundation.companies.intake import csv_rows
from runde.foundation.companies.intake.opening import RegisterFile
from runde.foundation.companies.intake.reading import rows_of
from runde.foundation.companies.intake.refusals import (
    FileRefused,
    NoOrganisationNumbers,
    NoSuchFile,
    NotARegister,
    NotCompressed,
)

from .files import SUB_UNIT_COLUMNS, csv_text, sub_unit, unit, write

Read = tuple[list[tuple[int, str, Content]], list[tuple[int, str]], str]


def read(path: Path) -> Read:
    """Rows as (line, number, content), rejections as (line, reason), and where the file broke."""
    rejected: list[tuple[int, str]] = []
    with RegisterFile(path) as file:
        reading = rows_of(file, lambda line, reason: rejected.append((line, reason)))
        rows = [(line, texts[0], content) for line, content, texts in reading]
        return rows, rejected, file.broken


def numbers(rows: list[tuple[int, str, Content]]) -> list[str]:
    return [number for _, number, _ in rows]


@pytest.mark.parametrize("name", ["enheter.csv", "enheter.csv.gz", "enheter.GZ"])
def test_csv_packed_or_not(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    text = csv_text([unit(1), unit(2), unit(3)]).encode()
    path.write_bytes(gzip.compress(text) if name.lower().endswith("gz") else text)
    rows, rejected, broken = read(path)
    assert rows == [
        (2, unit(1)["organisasjonsnummer"], Content.UNITS),
        (3, unit(2)["organisasjonsnummer"], Content.UNITS),
        (4, unit(3)["organisasjonsnummer"], Content.UNITS),
    ]
    assert (rejected, broken) == ([], "")


def test_several_packed_parts_in_one_file(tmp_path: Path) -> None:
    text = csv_text([unit(1), unit(2)]).encode()
    path = tmp_path / "enheter.csv.gz"
    path.write_bytes(gzip.compress(text[:700]) + gzip.compress(text[700:]))
    assert len(read(path)[0]) == 2


def test_a_packed_file_filled_up_with_nothing(tmp_path: Path) -> None:
    path = tmp_path / "enheter.csv.gz"
    path.write_bytes(gzip.compress(csv_text([unit(1)]).encode()) + b"\0" * 600_000)
    rows, rejected, broken = read(path)
    assert (len(rows), rejected, broken) == (1, [], "")


def test_headings_in_any_order_and_spelling(tmp_path: Path) -> None:
    columns = ["NAVN", "Organisasjonsnummer", "konkurs", "noeNytt"]
    row = {"NAVN": "X", "Organisasjonsnummer": "310000027", "konkurs": "true"}
    path = write(tmp_path / "a.csv", "\ufeff" + csv_text([row], columns))
    assert numbers(read(path)[0]) == ["310000027"]


def test_semicolons_as_a_spreadsheet_writes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "organisasjonsnummer;navn\n310000027;Fjelldugg, Bærum\n")
    assert numbers(read(path)[0]) == ["310000027"]


def test_sub_units_are_known_by_their_headings(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", csv_text([sub_unit(5, "310000027")], SUB_UNIT_COLUMNS))
    assert read(path)[0][0][2] is Content.SUB_UNITS


def test_line_breaks_inside_a_value_are_no_new_row(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", csv_text([unit(1, aktivitet="Kafé\nog\nfest"), unit(2)]))
    rows, rejected, _ = read(path)
    assert [line for line, _, _ in rows] == [2, 5]
    assert rejected == []


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda line: line.replace('"Bokmål"', '"Bokmål'), "anførselstegnene i raden går ikke opp"),
        (lambda line: line.rsplit(",", 3)[0], "raden har 87 kolonner, men skal ha 90"),
        (lambda line: line + ',"mer"', "raden har 91 kolonner, men skal ha 90"),
        (lambda line: "tull", "raden har 1 kolonner, men skal ha 90"),
        (lambda line: line.replace("Lyngveien 4", "x" * 140_000), "et felt er lengre enn 131072 tegn"),
        (lambda line: line.replace("Lyngveien 4", "x" * 2_100_000), "linjen er lengre enn 1000000 tegn"),
    ],
)
def test_a_damaged_row_takes_no_good_row_with_it(tmp_path: Path, spoil: object, reason: str) -> None:
    lines = csv_text([unit(1), unit(2), unit(3), unit(4)]).splitlines()
    lines[2] = spoil(lines[2])  # type: ignore[operator]
    rows, rejected, _ = read(write(tmp_path / "a.csv", "\n".join(lines) + "\n"))
    assert numbers(rows) == [unit(n)["organisasjonsnummer"] for n in (1, 3, 4)]
    assert [line for line, _ in rejected] == [3]
    assert reason in rejected[0][1]


def test_an_endless_row_is_given_up_after_so_many_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_rows, "MOST_LINES", 3)
    lines = csv_text([unit(1), unit(2)]).splitlines()
    lines[1] = '"310000027,uten slutt'
    lines[2:2] = ["tom", "tom", "tom", "tom"]
    rows, rejected, _ = read(write(tmp_path / "a.csv", "\n".join(lines)))
    assert numbers(rows) == [unit(2)["organisasjonsnummer"]]
    assert [line for line, _ in rejected] == [2, 3, 4, 5, 6]
    assert "trolig mangler et anførselstegn" in rejected[0][1]


def test_a_packed_file_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    whole = gzip.compress(csv_text(unit(n, aktivitet=f"{n * 7919}") for n in range(500)).encode())
    path = tmp_path / "a.csv.gz"
    path.write_bytes(whole[: len(whole) // 2])
    rows, rejected, broken = read(path)
    assert 50 < len(rows) < 450
    assert numbers(rows) == [unit(n)["organisasjonsnummer"] for n in range(len(rows))]
    assert len(rejected) <= 1  # the row that was cut
    assert broken == f"Den pakkede filen slutter før den er ferdig, ved byte {len(whole) // 2}."


def test_a_damaged_packed_file_gives_what_came_before(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(csv_text(unit(n, aktivitet=f"{n * 7919}") for n in range(9000)).encode()))
    for place in range(len(whole) - 5000, len(whole) - 4000):
        whole[place] = 0xFF
    path = tmp_path / "a.csv.gz"
    path.write_bytes(whole)
    rows, _, broken = read(path)
    assert rows
    assert broken.startswith("Den pakkede filen er skadet")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.csv.gz", b"organisasjonsnummer,navn\n", NotCompressed),
        ("a.xlsx", b"PK\x03\x04rest", NotARegister),
        ("a.csv", "organisasjonsnummer".encode("utf-16"), NotARegister),
        ("a.csv", b"", NotARegister),
        ("a.csv", b"navn,adresse\nX,Y\n", NoOrganisationNumbers),
        ("a.csv", b'"organisasjonsnummer', NotARegister),
        ("a.json", b'[{"navn":"X"}]', NoOrganisationNumbers),
        ("a.bin", bytes(range(256)) * 20, FileRefused),
    ],
)
def test_files_that_are_no_register(tmp_path: Path, name: str, content: bytes, kind: type[Exception]) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(kind):
        read(path)


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "ingen.csv", tmp_path):
        with pytest.raises(NoSuchFile, match=str(path)):
            read(path)


JSON_UNIT = {
    "organisasjonsnummer": "310000027",
    "navn": "FJELLDUGG KAFÉ AS",
    "organisasjonsform": {"kode": "AS", "beskrivelse": "Aksjeselskap"},
    "forretningsadresse": {"adresse": ["v/Kari", "Lyngveien 4"], "kommunenummer": "3201"},
    "konkurs": False,
    "antallAnsatte": 12,
}


@pytest.mark.parametrize("indent", [None, 1])
def test_json(tmp_path: Path, indent: int | None) -> None:
    other = JSON_UNIT | {"organisasjonsnummer": "310000035", "organisasjonsform": {"kode": "BEDR"}}
    path = write(tmp_path / "a.json.gz", json.dumps([JSON_UNIT, other], indent=indent, ensure_ascii=False))
    rows, rejected, _ = read(path)
    assert [(number, content) for _, number, content in rows] == [
        ("310000027", Content.UNITS),
        ("310000035", Content.SUB_UNITS),
    ]
    assert rejected == []


def test_json_values_read_as_in_the_csv(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", json.dumps([JSON_UNIT]))
    with RegisterFile(path) as file:
        ((_, _, texts),) = list(rows_of(file, lambda line, reason: None))
    assert {"310000027", "AS", "v/Kari\nLyngveien 4", "3201", "false", "12"} <= set(texts)


@pytest.mark.parametrize(
    "bad", ['{"organisasjonsnummer": tull}', '{"navn": "uten nummer"}', "17", '{"a": ' * 3000]
)
def test_json_that_is_damaged_in_one_place(tmp_path: Path, bad: str) -> None:
    units = [JSON_UNIT | {"organisasjonsnummer": unit(n)["organisasjonsnummer"]} for n in range(3)]
    text = "[\n" + ",\n".join([json.dumps(units[0]), bad, *map(json.dumps, units[1:])]) + "\n]"
    rows, rejected, _ = read(write(tmp_path / "a.json", text))
    assert numbers(rows) == [each["organisasjonsnummer"] for each in units]
    assert [line for line, _ in rejected] == [3]


def test_json_longer_than_a_block(tmp_path: Path) -> None:
    filling = "x" * 3000
    units = [
        {"organisasjonsnummer": unit(n)["organisasjonsnummer"], "aktivitet": [filling]} for n in range(1000)
    ]
    rows, rejected, _ = read(write(tmp_path / "a.json", json.dumps(units)))
    assert numbers(rows) == [each["organisasjonsnummer"] for each in units]
    assert rejected == []


def test_json_that_breaks_off(tmp_path: Path) -> None:
    text = json.dumps([JSON_UNIT, JSON_UNIT | {"organisasjonsnummer": "310000035"}])
    rows, rejected, _ = read(write(tmp_path / "a.json", text[:-30]))
    assert numbers(rows) == ["310000027"]
    assert len(rejected) == 1


@pytest.mark.parametrize("kept", [1, 2])
def test_json_cut_between_two_units_is_told_as_broken_off(tmp_path: Path, kept: int) -> None:
    units = [JSON_UNIT, JSON_UNIT | {"organisasjonsnummer": "310000035"}]
    text = "[" + ",\n".join(map(json.dumps, units[:kept])) + ",\n"
    rows, rejected, broken = read(write(tmp_path / "a.json", text))
    assert (len(rows), rejected) == (kept, [])
    assert broken.startswith("Lista i filen slutter før den er ferdig")


def test_brackets_alone_are_no_list(tmp_path: Path) -> None:
    rows, rejected, broken = read(write(tmp_path / "a.json", "[" * 1000))
    assert (rows, rejected) == ([], [])
    assert broken
