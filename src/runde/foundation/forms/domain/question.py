"""A question, what may be asked of an answer, and the contract every question type keeps."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from runde.engine.reference.api import Language

Json = str | int | bool | list[str]
"""What an answer is stored as. Never a float: amounts are text."""

Raw = str | list[str]
"""What a browser posts for one field."""

Texts = Mapping[str, str]


def chosen(texts: Texts, language: str) -> str:
    """The text in the language, or in bokmål when it lacks."""
    return texts.get(language) or texts.get("nb", "")


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `settings` are those its type understands, such as `least` or `options`.

    `errors` may replace the type's own sentences, by the name of the mistake: `empty`, `too_low`, …
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


class BadAnswer(Exception):
    """What was typed cannot be the answer. Carries a whole sentence in the reader's language."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class QuestionType(ABC):
    """How one kind of question is read, kept, handed to the rules and shown again.

    `written` and `read` are each other's inverse: reading what `written` gives returns the same value.
    """

    name: ClassVar[str]
    settings: ClassVar[frozenset[str]] = frozenset()
    fact_types: ClassVar[frozenset[str]] = frozenset()
    """The types of rule facts this kind of question can answer."""

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

    def problems(self, question: Question) -> Iterator[str]:
        """What is wrong with the question's own settings."""
        yield from ()
