"""A rule set as data: facts, parameters, derived values, criteria and the rows of the amount."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from runde.engine.canonical import canonical_json
from runde.engine.rules.errors import Problem, RuleError, closest
from runde.engine.rules.value_types import ValueType, declared_type

Texts = Mapping[str, str]
"""Language ("nb", "nn", "en") to text. nb is always there; the others fall back to it."""

LANGUAGES = ("nb", "nn", "en")

FACT_SOURCES = ("register", "answer", "aid_ledger", "earlier_awards", "assumption")
ROW_KINDS = (
    "base",
    "factor",
    "subtotal",
    "addition",
    "deduction",
    "floor",
    "cap",
    "rounding",
    "total",
)

WhenNotMet = Literal["refuse", "refer"]
WhenUnknown = Literal["ask"]
Given = str | bool | int | Decimal | date | frozenset[str] | tuple[str, ...] | list[str] | None
"""What a caller may hand in as a value. Never float."""


@dataclass(frozen=True, slots=True)
class Value:
    """A fact's value for one case, with where it came from and the day it was true.

    `value` None means that nobody knows. `source` is shown to people: "Enhetsregisteret", "søknaden".
    """

    value: Given
    source: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A named piece of knowledge about an applicant. `type` is one of FACT_TYPES."""

    name: str
    type: str
    source: str
    label: Texts
    unit: str = ""
    scale: int | None = None
    codes: Mapping[str, Texts] = field(default_factory=dict)
    private: bool = False
    question: Texts = field(default_factory=dict)

    @property
    def value_type(self) -> ValueType:
        return declared_type(self.type, self.scale, self.unit, self.codes)


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A parameter's value from a day on, with its source and, for codes, what people call it."""

    value: str | bool | Decimal | date
    valid_from: date | None = None
    source: str = ""
    label: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named figure of the scheme: a rate, a ceiling, a threshold, the municipality itself."""

    name: str
    type: str
    label: Texts
    values: tuple[DatedValue, ...] = ()
    unit: str = ""
    scale: int | None = None

    @property
    def value_type(self) -> ValueType:
        return declared_type(self.type, self.scale, self.unit, {})

    def on(self, day: date) -> DatedValue | None:
        """The value in force on `day`, or None when there is none yet."""
        begun = [one for one in self.values if one.valid_from is None or one.valid_from <= day]
        return max(begun, key=lambda one: one.valid_from or date.min, default=None)


@dataclass(frozen=True, slots=True)
class Derived:
    """A value worked out from facts, used by name in criteria and amounts."""

    name: str
    expression: str
    label: Texts


@dataclass(frozen=True, slots=True)
class Criterion:
    """A requirement. `valid_from` and `valid_to` are both inclusive.

    `texts` may hold "requirement", "met", "not_met" and "unknown", each in the languages; see
    `wording` for the placeholders.
    """

    slug: str
    expression: str
    texts: Mapping[str, Texts]
    when_not_met: WhenNotMet = "refuse"
    when_unknown: WhenUnknown = "ask"
    legal_reference: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, day: date) -> bool:
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class AmountRow:
    """One line of the calculation. Later rows may use it by name.

    `applies_to` names the row that a cap, floor or rounding changes; the row is then marked as
    applied only when it made a difference.
    """

    name: str
    kind: str
    expression: str
    label: Texts
    applies_to: str | None = None
    audit_only: bool = False
    """True for a step that case officers and auditors see and letters leave out."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Everything a scheme decides by. Plain data; `compile_ruleset` checks and makes it run."""

    name: str
    version: str
    title: Texts
    facts: tuple[Fact, ...]
    criteria: tuple[Criterion, ...]
    parameters: tuple[Parameter, ...] = ()
    derived: tuple[Derived, ...] = ()
    amount: tuple[AmountRow, ...] = ()

    def fact(self, name: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.name == name), None)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON-safe data; `from_dict` gives the same rule set back."""
        from runde.engine.rules.loading import dump_ruleset

        return dump_ruleset(self)

    @classmethod
    def from_dict(cls, data: Any) -> "RuleSet":
        """Read and check a rule set. Raises RuleError listing every problem found."""
        from runde.engine.rules.loading import load_ruleset

        return load_ruleset(data)

    @property
    def digest(self) -> str:
        """The sha256 of the canonical content, in hex: the same rules give the same digest."""
        text = canonical_json(self.to_dict())
        return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()

    def with_parameter(
        self,
        name: str,
        value: str | bool | Decimal | date,
        *,
        label: Texts | None = None,
        valid_from: date | None = None,
        source: str = "",
    ) -> "RuleSet":
        """A copy in which the parameter has this one value. Raises RuleError for an unknown name."""
        known = [parameter.name for parameter in self.parameters]
        if name not in known:
            message = f"Regelsettet har ingen parameter som heter «{name}»."
            raise RuleError(Problem("unknown_name", message, suggestion=closest(name, known)))
        dated = DatedValue(value, valid_from, source, label or {})
        parameters = tuple(replace(p, values=(dated,)) if p.name == name else p for p in self.parameters)
        changed = replace(self, parameters=parameters)
        return RuleSet.from_dict(changed.to_dict())

    def missing_translations(self) -> tuple[str, ...]:
        """Paths to texts that lack a language, such as ``criteria.industry.not_met.nn``."""
        from runde.engine.rules.loading import untranslated

        return untranslated(self)
