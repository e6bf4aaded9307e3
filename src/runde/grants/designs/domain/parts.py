"""The parts of a scheme and what leans on what, so that nothing in use can vanish.

Kinds: those of the rules (fact, parameter, derived, criterion, amount), and around them question, assumption,
source and example. A fact from the applicant leans on the question of its name; an assumption on what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from runde.engine.rules import references_in
from runde.foundation.forms.api import references_in as references_in_form

from .content import Content, compiled_of


class PartKey(NamedTuple):
    kind: str
    name: str


Pair = tuple[PartKey, PartKey]
"""The one that uses, and the one used."""

WORDS = {
    "fact": "opplysningen",
    "parameter": "verdien",
    "derived": "den utregnede verdien",
    "criterion": "kravet",
    "amount": "raden i beregningen",
    "question": "spørsmålet",
    "assumption": "antakelsen om",
    "source": "pengene fra",
    "example": "regneeksempelet",
}
LONGEST_LABEL = 80
_HOLE = re.compile(r"\{[^{}]*\}")
_NAMES = re.compile(r"[a-z][a-z0-9_]*")
_LISTS = (("fact", "facts"), ("parameter", "parameters"), ("derived", "derived"), ("amount", "amount"))


def parts_of(content: Content) -> dict[PartKey, str]:
    """Every part with what people call it, in the order they stand."""
    return dict(_parts(content))


def _parts(content: Content) -> Iterator[tuple[PartKey, str]]:
    rules = content["rules"]
    for kind, field in _LISTS:
        for one in rules.get(field, ()):
            yield PartKey(kind, one["name"]), one["label"]["nb"]
    for one in rules.get("criteria", ()):
        yield PartKey("criterion", one["slug"]), one["texts"]["requirement"]["nb"]
    for one in _questions(content):
        yield PartKey("question", one["slug"]), one["label"]["nb"]
    labels = {one["name"]: one["label"]["nb"] for _, field in _LISTS for one in rules.get(field, ())}
    for one in content["assumptions"]:
        yield PartKey("assumption", one["name"]), labels.get(one["name"], one["name"])
    for one in content["sources"]:
        yield PartKey("source", one["name"][:200]), one["name"]
    if content["texts"].get("example"):
        yield PartKey("example", "example"), ""


def said(key: PartKey, label: str) -> str:
    """A part inside a sentence: "kravet «Virksomheten må ligge i ….»". What is filled in later is left open."""
    word, whole = WORDS[key.kind], _HOLE.sub("…", label)
    short = whole if len(whole) <= LONGEST_LABEL else f"{whole[: LONGEST_LABEL - 1].rstrip()}…"
    return f"{word} «{short}»" if short else word


def references_of(content: Content, parts: Iterable[PartKey] | None = None) -> frozenset[Pair]:
    """Who uses whom, among the parts that stand in the content. Raises RuleError for rules that do not hold."""
    known = set(parts_of(content) if parts is None else parts)
    pairs = (*_in_rules(content), *_in_form(content), *_beside(content))
    return frozenset(pair for pair in pairs if pair[0] != pair[1] and known.issuperset(pair))


def _in_rules(content: Content) -> Iterator[Pair]:
    compiled = compiled_of(content)
    for one in references_in(compiled):
        yield PartKey(one.from_kind, one.from_name), PartKey(one.to_kind, one.to_name)
    for fact in compiled.ruleset.facts:
        if fact.source == "answer":
            yield PartKey("fact", fact.name), PartKey("question", fact.name)


def _in_form(content: Content) -> Iterator[Pair]:
    for user, used in references_in_form(content["form"]):
        yield PartKey("question", user), PartKey("question", used)
    for slug in content["texts"].get("example", {}):
        yield PartKey("example", "example"), PartKey("question", slug)


def _beside(content: Content) -> Iterator[Pair]:
    for one in content["assumptions"]:
        for kind in ("fact", "derived"):
            yield PartKey("assumption", one["name"]), PartKey(kind, one["name"])
    for one in content["sources"]:
        for name in _NAMES.findall(one.get("earmark") or ""):
            yield PartKey("source", one["name"][:200]), PartKey("fact", name)


def users_of(key: PartKey, pairs: Iterable[Pair], parts: Mapping[PartKey, str]) -> list[str]:
    """Those that use the part, in words and in the order they stand."""
    users = {user for user, used in pairs if used == key}
    return [said(user, label) for user, label in parts.items() if user in users]


def _questions(content: Content) -> Iterator[dict[str, Any]]:
    for section in content["form"]["sections"]:
        yield from section["questions"]
