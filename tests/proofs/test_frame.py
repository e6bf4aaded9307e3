"""The frame of the proofs: a fault that is missed fails the proof, and the outcome is printed as promised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
import typer

from runde.cli.proofs.command import _find, _show
from runde.cli.proofs.frame import Findings, Proof, Result, prove
from runde.cli.proofs.ground import Ground
from runde.cli.proofs.matrix.catalog import broken_rules, differences
from runde.cli.proofs.matrix.committed import LIST, REASONS, committed
from runde.cli.proofs.programme import PROOFS

NOWHERE = Ground(cast(Any, None), "none", Path("/nowhere"))


def proof_that(found: Findings) -> Proof:
    return Proof("small", "en liten prøve", lambda ground, n, seed: found, slice_n=1, campaign_n=2)


def test_a_control_that_is_not_found_fails_the_proof() -> None:
    found = Findings()
    found.control("planted", [])
    result = prove(proof_that(found), NOWHERE, n=3, seed=7)
    assert not result.holds
    assert result.failures == ["control not found: planted"]


def test_a_control_that_is_found_is_counted() -> None:
    found = Findings()
    found.control("planted", ["seen"])
    found.expect(True, "never said")
    assert found.failures == []
    assert found.figures == {"controls found": 1}


def test_the_outcome_is_one_object_with_five_keys(capsys: pytest.CaptureFixture[str]) -> None:
    _show(Result("small", 3, ["æøå"], 0.5, 7, {"not": "printed"}), as_json=True)
    printed = capsys.readouterr().out
    assert json.loads(printed) == {"name": "small", "n": 3, "failures": ["æøå"], "seconds": 0.5, "seed": 7}


def test_people_are_told_what_broke(capsys: pytest.CaptureFixture[str]) -> None:
    _show(Result("small", 3, ["noe er borte"], 0.5, 7, {"forsøk": 3}), as_json=False)
    printed = capsys.readouterr().out
    assert "brudd: noe er borte" in printed
    assert "holder IKKE: 1 brudd" in printed


def test_an_unknown_proof_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(typer.BadParameter, match="kills, matrix, races, tamper"):
        _find("nonsense")


def test_every_proof_has_a_slice_smaller_than_its_campaign() -> None:
    assert {name: proof.slice_n < proof.campaign_n for name, proof in PROOFS.items()} == dict.fromkeys(
        PROOFS, True
    )


def test_the_committed_walls_break_no_rule_and_every_open_table_has_a_reason() -> None:
    facts = json.loads(LIST.read_text(encoding="utf-8"))
    assert broken_rules(committed()) == []
    assert {table for table, reason in facts[REASONS].items() if not reason.strip()} == set()


def test_differences_are_told_both_ways() -> None:
    assert differences({"views": ["new"]}, {"views": ["old"]}) == [
        "views: new, not in the list: new",
        "views: in the list, not there: old",
    ]
