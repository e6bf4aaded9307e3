"""Whatever happens in whatever order: states lead on, decisions have evidence, the partial do not act, clocks go on.

A property that cannot fail proves nothing: faults are planted one by one, and each must be found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from runde.grants.casework import permissions
from runde.grants.casework.models import Case
from runde.grants.casework.operations import carry_out, deadlines, laying, say_delay

from .conftest import Office
from .every_way import ACTS, Act, a_world, live

acts = st.one_of(
    st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.sampled_from(["propose", "approve", "ask", "jobs"]), st.integers(0, 1), st.integers(0, 2)),
    st.tuples(st.just("days"), st.just(0), st.sampled_from([1, 8, 20, 35])),
)
plans = st.lists(acts, min_size=6, max_size=18)
FAST = settings(
    derandomize=True,
    max_examples=15,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SEARCH = settings(FAST, max_examples=60, phases=[Phase.generate])


def lived_in(office: Office) -> Callable[[Sequence[Act]], None]:
    """One life in an office, after which nothing has happened."""
    world = a_world(office)

    def one_life(plan: Sequence[Act]) -> None:
        with transaction.atomic():
            try:
                live(replace(world, partial_since={}), plan)
            finally:
                transaction.set_rollback(True)

    return one_life


def test_whatever_happens_everything_holds(office: Office) -> None:
    FAST(given(plans)(lived_in(office)))()


def partial_may_act(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permissions, "has_interest", lambda actor, case: False)


def partial_may_propose(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = laying.declarations_by
    monkeypatch.setattr(
        laying, "declarations_by", lambda people, cases: dict.fromkeys(honest(people, cases), True)
    )


def evidence_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carry_out, "keep_parts", lambda freezing: None)


def given_back_is_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(lines: Any) -> None:
        Case.objects.filter(id__in=[line.case_id for line in lines]).update(state="decided")

    monkeypatch.setattr(carry_out, "give_back", wrong)
    monkeypatch.setattr("runde.grants.casework.operations.return_proposal.give_back", wrong)


def pauses_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the clock stood still while the municipality waited, is lost when the answer has come."""
    honest = deadlines.days_stood
    monkeypatch.setattr(
        deadlines,
        "days_stood",
        lambda pauses, on: honest([one for one in pauses if one.to_date is None], on=on),
    )


def a_delay_opens_the_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word on the delay takes the case back from the approver."""
    honest = say_delay.hold_case

    def opened(case_id: Any) -> Case:
        Case.objects.filter(id=case_id, state="proposed").update(state="open")
        return honest(case_id)

    monkeypatch.setattr(say_delay, "hold_case", opened)


Plant = Callable[[pytest.MonkeyPatch], None]
FAULTS: dict[Plant, tuple[str, tuple[str, ...]]] = {
    partial_may_act: ("acted after declaring an interest", ("declare", "ask", "delay")),
    partial_may_propose: ("acted after declaring an interest", ("declare", "propose", "may_work")),
    evidence_is_not_kept: ("mangler i beviset", ("propose", "approve")),
    given_back_is_decided: ("give_back led from proposed to decided", ("propose", "give_back")),
    pauses_are_forgotten: ("moved the deadline back", ("ask", "jobs", "answer")),
    a_delay_opens_the_case: ("delay led from proposed to open", ("propose", "delay")),
}
"""What each plant must be found by, and the acts that can show it: others only make the search longer."""


@pytest.mark.parametrize("plant", FAULTS, ids=[one.__name__ for one in FAULTS])
def test_a_planted_fault_is_found(office: Office, plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence, names = FAULTS[plant]
    telling = st.one_of(
        st.tuples(st.sampled_from(names), st.just(0), st.integers(0, 2)),
        st.tuples(st.just("days"), st.just(0), st.sampled_from([1, 8])),
    )
    plant(monkeypatch)
    with pytest.raises(AssertionError, match=sentence):
        SEARCH(given(st.lists(telling, min_size=4, max_size=10))(lived_in(office)))()
