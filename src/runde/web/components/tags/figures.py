"""Charts."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import mark_safe

from runde.web.components.charts import Figure

register = template.Library()


@register.inclusion_tag("components/chart.html")
def chart(figure: Figure) -> dict[str, Any]:
    """A figure with its finding, a drawing for wide and one for narrow pages, table and CSV link."""
    return {
        "figure": figure,
        "rows": [(row[0], list(zip(figure.columns[1:], row[1:], strict=True))) for row in figure.rows],
        "wide_svg": mark_safe(figure.wide_svg),  # noqa: S308 - every text in a drawing is escaped by its sheet
        "phone_svg": mark_safe(figure.phone_svg),  # noqa: S308
    }
