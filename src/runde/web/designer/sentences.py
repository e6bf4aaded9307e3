"""A draft's rules as sentences, each value in a field of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from runde.engine.rules import (
    Criterion,
    Editable,
    amount_parts,
    sentence_parts,
    shape_of,
    values_in_criterion,
)
from runde.grants.designs.api import Content, compiled_of
from runde.web.components.fields import Choice
from runde.web.designer.trees import (
    Branch,
    flat_tree,
    industry_tree,
    municipality_names,
    municipality_tree,
)

AMOUNT = "amount"
OUTCOMES = {"refuse": "Avslag", "refer": "Vi vurderer saken"}
STEPS = {"share": "1", "integer": "1", "decimal": "0,1", "date": "dag"}
WIDTHS = {"share": "xs", "integer": "xs", "decimal": "xs", "money": "s", "date": "s", "text": "m"}
LARGE, SMALL_STEP, LARGE_STEP = 10_000, "100", "1000"


@dataclass(frozen=True, slots=True)
class ValueField:
    """One value in a sentence. `name` is what the form sends: v:<part>:<value>."""

    name: str
    label: str
    kind: str
    value: str
    unit: str = ""
    shown: str = ""
    choices: tuple[Choice, ...] = ()
    is_wrong: bool = False

    @property
    def id(self) -> str:
        return self.name.replace(":", "-")

    @property
    def width(self) -> str:
        return WIDTHS.get(self.kind, "m")

    @property
    def step(self) -> str:
        """What an arrow key changes; empty for words."""
        if self.kind != "money":
            return STEPS.get(self.kind, "")
        digits = "".join(sign for sign in self.value.partition(",")[0] if sign.isdigit())
        return LARGE_STEP if int(digits or 0) >= LARGE else SMALL_STEP

    @property
    def input_mode(self) -> str:
        if self.kind in ("share", "money", "decimal"):
            return "decimal"
        return "numeric" if self.kind in ("integer", "date") else ""


@dataclass(frozen=True, slots=True)
class ListField:
    """Several values chosen among boxes."""

    name: str
    label: str
    shown: str
    branches: tuple[Branch, ...]

    @property
    def id(self) -> str:
        return self.name.replace(":", "-")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A requirement or a row of the calculation. `pieces` are words and fields in their order."""

    part: str
    number: int
    pieces: tuple[str | ValueField, ...]
    more: tuple[ValueField, ...] = ()
    lists: tuple[ListField, ...] = ()
    outcome: str = ""
    formula: str = ""
    formula_kind: str = "criterion"
    legal_reference: str = ""
    problems: tuple[str, ...] = ()
    typed_formula: str = ""
    is_total: bool = False

    @property
    def id(self) -> str:
        return self.part.replace(":", "-")

    @property
    def label(self) -> str:
        """What its buttons belong to, for those who hear them alone."""
        word = {"criterion": "krav", AMOUNT: "rad"}.get(self.formula_kind, "verdi")
        return f"{word} {self.number}"

    @property
    def words(self) -> str:
        return "".join(one if isinstance(one, str) else one.shown or one.value for one in self.flow)

    @property
    def fields(self) -> tuple[ValueField, ...]:
        return (*(piece for piece in self.pieces if isinstance(piece, ValueField)), *self.more)

    @property
    def flow(self) -> tuple[str | ValueField, ...]:
        """Words and fields in the order they are read, values the sentence leaves out last."""
        extra: list[str | ValueField] = []
        for value in self.more:
            extra += [", " if extra else ": ", value]
        return (*self.pieces, *extra)

    @property
    def has_values(self) -> bool:
        return bool(self.fields or self.lists)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed and could not be used: values by field name; what is wrong by part, and by field."""

    values: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    formulas: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, Sequence[str]] = field(default_factory=dict)
    places: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def error(self, name: str) -> str:
        """What is wrong with one field."""
        return " ".join(self.places.get(name, ()))


NOTHING_TYPED = Typed()


class Sentences:
    """Makes the sentences of one scheme on one day."""

    def __init__(self, content: Content, on: date, typed: Typed = NOTHING_TYPED) -> None:
        self.compiled = compiled_of(content)
        self.ruleset = self.compiled.ruleset
        self.on = on
        self.typed = typed

    def criteria(self) -> tuple[Sentence, ...]:
        return tuple(self._criterion(number, one) for number, one in enumerate(self.ruleset.criteria, 1))

    def amount(self) -> tuple[Sentence, ...]:
        found = []
        for number, line in enumerate(amount_parts(self.compiled, self.on), 1):
            part = f"{AMOUNT}:{line.name}"
            pieces = self._pieces(part, f"Rad {number}", line.parts)
            more = tuple(self._value(part, f"{_said(pieces)}:", one) for one in line.more)
            found.append(
                Sentence(
                    part,
                    number,
                    pieces,
                    more=more,
                    formula=line.expression,
                    formula_kind=AMOUNT,
                    problems=tuple(self.typed.problems.get(part, ())),
                    typed_formula=self.typed.formulas.get(part, ""),
                    is_total=line.kind == "total",
                )
            )
        return tuple(found)

    def derived(self) -> tuple[Sentence, ...]:
        """Values worked out on the way, each with its name and its formula."""
        return tuple(
            Sentence(
                f"derived:{one.name}",
                number,
                (one.label["nb"],),
                formula=one.expression,
                formula_kind="derived",
                problems=tuple(self.typed.problems.get(f"derived:{one.name}", ())),
                typed_formula=self.typed.formulas.get(f"derived:{one.name}", ""),
            )
            for number, one in enumerate(self.ruleset.derived, 1)
        )

    def sentence(self, part: str) -> Sentence | None:
        """One sentence by its part, or None when it is gone."""
        wanted = self.amount() if part.startswith(f"{AMOUNT}:") else self.criteria()
        return next((one for one in wanted if one.part == part), None)

    def _criterion(self, number: int, criterion: Criterion) -> Sentence:
        slug, name = criterion.slug, f"Krav {number}"
        parts = sentence_parts(self.compiled, slug, self.on)
        listed = [one for one in parts if isinstance(one, Editable) and self._is_list(one)]
        pieces = self._pieces(slug, name, parts)
        shown = {one.name for one in parts if isinstance(one, Editable)}
        rest = [one for one in values_in_criterion(self.compiled, slug, self.on) if one.name not in shown]
        listed += [one for one in rest if self._is_list(one)]
        more = tuple(self._value(slug, f"{name}:", one) for one in rest if not self._is_list(one))
        return Sentence(
            slug,
            number,
            pieces,
            more=more,
            lists=tuple(self._list(slug, name, one) for one in listed),
            outcome=criterion.when_not_met,
            formula=criterion.expression,
            legal_reference=criterion.legal_reference,
            problems=tuple(self.typed.problems.get(slug, ())),
            typed_formula=self.typed.formulas.get(slug, ""),
        )

    @staticmethod
    def _is_list(editable: Editable) -> bool:
        return editable.name == "list"

    def _pieces(self, part: str, name: str, parts: Sequence[str | Editable]) -> tuple[str | ValueField, ...]:
        return tuple(self._piece(part, name, parts, place) for place in range(len(parts)))

    def _piece(self, part: str, name: str, parts: Sequence[str | Editable], place: int) -> str | ValueField:
        one = parts[place]
        if isinstance(one, str) or self._is_list(one):
            return one if isinstance(one, str) else one.shown
        return self._value(part, f"{name}: {_with_gap(parts, place)}", one)

    def _value(self, part: str, label: str, editable: Editable) -> ValueField:
        name = f"v:{part}:{editable.name}"
        return ValueField(
            name=name,
            label=f"{label} {editable.unit}".strip(),
            kind=editable.kind,
            value=self.typed.values.get(name, editable.value),
            unit=editable.unit,
            shown=editable.shown,
            choices=self._choices(part, editable),
            is_wrong=bool(self.typed.error(name)),
        )

    def _choices(self, part: str, editable: Editable) -> tuple[Choice, ...]:
        """Codes are chosen by name; a municipality among all of them."""
        if self._is_municipality(part):
            return tuple(Choice(number, name) for number, name in _sorted(municipality_names(self.on)))
        if editable.kind == "codes":
            return tuple(Choice(code, label) for code, label in editable.choices)
        return ()

    def _is_municipality(self, part: str) -> bool:
        if part.startswith(AMOUNT):
            return False
        shape = shape_of(self.compiled, part)
        return shape is not None and shape.name == "municipality"

    def _list(self, slug: str, name: str, editable: Editable) -> ListField:
        field_name = f"v:{slug}:{editable.name}"
        given = [code.strip() for code in editable.value.split(",") if code.strip()]
        chosen = set(self.typed.lists.get(field_name, given))
        shape = shape_of(self.compiled, slug)
        if shape is not None and shape.kind == "industry":
            branches = industry_tree(chosen)
        elif shape is not None and shape.name == "municipality":
            branches = municipality_tree(chosen, self.on)
        else:
            branches = flat_tree(editable.choices, chosen)
        return ListField(field_name, f"{name}: {editable.shown}", editable.shown, branches)


def _sorted(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield from sorted(names.items(), key=lambda pair: pair[1])


def _with_gap(parts: Sequence[str | Editable], place: int) -> str:
    """The sentence as read aloud for one of its fields: "Omsetningen må ha falt med minst …"."""
    before = "".join(one if isinstance(one, str) else one.shown for one in parts[:place])
    return f"{before.strip()} …"


def _said(pieces: Sequence[str | ValueField]) -> str:
    return "".join(one if isinstance(one, str) else one.shown for one in pieces)
