"""Edits of a draft's form: the forms room's own, with what a question carries with it elsewhere in the scheme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from runde.engine.rules import Fact
from runde.foundation.forms.api import FormEditRefused, fact_types_in, remove_section, set_checks

from .content import Content
from .edits import remove_rule_part, set_fact
from .parts import PartKey, parts_of, references_of, users_of
from .refusals import DraftRefused, InUse

Form = Mapping[str, Any]


def with_form(content: Content, edit: Callable[[Form], Form]) -> Content:
    """The content with its form edited by one of the forms room's own edits. Raises DraftRefused with its sentences."""
    try:
        return {**content, "form": edit(content["form"])}
    except FormEditRefused as error:
        raise DraftRefused([error.sentence]) from error


@dataclass(frozen=True, slots=True)
class Removal:
    """What goes with a question, and what keeps it. `used_by` are in words: "kravet «Omsetningen må …»"."""

    used_by: tuple[str, ...]
    fact: str
    """What the rules call the answer, when nothing there uses it: it goes too. "" when the rules do not know it."""
    checks: tuple[str, ...]
    """The messages of the checks that are told at the question: they go too."""
    in_example: bool


def removal_of(content: Content, slug: str) -> Removal:
    """What would happen were the question removed."""
    parts, pairs = parts_of(content), references_of(content)
    unused = _unused_fact(content, slug)
    own = {PartKey("fact", unused), PartKey("example", "example")}
    left = [pair for pair in pairs if pair[0] not in own]
    checks = [one for one in content["form"].get("checks", ()) if one["at"] == slug]
    return Removal(
        used_by=tuple(users_of(PartKey("question", slug), left, parts)),
        fact=parts.get(PartKey("fact", unused), "") if unused else "",
        checks=tuple(one["message"]["nb"] for one in checks),
        in_example=slug in content["texts"].get("example", {}),
    )


def _unused_fact(content: Content, slug: str) -> str:
    """The fact the question gives, when no rule and no assumption uses it."""
    key = PartKey("fact", slug)
    parts = parts_of(content)
    if key not in parts or users_of(key, references_of(content), parts):
        return ""
    return slug


def without_question(content: Content, slug: str) -> Content:
    """Without the question and what is told at it. Whether others use it is judged when the draft is changed."""
    form = content["form"]
    checks = [one for one in form.get("checks", ()) if one["at"] != slug]
    sections = [
        {**part, "questions": [one for one in part["questions"] if one["slug"] != slug]}
        for part in form["sections"]
    ]
    rest = {name: value for name, value in form.items() if name != "checks"}
    return {**content, "form": {**rest, "sections": sections, **({"checks": checks} if checks else {})}}


def take_out_question(content: Content, slug: str) -> Content:
    """Without the question, its checks, a fact of the rules that nothing uses, and its answer in the example.

    Raises InUse naming all that use it.
    """
    found = removal_of(content, slug)
    if found.used_by:
        label = parts_of(content).get(PartKey("question", slug), slug)
        listed = ", ".join(found.used_by)
        raise InUse([f"Spørsmålet «{label}» kan ikke slettes. Det er i bruk i {listed}."])
    changed = without_question(content, slug)
    if found.fact:
        changed = remove_rule_part(changed, "fact", slug)
    return _without_example_answer(changed, slug)


def take_out_section(content: Content, slug: str) -> Content:
    """Without the section; its questions are taken out first. Raises InUse naming what uses one of them."""
    section = next((one for one in content["form"]["sections"] if one["slug"] == slug), None)
    for question in reversed(section["questions"] if section else ()):
        content = take_out_question(content, question["slug"])
    return with_form(content, lambda form: remove_section(form, slug))


def _without_example_answer(content: Content, slug: str) -> Content:
    texts = content["texts"]
    answers = {name: one for name, one in texts.get("example", {}).items() if name != slug}
    rest = {name: one for name, one in texts.items() if name != "example"}
    return {**content, "texts": rest | ({"example": answers} if answers else {})}


def fact_type_of(content: Content, slug: str) -> str:
    """The type of fact the question can give the rules by its own name; "" when it gives none."""
    types = fact_types_in(content["form"]).get(slug, frozenset())
    return min(types) if types else ""


def let_rules_use(content: Content, question: Mapping[str, Any], names: Mapping[str, str]) -> Content:
    """The answer as a fact the rules may use. `names` is what requirements and letters call it."""
    kind = fact_type_of(content, question["slug"])
    if not kind:
        raise DraftRefused(["Reglene kan ikke bruke svaret på et slikt spørsmål."])
    codes = {one["value"]: one["label"] for one in question.get("options", ())}
    asked = dict(question["label"])
    private = bool(question.get("personal", False))
    fact = Fact(question["slug"], kind, "answer", dict(names), codes=codes, private=private, question=asked)
    return set_fact(content, fact)


def checks_at(form: Form, slug: str) -> list[dict[str, Any]]:
    return [dict(one) for one in form.get("checks", ()) if one["at"] == slug]


def put_check(form: Form, check: Mapping[str, Any], known_types: Mapping[str, str]) -> dict[str, Any]:
    """The form with the check in the place of the one with its slug, or last."""
    standing = [dict(one) for one in form.get("checks", ())]
    slugs = [one["slug"] for one in standing]
    kept = [dict(check) if one["slug"] == check["slug"] else one for one in standing]
    every: list[Mapping[str, Any]] = [*kept] if check["slug"] in slugs else [*standing, dict(check)]
    return set_checks(form, every, known_types=known_types)


def drop_check(form: Form, slug: str) -> dict[str, Any]:
    return set_checks(form, [one for one in form.get("checks", ()) if one["slug"] != slug])
