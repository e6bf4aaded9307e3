"""Rule sets in and out of plain JSON data, with an error for everything that is wrong in it."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from runde.engine.rules.errors import Problem, RuleError, closest
from runde.engine.rules.ruleset import (
    FACT_SOURCES,
    LANGUAGES,
    ROW_KINDS,
    AmountRow,
    Criterion,
    DatedValue,
    Derived,
    Fact,
    Parameter,
    RuleSet,
    Texts,
)
from runde.engine.rules.value_types import FACT_TYPES, LARGEST_SCALE

FORMAT = "runde-rules/1"
CRITERION_TEXTS = ("requirement", "met", "not_met", "unknown")

MOST_PARTS = 300
MOST_CODES = 3000
LONGEST_TEXT = 4000
"""Far above any real scheme; a file from elsewhere cannot make the checker work for minutes."""

_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,18})?", re.ASCII)
_Item = TypeVar("_Item")
_Part = TypeVar("_Part", Fact, Parameter, Derived, Criterion, AmountRow)


class _Reader:
    """Reads fields of a mapping, gathering problems instead of stopping at the first."""

    def __init__(self, data: Any, where: str, problems: list[Problem]) -> None:
        self.where = where
        self.problems = problems
        self.data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            self.problem("structure", "Her skal det stå et objekt med navngitte felt.", expected="{ … }")

    def problem(self, code: str, message: str, field: str = "", **details: Any) -> None:
        where = ".".join(part for part in (self.where, field) if part)
        self.problems.append(Problem(code, message, where, **details))

    def known(self, *fields: str) -> None:
        for field in self.data:
            if field not in fields:
                message = f"Feltet «{field}» finnes ikke."
                self.problem("unknown_field", message, suggestion=closest(str(field), fields))

    def text(self, field: str, default: str | None = None) -> str:
        value = self.data.get(field, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.problem("structure", f"Feltet «{field}» må være en tekst.", field, expected="tekst")
            return ""
        return self._short(value, field)

    def _short(self, text: str, field: str) -> str:
        if len(text) <= LONGEST_TEXT:
            return text
        expected = f"høyst {LONGEST_TEXT} tegn"
        self.problem("too_long", f"Teksten i «{field}» er for lang.", field, expected=expected)
        return text[:1]

    def one_of(self, field: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self.text(field, default)
        if value and value not in allowed:
            expected = "en av " + ", ".join(allowed)
            message = f"«{value}» kan ikke brukes i «{field}»."
            self.problem("choice", message, field, expected=expected, suggestion=closest(value, allowed))
        return value

    def texts(self, field: str, required: bool = True) -> Texts:
        value = self.data.get(field)
        if value is None and not required:
            return {}
        return self.as_texts(value, field, required)

    def as_texts(self, value: Any, field: str, required: bool = True) -> Texts:
        fine = isinstance(value, Mapping) and all(
            language in LANGUAGES and isinstance(text, str) for language, text in value.items()
        )
        if not fine or (required and not value.get("nb", "").strip()):
            expected = '{"nb": …, "nn": …, "en": …} der nb er fylt ut'
            self.problem("texts", f"«{field}» mangler tekst på bokmål.", field, expected=expected)
            return {}
        return {language: self._short(text, field) for language, text in value.items()}

    def day(self, field: str) -> date | None:
        value = self.data.get(field)
        if value is None:
            return None
        return self.as_date(value, field)

    def as_date(self, value: Any, field: str) -> date | None:
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.problem("date", f"«{value}» er ikke en dato.", field, expected="åååå-mm-dd")
            return None

    def flag(self, field: str) -> bool:
        value = self.data.get(field, False)
        if not isinstance(value, bool):
            self.problem("structure", f"«{field}» må være true eller false.", field)
        return bool(value)

    def scale(self, type_name: str) -> int | None:
        value = self.data.get("scale")
        if value is None:
            return None
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or type_name not in ("decimal", "share") or not 0 <= value <= LARGEST_SCALE // 2:
            expected = "0 til 9, bare for decimal og share"
            self.problem("structure", "Antall desimaler kan ikke brukes slik.", "scale", expected=expected)
            return None
        return int(value)

    def each(self, field: str, read: Callable[["_Reader"], _Item], key: str) -> tuple[_Item, ...]:
        value = self.data.get(field, [])
        if not isinstance(value, list):
            self.problem("structure", f"«{field}» må være en liste.", field, expected="[ … ]")
            return ()
        if len(value) > MOST_PARTS:
            self.problem("too_long", f"«{field}» er for lang.", field, expected=f"høyst {MOST_PARTS}")
            return ()
        readers = (
            _Reader(item, self._place(field, number, item, key), self.problems)
            for number, item in enumerate(value)
        )
        return tuple(read(reader) for reader in readers)

    def _place(self, field: str, number: int, item: Any, key: str) -> str:
        name = item.get(key) if isinstance(item, Mapping) else None
        place = f"{field}.{name}" if isinstance(name, str) and name else f"{field}[{number + 1}]"
        return f"{self.where}.{place}" if self.where else place


def load_ruleset(data: Any) -> RuleSet:
    """Read a rule set from plain data and check it whole, expressions included."""
    from runde.engine.rules.program import problems_in

    problems: list[Problem] = []
    reader = _Reader(data, "", problems)
    ruleset = _read_ruleset(reader)
    if not problems:
        problems.extend(problems_in(ruleset))
    if problems:
        raise RuleError(problems)
    return ruleset


def _read_ruleset(reader: _Reader) -> RuleSet:
    reader.known("format", "name", "version", "title", "facts", "parameters", "derived", "criteria", "amount")
    if reader.data.get("format") != FORMAT:
        reader.problem("format", "Regelsettet er ikke i et format vi kan lese.", "format", expected=FORMAT)
    return RuleSet(
        name=reader.text("name"),
        version=reader.text("version"),
        title=reader.texts("title"),
        facts=reader.each("facts", _read_fact, "name"),
        criteria=reader.each("criteria", _read_criterion, "slug"),
        parameters=reader.each("parameters", _read_parameter, "name"),
        derived=reader.each("derived", _read_derived, "name"),
        amount=reader.each("amount", _read_row, "name"),
    )


def _read_fact(reader: _Reader) -> Fact:
    reader.known("name", "type", "source", "label", "unit", "scale", "codes", "private", "question")
    type_name = reader.one_of("type", FACT_TYPES)
    return Fact(
        name=reader.text("name"),
        type=type_name,
        source=reader.one_of("source", FACT_SOURCES),
        label=reader.texts("label"),
        unit=reader.text("unit", ""),
        scale=reader.scale(type_name),
        codes=_read_codes(reader),
        private=reader.flag("private"),
        question=reader.texts("question", required=False),
    )


def _read_codes(reader: _Reader) -> Mapping[str, Texts]:
    codes = reader.data.get("codes", {})
    if not isinstance(codes, Mapping):
        reader.problem("structure", "Kodelista må være et objekt med kode og navn.", "codes")
        return {}
    if len(codes) > MOST_CODES:
        reader.problem("too_long", "Kodelista er for lang.", "codes", expected=f"høyst {MOST_CODES} koder")
        return {}
    return {str(code): reader.as_texts(texts, f"codes.{code}") for code, texts in codes.items()}


def _read_parameter(reader: _Reader) -> Parameter:
    reader.known("name", "type", "label", "values", "unit", "scale")
    type_name = reader.one_of("type", tuple(name for name in FACT_TYPES if name != "codes"))

    def read_value(inner: _Reader) -> DatedValue:
        inner.known("value", "valid_from", "source", "label")
        value = _read_constant(inner, type_name)
        label = inner.texts("label", required=False)
        return DatedValue(value, inner.day("valid_from"), inner.text("source", ""), label)

    return Parameter(
        name=reader.text("name"),
        type=type_name,
        label=reader.texts("label"),
        values=reader.each("values", read_value, "valid_from"),
        unit=reader.text("unit", ""),
        scale=reader.scale(type_name),
    )


def _read_constant(reader: _Reader, type_name: str) -> str | bool | Decimal | date:
    value = reader.data.get("value")
    if type_name == "text" and isinstance(value, str):
        return value
    if type_name == "boolean" and isinstance(value, bool):
        return value
    if type_name == "date":
        return reader.as_date(value, "value") or date.min
    if type_name in ("integer", "decimal", "money", "share"):
        return _read_number(reader, value)
    reader.problem("value", f"Verdien passer ikke til typen {type_name}.", "value", found=str(value)[:40])
    return ""


def _read_number(reader: _Reader, value: Any) -> Decimal:
    expected = 'et tall skrevet som tekst, som "0.85"'
    whole = isinstance(value, int) and not isinstance(value, bool)
    text = str(value) if whole or isinstance(value, str) else ""
    if not _NUMBER.fullmatch(text):
        message, found = "Verdien er ikke et nøyaktig tall.", str(value)[:40]
        reader.problem("value", message, "value", expected=expected, found=found)
        return Decimal(0)
    return Decimal(text)


def _read_derived(reader: _Reader) -> Derived:
    reader.known("name", "expression", "label")
    return Derived(reader.text("name"), reader.text("expression"), reader.texts("label"))


def _read_criterion(reader: _Reader) -> Criterion:
    reader.known(
        "slug",
        "expression",
        "texts",
        "when_not_met",
        "when_unknown",
        "legal_reference",
        "valid_from",
        "valid_to",
    )
    return Criterion(
        slug=reader.text("slug"),
        expression=reader.text("expression"),
        texts=_read_criterion_texts(reader),
        when_not_met=reader.one_of("when_not_met", ("refuse", "refer"), "refuse"),  # type: ignore[arg-type]
        when_unknown=reader.one_of("when_unknown", ("ask",), "ask"),  # type: ignore[arg-type]
        legal_reference=reader.text("legal_reference", ""),
        valid_from=reader.day("valid_from"),
        valid_to=reader.day("valid_to"),
    )


def _read_criterion_texts(reader: _Reader) -> Mapping[str, Texts]:
    inner = _Reader(reader.data.get("texts"), f"{reader.where}.texts", reader.problems)
    inner.known(*CRITERION_TEXTS)
    needed = ("requirement", "not_met")
    return {field: inner.texts(field) for field in CRITERION_TEXTS if field in needed or field in inner.data}


def _read_row(reader: _Reader) -> AmountRow:
    reader.known("name", "kind", "expression", "label", "applies_to", "audit_only")
    return AmountRow(
        name=reader.text("name"),
        kind=reader.one_of("kind", ROW_KINDS),
        expression=reader.text("expression"),
        label=reader.texts("label"),
        applies_to=reader.text("applies_to", "") or None,
        audit_only=reader.flag("audit_only"),
    )


def dump_ruleset(ruleset: RuleSet) -> dict[str, Any]:
    """Plain data in a fixed order, without empty fields, decimals as text and dates as ISO."""
    return {
        "format": FORMAT,
        "name": ruleset.name,
        "version": ruleset.version,
        "title": dict(ruleset.title),
        "parameters": [_dump(parameter) for parameter in ruleset.parameters],
        "facts": [_dump(fact) for fact in ruleset.facts],
        "derived": [_dump(derived) for derived in ruleset.derived],
        "criteria": [_dump(criterion) for criterion in ruleset.criteria],
        "amount": [_dump(row) for row in ruleset.amount],
    }


def _dump(part: Any) -> dict[str, Any]:
    fields = {name: getattr(part, name) for name in part.__slots__}
    return {
        name: _plain(value)
        for name, value in fields.items()
        if value not in (None, "", (), {}) and value is not False or name == "value"
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_dump(inner) for inner in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def untranslated(ruleset: RuleSet) -> tuple[str, ...]:
    return tuple(_missing_languages(ruleset.to_dict(), ""))


def _missing_languages(data: Any, where: str) -> Iterator[str]:
    if isinstance(data, list):
        for number, item in enumerate(data):
            name = item.get("slug") or item.get("name") or str(number + 1)
            yield from _missing_languages(item, f"{where}.{name}")
    elif isinstance(data, Mapping):
        if "nb" in data:
            yield from (f"{where}.{language}" for language in LANGUAGES if not data.get(language))
            return
        for field, inner in data.items():
            yield from _missing_languages(inner, f"{where}.{field}" if where else field)
