"""What the public sees tells of no group of one to four, not even by subtraction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from runde.engine.whatif import Cell, Group, Reach, Register, open_register

from .companies import made_up, write_extract
from .designs import smittevern, wide

ON = date(2026, 11, 23)
FEW = range(1, 5)


def _counts(reach: Reach) -> Iterable[int | None]:
    yield from (reach.companies, reach.eligible, reach.refer, reach.unknown, reach.refused)
    yield from reach.applicants
    for one in reach.criteria:
        yield from (one.not_met, one.alone, one.unknown, one.together)
        yield from (band.count for band in one.near)
    for groups in (reach.by_municipality, reach.by_industry, reach.by_size, reach.by_age):
        for group in groups:
            yield from (group.companies, group.eligible)
    yield from (cell.eligible for cell in reach.cells)


def _difference_tells_nothing(total: int | None, true: Sequence[int], shown: Sequence[int | None]) -> None:
    """With the sum known, the withheld figures are none, or two or more that make five or more."""
    hidden = [count for count, told in zip(true, shown, strict=True) if told is None]
    if total is not None and hidden:
        assert len(hidden) >= 2
        assert sum(hidden) >= 5


def _check(reach: Reach) -> Reach:
    public = reach.public()
    assert not [count for count in _counts(public) if count in FEW]
    lanes = ("eligible", "refer", "unknown", "refused")
    _difference_tells_nothing(
        public.companies, [getattr(reach, name) for name in lanes], [getattr(public, name) for name in lanes]
    )
    for kind in ("by_municipality", "by_industry", "by_size", "by_age"):
        true, told = getattr(reach, kind), getattr(public, kind)
        for field, total in (("companies", public.companies), ("eligible", public.eligible)):
            _difference_tells_nothing(
                total, [getattr(one, field) for one in true], [getattr(one, field) for one in told]
            )
        assert all((one.eligible is None) == (one.cost_nok is None) for one in told)
    _check_crossing(reach, public)
    return public


def _check_crossing(reach: Reach, public: Reach) -> None:
    told = {(one.municipality, one.section): one.eligible for one in public.cells}
    for groups, key in ((public.by_municipality, 0), (public.by_industry, 1)):
        for group in groups:
            places = [
                one for one in reach.cells if (one.municipality if key == 0 else one.section) == group.code
            ]
            shown = [told[one.municipality, one.section] for one in places]
            _difference_tells_nothing(group.eligible, [one.eligible or 0 for one in places], shown)
            if group.eligible is None:
                assert not places or None in shown


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("count", [3, 30, 300])
def test_small_registers(tmp_path: Path, seed: int, count: int) -> None:
    with open_register(write_extract(made_up(count, seed), tmp_path)) as register:
        _check(register.reach(wide(), ON))
        _check(register.reach(smittevern(None), ON))
        _check(register.reach(smittevern(), ON, ("3103",)))


def test_a_large_register_shows_most_of_itself(register: Register) -> None:
    reach = register.reach(smittevern(None), ON)
    public = _check(reach)
    assert (public.eligible, public.full_cost_nok, public.cost) == (
        reach.eligible,
        reach.full_cost_nok,
        reach.cost,
    )
    assert public.snapshot == reach.snapshot


def _made_up_reach(base: Reach, chance: Random) -> Reach:
    """The base with eligible ones spread over municipalities and sections by chance, few in most."""
    places = [(f"{31 + n:02d}00", section) for n in range(4) for section in "GIST"]
    counts = {place: chance.choice([0, 0, 1, 2, 3, 4, 5, 7, 20, 400]) for place in places}
    cells = tuple(Cell(*place, count, base.budget_nok) for place, count in counts.items() if count)
    total = sum(counts.values())

    def groups(key: int) -> tuple[Group, ...]:
        codes = sorted({place[key] for place in places})
        sums = {code: sum(n for place, n in counts.items() if place[key] == code) for code in codes}
        return tuple(Group(code, 1000, count, base.budget_nok) for code, count in sums.items())

    return replace(
        base,
        companies=4000,
        eligible=total,
        refer=0,
        unknown=0,
        refused=4000 - total,
        cells=cells,
        by_municipality=groups(0),
        by_industry=groups(1),
        by_size=(Group("0", 4000, total, base.budget_nok),),
        by_age=(Group("", 4000, total, base.budget_nok),),
    )


def test_tables_that_cross(register: Register) -> None:
    base = register.reach(smittevern(None), ON)
    for seed in range(300):
        _check(_made_up_reach(base, Random(seed)))


def test_few_eligible_hide_the_money(register: Register) -> None:
    base = register.reach(smittevern(None), ON)
    few = replace(base, eligible=3, refused=(base.companies or 0) - 3, refer=0, unknown=0)
    public = few.public()
    assert (public.eligible, public.refused, public.full_cost_nok, public.median_nok) == (
        None,
        None,
        None,
        None,
    )
    assert public.cost.middle_nok is None
    assert all(one.middle_nok is None for one in public.sources)
    assert all(group.eligible is None for group in public.by_size)


def test_a_source_for_few_hides_what_sources_pay(register: Register) -> None:
    base = register.reach(smittevern(None), ON)
    rare = replace(base.sources[0], companies=2)
    public = replace(base, sources=(rare, *base.sources[1:])).public()
    assert [(one.name, one.low_nok) for one in public.sources] == [(one.name, None) for one in base.sources]
    assert public.budget_nok == base.budget_nok


def test_public_data_is_plain(register: Register) -> None:
    import json

    told = json.loads(json.dumps(register.reach(smittevern(), ON, ("3103",)).public().to_dict()))
    assert told["municipalities"] == ["3103"]
    assert told["snapshot"]["as_of_date"] == "2026-11-20"


def test_the_eligible_are_shown_when_something_else_can_be_withheld(register: Register) -> None:
    base = register.reach(smittevern(None), ON)
    companies, eligible = base.companies or 0, base.eligible or 0
    few = replace(base, refer=3, unknown=1, refused=companies - eligible - 4)
    public = _check(few)
    assert (public.eligible, public.refer, public.unknown, public.refused) == (eligible, None, None, None)
    told = {one.slug: one.alone for one in public.criteria}
    assert {slug: told[slug] for slug in ("industry", "revenue_drop")} == {
        "industry": base.criterion("industry").alone,
        "revenue_drop": None,
    }


def test_a_single_criterion_that_refuses_does_not_tell_how_many_were_refused(register: Register) -> None:
    base = register.reach(smittevern(None), ON)
    companies = base.companies or 0
    alone = tuple(one for one in base.criteria if one.slug in ("industry", "revenue_drop"))
    refused = base.criterion("industry").not_met or 0
    few = replace(base, criteria=alone, eligible=companies - refused - 3, refer=3, unknown=0, refused=refused)
    public = few.public()
    assert public.refer is None
    assert (public.criterion("industry").not_met, public.criterion("industry").alone) == (None, None)
