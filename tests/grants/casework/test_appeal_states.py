"""The tables of appeals and reversals: readable, whole, and with a way to the end from everywhere."""

from __future__ import annotations

from enum import StrEnum

import pytest

from runde.grants.casework.domain.appeal_states import APPEALS, LABELS, AppealEvent, AppealState, find_after
from runde.grants.casework.domain.reversal_states import (
    REVERSALS,
    Ground,
    ReversalEvent,
    ReversalState,
    may_rest_on,
    opening,
)
from runde.grants.casework.domain.states import Table


def reachable(table: Table, start: str) -> set[str]:
    found, todo = {start}, [start]
    while todo:
        state = todo.pop()
        for step in table.steps:
            if state in step.before and step.after not in found:
                found.add(step.after)
                todo.append(step.after)
    return found


@pytest.mark.parametrize(
    ("table", "states", "end"), [(APPEALS, AppealState, "ended"), (REVERSALS, ReversalState, "ended")]
)
def test_every_state_can_be_reached_and_leads_to_the_end(
    table: Table, states: type[StrEnum], end: str
) -> None:
    assert reachable(table, "-") - {"-"} == {str(one) for one in states}
    assert all(end in reachable(table, str(one)) for one in states)


@pytest.mark.parametrize("state", [str(one) for one in AppealState if one not in ("ended", "draft")])
def test_the_municipality_alone_can_bring_an_appeal_on(state: str) -> None:
    """Nothing waits for ever on a party that is silent."""
    ways = [one for one in APPEALS.ways_on("appeal", state) if one.who != "casework.commit"]
    assert ways


def test_nothing_leads_out_of_the_end() -> None:
    assert APPEALS.ways_on("appeal", "ended") == ()
    assert REVERSALS.ways_on("reversal", "ended") == ()


def test_every_event_is_in_the_table_and_every_act_of_others_names_who_may_not() -> None:
    assert {one.event for one in APPEALS.steps} == set(AppealEvent)
    assert {one.event for one in REVERSALS.steps} == set(ReversalEvent)
    assert all(one.other_than for one in APPEALS.steps if one.who != "casework.commit")
    assert set(LABELS) == {str(one) for one in AppealState}


def test_an_event_out_of_place_leads_nowhere() -> None:
    assert find_after("ended", AppealEvent.TAKE) is None
    assert find_after("received", AppealEvent.TAKE) is AppealState.REASSESSING


def test_harm_begins_with_telling_and_not_told_must_be_true() -> None:
    assert opening(Ground.NO_HARM) is ReversalEvent.OPEN
    assert opening(Ground.INVALID) is ReversalEvent.OPEN_HARMFUL
    assert not may_rest_on(Ground.NOT_TOLD, is_told=True)
    assert may_rest_on(Ground.NOT_TOLD, is_told=False)
    assert may_rest_on(Ground.INVALID, is_told=True)
