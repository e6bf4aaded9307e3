from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from runde.engine.whatif import load_example_plan
from runde.engine.whatif.examples import EXAMPLES as PLANS
from runde.grants.schemes.api import list_example_schemes, load_scheme, load_scheme_rules

from ..domain.content import FORMAT, Content
from ..domain.from_rules import content_for


@dataclass(frozen=True, slots=True)
class Example:
    """A ready-made scheme to start from. `is_whole`: texts and form too, not only rules."""

    name: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    is_whole: bool


def list_examples() -> tuple[Example, ...]:
    """Every ready-made scheme, those with texts and form first."""
    found = [_example(name) for name in list_example_schemes()]
    return tuple(sorted(found, key=lambda one: not one.is_whole))


def example_content(name: str) -> Content:
    """The example as content, `{municipality}` standing for the name. Raises KeyError."""
    rules = load_scheme_rules(name)
    content = content_for(rules, name) | {"format": FORMAT} | _plan(name)
    try:
        scheme = load_scheme(name)
    except KeyError:
        return content
    return content | scheme


def _example(name: str) -> Example:
    texts = example_content(name)["texts"]
    return Example(name, texts["name"], texts.get("summary", {}), is_whole="purpose" in texts)


def _plan(name: str) -> dict[str, object]:
    """What the example assumes. Its money is the example's own and does not follow."""
    if name not in PLANS:
        return {}
    plan = load_example_plan(name)
    return {key: plan[key] for key in ("assumptions", "take_up") if key in plan}
