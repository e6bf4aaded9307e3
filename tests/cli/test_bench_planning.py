"""The benchmark's rival is a check of its own: NumPy by hand, and the what-if, count alike to the krone."""

from __future__ import annotations

from pathlib import Path

import pytest

from runde.cli.bench.planning.by_numpy import by_numpy, of_reach
from runde.cli.bench.planning.by_rules import ByRules
from runde.cli.bench.planning.columns import Columns, read_columns
from runde.cli.bench.planning.companies import build_made_up_extract
from runde.cli.bench.planning.scheme import CRITERIA, FORMS, ON, scheme_data
from runde.engine.whatif import Design, open_register

COMPANIES = 30_000


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_made_up_extract(tmp_path_factory.mktemp("register"), COMPANIES)


@pytest.fixture(scope="module")
def design() -> Design:
    return Design.from_dict(scheme_data())


@pytest.fixture(scope="module")
def columns(extract: Path, design: Design) -> Columns:
    return read_columns(extract, design, FORMS)


def test_the_whatif_and_numpy_count_alike(extract: Path, design: Design, columns: Columns) -> None:
    with open_register(extract) as register:
        found = of_reach(register.reach(design, ON))
    assert found == by_numpy(columns)
    assert sum(found.lanes) == COMPANIES
    assert all(found.lanes)
    assert all(found.criteria[slug][0] for slug in CRITERIA)


def test_the_rules_alone_agree_on_who_and_how_much(extract: Path, design: Design, columns: Columns) -> None:
    expected, rules = by_numpy(columns), ByRules(extract, design)
    assert rules.judge() == (expected.lanes[0], expected.cost_nok)
    rules.close()


def test_one_changed_figure_changes_the_answer(extract: Path, columns: Columns) -> None:
    changed = Design.from_dict(scheme_data(required_drop="0.29"))
    with open_register(extract) as register:
        assert of_reach(register.reach(changed, ON)) != by_numpy(columns)
