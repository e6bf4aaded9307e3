"""Every figure of the what-if equals a count of single verdicts, company by company."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from runde.engine.whatif import Design, Group, Reach, Register

from .companies import Made
from .designs import looser, smittevern, wide, without
from .referee import Referee, age, half_up, size

ON = date(2026, 11, 23)
DESIGNS = {
    "smittevern": smittevern(),
    "hele landet": smittevern(None),
    "bred": wide(),
    "bred, lavere krav": looser(wide()),
    "uten antakelse om kostnader": without("fixed_costs"),
    "uten antakelse om bevilling": without("licensed"),
    "ingen antakelser": wide(assumptions=[]),
}


@pytest.fixture(scope="module", params=list(DESIGNS))
def pair(request: pytest.FixtureRequest, made: Made, register: Register) -> tuple[Reach, Referee]:
    design: Design = DESIGNS[request.param]
    return register.reach(design, ON), Referee(design, made.companies, ON)


def test_lanes(pair: tuple[Reach, Referee]) -> None:
    reach, referee = pair
    told = {name: getattr(reach, name) for name in ("eligible", "refer", "unknown", "refused")}
    assert {name: count for name, count in told.items() if count} == referee.lanes()
    assert reach.companies == len(referee.judged)


def test_criteria(pair: tuple[Reach, Referee]) -> None:
    reach, referee = pair
    for one in reach.criteria:
        near = [band.count for band in one.near] or [0, 0, 0]
        assert (one.not_met, one.alone, one.unknown, near) == referee.criterion(one.slug), one.slug
        if one.near:
            assert [band.upto for band in one.near] == referee.steps(one.slug, one.unit)


def test_criteria_are_those_in_force(pair: tuple[Reach, Referee]) -> None:
    reach, referee = pair
    assert [one.slug for one in reach.criteria] == [one.slug for one in referee.judged[0][1].criteria]


def test_groups(pair: tuple[Reach, Referee]) -> None:
    reach, referee = pair
    assert _told(reach.by_municipality) == referee.groups(lambda one: one["municipality"] or "")
    assert _told(reach.by_industry) == referee.groups(lambda one: one["nace_section"] or "")
    assert _told(reach.by_size) == referee.groups(size)
    assert _told(reach.by_age) == referee.groups(lambda one: age(one, ON))


def test_cells(pair: tuple[Reach, Referee]) -> None:
    reach, referee = pair
    told = {
        f"{one.municipality}/{one.section}": (one.eligible, Fraction(one.cost_nok or 0))
        for one in reach.cells
    }
    expected = referee.groups(lambda one: f"{one['municipality'] or ''}/{one['nace_section'] or ''}")
    assert told == {place: (count, cost) for place, (_, count, cost) in expected.items() if count}


def test_sources(pair: tuple[Reach, Referee]) -> None:
    reach, referee = pair
    expected = referee.sources()
    told = [(one.low_nok, one.middle_nok, one.high_nok, one.companies) for one in reach.sources]
    assert told == expected.paid
    assert reach.holds_in == expected.holds_in
    assert reach.budget_nok == sum(one.amount_nok for one in referee.design.sources)


def test_missing_facts_are_told_and_never_guessed(pair: tuple[Reach, Referee]) -> None:
    reach, referee = pair
    assumed = {one.name for one in referee.design.assumptions}
    derived = {"fall_share": {"turnover", "turnover_before"}, "revenue_drop": set()}
    wanted = {"fixed_costs", "licensed", "last_award_date", "tags"} | derived["fall_share"]
    if "fall_share" in assumed:
        wanted -= derived["fall_share"]
    expected = set() if referee.design.ruleset.name == "smittevern" else wanted - assumed
    assert set(reach.missing) == expected


def test_money(pair: tuple[Reach, Referee]) -> None:
    reach, referee = pair
    full, shares = referee.full_cost(), referee.design.take_up.shares()
    estimates = [half_up(full * Fraction(share)) for share in shares]
    assert reach.full_cost_nok == full
    assert reach.median_nok == referee.median()
    assert [reach.cost.low_nok, reach.cost.middle_nok, reach.cost.high_nok] == estimates
    assert list(reach.applicants) == [half_up(len(referee.eligible) * Fraction(share)) for share in shares]


def test_contradictions(pair: tuple[Reach, Referee]) -> None:
    reach, referee = pair
    assert set(reach.contradictions) == referee.contradictions()
    met = {one.slug for _, verdict in referee.judged for one in verdict.criteria if one.outcome == "met"}
    assert set(reach.met_by_nobody) == {one.slug for one in reach.criteria} - met


@pytest.mark.parametrize("scope", [("3103",), ("3107", "0301"), ("9999",)])
def test_scope_is_the_same_as_a_smaller_register(
    scope: tuple[str, ...], made: Made, register: Register
) -> None:
    design = wide()
    inside = [one for one in made.companies if one["municipality"] in scope]
    reach, referee = register.reach(design, ON, scope), Referee(design, inside, ON)
    assert (reach.companies, reach.eligible) == (len(inside), len(referee.eligible))
    assert reach.full_cost_nok == referee.full_cost()
    for one in reach.criteria:
        assert (one.not_met, one.alone, one.unknown) == referee.criterion(one.slug)[:3]


def test_another_day_is_judged_by_that_days_rules(made: Made, register: Register) -> None:
    day = date(2020, 6, 1)
    design = wide()
    reach, referee = register.reach(design, day), Referee(design, made.companies, day)
    assert "gone" in [one.slug for one in reach.criteria]
    assert reach.refused == referee.lanes()["refused"]
    assert _told(reach.by_age) == referee.groups(lambda one: age(one, day))


def test_the_order_of_questions_changes_nothing(register: Register) -> None:
    first = register.reach(wide(), ON)
    register.reach(smittevern(), ON, ("3103",))
    register.reach(without("fall_share"), ON)
    assert register.reach(wide(), ON) == first
    assert register.reach(wide(), ON, ("3107", "3103")) == register.reach(
        wide(), ON, ("3103", "3107", "3103")
    )


def _told(groups: tuple[Group, ...]) -> dict[str, tuple[int, int, Fraction]]:
    return {one.code: (one.companies or 0, one.eligible or 0, Fraction(one.cost_nok or 0)) for one in groups}
