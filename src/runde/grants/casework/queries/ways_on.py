"""What a person may do in a case as it stands: the rows of the table, narrowed by role and impartiality."""

from __future__ import annotations

from collections.abc import Sequence

from runde.foundation.people.api import Actor, may

from ..domain.state_table import TABLE
from ..domain.states import NOTHING_YET, SYSTEM, Effect, Step, Thing
from ..models import Case
from ..permissions import has_interest


def ways_on(case: Case, *, by: Actor, thing: Thing = "case", state: str = "") -> tuple[Step, ...]:
    """The steps the person may take with the case, or with a `thing` in it that stands in `state`."""
    steps = [one for one in TABLE.ways_on(thing, state or case.state) if one.who != SYSTEM]
    return tuple(_of(case, steps, by))


def may_step(case: Case, event: str, *, by: Actor, thing: Thing = "case", state: str = "") -> bool:
    """Whether the person may take that step now. Raises UnknownStep for an event no row names."""
    now = state or (case.state if thing == "case" else NOTHING_YET)
    if not TABLE.fits(thing, event, now):
        return False
    return bool(_of(case, [one for one in TABLE.rows(thing, event) if now in one.before], by))


def effect_of(thing: Thing, event: str, state: str | None = None, /, **slots: str) -> Effect:
    """What is said under "Dette skjer når du trykker" before the act. Slots as the row names them."""
    return TABLE.effect_of(thing, event, state, **slots)


def _of(case: Case, steps: Sequence[Step], by: Actor) -> list[Step]:
    partial = any(one.impartial for one in steps) and has_interest(by, case)
    return [one for one in steps if not (one.impartial and partial) and may(by, one.who, case)]
