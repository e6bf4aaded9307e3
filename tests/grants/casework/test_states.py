"""The table of states holds together, is what the pages say, and is printed in the documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from runde.foundation.people.api import registered_actions
from runde.grants.casework.domain.state_page import printed
from runde.grants.casework.domain.state_table import TABLE
from runde.grants.casework.domain.states import NOTHING_YET, SYSTEM, UnknownStep
from runde.grants.casework.models import Case, Proposal, ReserveEntry

PAGE = Path(__file__).resolve().parents[3] / "docs" / "states.md"
NAMES = {(one.thing, one.name) for one in TABLE.states}


def test_the_documents_say_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == printed(TABLE), "Run tools/states.py and read the difference"


def test_every_step_leads_between_states_of_its_thing() -> None:
    for step in TABLE.steps:
        named = {(step.thing, one) for one in (*step.before, step.after) if one not in ("", NOTHING_YET)}
        assert named <= NAMES, step


def test_no_state_is_without_a_way_in_or_a_way_on() -> None:
    for state in TABLE.states:
        leads = [one for one in TABLE.ways_on(state.thing, state.name) if one.after not in ("", state.name)]
        assert bool(leads) is not state.ends, state
        ways_in = [one for one in TABLE.steps if (one.thing, one.after) == (state.thing, state.name)]
        assert ways_in, state


def test_who_may_is_a_permission_of_the_house() -> None:
    actions = registered_actions()
    assert {one.who for one in TABLE.steps if one.who != SYSTEM} <= set(actions)


def test_rows_of_one_event_do_not_quarrel() -> None:
    seen = set()
    for step in TABLE.steps:
        for state in step.before:
            for when in ("first", "anew") if not step.when else (step.when,):
                assert (step.thing, step.event, state, when) not in seen, step
                seen.add((step.thing, step.event, state, when))


MODELS: dict[str, type[Case] | type[Proposal] | type[ReserveEntry]] = {
    "case": Case,
    "proposal": Proposal,
    "reserve": ReserveEntry,
}


@pytest.mark.parametrize("thing", MODELS)
def test_the_database_knows_the_same_states(thing: str) -> None:
    model = MODELS[thing]
    assert {name for of, name in NAMES if of == thing} == set(model.State.values)
    for one in TABLE.states:
        if one.thing == thing:
            assert one.officer == model.State(one.name).label


def test_a_line_with_an_empty_slot_does_not_happen() -> None:
    told = TABLE.effect_of("case", "decide", letters="3 brev")
    assert "3 brev blir skrevet, og søkerne får e-post." in told.lines
    assert not any("satt av" in line for line in told.lines)
    assert told.undo.startswith("Det kan ikke angres.")


def test_what_no_row_names_is_refused() -> None:
    with pytest.raises(UnknownStep):
        TABLE.fits("case", "vanish", "open")
    with pytest.raises(UnknownStep):
        TABLE.after("case", "decide", "open")


def test_what_is_given_back_goes_where_it_came_from() -> None:
    assert TABLE.after("case", "give_back", "proposed") == "open"
    assert TABLE.after("case", "give_back", "proposed", stands=True) == "decided"
