"""`{% load components %}`: every tag and filter that pages are built from."""

from __future__ import annotations

from django import template

from runde.web.components.tags import figures, forms, lists, norwegian, pages, text, work

register = template.Library()
for part in (text, forms, lists, work, pages, figures, norwegian):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
