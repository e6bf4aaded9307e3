"""The filters hand over to the engine's wording, in the page's language and Norwegian time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

LATE_IN_UTC = datetime(2026, 12, 14, 23, 30, tzinfo=UTC)


def shown(expression: str, value: Any, language: str = "nb") -> str:
    with translation.override(language):
        return Template("{% load components %}{{ value|" + expression + " }}").render(
            Context({"value": value})
        )


@pytest.mark.parametrize(
    ("expression", "value", "text"),
    [
        ("kroner", 117400, "117\u00a0400\u00a0kroner"),
        ("kroner", Decimal("0.50"), "0,50\u00a0kroner"),
        ("table_kroner", 117400, "117\u00a0400\u00a0kr"),
        ("number", -5000, "\u22125\u00a0000"),
        ("share", Decimal("0.264"), "26,4\u00a0prosent"),
        ("points", Decimal("0.036"), "3,6\u00a0prosentpoeng"),
        ("long_date", date(2026, 12, 14), "14.\u00a0desember 2026"),
        ("weekday_date", date(2026, 12, 14), "mandag 14.\u00a0desember 2026"),
        ("weekday_date", LATE_IN_UTC, "tirsdag 15.\u00a0desember 2026"),
        ("clock", LATE_IN_UTC, "kl.\u00a000.30"),
        ("moment", LATE_IN_UTC, "tirsdag 15.\u00a0desember 2026 kl.\u00a000.30"),
    ],
)
def test_bokmal(expression: str, value: Any, text: str) -> None:
    assert shown(expression, value) == text


def test_the_pages_language_decides() -> None:
    assert shown("weekday_date", date(2026, 12, 14), "nn").startswith("måndag")
    assert shown("kroner", 117400, "en") == "NOK\u00a0117,400"
