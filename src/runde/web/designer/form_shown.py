"""The draft's form as the applicant will meet it, with what each question gives the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from runde.engine.rules import RuleSet, users_of
from runde.grants.designs.api import Content

KINDS = {
    "text": "kort tekst",
    "long_text": "lang tekst",
    "integer": "helt tall",
    "decimal": "tall med komma",
    "share": "prosent",
    "money": "kroner",
    "choice": "valg",
    "several_choices": "flere valg",
    "yes_no": "ja eller nei",
    "date": "dato",
    "period": "periode",
    "file": "fil",
    "table": "tabell",
    "municipality": "kommune",
    "industry": "næring",
    "account_number": "kontonummer",
    "declaration": "erklæring",
    "information": "informasjon",
}


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    label: str
    help: str
    kind: str
    used_for: str
    languages: str


@dataclass(frozen=True, slots=True)
class ShownSection:
    title: str
    why: str
    questions: tuple[ShownQuestion, ...]


def shown_form(content: Content) -> tuple[ShownSection, ...]:
    ruleset = RuleSet.from_dict(content["rules"])
    return tuple(
        ShownSection(
            title=section["title"]["nb"],
            why=section.get("why", {}).get("nb", ""),
            questions=tuple(_question(one, ruleset) for one in section["questions"]),
        )
        for section in content["form"]["sections"]
    )


def _question(question: Mapping[str, Any], ruleset: RuleSet) -> ShownQuestion:
    label = question["label"]
    lacking = [name for code, name in (("nn", "nynorsk"), ("en", "engelsk")) if not label.get(code)]
    return ShownQuestion(
        label=label["nb"],
        help=question.get("help", {}).get("nb", ""),
        kind=KINDS.get(question["type"], question["type"]),
        used_for=_used_for(question["slug"], ruleset),
        languages=f"Mangler {' og '.join(lacking)}" if lacking else "",
    )


def _used_for(slug: str, ruleset: RuleSet) -> str:
    """ "Gir «Fall i omsetning»" where the rules need it."""
    fact = ruleset.fact(slug)
    if fact is None:
        return "Reglene bruker ikke svaret"
    users = users_of(ruleset, "fact", slug)
    count = len({(one.from_kind, one.from_name) for one in users})
    return f"Gir «{fact.label['nb']}». Brukt {count} {'sted' if count == 1 else 'steder'} i reglene"
