"""What a form in the draft sent, and how an act says that it cannot be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from runde.engine.rules import Problem, RuleError
from runde.grants.designs.api import Content, DraftRefused


@dataclass(frozen=True, slots=True)
class Sent:
    """`content` is what the draft says now, `read` what the writer had before them, `form` what was sent."""

    form: QueryDict
    content: Content
    read: Content
    on: date

    @property
    def part(self) -> str:
        return self.form.get("part", "")[:200]

    def text(self, name: str) -> str:
        return self.form.get(name, "").strip()


class Refusal(Exception):
    """What was typed cannot be used: sentences by the name of the field they stand at, or by part."""

    def __init__(self, problems: Mapping[str, Sequence[str]]) -> None:
        super().__init__(" ".join(sentence for found in problems.values() for sentence in found))
        self.problems = problems

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(sentence for found in self.problems.values() for sentence in found))


def problem_sentence(problem: Problem) -> str:
    """What, where in the formula, what was expected and what was likely meant; its place is where it is shown."""
    message = problem.message.rstrip(".")
    parts = [message]
    if problem.start is not None:
        parts.append(f" (tegn {problem.start + 1})")
    parts.append(".")
    if problem.expected:
        parts.append(f" Skriv {problem.expected}.")
    if problem.suggestion:
        parts.append(f" Mente du «{problem.suggestion}»?")
    return "".join(parts)


@contextmanager
def refused_by_rules(place: str) -> Iterator[None]:
    """Whatever the rules or the draft refuse is told at `place`."""
    try:
        yield
    except RuleError as error:
        raise Refusal({place: [problem_sentence(one) for one in error.problems]}) from error
    except DraftRefused as error:
        raise Refusal({place: told(error)}) from error


def told(error: DraftRefused) -> list[str]:
    cause = error.__cause__
    if isinstance(cause, RuleError):
        return [problem_sentence(one) for one in cause.problems]
    return list(error.problems)
