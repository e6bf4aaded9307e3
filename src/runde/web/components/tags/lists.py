"""Facts, answers, rules, sums and steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from runde.web.components.facts import Answer, Criterion, Fact, SumRow, Task, TrackStep
from runde.web.components.words import TASK_STATES, VERDICTS, WHENS

register = template.Library()


@register.inclusion_tag("components/facts.html")
def key_facts(facts: Sequence[Fact]) -> dict[str, Any]:
    return {"facts": facts}


@register.inclusion_tag("components/summary.html")
def summary_list(answers: Sequence[Answer]) -> dict[str, Any]:
    """Questions with answers and the way to change each."""
    return {"answers": answers}


@register.inclusion_tag("components/criteria.html")
def criteria(rules: Sequence[Criterion], unmet_first: bool = False) -> dict[str, Any]:
    """Rules with ✓, ✕ or ? and the word for it."""
    order = {"unmet": 0, "unknown": 1, "met": 2}
    shown = sorted(rules, key=lambda rule: order[rule.verdict]) if unmet_first else rules
    return {"rules": [(rule, *VERDICTS[rule.verdict]) for rule in shown]}


@register.inclusion_tag("components/sum.html")
def calculation(rows: Sequence[SumRow], caption: str) -> dict[str, Any]:
    """The rows of a sum; the row with `result` is the answer."""
    return {"rows": rows, "caption": caption}


@register.inclusion_tag("components/behind.html")
def behind_the_figure(
    rows: Sequence[SumRow], amount: str, caption: str, open: bool = False
) -> dict[str, Any]:  # noqa: A002
    """An amount that opens its own calculation: "Bak tallet"."""
    return {"rows": rows, "amount": amount, "caption": caption, "open": open}


@register.inclusion_tag("components/track.html")
def track(steps: Sequence[TrackStep]) -> dict[str, Any]:
    """Where a case is: done, now and coming, in words, size and weight."""
    return {"steps": [(step, WHENS[step.when]) for step in steps]}


@register.inclusion_tag("components/tasks.html")
def task_list(tasks: Sequence[Task]) -> dict[str, Any]:
    return {"tasks": [(task, *TASK_STATES[task.status]) for task in tasks]}
