"""What the rooms above hand in to have the council's paper composed. Nothing in it may be withheld elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime

from runde.engine.reference.api import Language
from runde.engine.typeset.letter import Chart, Fact, Grid, Sender


@dataclass(frozen=True, slots=True)
class AssumptionFacts:
    """What is assumed about one fact: for whom (label) and what (value), and where the figures come from."""

    label: str
    lines: tuple[Fact, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilFacts:
    """A planned scheme and its figures, in sentences of the paper's language.

    `heading` says the result in sixty signs. `proposal` is what the council is asked to decide, with one item
    for each sum of money. `summary` has five lines. `charts` come with their tables. `money` is the table of
    costs, `sources` the table of what each source pays; None when no money is planned. `near` tells who is
    just outside, `left_out` what is not shown and why. `sentences` can be pasted into the
    case. `register` names the snapshot and its day.
    """

    language: Language
    sender: Sender
    made_at: datetime
    made_date: date
    heading: str
    proposal: str
    money_items: tuple[str, ...]
    summary: tuple[Fact, ...]
    charts: tuple[Chart, ...]
    criteria: tuple[str, ...]
    amount: tuple[str, ...]
    near: tuple[Grid, ...]
    sources: tuple[Grid, ...]
    assumptions: tuple[AssumptionFacts, ...]
    take_up: str
    missing: tuple[str, ...]
    sentences: tuple[str, ...]
    register: str
    withheld: str
    left_out: tuple[str, ...] = ()
    mark: str | None = None
