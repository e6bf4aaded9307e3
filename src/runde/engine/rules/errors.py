"""What is wrong with a rule, told so that an adviser can mend it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a rule set.

    `where` is a path such as ``criteria.revenue_drop.expression``; `start` and `end` are character
    positions in that expression (end exclusive), or None when the whole of it is meant.
    """

    code: str
    message: str
    where: str = ""
    start: int | None = None
    end: int | None = None
    expected: str | None = None
    found: str | None = None
    suggestion: str | None = None

    def sentence(self) -> str:
        """The fault in Norwegian: where, what, and how to mend it."""
        parts = [f"{self.where}: " if self.where else "", self.message]
        if self.start is not None:
            parts.append(f" (tegn {self.start + 1})")
        if self.expected:
            parts.append(f" Forventet {self.expected}.")
        if self.suggestion:
            parts.append(f" Mente du «{self.suggestion}»?")
        return "".join(parts)

    def to_dict(self) -> dict[str, str | int | None]:
        return {name: getattr(self, name) for name in self.__slots__} | {"sentence": self.sentence()}


class RuleError(ValueError):
    """A rule, a rule set or a value handed to it cannot be used. Carries every problem found."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(problem.sentence() for problem in self.problems))

    def __reduce__(self) -> tuple[type["RuleError"], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)

    @property
    def first(self) -> Problem:
        return self.problems[0]

    def at(self, where: str) -> "RuleError":
        """The same error told from a place higher up in the rule set."""
        return RuleError(replace(p, where=f"{where}.{p.where}" if p.where else where) for p in self.problems)


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like the one written, or None when none is near."""
    candidates: Sequence[str] = sorted(known)
    near = get_close_matches(word.lower(), [item.lower() for item in candidates], n=1, cutoff=0.55)
    if not near:
        return None
    return next(item for item in candidates if item.lower() == near[0])
