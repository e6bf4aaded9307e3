"""The two files for the municipality's accounts: balanced by voucher, and the sums of the books to the øre."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from runde.grants.budget.api import Codes, Line, as_csv, as_gbat10

PLACES = ("giver", "available", "committed", "in_bank_file", "paid")
CODES = Codes(
    accounts={"giver": "700", "available": "51", "committed": "32", "in_bank_file": "35", "paid": "470"},
    function="325",
    responsibility="1200",
    project="P1",
    projects={"s2": "P2"},
)
amounts = st.integers(1, 10**12).map(lambda ore: Decimal(ore) / 100)
moves = st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES), amounts)
texts = st.text(max_size=30)


def lines_of(made: list[tuple[str, str, Decimal]], text: str) -> list[Line]:
    lines = []
    for number, (out, into, amount) in enumerate(made, start=1):
        for place, moved in ((out, -amount), (into, amount)):
            lines.append(
                Line(number, date(2026, 5, 13), place, "s1", moved, text, f"key:{number}", name=text)
            )
    return lines


def rows_of(content: bytes, encoding: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=";"))


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


@given(st.lists(moves, max_size=12), texts)
def test_both_files_say_what_the_books_say(made: list[tuple[str, str, Decimal]], text: str) -> None:
    lines = lines_of(made, text)
    expected: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        expected[CODES.accounts[line.place]] += line.amount_nok
    csv_rows = rows_of(as_csv(lines, CODES), "utf-8-sig")[1:]
    gbat_rows = rows_of(as_gbat10(lines, CODES), "iso-8859-1")
    for rows, voucher, account, amount in ((csv_rows, 0, 3, 8), (gbat_rows, 1, 6, 8)):
        assert len(rows) == len(lines)
        sums: dict[str, Decimal] = defaultdict(Decimal)
        vouchers: dict[str, Decimal] = defaultdict(Decimal)
        for row in rows:
            sums[row[account]] += number(row[amount])
            vouchers[row[voucher]] += number(row[amount])
        assert dict(sums) == dict(expected)
        assert set(vouchers.values()) <= {Decimal(0)}


def test_a_line_of_each_layout() -> None:
    line = Line(
        7,
        date(2026, 5, 13),
        "paid",
        "s2",
        Decimal("1234.5"),
        "Sendt til bank",
        "paid:1",
        "26/9",
        "310000027",
        "Kafé AS",
    )
    assert rows_of(as_csv([line], CODES), "utf-8-sig")[1] == [
        "7", "13.05.2026", "202605", "470", "325", "1200", "P2", "", "1234,50", "D", "310000027", "Kafé AS", "",
        "Sendt til bank sak 26/9", "", "paid:1",
    ]  # fmt: skip
    row = rows_of(as_gbat10([line], CODES), "iso-8859-1")[0]
    assert len(row) == 28
    assert row[:9] == ["GBAT10", "7", "20260513", "1", "05", "2026", "470", "", "1234,50"]
    assert (row[11], row[20], row[23], row[24]) == ("Kafé AS", "Sendt til bank sak 26/9", "P2", "1200")


def test_names_never_become_formulas_or_new_lines() -> None:
    line = Line(1, date(2026, 1, 1), "paid", "s1", Decimal(1), "a\nb", "k", name="=SUM(A1)\r\n;x")
    for content, encoding in ((as_csv([line], CODES), "utf-8-sig"), (as_gbat10([line], CODES), "iso-8859-1")):
        row = rows_of(content, encoding)[-1]
        assert "'=SUM(A1) ;x" in row
        assert "a b" in row
