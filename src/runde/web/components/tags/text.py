"""Headings, buttons, alerts, tags, icons and marks."""

from __future__ import annotations

from typing import Any, Literal

from django import template
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from runde.web.components.words import AUDIENCES, STATUS_TAGS

register = template.Library()

SEATS = (
    "M36.36 9.03A17 17 0 0 1 43.14 20.78",
    "M40.89 25.92A17 17 0 0 1 34.11 37.67",
    "M30.78 39.59A17 17 0 0 1 17.22 39.59",
    "M13.89 37.67A17 17 0 0 1 7.11 25.92",
    "M7.11 22.08A17 17 0 0 1 13.89 10.33",
    "M17.22 8.41A17 17 0 0 1 30.78 8.41",
)
MARK_SEATS = ("lit", "seat", "seat", "seat", "seat", "seat")


def html_attributes(given: dict[str, Any]) -> SafeString:
    """Keyword arguments of a tag as attributes: `hx_get` becomes `hx-get`; False and "" leave one out."""
    kept = {
        name.rstrip("_").replace("_", "-"): value
        for name, value in given.items()
        if value not in ("", False, None)
    }
    return flatatt(kept)


@register.simple_tag
def heading(text: str, level: int = 2, size: str = "", **attributes: Any) -> SafeString:
    """`{% heading "Saker" %}`; the level gives the outline, the size only the look."""
    look = size or {1: "lg", 2: "xs", 3: "2xs"}.get(level, "2xs")
    return format_html(
        '<h{} class="ds-heading" data-size="{}"{}>{}</h{}>',
        level,
        look,
        html_attributes(attributes),
        text,
        level,
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon from the list in frontend/icons.json. It never stands without words, so readers skip it."""
    return format_html(
        '<svg class="rd-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("icons.svg"),
        name,
    )


@register.inclusion_tag("components/button.html")
def button(
    text: str,
    variant: Literal["primary", "secondary", "tertiary"] = "primary",
    icon: str = "",
    key: str = "",
    **attributes: Any,
) -> dict[str, Any]:
    """A button that submits, unless `type="button"`. `key` shows a shortcut in the button."""
    attributes.setdefault("type", "submit")
    return {
        "text": text,
        "variant": variant,
        "icon": icon,
        "key": key,
        "attributes": html_attributes(attributes),
    }


@register.inclusion_tag("components/link_button.html")
def link_button(
    text: str,
    url: str,
    variant: Literal["primary", "secondary", "tertiary"] = "primary",
    icon: str = "",
    key: str = "",
    **attributes: Any,
) -> dict[str, Any]:
    """A link that looks like a button, for the next view; never for something that changes data."""
    return {
        "text": text,
        "url": url,
        "variant": variant,
        "icon": icon,
        "key": key,
        "attributes": html_attributes(attributes),
    }


@register.simple_block_tag
def alert(content: str, color: str = "info", heading: str = "", role: str = "") -> str:
    """`{% alert color="warning" heading="…" %}…{% endalert %}`; colours: info, success, warning, danger."""
    return render_to_string(
        "components/alert.html", {"content": content, "color": color, "heading": heading, "role": role}
    )


@register.simple_block_tag
def card(content: str, variant: str = "") -> str:
    return render_to_string("components/card.html", {"content": content, "variant": variant})


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> str:  # noqa: A002 - the HTML word
    return format_html(
        '<details class="ds-details rd-disclosure"{}><summary>{}</summary><div>{}</div></details>',
        flatatt({"open": bool(open)}),
        summary,
        content,
    )


@register.simple_tag
def tag(text: str, color: str = "neutral") -> SafeString:
    """A status in one or two words; `plain` gives the words alone."""
    if color == "plain":
        return format_html("<span>{}</span>", text)
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', color, text)


@register.simple_tag
def status(code: str) -> SafeString:
    """One of the applicant's status words; raises KeyError on an unknown code."""
    text, color = STATUS_TAGS[code]
    return tag(str(text), color)


@register.inclusion_tag("components/audience.html")
def audience(who: str, ground: str = "") -> dict[str, Any]:
    """Who will see a text: `applicant`, `internal`, or `exempt` with its ground in the openness act."""
    icon_name, words = AUDIENCES[who]
    return {"who": who, "icon": icon_name, "words": words, "ground": ground}


@register.inclusion_tag("components/save_state.html")
def save_state(state: Literal["saving", "saved", "failed"], clock: str = "") -> dict[str, Any]:
    return {"state": state, "clock": clock}


@register.inclusion_tag("components/mark.html")
def mark() -> dict[str, Any]:
    """Runde's mark: six seats, one has the word."""
    return {"seats": list(zip(SEATS, MARK_SEATS, strict=True)), "label": ""}


@register.inclusion_tag("components/mark.html")
def progress_ring(done: int, total: int) -> dict[str, Any]:
    """The ring as progress, decoration beside the words that say the same."""
    filled = round(len(SEATS) * done / total) if total else 0
    states = ["seat" if place < filled else "empty" for place in range(len(SEATS))]
    return {"seats": list(zip(SEATS, states, strict=True)), "label": ""}


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, what: str = "") -> dict[str, Any]:
    """Counted progress: "140 av 250 brev"."""
    return {
        "done": done,
        "total": total,
        "what": what,
        "words": _("%(done)s av %(total)s") % {"done": done, "total": total},
    }
