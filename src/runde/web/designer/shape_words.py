"""A new requirement without syntax: what it is about, how it is compared, with what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from runde.engine.rules import (
    AmountRow,
    Derived,
    Fact,
    ValueType,
    field_kind,
    shapes_for,
    type_name_of,
    unit_word,
)
from runde.grants.designs.api import Content, compiled_of, register_facts, ruleset_of
from runde.web.components.fields import Field, Kind
from runde.web.designer.sentences import ListField
from runde.web.designer.trees import flat_tree, industry_tree, municipality_tree

WORDS = {
    "industry": "driver i en av disse næringene",
    "one_of": "er en av",
    "none_of": "er ikke en av",
    "equals": "er nøyaktig",
    "starts_with": "begynner med",
    "at_least": "er minst",
    "more_than": "er mer enn",
    "at_most": "er høyst",
    "less_than": "er mindre enn",
    "between": "er mellom to verdier",
    "before": "er før",
    "on_or_before": "er senest",
    "after": "er etter",
    "on_or_after": "er tidligst",
    "is_true": "svaret må være ja",
    "is_false": "svaret må være nei",
}
DEMANDS = {
    "industry": "Virksomheten må drive i en av disse næringene",
    "one_of": "«{}» må være en av disse",
    "none_of": "«{}» kan ikke være en av disse",
    "starts_with": "«{}» må begynne med …",
    "is_true": "«{}» må være ja",
    "is_false": "«{}» må være nei",
    "between": "«{}» må være mellom to verdier",
}
OFFERED = {"nace_section": ("industry", "none_of"), "municipality": ("one_of", "none_of")}
HIDDEN = ("nace_code",)
LISTS = ("one_of", "none_of", "industry")
FIELD_KINDS: Mapping[str, Kind] = {
    "share": "percent",
    "money": "money",
    "integer": "number",
    "decimal": "decimal",
    "date": "date",
}


@dataclass(frozen=True, slots=True)
class Topic:
    """Something a requirement can be about."""

    name: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Topics:
    title: str
    items: tuple[Topic, ...]


def topics(content: Content) -> tuple[Topics, ...]:
    ruleset = ruleset_of(content)
    asked = [one for one in ruleset.facts if one.source != "register"]
    worked_out: list[Derived | AmountRow] = [*ruleset.derived, *ruleset.amount[-1:]]
    return (
        Topics("Fra Enhetsregisteret", tuple(Topic(one.name, one.label["nb"]) for one in known_facts())),
        Topics(
            "Fra søknaden",
            tuple(Topic(one.name, one.label["nb"], one.question.get("nb", "")) for one in asked),
        ),
        Topics("Regnet ut", tuple(Topic(one.name, one.label["nb"]) for one in worked_out)),
    )


def known_facts() -> Iterator[Fact]:
    return (fact for fact in register_facts() if fact.name not in HIDDEN)


@dataclass(frozen=True, slots=True)
class Subject:
    """What the new requirement is about, with its type."""

    name: str
    label: str
    value_type: ValueType
    type_name: str

    @property
    def kinds(self) -> tuple[str, ...]:
        offered = OFFERED.get(self.name)
        every = shapes_for(self.type_name, self.name)
        return tuple(kind for kind in every if offered is None or kind in offered)


def find_subject(content: Content, name: str) -> Subject | None:
    compiled = compiled_of(content)
    ruleset, types = compiled.ruleset, compiled.rules.types
    parts: tuple[Fact | Derived | AmountRow, ...] = (*ruleset.facts, *ruleset.derived, *ruleset.amount)
    labels = {one.name: one.label["nb"] for one in parts}
    known = {one.name: one for one in register_facts()}
    if name in known:
        fact = known[name]
        return Subject(name, fact.label["nb"], fact.value_type, fact.type)
    if name not in labels:
        return None
    fact_type = ruleset.fact(name)
    type_name = fact_type.type if fact_type else type_name_of(types[name])
    return Subject(name, labels[name], types[name], type_name)


def demand_text(subject: Subject, kind: str) -> str:
    """The requirement as far as it is chosen: "«Ansatte» må være minst …"."""
    plain = f"«{{}}» må være {WORDS[kind].removeprefix('er ')} …"
    return DEMANDS.get(kind, plain).format(subject.label)


def is_listed(subject: Subject, kind: str) -> bool:
    return kind in LISTS and (bool(subject.value_type.codes) or subject.name == "municipality")


def value_tree(subject: Subject, kind: str, chosen: Sequence[str], on: date) -> ListField | None:
    """Boxes, when the values are codes that can be listed."""
    if not is_listed(subject, kind):
        return None
    if kind == "industry":
        branches = industry_tree(chosen)
    elif subject.name == "municipality":
        branches = municipality_tree(chosen, on)
    else:
        codes = ((code, texts["nb"]) for code, texts in subject.value_type.codes.items())
        branches = flat_tree(codes, chosen)
    return ListField("value", subject.label, subject.label, branches)


def value_fields(subject: Subject, kind: str, typed: Sequence[str], errors: str = "") -> list[Field]:
    if is_listed(subject, kind) or kind in ("is_true", "is_false"):
        return []
    names = (
        ("Fra og med", "Til og med") if kind == "between" else (WORDS[kind].removeprefix("er ").capitalize(),)
    )
    field_type = field_kind(subject.value_type)
    return [
        Field(
            "value",
            label,
            kind=FIELD_KINDS.get(field_type, "text"),
            html_id=f"id_value_{place}",
            value=typed[place] if place < len(typed) else "",
            unit=_unit(subject),
            description="Skriv datoen slik: 15.11.2026" if field_type == "date" else "",
            error=errors if place == 0 else "",
        )
        for place, label in enumerate(names)
    ]


def _unit(subject: Subject) -> str:
    kind = field_kind(subject.value_type)
    if kind in ("share", "money"):
        return ""
    return unit_word(Decimal(2), subject.value_type, "nb") if kind in ("integer", "decimal") else ""
