"""Undo and redo over rows that are only added.

Each act is a row. Changes form a tree by `parent`; undo and redo move along it. The redo line of a change is its
youngest child, so a new change after an undo takes the line over, and what it cut off stays in the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Act(NamedTuple):
    """`number` in order; `shows` the change that stands after the act; `parent` None for all but changes."""

    number: int
    kind: str
    shows: int
    parent: int | None


def undo_target(acts: Sequence[Act]) -> int | None:
    """The change that stands after an undo; None when nothing is left to undo."""
    return _standing(acts).parent


def redo_target(acts: Sequence[Act]) -> int | None:
    """The change that stands after a redo; None when nothing has been undone, or something new was written."""
    standing = _standing(acts).number
    return max((act.number for act in acts if act.parent == standing), default=None)


def _standing(acts: Sequence[Act]) -> Act:
    last = max(acts, key=lambda act: act.number)
    return next(act for act in acts if act.number == last.shows)
