"""What advisers call the criteria and figures of a rule set: short names in words, and their way back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from runde.engine.rules.model import CheckedRules
from runde.engine.rules.ruleset import LANGUAGES, Texts
from runde.engine.rules.tree import names_in
from runde.engine.rules.wording import chosen
from runde.engine.scenarios.headings import plain


def criterion_names(rules: CheckedRules, language: str = "nb") -> dict[str, str]:
    """Each criterion's short name by slug: "kommune", "krav til fall i omsetning".

    What the criterion looks at first. Where several look at the same, and where it looks at the calculation: the
    parameter it is held against. Where that does not tell them apart either, the slug.
    """
    slugs = [one.slug for one in rules.ruleset.criteria]
    names = {slug: _looks_at(slug, rules, language) for slug in slugs}
    for other in (_held_against, lambda slug, *_: slug):
        times = Counter(names.values())
        shared = [slug for slug in slugs if times[names[slug]] > 1]
        names |= {slug: other(slug, rules, language) or names[slug] for slug in shared}
    return names


def _looks_at(slug: str, rules: CheckedRules, language: str) -> str:
    names = names_in(rules.criteria[slug])
    about = next((name for name in names if name not in rules.parameters), "")
    rows = {row.name for row in rules.ruleset.amount}
    against = _held_against(slug, rules, language) if about in rows else ""
    return against or _lowered(chosen(labels_of(rules).get(about, {}), language)) or slug


def _held_against(slug: str, rules: CheckedRules, language: str) -> str:
    names = (name for name in names_in(rules.criteria[slug]) if name in rules.parameters)
    return next((_lowered(chosen(rules.parameters[name].label, language)) for name in names), "")


def _lowered(label: str) -> str:
    return label[:1].lower() + label[1:]


def slugs_by_name(rules: CheckedRules) -> dict[str, str]:
    """Every way to write a criterion to its slug: the slug, and the short name in each language."""
    written = {plain(one.slug): one.slug for one in rules.ruleset.criteria}
    for language in LANGUAGES:
        for slug, name in criterion_names(rules, language).items():
            written.setdefault(plain(name), slug)
    return written


def labels_of(rules: CheckedRules) -> dict[str, Texts]:
    """The label of each fact, derived value and row of the calculation."""
    ruleset = rules.ruleset
    labels = {fact.name: fact.label for fact in ruleset.facts}
    labels |= {derived.name: derived.label for derived in ruleset.derived}
    return labels | {row.name: row.label for row in ruleset.amount}


def names_by_label(labels: Mapping[str, Texts]) -> dict[str, tuple[str, ...]]:
    """Every way to write a name or its label to the names it may stand for."""
    found: dict[str, dict[str, None]] = {}
    for name, label in labels.items():
        for way in _ways(name, label):
            found.setdefault(way, {})[name] = None
    return {way: tuple(names) for way, names in found.items()}


def _ways(name: str, label: Texts) -> Iterable[str]:
    yield plain(name)
    yield from (plain(text) for text in label.values() if text)
