"""Which states there are, what leads from one to another, who may, and what it means for the applicant. Pure.

The rows stand in `state_table.py`. Operations ask `fits` and `after`, permissions and pages `who_may` and `ways_on`,
and "Dette skjer når du trykker" is `effect_of`. `docs/states.md` is printed from the rows, and a test holds it so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter
from typing import Literal

Thing = Literal["case", "proposal", "request", "grant", "treatment", "reserve", "appeal", "reversal"]
Clock = Literal["runs", "stands", "stopped"]
When = Literal["", "first", "anew"]

SYSTEM = ""
"""Who acts when nobody does: the system itself."""
STAYS = ""
"""What a step leads to when the thing stays where it is."""
NOTHING_YET = "-"
"""Before the thing is there."""


class UnknownStep(LookupError):
    """No row of the table says this."""


@dataclass(frozen=True, slots=True)
class State:
    """One state of a thing: in the officer's word and the applicant's, and what the case's clock does in it.

    `ends` for where nothing more happens to the thing itself.
    """

    thing: Thing
    name: str
    officer: str
    applicant: str
    clock: Clock
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What may happen to a thing in some states, and where it leads.

    `who` is the permission asked, or SYSTEM. `when` narrows the row: before the first decision, or once one stands.
    `means` are sentences with slots, said before the act; `undo` says until when it can be undone. `impartial`: who has
    declared an interest may not. `other_than` is who must be somebody else.
    """

    thing: Thing
    event: str
    before: tuple[str, ...]
    after: str
    who: str
    means: tuple[str, ...] = ()
    undo: str = ""
    when: When = ""
    impartial: bool = True
    other_than: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens on the press, line by line, and until when it can be undone."""

    lines: tuple[str, ...]
    undo: str


class Table:
    """The rows, looked up by thing, event and state."""

    def __init__(self, states: Iterable[State], steps: Iterable[Step]) -> None:
        self.states = tuple(states)
        self.steps = tuple(steps)

    def fits(self, thing: Thing, event: str, state: str) -> bool:
        """Whether the event may happen to a thing in that state. Raises UnknownStep for an event no row names."""
        return any(state in row.before for row in self.rows(thing, event))

    def after(self, thing: Thing, event: str, state: str, *, stands: bool = False) -> str:
        """The state it leads to; `stands` when a decision stands in the case. Raises UnknownStep if it does not fit."""
        for row in self.rows(thing, event):
            if state in row.before and row.when in ("", "anew" if stands else "first"):
                return row.after or state
        raise UnknownStep(f"{event} of {thing} in {state}")

    def before(self, thing: Thing, event: str) -> tuple[str, ...]:
        """Every state the event may happen in."""
        return tuple(dict.fromkeys(state for row in self.rows(thing, event) for state in row.before))

    def who_may(self, thing: Thing, event: str) -> str:
        """The permission asked; SYSTEM when nobody may by themselves."""
        return self.rows(thing, event)[0].who

    def ways_on(self, thing: Thing, state: str) -> tuple[Step, ...]:
        """Everything that may happen to the thing from there."""
        return tuple(row for row in self.steps if row.thing == thing and state in row.before)

    def state(self, thing: Thing, name: str) -> State:
        found = next((one for one in self.states if (one.thing, one.name) == (thing, name)), None)
        if found is None:
            raise UnknownStep(f"no state {name} of {thing}")
        return found

    def effect_of(self, thing: Thing, event: str, state: str | None = None, /, **slots: str) -> Effect:
        """The sentences with their slots filled. One whose slots are missing or empty does not happen this time.

        `state` chooses among the rows of an event that means another thing from one state than from another.
        """
        row = next(one for one in self.rows(thing, event) if state is None or state in one.before)
        lines = (_filled(sentence, slots) for sentence in row.means)
        return Effect(tuple(line for line in lines if line), _filled(row.undo, slots))

    def rows(self, thing: Thing, event: str) -> tuple[Step, ...]:
        found = tuple(row for row in self.steps if (row.thing, row.event) == (thing, event))
        if not found:
            raise UnknownStep(f"{event} of {thing}")
        return found


def _filled(sentence: str, slots: dict[str, str]) -> str:
    names = {name for _, name, _, _ in Formatter().parse(sentence) if name}
    if all(slots.get(name) for name in names):
        return sentence.format_map(slots)
    return ""
