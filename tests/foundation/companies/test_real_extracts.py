"""Real extracts of the register import whole; a spoiled copy loses only what is spoiled."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest

from runde.foundation.companies.api import list_facts_history, search_companies
from runde.foundation.companies.models import Company, Snapshot, SubUnit

from .conftest import Importing

pytestmark = pytest.mark.django_db
YEARS = ("2019", "2020", "2021", "2022")


def test_every_row_of_every_extract_is_taken_in(extracts: Path, importing: Importing) -> None:
    seen: dict[str, set[str]] = {"enheter": set(), "underenheter": set()}
    for year in YEARS:
        for kind, numbers in seen.items():
            path = extracts / f"{year}-{kind}.csv.gz"
            lines = gzip.decompress(path.read_bytes()).decode().splitlines()[1:]
            result = importing(path, f"{year}-12-31")
            assert (result.rows, result.imported, result.rejected) == (len(lines), len(lines), 0)
            numbers.update(line[1:10] for line in lines)
    assert Company.objects.count() == len(seen["enheter"])
    assert SubUnit.objects.count() == len(seen["underenheter"])
    assert Company.objects.exclude(municipality_as_written="").filter(municipality="").count() == 0
    changed = Snapshot.objects.filter(orgnr__in=seen["enheter"]).values_list("orgnr", flat=True).first()
    assert changed is not None
    history = list_facts_history(changed)
    assert [facts.known_from for facts in history] == sorted(facts.known_from for facts in history)
    some = Company.objects.exclude(legal_form__in=["ENK"]).order_by("orgnr")[:40:8]
    for company in some:
        assert company.orgnr in [hit.orgnr for hit in search_companies(company.name, limit=100)]


def test_a_spoiled_copy_loses_only_what_is_spoiled(
    extracts: Path, importing: Importing, tmp_path: Path
) -> None:
    lines = gzip.decompress((extracts / "2021-enheter.csv.gz").read_bytes()).decode().splitlines()
    chance = random.Random(7)
    spoiled = sorted(chance.sample(range(1, len(lines)), 60))
    spoilers = [
        lambda line: line.replace(line[1:10], "123456789", 1),
        lambda line: line[: len(line) // 2],
        lambda line: line.replace('","', '","x,', 1).replace('"', "", 1),
        lambda line: line.replace('"false"', '"kanskje"', 1),
        lambda line: line + '"',
        lambda line: "\x00" + line,
    ]
    for place in spoiled:
        lines[place] = chance.choice(spoilers)(lines[place])
    path = tmp_path / "2021-enheter.csv.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    result = importing(path)
    assert {rejection.line - 1 for rejection in result.rejections} == set(spoiled)
    assert (result.imported, result.rejected) == (len(lines) - 1 - 60, 60)
    assert Company.objects.count() == result.imported
