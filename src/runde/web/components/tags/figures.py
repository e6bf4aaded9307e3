"""Charts."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import mark_safe

from runde.web.components.charts import Figure
from runde.web.components.charts.figure import WIDE

register = template.Library()


@register.inclusion_tag("components/chart.html")
def chart(figure: Figure, width: int = WIDE, *, folded: bool = False) -> dict[str, Any]:
    """A figure with its finding, a drawing for wide and one for narrow pages, table and CSV link.

    `width` is that of the wide drawing, for a column that is never as wide as the page. `folded` keeps even a
    short table closed, where many figures follow each other.
    """
    return {
        "figure": figure,
        "is_open": figure.is_short and not folded,
        "rows": [(row[0], list(zip(figure.columns[1:], row[1:], strict=True))) for row in figure.rows],
        "wide_svg": mark_safe(figure.svg(width)),  # noqa: S308 - every text in a drawing is escaped by its sheet
        "phone_svg": mark_safe(figure.phone_svg),  # noqa: S308
    }
