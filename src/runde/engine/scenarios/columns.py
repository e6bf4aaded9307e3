"""What each column of a scenario file is about, found from its heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from runde.engine.rules.errors import closest
from runde.engine.rules.model import CheckedRules
from runde.engine.rules.ruleset import Texts
from runde.engine.scenarios.headings import HEADINGS, Part, heading, plain
from runde.engine.scenarios.naming import names_by_label
from runde.engine.scenarios.report import CellProblem, ScenarioError

_PARTS: Mapping[str, Part] = {plain(name): part for part, names in HEADINGS.items() for name in names}
_SEVERAL: frozenset[Part] = frozenset({"note"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Places in the row: of the file's own parts, of facts, and of figures to be found in the calculation."""

    header: tuple[str, ...]
    parts: Mapping[Part, int] = field(default_factory=dict)
    facts: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[str, int] = field(default_factory=dict)

    def heading_of(self, part: Part) -> str:
        """As the file writes it; as Runde would where the file has no such column."""
        return self.header[self.parts[part]] if part in self.parts else heading(part)


def find_columns(header: Sequence[str], rules: CheckedRules) -> Columns:
    """Raises ScenarioError listing every heading that cannot be used, and what the file lacks."""
    finder = _Finder(tuple(header), rules)
    for place, text in enumerate(header):
        if text:
            finder.take(place, text)
    return finder.columns()


class _Finder:
    def __init__(self, header: tuple[str, ...], rules: CheckedRules) -> None:
        self._header = header
        self._rules = rules
        self._facts = names_by_label({fact.name: fact.label for fact in rules.ruleset.facts})
        self._figures = _figures_by_label(rules)
        self._parts_at: dict[Part, int] = {}
        self._facts_at: dict[str, int] = {}
        self._figures_at: dict[str, int] = {}
        self._problems: list[CellProblem] = []

    def take(self, place: int, text: str) -> None:
        written = plain(text)
        part = _PARTS.get(written)
        facts = self._facts.get(written, ())
        if part is not None and written not in self._rules.facts:
            self._put(self._parts_at, part, place, text)
        elif len(facts) == 1:
            self._put(self._facts_at, facts[0], place, text)
        elif facts:
            names = " eller ".join(facts)
            self._refuse(text, "Overskriften passer til flere opplysninger.", f"navnet: {names}")
        elif written in self._figures:
            self._put(self._figures_at, self._figures[written], place, text)
        else:
            self._refuse(
                text, "Ordningen har ingen opplysning som heter det.", suggestion=self._nearest(text)
            )

    def columns(self) -> Columns:
        if "lane" not in self._parts_at and not self._problems:
            self._refuse(
                "",
                f"Filen mangler kolonnen «{heading('lane')}».",
                "Klare, Må vurderes eller Oppfyller ikke i den",
            )
        if self._problems:
            raise ScenarioError(self._problems)
        return Columns(self._header, self._parts_at, self._facts_at, self._figures_at)

    def _put(self, taken: dict[Any, int], name: str, place: int, text: str) -> None:
        if name not in taken:
            taken[name] = place
        elif name not in _SEVERAL:
            self._refuse(text, "To kolonner er om det samme. Ta ut den ene.")

    def _refuse(self, column: str, message: str, expected: str = "", suggestion: str = "") -> None:
        row = 1 if column else None
        self._problems.append(CellProblem(message, row, column[:60], expected, column[:60], suggestion))

    def _nearest(self, text: str) -> str:
        known = [names[0] for names in HEADINGS.values()]
        known += [label for fact in self._rules.ruleset.facts for label in fact.label.values()]
        known += [fact.name for fact in self._rules.ruleset.facts]
        return closest(text, known) or ""


def _figures_by_label(rules: CheckedRules) -> dict[str, str]:
    """Rows of the calculation, and derived values, that a column may hold the expected figure of."""
    labels: dict[str, Texts] = {row.name: row.label for row in rules.ruleset.amount}
    labels |= {derived.name: derived.label for derived in rules.ruleset.derived}
    found = names_by_label(labels)
    return {way: names[0] for way, names in found.items()}
