"""The parts of a case's pages, in the order they stand. A new part is a template, a function of facts, and a line here.

The template is `officer/case/<name>.html`; it reads what the function gives as `part`. The function gets the open case
(`opened.Opened`) and gives None when the part has nothing to show. Parts ask the database nothing that the case page
has not asked already, or in a fixed number of statements: the whole page may use twenty.
"""

from __future__ import annotations

from dataclasses import dataclass

from runde.web.components.fields import Field
from runde.web.officer.opened import Facts, Opened, Part, Place
from runde.web.officer.parts.afterwards import aftermath_part
from runde.web.officer.parts.appeals import appeals_part
from runde.web.officer.parts.around import (
    application_part,
    attachments_part,
    disputes_part,
    documents_part,
    history_part,
    participants_part,
    prints_part,
)
from runde.web.officer.parts.clock import clock_part
from runde.web.officer.parts.comparing import similar_part
from runde.web.officer.parts.judging import (
    calculation_part,
    checks_part,
    decisions_part,
    proposal_part,
    rules_part,
    weighing_part,
)
from runde.web.officer.parts.letters import letter_part
from runde.web.officer.parts.messages import messages_part
from runde.web.officer.parts.notes import notes_part
from runde.web.officer.parts.paneled import panel_part
from runde.web.officer.parts.support import facts_part, support_part

PARTS: tuple[Part, ...] = (
    Part("decisions", "main", decisions_part),
    Part("proposal", "main", proposal_part),
    Part("checks", "main", checks_part),
    Part("calculation", "main", calculation_part),
    Part("weighing", "main", weighing_part),
    Part("panel", "side", panel_part),
    Part("aftermath", "main", aftermath_part),
    Part("appeals", "main", appeals_part),
    Part("clock", "side", clock_part),
    Part("similar", "side", similar_part),
    Part("letter", "side", letter_part),
    Part("disputes", "side", disputes_part),
    Part("support", "side", support_part),
    Part("facts", "side", facts_part),
    Part("application", "side", application_part),
    Part("rules", "side", rules_part),
    Part("documents", "documents", documents_part),
    Part("attachments", "documents", attachments_part),
    Part("participants", "documents", participants_part),
    Part("prints", "documents", prints_part),
    Part("messages", "dialog", messages_part),
    Part("notes", "dialog", notes_part),
    Part("history", "history", history_part),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A part with its facts, ready for the page."""

    name: str
    template: str
    facts: Facts


def parts_in(place: Place, opened: Opened) -> list[Shown]:
    """The parts of one place that have something to show."""
    found = ((part, part.facts(opened)) for part in PARTS if part.place == place)
    return [Shown(part.name, part.template, facts) for part, facts in found if facts is not None]


def errors_in(parts: list[Shown]) -> list[Field]:
    """What is to be mended on the page, for its summary."""
    return [field for part in parts for field in part.facts.get("errors", ())]
