"""When somebody types "2", waits and types "25", that is one step to undo, though both were saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from .content import Content

PAUSE = timedelta(seconds=10)
"""The longest somebody stops in the middle of a value."""

Path = tuple[str | int, ...]


class Place(NamedTuple):
    """Where two contents differ. `is_value` is False where something has come, gone or moved."""

    path: Path
    is_value: bool


def is_same_moment(before: datetime, after: datetime) -> bool:
    return timedelta(0) <= after - before <= PAUSE


def is_same_value(first: Content, second: Content, third: Content) -> bool:
    """Whether the change from second to third only goes on with values that changed from first to second.

    Back to how it was in the first is a change of its own: undoing it must do something.
    """
    begun = {place.path for place in _places(first, second) if place.is_value}
    goes_on = list(_places(second, third))
    return bool(goes_on) and all(one.is_value and one.path in begun for one in goes_on) and first != third


def _places(old: Any, new: Any, path: Path = ()) -> Iterator[Place]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old.keys() | new.keys():
            if key in old and key in new:
                yield from _places(old[key], new[key], (*path, key))
            else:
                yield Place((*path, key), is_value=False)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _places_in_lists(old, new, path)
    elif old != new:
        yield Place(path, is_value=True)


def _places_in_lists(old: list[Any], new: list[Any], path: Path) -> Iterator[Place]:
    if len(old) != len(new):
        yield Place(path, is_value=False)
        return
    for number, (before, after) in enumerate(zip(old, new, strict=True)):
        yield from _places(before, after, (*path, number))
