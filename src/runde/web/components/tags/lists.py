"""Facts, answers, rules, sums and steps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from runde.web.components.facts import Answer, Criterion, Fact, SumRow, Task, TrackStep
from runde.web.components.words import TASK_STATES, VERDICTS, WHENS

from .text import icon

register = template.Library()


@register.inclusion_tag("components/facts.html")
def key_facts(facts: Sequence[Fact]) -> dict[str, Any]:
    return {"facts": facts}


@register.inclusion_tag("components/summary.html")
def summary_list(answers: Sequence[Answer]) -> dict[str, Any]:
    """Questions with answers and the way to change each."""
    return {"answers": answers}


@register.simple_tag
def criteria(rules: Sequence[Criterion], unmet_first: bool = False) -> SafeString:
    """Rules with ✓, ✕ or ? and the word for it.

    Put together without a template: a page may show fifty schemes, with ten rules each.
    """
    order = {"unmet": 0, "unknown": 1, "met": 2}
    shown = sorted(rules, key=lambda rule: order[rule.verdict]) if unmet_first else rules
    starts = _starts(get_language() or "nb", static("icons.svg"))
    lines = format_html_join(
        "\n",
        "{}",
        (((_line if rule.detail else _plain_line)(starts[rule.verdict], rule),) for rule in shown),
    )
    return format_html('<ul class="rd-criteria">{}</ul>', lines)


def _line(start: SafeString, rule: Criterion) -> SafeString:
    words = (rule.text, rule.detail, rule.source)
    return format_html(_LINES[bool(rule.detail), bool(rule.source)], *words, start=start)


_plain_line = lru_cache(maxsize=2048)(_line)
"""Lines without anybody's values are remembered: they are the same for every company."""

_LINES = {
    (False, False): "{start} {0}</div></li>",
    (True, False): "{start} {0}<div>{1}</div></div></li>",
    (False, True): '{start} {0}<span class="rd-source">{2}</span></div></li>',
    (True, True): '{start} {0}<div>{1}</div><span class="rd-source">{2}</span></div></li>',
}
"""A rule's line, by whether it has detail and source."""


@lru_cache(maxsize=16)
def _starts(language: str, sprite: str) -> dict[str, SafeString]:
    """How a line begins for each verdict, in one language: its mark, and its word."""
    return {
        verdict: format_html(
            '<li data-verdict="{}">{}<div><span class="rd-verdict">{}:</span>', verdict, icon(name), word
        )
        for verdict, (name, word) in VERDICTS.items()
    }


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
