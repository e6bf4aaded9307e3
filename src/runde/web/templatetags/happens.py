"""`{% happens "case" "decide" letters=… %}`: what the table of states says follows on the press, ready for the page.

Only on work pages, which are in bokmål: the table's sentences are.
"""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join

from runde.grants.casework.api import Thing, effect_of

register = template.Library()


@register.simple_tag
def happens(thing: Thing, event: str, **slots: str) -> str:
    """ "Dette skjer når du trykker". A sentence whose slots are empty is left out. Raises UnknownStep."""
    told = effect_of(thing, event, None, **{name: str(said or "") for name, said in slots.items()})
    lines = format_html_join("", "<li>{}</li>", ((line,) for line in told.lines))
    return render_to_string("components/consequences.html", {"content": lines, "undo": told.undo})
