"""Opening registers, asking them from several threads, and those with little or nothing in them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from runde.engine.rules import RuleSet
from runde.engine.whatif import Design, Register, Snapshot, TakeUp, open_register
from runde.engine.whatif.extract import NotAnExtract, spread_of

from .companies import AS_OF, made_up, write_extract
from .designs import smittevern, wide, without

ON = date(2026, 11, 23)


def test_the_register_is_named_with_its_day(extract: Path) -> None:
    with open_register(extract) as register:
        assert register.snapshot == Snapshot("Oppdiktet register", AS_OF, 40)
        assert (register.source, register.as_of_date, register.companies) == ("Oppdiktet register", AS_OF, 40)


def test_spread_is_the_same_in_the_file_and_in_python(extract: Path) -> None:
    with duckdb.connect(str(extract), read_only=True) as connection:
        rows = connection.execute("SELECT orgnr, spread FROM companies").fetchall()
    assert all(spread == spread_of(orgnr) for orgnr, spread in rows)
    assert len({spread for _, spread in rows}) > 30


def test_a_lacking_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="Fant ikke"):
        open_register(tmp_path / "borte.duckdb")


@pytest.mark.parametrize("content", [b"", b"not a database", b"\x00" * 8192])
def test_a_file_that_is_something_else(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "annet.duckdb"
    path.write_bytes(content)
    with pytest.raises(NotAnExtract):
        open_register(path)


def test_half_an_extract(extract: Path, tmp_path: Path) -> None:
    half = tmp_path / "half.duckdb"
    half.write_bytes(extract.read_bytes()[:20_000])
    with pytest.raises(NotAnExtract):
        open_register(half)


def test_another_layout(extract: Path) -> None:
    with duckdb.connect(str(extract)) as connection:
        connection.execute("UPDATE snapshot SET layout = 'runde-extract/9'")
    with pytest.raises(NotAnExtract, match="annen utgave"):
        open_register(extract)


def test_nothing_but_the_extract_can_be_read(extract: Path) -> None:
    with open_register(extract) as register:
        for statement in (
            f"SELECT * FROM read_csv('{extract.parent}/register.csv')",
            f"ATTACH '{extract.parent}/other.duckdb'",
            "SET memory_limit = '8GB'",
            "DELETE FROM companies",
            f"COPY companies TO '{extract.parent}/ut.csv'",
        ):
            with pytest.raises(duckdb.Error):
                register._connection.execute(statement)


def test_threads_get_the_answers_they_would_get_alone(register: Register) -> None:
    designs: list[tuple[Design, tuple[str, ...]]] = [
        (smittevern(), ()),
        (wide(), ()),
        (wide(), ("3103",)),
        (without("fixed_costs"), ()),
        (smittevern(None), ("3107",)),
    ]
    alone = [register.reach(design, ON, scope) for design, scope in designs]
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(register.reach, design, ON, scope) for design, scope in designs * 4]
        assert [one.result() for one in asked] == alone * 4


def test_one_file_may_be_opened_twice(extract: Path) -> None:
    with open_register(extract) as one, open_register(extract) as other:
        other.reach(smittevern(), ON)
        assert one.reach(wide(), ON) == other.reach(wide(), ON)


def test_the_file_may_be_replaced_while_it_is_open(extract: Path) -> None:
    with open_register(extract) as register:
        before = register.reach(wide(), ON)
        extract.unlink()
        assert register.reach(wide(), ON) == before


def test_an_empty_register(tmp_path: Path) -> None:
    with open_register(write_extract([], tmp_path)) as register:
        reach = register.reach(wide(), ON)
        assert (reach.companies, reach.eligible, reach.full_cost_nok, reach.median_nok) == (0, 0, 0, None)
        assert (reach.by_municipality, reach.cells, reach.contradictions, reach.met_by_nobody) == (
            (),
            (),
            (),
            (),
        )
        assert all(one.not_met == 0 for one in reach.criteria)
        assert reach.holds_in == 3
        assert reach.public() == reach


def test_one_company(tmp_path: Path) -> None:
    company = made_up(1, 3)[0] | {
        "nace_section": "I",
        "municipality": "3103",
        "legal_form": "AS",
        "bankrupt": False,
        "under_liquidation": False,
        "registered_date": date(2010, 1, 1),
    }
    plain = RuleSet.from_dict(
        {
            "format": "runde-rules/1",
            "name": "alle",
            "version": "1",
            "title": {"nb": "Alle"},
            "facts": [],
            "criteria": [],
            "amount": [{"name": "sum_nok", "kind": "total", "expression": "1000", "label": {"nb": "Sum"}}],
        }
    )
    take_up = TakeUp(Decimal("0.1"), Decimal("0.5"), Decimal(1))
    with open_register(write_extract([company], tmp_path)) as register:
        reach = register.reach(Design(plain, (), take_up), ON)
    assert (reach.eligible, reach.full_cost_nok, reach.median_nok) == (1, 1000, 1000)
    assert reach.applicants == (0, 1, 1)
    assert (reach.cost.low_nok, reach.cost.middle_nok, reach.cost.high_nok) == (100, 500, 1000)
    assert (reach.budget_nok, reach.holds_in, reach.criteria) == (0, 0, ())


def test_a_scheme_without_an_amount_costs_nothing(register: Register) -> None:
    rules = replace(wide().ruleset, amount=())
    reach = register.reach(replace(wide(), ruleset=rules), ON)
    assert reach.eligible
    assert (reach.full_cost_nok, reach.median_nok, reach.holds_in) == (0, None, 3)


def test_shares_of_a_line_are_kept(tmp_path: Path) -> None:
    """Of 20 000 alike companies each band gets its share, within what chance allows."""
    alike = [one | {"nace_section": "I", "employees": 7} for one in made_up(20_000, 9)]
    design = wide()
    with open_register(write_extract(alike, tmp_path)) as register:
        reach = register.reach(design, ON)
    fall = reach.criterion("fall")
    assert fall.not_met is not None
    assert abs(fall.not_met / 20_000 - 0.333) < 0.015


def test_lowering_a_threshold_moves_only_companies_it_concerns(register: Register) -> None:
    """The dealing of values does not change with the rules, so a looser rule never loses anybody."""
    strict, loose = (
        wide(),
        replace(wide(), ruleset=wide().ruleset.with_parameter("least_drop", Decimal("0.2"))),
    )
    before, after = register.reach(strict, ON), register.reach(loose, ON)
    assert (after.eligible or 0) > (before.eligible or 0) > 0
    assert (after.criterion("fall").not_met or 0) < (before.criterion("fall").not_met or 0)
    assert after.criterion("solvent").not_met == before.criterion("solvent").not_met
