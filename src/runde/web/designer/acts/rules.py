"""Requirements and calculation: values in sentences, outcome, formula, reference, removal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from runde.engine.reference.api import LANGUAGES
from runde.grants.designs.api import (
    Content,
    remove_criterion,
    set_amount_value,
    set_criterion,
    set_expression,
    set_outcome,
    set_value,
)
from runde.web.designer.acts.sent import Refusal, Sent, refused_by_rules
from runde.web.designer.amount_rows import without_row
from runde.web.designer.sentences import AMOUNT, OUTCOMES, ListField, Sentence, Sentences, ValueField
from runde.web.designer.trees import municipality_names

LONGEST_REFERENCE = 200


@dataclass(frozen=True, slots=True)
class TypedValue:
    """What somebody typed in one field of a sentence. `label` is what people call it, for a place."""

    part: str
    name: str
    typed: str
    label: Mapping[str, str] | None = None

    @property
    def place(self) -> str:
        return f"v:{self.part}:{self.name}"


def change_sentence(sent: Sent) -> Content:
    """Every value of the sentences sent that differs from what the writer had before them."""
    sentences = Sentences(sent.read, sent.on)
    before = (*sentences.criteria(), *sentences.amount())
    content, problems = sent.content, dict[str, list[str]]()
    for one in _typed_values(sent, before):
        try:
            content = _with_typed(sent, content, one)
        except Refusal as refusal:
            problems |= {place: list(found) for place, found in refusal.problems.items()}
    if problems:
        raise Refusal(problems)
    return _with_outcomes(sent, content, before)


def _typed_values(sent: Sent, before: tuple[Sentence, ...]) -> Iterator[TypedValue]:
    for sentence in before:
        for field in sentence.fields:
            typed = sent.form.get(field.name)
            if typed is not None and _differs(typed, field):
                label = _place_label(sent, field, typed)
                yield TypedValue(sentence.part, field.name.rpartition(":")[2], typed, label)
        for listed in sentence.lists:
            chosen = sent.form.getlist(listed.name)
            if listed.name in sent.form.getlist("lists") and set(chosen) != _had(listed):
                yield TypedValue(sentence.part, "list", ", ".join(chosen))


def _differs(typed: str, field: ValueField) -> bool:
    return " ".join(typed.split()) != " ".join(field.value.split())


def _had(listed: ListField) -> set[str]:
    boxes = {box.code for branch in listed.branches for box in branch.boxes if box.is_checked}
    return boxes | {branch.code for branch in listed.branches if branch.is_checked}


def _place_label(sent: Sent, field: ValueField, typed: str) -> dict[str, str] | None:
    """A municipality is stored by number and shown by name."""
    places = municipality_names(sent.on)
    if not any(choice.value in places for choice in field.choices) or typed not in places:
        return None
    return dict.fromkeys(LANGUAGES, places[typed])


def _with_typed(sent: Sent, content: Content, one: TypedValue) -> Content:
    kind, _, row = one.part.partition(":")
    with refused_by_rules(one.place):
        if kind == AMOUNT and row:
            return set_amount_value(content, row, one.name, one.typed, on=sent.on)
        return set_value(content, one.part, one.name, one.typed, on=sent.on, label=one.label)


def _with_outcomes(sent: Sent, content: Content, before: tuple[Sentence, ...]) -> Content:
    for sentence in before:
        outcome = sent.form.get(f"o:{sentence.part}", sentence.outcome)
        if outcome != sentence.outcome and outcome in OUTCOMES:
            with refused_by_rules(sentence.part):
                content = set_outcome(content, sentence.part, outcome)
    return content


def change_reference(sent: Sent) -> Content:
    reference = " ".join(sent.text("reference").split())
    if len(reference) > LONGEST_REFERENCE:
        raise Refusal({sent.part: [f"Skriv høyst {LONGEST_REFERENCE} tegn. Nå er det {len(reference)}."]})
    with refused_by_rules(sent.part):
        return set_criterion(sent.content, sent.part, legal_reference=reference)


def change_formula(sent: Sent) -> Content:
    """The expression of a requirement, a row of the calculation or a value worked out."""
    formula, part = sent.text("formula"), sent.part
    if not formula:
        raise Refusal({part: ["Formelen er tom. Skriv hva som skal være sant."]})
    kind, _, name = part.partition(":")
    with refused_by_rules(part):
        if name:
            return set_expression(sent.content, kind, name, formula)
        return set_expression(sent.content, "criterion", part, formula)


def drop_criterion(sent: Sent) -> Content:
    """Raises Refusal naming everything that uses it."""
    with refused_by_rules(sent.part):
        return remove_criterion(sent.content, sent.part)


def drop_row(sent: Sent) -> Content:
    """A row of the calculation. Raises Refusal naming everything else that uses it."""
    with refused_by_rules(sent.part):
        return without_row(sent.content, sent.part.removeprefix(f"{AMOUNT}:"))
