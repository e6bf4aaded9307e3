"""What the conditions of a form may be about: its own answers, and what the register knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from runde.engine.rules import Fact
from runde.foundation.forms.api import fact_types_in
from runde.grants.schemes.api import register_facts

Form = Mapping[str, Any]

OF_ITS_FORM = ("shown_if", "required_if")
ENDS = {"from": "første dag", "to": "siste dag"}


@dataclass(frozen=True, slots=True)
class ConditionName:
    """A name conditions may use. `question` is the slug of the one that gives it, "" for what the register knows."""

    fact: Fact
    question: str = ""

    @property
    def label(self) -> str:
        return self.fact.label["nb"]


def condition_names(form: Form) -> dict[str, ConditionName]:
    """Every name the form's conditions may use, its own answers first. A question hides a register fact of its name."""
    own = dict(_of_questions(form))
    known = {fact.name: ConditionName(fact) for fact in register_facts() if fact.name not in own}
    return own | known


def _of_questions(form: Form) -> Iterator[tuple[str, ConditionName]]:
    for section in form["sections"]:
        for question in section["questions"]:
            for name, kind in _types_of(question).items():
                fact = Fact(name, kind, "answer", {"nb": _label(question, name)}, codes=_codes(question))
                yield name, ConditionName(fact, question["slug"])


def _types_of(question: Mapping[str, Any]) -> dict[str, str]:
    """The names one question gives, each with its type. Its own conditions rest on others and are left out."""
    alone = {key: value for key, value in question.items() if key not in OF_ITS_FORM}
    form = {"sections": [{"slug": "alone", "title": {"nb": "-"}, "questions": [alone]}]}
    return {name: min(types) for name, types in fact_types_in(form).items()}


def _label(question: Mapping[str, Any], name: str) -> str:
    label = str(question["label"]["nb"])
    if question["type"] == "period":
        return f"{label}: {ENDS[name.removeprefix(question['slug'] + '_')]}"
    if question["type"] == "table":
        return f"{label}: sum av {_summed(question, name)}"
    return label


def _summed(question: Mapping[str, Any], name: str) -> str:
    """What the column is called whose sum has the name; the table's own name stands for its first sum."""
    summed = [one for one in question["columns"] if one.get("sum")]
    named = (one for one in summed if name == f"{question['slug']}_{one['slug']}")
    return str(next(named, summed[0])["label"]["nb"])


def _codes(question: Mapping[str, Any]) -> dict[str, Mapping[str, str]]:
    if question["type"] == "municipality":
        return dict(_municipalities())
    return {one["value"]: one["label"] for one in question.get("options", ())}


@cache
def _municipalities() -> dict[str, Mapping[str, str]]:
    fact = next(one for one in register_facts() if one.name == "municipality")
    return dict(fact.codes)
