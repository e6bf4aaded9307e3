"""The answer for one case, as data: lane, reasons, distances and the calculation.

What there are dozens of in every answer is a named tuple: as fixed as a frozen dataclass, and made in a
third of the time.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, NamedTuple

from runde.engine.rules import wording
from runde.engine.rules.ruleset import LANGUAGES, Texts
from runde.engine.rules.value_types import ValueType, declared_type

Lane = Literal["green", "yellow", "red"]
Outcome = Literal["met", "not_met", "unknown"]
Why = Literal["missing", "out_of_range", "division_by_zero"]


class Sentences(Mapping[str, Mapping[str, str]]):
    """Language to sentences by name, written the first time somebody reads them."""

    def __init__(self, write: Callable[[str], Mapping[str, str]]) -> None:
        self._write = write
        self._written: dict[str, Mapping[str, str]] = {}

    def __getitem__(self, language: str) -> Mapping[str, str]:
        if language not in LANGUAGES:
            raise KeyError(language)
        if language not in self._written:
            self._written[language] = self._write(language)
        return self._written[language]

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)

    def __repr__(self) -> str:
        return f"Sentences({dict(self)!r})"

    def to_dict(self) -> dict[str, dict[str, str]]:
        return {language: dict(self[language]) for language in LANGUAGES}


def stored_sentences(data: Mapping[str, Mapping[str, str]]) -> Sentences:
    return Sentences(lambda language: data[language])


@dataclass(frozen=True)
class Meaning:
    """What a named value is, the same for every case. `type` is one of the fact types."""

    name: str
    type: str
    unit: str
    label: Texts
    private: bool = False
    derived: bool = False
    codes: Mapping[str, Texts] = field(default_factory=dict, compare=False)

    @cached_property
    def value_type(self) -> ValueType:
        return declared_type(self.type, None, self.unit, self.codes)


class UsedValue(NamedTuple):
    """A named value a criterion looked at. `source` is empty for derived values, whose facts follow."""

    meaning: Meaning
    value: Any
    """str, bool, Decimal, date, frozenset of codes, or None for unknown."""
    source: str = ""
    as_of: date | None = None

    @property
    def name(self) -> str:
        return self.meaning.name

    @property
    def label(self) -> Texts:
        return self.meaning.label

    @property
    def private(self) -> bool:
        return self.meaning.private

    @property
    def derived(self) -> bool:
        return self.meaning.derived

    def shown(self, language: str) -> str:
        """The value in words, such as "45,0 prosent"."""
        return wording.shown(self.value, self.meaning.value_type, language)

    def to_dict(self) -> dict[str, Any]:
        meaning = self.meaning
        held = self.value if isinstance(self.value, frozenset) else {self.value}
        return {
            "name": meaning.name,
            "value": to_plain(self.value),
            "type": meaning.type,
            "unit": meaning.unit,
            "label": dict(meaning.label),
            "source": self.source,
            "as_of": to_plain(self.as_of),
            "private": meaning.private,
            "derived": meaning.derived,
            "codes": {code: dict(texts) for code, texts in meaning.codes.items() if code in held},
            "shown": {language: self.shown(language) for language in LANGUAGES},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "UsedValue":
        names = ("name", "type", "unit", "label", "private", "derived", "codes")
        value = from_plain(data["value"], data["type"])
        meaning = Meaning(**{name: data[name] for name in names})
        return cls(meaning, value, data["source"], from_plain(data["as_of"], "date"))


@dataclass(frozen=True, slots=True)
class Distance:
    """How far one value is from its limit. `gap` is in `unit`; shares as shares (0.036), dates as days."""

    name: str
    gap: Decimal
    unit: str
    low: bool
    """True when the value is below (or before) what is required."""
    is_date: bool = False

    def sentence(self, language: str) -> str:
        """ "mangler 3,6 prosentpoeng", "1 ansatt for lite", "17 dager for sent" """
        return wording.distance_sentence(self.gap, self.unit, self.low, self.is_date, language)

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "gap": to_plain(self.gap),
            "unit": self.unit,
            "low": self.low,
            "is_date": self.is_date,
            "sentence": {language: self.sentence(language) for language in LANGUAGES},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Distance":
        return cls(data["name"], Decimal(data["gap"]), data["unit"], data["low"], data["is_date"])


@dataclass(frozen=True, slots=True)
class Missing:
    """A value that was needed and is not known, and why.

    "missing": nobody has given it. "out_of_range": given, but too large or with too many decimals.
    "division_by_zero": the named value is zero and something is divided by it.
    """

    name: str
    why: Why
    label: Texts
    source: str = ""
    """The kind of source of the fact: register, answer, …"""
    question: Texts = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "why": self.why,
            "label": dict(self.label),
            "source": self.source,
            "question": dict(self.question),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Missing":
        return cls(data["name"], data["why"], data["label"], data["source"], data["question"])


class CriterionResult(NamedTuple):
    """`texts[language]` holds "requirement" and "reason": what is demanded, and how it went."""

    slug: str
    outcome: Outcome
    when_not_met: str
    legal_reference: str
    values: tuple[UsedValue, ...]
    distances: tuple[Distance, ...]
    missing: tuple[Missing, ...]
    texts: Sentences

    @property
    def distance(self) -> Distance | None:
        """The first measurable distance, for lists with room for one."""
        return self.distances[0] if self.distances else None

    def to_dict(self) -> dict[str, Any]:
        return {
            "slug": self.slug,
            "outcome": self.outcome,
            "when_not_met": self.when_not_met,
            "legal_reference": self.legal_reference,
            "values": [value.to_dict() for value in self.values],
            "distances": [distance.to_dict() for distance in self.distances],
            "missing": [missing.to_dict() for missing in self.missing],
            "texts": self.texts.to_dict(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "CriterionResult":
        return cls(
            slug=data["slug"],
            outcome=data["outcome"],
            when_not_met=data["when_not_met"],
            legal_reference=data["legal_reference"],
            values=tuple(UsedValue.from_dict(value) for value in data["values"]),
            distances=tuple(Distance.from_dict(distance) for distance in data["distances"]),
            missing=tuple(Missing.from_dict(missing) for missing in data["missing"]),
            texts=stored_sentences(data["texts"]),
        )


class RowResult(NamedTuple):
    """A line of the calculation. `texts[language]` holds "label", "workings" and "shown".

    `applied` is False for a cap, floor or rounding that changed nothing, and `audit_only` True for a
    step that needs no line of its own; letters leave both out. `values` are the facts and derived
    values it brings into the calculation, with where they come from.
    """

    name: str
    kind: str
    value: Decimal | None
    unit: str
    applied: bool
    audit_only: bool
    texts: Sentences
    applies_to: str | None = None
    """The row that a cap, floor or rounding changes."""
    values: tuple[UsedValue, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "kind": self.kind,
            "value": to_plain(self.value),
            "unit": self.unit,
            "applied": self.applied,
            "audit_only": self.audit_only,
            "applies_to": self.applies_to,
            "values": [value.to_dict() for value in self.values],
            "texts": self.texts.to_dict(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "RowResult":
        value = None if data["value"] is None else Decimal(data["value"])
        texts = stored_sentences(data["texts"])
        fields = {name: data[name] for name in ("name", "kind", "unit", "applied", "audit_only")}
        values = tuple(UsedValue.from_dict(one) for one in data.get("values", ()))
        return cls(**fields, value=value, texts=texts, applies_to=data.get("applies_to"), values=values)


@dataclass(frozen=True, slots=True)
class Verdict:
    """green: every criterion is met and the amount is known. yellow: something is unknown, or goes to
    discretion. red: a criterion that refuses is not met.

    `amount_nok` is the total of the calculation; None when the lane is red or the total is unknown.
    `amount_missing` says why the total is unknown.
    """

    ruleset: str
    version: str
    digest: str
    on: date
    lane: Lane
    criteria: tuple[CriterionResult, ...]
    rows: tuple[RowResult, ...]
    amount_nok: Decimal | None
    amount_missing: tuple[Missing, ...] = ()

    def criterion(self, slug: str) -> CriterionResult:
        """The result of one criterion. Raises KeyError when it was not in force."""
        for result in self.criteria:
            if result.slug == slug:
                return result
        raise KeyError(slug)

    def row(self, name: str) -> RowResult:
        for result in self.rows:
            if result.name == name:
                return result
        raise KeyError(name)

    @property
    def not_met(self) -> tuple[CriterionResult, ...]:
        return tuple(result for result in self.criteria if result.outcome == "not_met")

    @property
    def unknown(self) -> tuple[CriterionResult, ...]:
        return tuple(result for result in self.criteria if result.outcome == "unknown")

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Every value that is needed and not known, each once."""
        groups = (*(result.missing for result in self.criteria), self.amount_missing)
        return tuple({(one.name, one.why): one for group in groups for one in group}.values())

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe data with everything screen, letter and audit need; decimals are text."""
        return {
            "ruleset": self.ruleset,
            "version": self.version,
            "digest": self.digest,
            "on": self.on.isoformat(),
            "lane": self.lane,
            "amount_nok": to_plain(self.amount_nok),
            "amount_missing": [missing.to_dict() for missing in self.amount_missing],
            "criteria": [result.to_dict() for result in self.criteria],
            "rows": [row.to_dict() for row in self.rows],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Verdict":
        return cls(
            ruleset=data["ruleset"],
            version=data["version"],
            digest=data["digest"],
            on=date.fromisoformat(data["on"]),
            lane=data["lane"],
            criteria=tuple(CriterionResult.from_dict(result) for result in data["criteria"]),
            rows=tuple(RowResult.from_dict(row) for row in data["rows"]),
            amount_nok=None if data["amount_nok"] is None else Decimal(data["amount_nok"]),
            amount_missing=tuple(Missing.from_dict(missing) for missing in data["amount_missing"]),
        )


def to_plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value


def from_plain(value: Any, type_name: str) -> Any:
    if value is None or type_name in ("text", "boolean"):
        return value
    if type_name == "date":
        return date.fromisoformat(value)
    return frozenset(value) if type_name == "codes" else Decimal(value)
