"""The content of a scheme as one piece of plain data: what a draft holds, a file carries and the shelf shows.

    {"format": "runde-scheme/1", "slug", "texts": {name: {nb, nn, en}, lists of such, "example": {question: answer}},
     "rules": a rule set, "form": a form's definition, "legal_basis": {"guidelines", "references", "aid_rule"?},
     "assumptions": […], "take_up": {low, middle, high} or {}, "sources": [{name, amount_nok, earmark}]}

In a draft the texts may lack; what stands in it can always be read: rules, form, assumptions and money.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from runde.engine.canonical import canonical_json
from runde.engine.reference.api import LANGUAGES
from runde.engine.rules import CompiledRuleSet, RuleError, RuleSet, compile_ruleset
from runde.engine.whatif import Design
from runde.foundation.forms.api import definition_problems
from runde.grants.schemes.api import TEXT_LABELS, TEXT_LISTS, register_types

from .plain import plain_problems

FORMAT = "runde-scheme/1"
KEYS = ("format", "slug", "texts", "rules", "form", "legal_basis", "assumptions", "take_up", "sources")
TEXTS = tuple(name for name in TEXT_LABELS if name not in TEXT_LISTS)
LEGAL = ("guidelines", "references", "aid_rule")
LONGEST_SLUG = 50

Content = dict[str, Any]

_REMEMBERED = 64
"""An edit is judged, kept, compared and asked about: the same content several times within a second."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FULL_TAKE_UP = {"low": "1", "middle": "1", "high": "1"}


def content_problems(content: Any) -> list[str]:
    """Everything that keeps the content from standing in a draft, each a sentence with its place."""
    problems = list(plain_problems(content)) or list(_shape_problems(content))
    return problems or [*_text_problems(content), *_rule_problems(content), *_form_problems(content)]


def digest_of(content: Content) -> str:
    """The sha256, in hex, of the content as text with one spelling."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def canonical(content: Mapping[str, Any]) -> str:
    """Plain data as text with one spelling."""
    return canonical_json(content)


def title_of(content: Content) -> str:
    """What lists call the scheme: its name, or the address while it has none."""
    name = content["texts"].get("name", {}).get("nb", "")
    return str(name.strip() or content["slug"])[:200]


def ruleset_of(content: Content) -> RuleSet:
    """The rules. Raises RuleError, which content that stands in a draft never does."""
    return compiled_of(content).ruleset


def compiled_of(content: Content) -> CompiledRuleSet:
    """The rules ready to run, the same object for the same rules as long as they are remembered."""
    return _compiled(canonical(content["rules"]))


def design_of(content: Content) -> Design:
    """The content as the what-if takes it. Raises RuleError listing every problem."""
    return _design(canonical(planned(content)))


@lru_cache(maxsize=_REMEMBERED)
def _compiled(rules: str) -> CompiledRuleSet:
    return compile_ruleset(RuleSet.from_dict(json.loads(rules)))


@lru_cache(maxsize=_REMEMBERED)
def _design(plan: str) -> Design:
    data = json.loads(plan)
    return Design.from_dict(data, ruleset_of(data))


def planned(content: Content) -> dict[str, Any]:
    """What the what-if reads. Where nobody has said how many will apply, everyone is taken to."""
    keys = ("rules", "assumptions", "take_up", "sources")
    return {key: content[key] for key in keys} | {"take_up": content["take_up"] or FULL_TAKE_UP}


def is_slug(slug: Any) -> bool:
    return isinstance(slug, str) and len(slug) <= LONGEST_SLUG and bool(_SLUG.fullmatch(slug))


def _shape_problems(content: Any) -> Iterator[str]:
    if not isinstance(content, dict):
        yield "Ordningen må være et objekt med navngitte felt."
        return
    if content.get("format") != FORMAT:
        yield f"format: Dette er ikke en ordning vi kan lese. Forventet «{FORMAT}»."
        return
    yield from (f"{key}: Feltet mangler." for key in KEYS if key not in content)
    yield from (f"{str(key)[:60]}: Feltet finnes ikke." for key in content if key not in KEYS)
    if not is_slug(content.get("slug")):
        yield (f"slug: Adressen må være små bokstaver a–z, tall og bindestrek, høyst {LONGEST_SLUG} tegn.")
    for key in ("texts", "legal_basis", "take_up"):
        if key in content and not isinstance(content[key], dict):
            yield f"{key}: Her skal det stå et objekt med navngitte felt."
    for key in ("assumptions", "sources"):
        if key in content and not isinstance(content[key], list):
            yield f"{key}: Her skal det stå en liste."


def _text_problems(content: Content) -> Iterator[str]:
    texts, legal = content["texts"], content["legal_basis"]
    known = {*TEXTS, *TEXT_LISTS, "example"}
    yield from (f"texts.{str(name)[:60]}: Feltet finnes ikke." for name in texts if name not in known)
    for name in TEXTS:
        yield from _language_problems(texts.get(name, {}), f"texts.{name}")
    for name in TEXT_LISTS:
        items = texts.get(name, [])
        if not isinstance(items, list):
            yield f"texts.{name}: Her skal det stå en liste."
            continue
        for number, item in enumerate(items, start=1):
            yield from _language_problems(item, f"texts.{name}[{number}]")
    if not _is_answers(texts.get("example", {})):
        yield "texts.example: Her skal det stå et svar for hvert spørsmål."
    yield from (f"legal_basis.{str(name)[:60]}: Feltet finnes ikke." for name in legal if name not in LEGAL)
    yield from _language_problems(legal.get("guidelines", {}), "legal_basis.guidelines")
    references = legal.get("references", [])
    if not isinstance(references, list) or not all(isinstance(one, str) for one in references):
        yield "legal_basis.references: Her skal det stå en liste med emner."
    if not isinstance(legal.get("aid_rule", ""), str):
        yield "legal_basis.aid_rule: Her skal det stå en tekst."


def _language_problems(texts: Any, where: str) -> Iterator[str]:
    if not _is_text_map(texts) or not set(texts) <= set(LANGUAGES):
        yield f"{where}: Her skal det stå en tekst for hvert språk (nb, nn, en)."


def _is_text_map(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(text, str) for text in value.values())


def _is_answers(value: Any) -> bool:
    return isinstance(value, Mapping) and all(_is_answer(one) for one in value.values())


def _is_answer(value: Any) -> bool:
    """One value, several, a pair of days, or rows."""
    if isinstance(value, list):
        return all(isinstance(one, str) or _is_text_map(one) for one in value)
    return isinstance(value, str | int) or _is_text_map(value)


def _rule_problems(content: Content) -> Iterator[str]:
    try:
        design_of(content)
    except RuleError as error:
        yield from (problem.sentence() for problem in error.problems)


def _form_problems(content: Content) -> Iterator[str]:
    """A form on its way may have sections nobody has asked anything in yet; publishing tells of them."""
    found = definition_problems(content["form"], register_types(), is_finished=False)
    yield from (f"form: {problem}" for problem in found)
