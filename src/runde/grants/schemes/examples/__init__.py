"""Ready-made schemes, as data: texts, form and legal basis. Their rules lie here too, or in `engine.rules`."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from runde.engine.rules import RuleSet, load_example
from runde.engine.rules.examples import EXAMPLES as RULE_EXAMPLES

EXAMPLES = ("smittevern", "omstilling")
PARTS = ("texts", "form", "legal_basis", "assumptions", "take_up")


def list_example_schemes() -> tuple[str, ...]:
    """Every ready-made scheme by name; those that are rules only, without texts and form, last."""
    return (*EXAMPLES, *(name for name in RULE_EXAMPLES if name not in EXAMPLES))


def load_scheme(slug: str) -> dict[str, Any]:
    """{"texts", "form", "legal_basis", …} with `{municipality}` where its name belongs. Raises KeyError."""
    return {key: value for key, value in _file(slug).items() if key in PARTS}


def load_scheme_rules(slug: str) -> RuleSet:
    """The rules of a ready-made scheme, without a municipality. Raises KeyError."""
    if slug not in EXAMPLES or "rules" not in _file(slug):
        return load_example(slug)
    return RuleSet.from_dict(_file(slug)["rules"])


def _file(slug: str) -> dict[str, Any]:
    if slug not in EXAMPLES:
        raise KeyError(slug)
    text = resources.files(__package__).joinpath(f"{slug}.json").read_text(encoding="utf-8")
    return dict(json.loads(text))
