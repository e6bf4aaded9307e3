"""The worked example the public sees: its answers as fields, and what the rules make of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from runde.engine.reference.api import amount_text
from runde.engine.rules import Value
from runde.foundation.forms.api import Question, form_of, questions_of, typed, written_answers
from runde.grants.designs.api import Content, compiled_of
from runde.web.applicant.questions import field_of
from runde.web.components.facts import SumRow
from runde.web.components.fields import Field
from runde.web.designer.sentences import Typed
from runde.web.verdicts import sum_rows

PREFIX = "e-"
"""Before a question's name, which may be the name of another field on the page."""


@dataclass(frozen=True, slots=True)
class ShownExample:
    """`amount` is "" when the answers give none, and `rows` how it is worked out."""

    fields: tuple[Field, ...]
    is_standing: bool
    amount: str
    rows: tuple[SumRow, ...]


def asked_in_example(content: Content) -> tuple[Question, ...]:
    """The questions whose answers the rules need, in the form's order."""
    facts = {fact.name for fact in compiled_of(content).ruleset.facts if fact.source == "answer"}
    return tuple(one for one in questions_of(form_of(content["form"])) if one.slug in facts)


def shown_example(content: Content, sent: Typed, on: date) -> ShownExample:
    answers = content["texts"].get("example", {})
    amount, rows = _worked_out(content, answers, on)
    return ShownExample(_fields(content, answers, sent), bool(answers), amount, rows)


def _fields(content: Content, answers: Mapping[str, Any], sent: Typed) -> tuple[Field, ...]:
    asked = asked_in_example(content)
    known = {one.slug for one in asked}
    form = form_of(content["form"])
    written = written_answers(form, {slug: one for slug, one in answers.items() if slug in known})
    made = []
    for question in asked:
        name = f"{PREFIX}{question.slug}"
        value = sent.values.get(name, written.get(question.slug, ""))
        field = field_of(question, "nb", value=value, error=sent.error(name))
        made.append(replace(field, name=name, optional=False, description=""))
    return tuple(made)


def _worked_out(content: Content, answers: Mapping[str, Any], on: date) -> tuple[str, tuple[SumRow, ...]]:
    if not answers:
        return "", ()
    given = typed(form_of(content["form"]), answers)
    verdict = compiled_of(content).check({name: Value(one) for name, one in given.items()}, on=on)
    if verdict.amount_nok is None:
        return "", ()
    return amount_text(verdict.amount_nok), tuple(sum_rows(verdict, "nb"))
