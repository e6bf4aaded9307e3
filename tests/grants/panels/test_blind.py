"""Blind is blind: no query of the door, asked by anybody before opening, gives away another's points or words."""

from __future__ import annotations

import ast
import inspect
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from runde.foundation.journal.api import events_of
from runde.foundation.notices.api import list_notices
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import Refused
from runde.grants import panels
from runde.grants.panels import api
from tests.factories import an_actor

from .conftest import Jury, scores

SECRET = "HEMMELIG-BEGRUNNELSE"
MINE = "min egen begrunnelse"
ROOM = Path(inspect.getfile(panels)).parent
READING = ("filter", "get", "all", "values", "values_list")
QUERIES = (
    "active_assessors", "case_scores", "criteria_of", "find_panel_of", "get_assignment", "get_panel", "list_panels",
    "my_panels", "panel_standing", "preview_line", "progress", "scale_of", "sheet_page", "standings", "visible_sheets",
)  # fmt: skip


@pytest.fixture
def half(jury: Jury) -> Jury:
    """Two have handed in for every case, with words that must not be seen; the third has not."""
    jury = jury.started()
    for case in jury.cases():
        for assessor in jury.assessors[:2]:
            jury.declare(assessor, case)
            api.hand_in(
                assignment_id=jury.assignment(assessor, case).id,
                scores=scores((6, 1, 6), SECRET),
                by=assessor,
                at=jury.at,
            )
            api.save_draft(
                assignment_id=jury.assignment(assessor, case).id,
                scores=scores((6, 1, 5), SECRET),
                by=assessor,
                at=jury.at,
            )
    third, [case, *_] = jury.assessors[2], jury.cases()
    jury.declare(third, case)
    api.hand_in(
        assignment_id=jury.assignment(third, case).id, scores=scores((2, 2, 2), MINE), by=third, at=jury.at
    )
    return jury


def test_no_query_shows_others_before_opening(half: Jury) -> None:
    curious = [half.assessors[2], half.leader, half.approver, an_actor(Role.AUDITOR, at=half.opened_at)]
    for who in curious:
        seen = [_asked(name, half, who, whose) for name in QUERIES for whose in half.assessors[1:]]
        assert SECRET not in repr([_unfolded(one) for one in seen]), who.roles
    own = _unfolded(api.visible_sheets(half.panel, by=half.assessors[2]))
    assert MINE in repr(own)


def test_what_is_written_for_others_is_blind_too(half: Jury) -> None:
    told = [event.payload for event in events_of([("panel", half.panel.id)])]
    mails = [mail.body for mail in list_notices("panel", half.panel.id)]
    assert SECRET not in repr(told) + repr(mails)


def test_every_query_of_the_door_is_tried() -> None:
    """A new query must be added to the list above, so that it is tried blind."""
    doors = [name for name in api.__all__ if inspect.isfunction(getattr(api, name))]
    asked = {name for name in doors if ".queries." in getattr(api, name).__module__}
    assert asked == set(QUERIES) | {"word_of"}


def test_only_one_module_reads_sheets() -> None:
    """Elsewhere `Sheet` may be written; a read there could forget that the panel is blind."""
    readers = set()
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            reads = isinstance(node, ast.Attribute) and node.attr in READING
            if reads and ast.unparse(node).startswith("Sheet.objects"):
                readers.add(path.name)
    assert readers == {"sheets.py"}


def _asked(name: str, jury: Jury, by: Actor, whose: Actor) -> Any:
    """What the query answers; a refusal shows nothing."""
    query = getattr(api, name)
    known = {
        "by": by, "at": jury.at, "panel": jury.panel, "panel_id": jury.panel.id, "call_id": jury.call.id,
        "case_id": jury.cases()[0].id, "way": "count", "value": 1,
    }  # fmt: skip
    wanted = inspect.signature(query).parameters
    try:
        if "found" in wanted:
            known["found"] = api.standings(jury.panel, by=by)
        if "assignment" in wanted:
            known["assignment"] = jury.assignment(whose, jury.cases()[0])
        if "assignment_id" in wanted:
            known["assignment_id"] = jury.assignment(whose, jury.cases()[0]).id
        return query(**{key: known[key] for key in wanted})
    except Refused as refusal:
        return refusal.sentence


def _unfolded(thing: Any) -> Any:
    """Everything in an answer, models and data classes opened."""
    if is_dataclass(thing) and not isinstance(thing, type):
        return [_unfolded(getattr(thing, one.name)) for one in fields(thing)]
    if isinstance(thing, (list, tuple, set, frozenset)):
        return [_unfolded(one) for one in thing]
    if isinstance(thing, dict):
        return [(_unfolded(key), _unfolded(value)) for key, value in thing.items()]
    return (
        {key: repr(value) for key, value in vars(thing).items()} if hasattr(thing, "_meta") else repr(thing)
    )
