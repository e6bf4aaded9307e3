"""The table as a page of `docs`: the states first, then each step from what it leads. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from .states import NOTHING_YET, State, Step, Table

INTRODUCTION = """# States and steps

Printed from `src/runde/grants/casework/domain/state_table.py` by `python tools/states.py`; a test fails when it is
stale. Operations, permissions and pages read the same rows. What stands in the last column is what the page says under
"Dette skjer når du trykker"; what is in braces is filled in, and a line whose braces are empty is left out.
"""
THINGS = {
    "case": "Case (sak)",
    "proposal": "Proposal (forslag til vedtak)",
    "request": "Request for information (spørsmål til søkeren)",
    "grant": "Grant (tilskudd)",
    "treatment": "Treatment by a board (politisk behandling)",
    "reserve": "Place on the reserve list (reserveliste)",
    "appeal": "Appeal (klage)",
    "reversal": "Reversal on own initiative (omgjøring)",
}
CLOCKS = {"runs": "runs", "stands": "stands still", "stopped": "stopped"}
WHEN = {"": "", "first": "before the first decision", "anew": "when a decision stands"}


def printed(table: Table) -> str:
    """The whole page, with a section for each thing."""
    things = dict.fromkeys(state.thing for state in table.states)
    sections = (
        _section(
            THINGS[thing],
            [state for state in table.states if state.thing == thing],
            [step for step in table.steps if step.thing == thing],
        )
        for thing in things
    )
    return "\n".join([INTRODUCTION, *sections])


def _section(title: str, states: Iterable[State], steps: Iterable[Step]) -> str:
    lines = [
        f"## {title}\n",
        "| State | Officer reads | Applicant reads | Clock |",
        "|---|---|---|---|",
        *(_state(state) for state in states),
        "",
        "| From | Event | To | Who | What it means |",
        "|---|---|---|---|---|",
        *(_step(step) for step in steps),
        "",
    ]
    return "\n".join(lines)


def _state(state: State) -> str:
    name = f"`{state.name}`" + (" (end)" if state.ends else "")
    return f"| {name} | {state.officer} | {state.applicant} | {CLOCKS[state.clock]} |"


def _step(step: Step) -> str:
    before = ", ".join("(nothing)" if one == NOTHING_YET else f"`{one}`" for one in step.before)
    after = f"`{step.after}`" if step.after else "stays"
    when = f" {WHEN[step.when]}" if step.when else ""
    return f"| {before}{when} | `{step.event}` | {after} | {_who(step)} | {_means(step)} |"


def _who(step: Step) -> str:
    who = f"`{step.who}`" if step.who else "the system"
    return f"{who}, not {step.other_than}" if step.other_than else who


def _means(step: Step) -> str:
    undo = [f"*{step.undo}*"] if step.undo else []
    return " ".join([*step.means, *undo])
