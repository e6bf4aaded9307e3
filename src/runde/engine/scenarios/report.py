"""What running a scenario file gave: row by row, in words for the adviser who wrote the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from runde.engine.rules import Verdict

State = Literal["passed", "differs", "unreadable"]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A fault in the file. `row` is the spreadsheet's row number, the header being 1; None for the whole file."""

    message: str
    row: int | None = None
    column: str = ""
    expected: str = ""
    found: str = ""
    suggestion: str = ""

    def sentence(self) -> str:
        """Where, what, and how to mend it."""
        column = f"«{self.column}»" if self.column else ""
        place = ", ".join(part for part in (f"Rad {self.row}" if self.row else "", column) if part)
        parts = [f"{place}: " if place else "", self.message]
        parts += [f" Skriv {self.expected}."] if self.expected else []
        parts += [f" Mente du «{self.suggestion}»?"] if self.suggestion else []
        return "".join(parts)

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__} | {"sentence": self.sentence()}


class ScenarioError(ValueError):
    """The file cannot be run at all. Carries every problem found."""

    def __init__(self, problems: CellProblem | Iterable[CellProblem]) -> None:
        self.problems = (problems,) if isinstance(problems, CellProblem) else tuple(problems)
        super().__init__("\n".join(problem.sentence() for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Deviation:
    """One column in which the rules say something else than the row; both as the file would write it."""

    column: str
    expected: str
    got: str

    def sentence(self) -> str:
        return f"{self.column}: ventet {_quoted(self.expected)}, fikk {_quoted(self.got)}"


def _quoted(text: str) -> str:
    return f"«{text}»" if text else "ingenting"


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One case. `place` is the row number in the spreadsheet, `number` what the adviser calls it.

    `cells` are as written, one for each column of the report's header. `verdict` is None when the row could not
    be read.
    """

    place: int
    number: str
    story: str
    on: date
    cells: tuple[str, ...]
    deviations: tuple[Deviation, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    verdict: Verdict | None = None

    @property
    def state(self) -> State:
        if self.problems:
            return "unreadable"
        return "differs" if self.deviations else "passed"

    @property
    def name(self) -> str:
        """ "Rad 4 (nr. 3)" """
        return f"Rad {self.place} (nr. {self.number})" if self.number else f"Rad {self.place}"

    def with_problem(self, problem: CellProblem) -> ScenarioRow:
        return replace(self, problems=(*self.problems, problem))

    def to_dict(self) -> dict[str, Any]:
        return {
            "place": self.place,
            "number": self.number,
            "story": self.story,
            "on": self.on.isoformat(),
            "state": self.state,
            "deviations": [
                {"column": one.column, "expected": one.expected, "got": one.got} for one in self.deviations
            ],
            "problems": [one.to_dict() for one in self.problems],
        }


@dataclass(frozen=True, slots=True)
class ScenarioReport:
    """The whole file. `notes` are sentences about how it was read; `untested` about what no row tries."""

    ruleset: str
    version: str
    digest: str
    on: date
    header: tuple[str, ...]
    rows: tuple[ScenarioRow, ...]
    notes: tuple[str, ...] = ()
    untested: tuple[str, ...] = ()

    @property
    def passed(self) -> int:
        return self._count("passed")

    @property
    def differing(self) -> int:
        return self._count("differs")

    @property
    def unreadable(self) -> int:
        return self._count("unreadable")

    @property
    def is_clean(self) -> bool:
        """Every row could be read and came out as written."""
        return self.passed == len(self.rows)

    def _count(self, state: State) -> int:
        return sum(row.state == state for row in self.rows)

    def summary(self) -> str:
        """ "38 saker: 36 som ventet, 2 med et annet svar." """
        parts = [f"{self.passed} som ventet"]
        parts += [f"{self.differing} med et annet svar"] if self.differing else []
        parts += [f"{self.unreadable} som ikke kan leses"] if self.unreadable else []
        count = len(self.rows)
        return f"{count} {'sak' if count == 1 else 'saker'}: {', '.join(parts)}."

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe; without the verdicts."""
        return {
            "ruleset": self.ruleset,
            "version": self.version,
            "digest": self.digest,
            "on": self.on.isoformat(),
            "passed": self.passed,
            "differing": self.differing,
            "unreadable": self.unreadable,
            "notes": list(self.notes),
            "untested": list(self.untested),
            "rows": [row.to_dict() for row in self.rows],
        }
