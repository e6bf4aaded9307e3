"""The parts that give a page its shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from django import template
from django.template.loader import render_to_string

from runde.web.components.navigation import Crumb
from runde.web.components.words import EMPTY_ICONS, LANGUAGE_NAMES

register = template.Library()


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """The languages a page can be read in: code and own name."""
    return list(LANGUAGE_NAMES.items())


@register.inclusion_tag("components/page_head.html")
def page_head(h1: str, lead: str = "", step: str = "") -> dict[str, Any]:
    """The one `h1` of the page; `step` is the small line above it ("Del 3 av 6")."""
    return {"h1": h1, "lead": lead, "step": step}


@register.inclusion_tag("components/back_link.html")
def back_link(text: str, url: str) -> dict[str, Any]:
    return {"text": text, "url": url}


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(crumbs: Sequence[Crumb]) -> dict[str, Any]:
    return {"crumbs": crumbs}


@register.simple_block_tag
def empty(content: str, kind: Literal["not_yet", "no_match", "done", "unavailable"], text: str) -> str:
    """One of four kinds of nothing; never one for another. The block holds the way on."""
    return render_to_string(
        "components/empty.html", {"content": content, "kind": kind, "text": text, "icon": EMPTY_ICONS[kind]}
    )


@register.simple_block_tag
def consequences(content: str, undo: str = "") -> str:
    """ "Dette skjer når du trykker": list items in the block, and until when it can be undone."""
    return render_to_string("components/consequences.html", {"content": content, "undo": undo})


@register.simple_block_tag
def identity_bar(content: str, case_number: str, name: str) -> str:
    """Who and what a case page is about; the block holds further facts, buttons and tags."""
    return render_to_string(
        "components/identity_bar.html", {"content": content, "case_number": case_number, "name": name}
    )


@register.simple_block_tag
def action_bar(content: str, label: str) -> str:
    """The bar under a list of marked rows. Inside `[data-marks]` it shows only when something is marked."""
    return render_to_string("components/action_bar.html", {"content": content, "label": label})
