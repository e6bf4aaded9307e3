"""Every address of the site is listed with what it demands. A new one without a line fails the build."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from runde.web.entrance import access_of

LIST = Path(__file__).parent / "routes.csv"


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Each address pattern, and what it demands ("nobody has said" when no one has)."""
    for entry in patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, address)
        else:
            yield address, str(access_of(entry.callback) or "nobody has said")


def test_every_route_is_listed_with_the_access_it_demands() -> None:
    found = sorted(set(routes(get_resolver().url_patterns)))
    with LIST.open(encoding="utf-8", newline="") as file:
        listed = sorted((row["address"], row["access"]) for row in csv.DictReader(file))
    assert found == listed, "Bring tests/house/routes.csv up to date, and think about who may come in."


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from names(entry.url_patterns, f"{space}{entry.namespace or ''}:")
        elif entry.name:
            yield f"{space}{entry.name}"


def test_no_two_routes_share_a_name() -> None:
    """With two of one name a link quietly leads to the other's page."""
    counted = Counter(names(get_resolver().url_patterns))
    assert counted
    assert [name for name, count in counted.items() if count > 1] == []


def test_no_route_is_without_a_declared_entrance() -> None:
    assert [
        address for address, access in routes(get_resolver().url_patterns) if access == "nobody has said"
    ] == []
