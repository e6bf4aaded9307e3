"""The draft's form as it is built: parts with their questions, each with what it takes and when it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from runde.engine.rules import RuleSet, users_of
from runde.grants.designs.api import Content, checks_at, condition_shown, register_facts, ruleset_of
from runde.web.designer.asking.words import KINDS, LANGUAGE_WORDS, STAGE_TAGS

Question = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """`lines` say in words when it is asked and what comes of the answer; `tags` what is out of the ordinary."""

    slug: str
    label: str
    kind: str
    help: str
    lines: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class ShownPart:
    slug: str
    title: str
    why: str
    condition: str
    questions: tuple[ShownQuestion, ...]
    is_first: bool
    is_last: bool


def shown_parts(content: Content) -> tuple[ShownPart, ...]:
    form, ruleset = content["form"], ruleset_of(content)
    sections = form["sections"]
    last = len(sections) - 1
    return tuple(
        ShownPart(
            slug=section["slug"],
            title=section["title"]["nb"],
            why=section.get("why", {}).get("nb", ""),
            condition=condition_shown(form, section["shown_if"]).words if section.get("shown_if") else "",
            questions=tuple(_questions(section, number, last, content, ruleset)),
            is_first=number == 0,
            is_last=number == last,
        )
        for number, section in enumerate(sections)
    )


def _questions(
    section: Mapping[str, Any], number: int, last: int, content: Content, ruleset: RuleSet
) -> Iterator[ShownQuestion]:
    end = len(section["questions"]) - 1
    for place, one in enumerate(section["questions"]):
        yield ShownQuestion(
            slug=one["slug"],
            label=one["label"]["nb"],
            kind=KINDS[one["type"]].name,
            help=one.get("help", {}).get("nb", ""),
            lines=tuple(lines_about(one, content, ruleset)),
            tags=tuple(_tags(one)),
            is_first=place == 0 and number == 0,
            is_last=place == end and number == last,
        )


def lines_about(question: Question, content: Content, ruleset: RuleSet) -> Iterator[str]:
    """When it is asked, what is checked, and what the rules make of it."""
    form = content["form"]
    yield _asked(question)
    if question.get("shown_if"):
        yield f"Vises bare når {condition_shown(form, question['shown_if']).words}."
    if question.get("required_if"):
        yield f"Må besvares når {condition_shown(form, question['required_if']).words}."
    for check in checks_at(form, question["slug"]):
        yield f"Kontroll: {condition_shown(form, check['check']).words}."
    if question["slug"] in _register_names():
        yield "Vi spør bare når registeret ikke vet det."
    if used := _used_for(question["slug"], ruleset):
        yield used


def _asked(question: Question) -> str:
    stage = STAGE_TAGS[str(question.get("required_from", "submit"))]
    if question["type"] == "information":
        return f"Står {stage}." if "required_from" in question else "Står i søknaden."
    if question.get("required", "required_if" not in question):
        return f"Må besvares {stage}."
    return f"Kan stå ubesvart. Spørres {stage}." if "required_from" in question else "Kan stå ubesvart."


def _register_names() -> set[str]:
    return {fact.name for fact in register_facts()}


def _used_for(slug: str, ruleset: RuleSet) -> str:
    """ "Gir «Fall i omsetning»" where the rules know it."""
    fact = ruleset.fact(slug)
    if fact is None:
        return ""
    count = len({(one.from_kind, one.from_name) for one in users_of(ruleset, "fact", slug)})
    told = f"Gir «{fact.label['nb']}»"
    return (
        f"{told}. Brukt {count} {'sted' if count == 1 else 'steder'} i reglene."
        if count
        else f"{told} til reglene."
    )


def _tags(question: Question) -> Iterator[tuple[str, str]]:
    if question.get("personal"):
        months = question.get("keep_months")
        yield "Personopplysning" + (f", lagres i {months} måneder" if months else ""), "neutral"
    lacking = [name for code, name in LANGUAGE_WORDS.items() if not question["label"].get(code)]
    if lacking:
        yield f"Mangler {' og '.join(lacking)}", "warning"
