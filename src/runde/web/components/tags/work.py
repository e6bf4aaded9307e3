"""Lists that people work through: tables, lanes, filters, pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context

from runde.web.components.navigation import FilterChip, Lane, Step, page_links, page_url
from runde.web.components.tables import Row, Table

register = template.Library()


@register.inclusion_tag("components/table.html")
def table(data: Table) -> dict[str, Any]:
    rows = [cells_of(data, row) for row in data.rows]
    return {"table": data, "rows": rows, "totals": totals_of(data)}


def totals_of(data: Table) -> list[tuple[str, str]]:
    """Each total with the name of its column: on a phone they stand apart from the heads."""
    named = zip(data.columns[1:], data.total[1:], strict=False)
    return [(column.name, text) for column, text in named if text]


def cells_of(data: Table, row: Row) -> dict[str, Any]:
    """The row with each cell beside its column; too few or too many cells is a programming error."""
    return {"row": row, "cells": list(zip(data.columns, row.cells, strict=True))}


@register.inclusion_tag("components/lanes.html")
def lanes(piles: Sequence[Lane], label: str) -> dict[str, Any]:
    return {"lanes": piles, "label": label}


@register.inclusion_tag("components/filter_chips.html")
def filter_chips(chips: Sequence[FilterChip], clear_url: str = "") -> dict[str, Any]:
    """The filters in use, each a link that takes it away."""
    return {"chips": chips, "clear_url": clear_url}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], what: str) -> dict[str, Any]:
    """`{% pagination page "saker" %}`; keeps the rest of the address and uses `?side=`."""
    request = context.get("request")
    return {
        "page": page,
        "what": what,
        "links": page_links(page, request),
        "previous_url": page_url(page.previous_page_number(), request) if page.has_previous() else "",
        "next_url": page_url(page.next_page_number(), request) if page.has_next() else "",
    }


@register.inclusion_tag("components/steps.html")
def steps(items: Sequence[Step], label: str) -> dict[str, Any]:
    """A process as text, not as a control: "Klargjort → Godkjent → Sendt"."""
    return {"steps": items, "label": label}
