"""A question, what may be asked of an answer, and the contract every question type keeps."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from runde.engine.reference.api import Language
from runde.engine.rules import ValueType, declared_type

Json = str | int | bool | list[str] | dict[str, str] | list[dict[str, str]]
"""What an answer is stored as. Never a float: amounts are text."""

Raw = str | list[str] | dict[str, str] | list[dict[str, str]]
"""What a browser posts for one question: one field, several of one name, a pair, or rows of columns."""

Texts = Mapping[str, str]
Posted = Mapping[str, list[str]]
"""Everything a browser posted, by the name of the field."""


class Stage(StrEnum):
    """When a question is asked at the latest; the later ones are asked on their own, after the application.

    DRAFT: the page cannot be passed without it. SUBMIT: the page may be passed, sending may not.
    """

    DRAFT = "draft"
    SUBMIT = "submit"
    ACCEPTANCE = "acceptance"
    PAYMENT = "payment"
    REPORT = "report"


def chosen(texts: Texts, language: str) -> str:
    """The text in the language, or in bokmål when it lacks."""
    return texts.get(language) or texts.get("nb", "")


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `settings` are those its type understands, such as `least` or `options`.

    `errors` may replace the type's own sentences, by the name of the mistake: `empty`, `too_low`, …
    `shown_if` and `required_if` are expressions in the rule language, "" for none. `keep_months` is how long a
    personal answer is kept after the case is closed; None when nothing is said.
    """

    slug: str
    type: str
    label: Texts
    help: Texts = field(default_factory=dict)
    required: bool = True
    personal: bool = False
    unit: Texts = field(default_factory=dict)
    errors: Mapping[str, Texts] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    required_from: Stage = Stage.SUBMIT
    shown_if: str = ""
    required_if: str = ""
    keep_months: int | None = None


class BadAnswer(Exception):
    """What was typed cannot be the answer. Carries a whole sentence in the reader's language.

    `parts` has a sentence for each field that is wrong, where the question has several: "from", "0-amount".
    """

    def __init__(self, sentence: str, parts: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.parts = dict(parts or {})


@dataclass(frozen=True, slots=True)
class ShownTable:
    """An answer of rows and columns as text. `sums` has "" under a column that is not summed."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...]


class QuestionType(ABC):
    """How one kind of question is read, kept, handed to the rules and shown again.

    `written` and `read` are each other's inverse: reading what `written` gives returns the same value.
    """

    name: ClassVar[str]
    settings: ClassVar[frozenset[str]] = frozenset()
    fact_types: ClassVar[frozenset[str]] = frozenset()
    """The types of rule facts this kind of question can answer."""
    empty: ClassVar[str] = "empty"
    """The name of the mistake when a required answer lacks."""
    has_answer: ClassVar[bool] = True
    takes_over: ClassVar[frozenset[str]] = frozenset()
    """Other types whose answers may be read as this one when a form is changed."""

    @abstractmethod
    def read(self, raw: Raw, question: Question, language: Language) -> Json | None:
        """The value of what was typed, None for nothing. Raises BadAnswer."""

    @abstractmethod
    def written(self, value: Json, question: Question) -> Raw:
        """The value as it stands in the field when the page is opened again."""

    @abstractmethod
    def shown(self, value: Json, question: Question, language: Language) -> str:
        """The value as text for people."""

    def typed(self, value: Json) -> Any:
        """The value as the rules take it."""
        return value

    def named(self, value: Json, question: Question) -> dict[str, Any]:
        """The value by the names that rules know it by; most have one, the question's own."""
        return {question.slug: self.typed(value)} if self.fact_types else {}

    def facts(self, question: Question) -> dict[str, frozenset[str]]:
        """The names that rules know the answer by, each with the types of facts it can be."""
        return {question.slug: self.fact_types} if self.fact_types else {}

    def value_types(self, question: Question) -> dict[str, ValueType]:
        """The type that conditions take each of the names as."""
        scale = self.scale(question)
        return {
            name: declared_type(next(iter(sorted(types))), scale, "", {})
            for name, types in self.facts(question).items()
        }

    def scale(self, question: Question) -> int | None:
        """How many decimals the value may have, where the question says so."""
        return None

    def gathered(self, posted: Posted, question: Question) -> Raw:
        """The question's part of what a browser posted; "" when nothing was."""
        return posted.get(question.slug) or ""

    def table(self, value: Json, question: Question, language: Language) -> ShownTable | None:
        """The value as rows and columns, for types that have them."""
        return None

    def means_the_same(self, old: Question, new: Question) -> bool:
        """Whether an answer to the old question may stand for the new one without being given again."""
        return True

    def problems(self, question: Question) -> Iterator[str]:
        """What is wrong with the question's own settings."""
        yield from ()
