"""The routes' part of the matrix: every route, every visitor, every address; and planted routes that must be caught."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from random import Random

from django.test import override_settings
from django.urls import clear_url_caches

from ..frame import Findings
from ..region import Town
from .routes import Bundle, NotFillable, Route, gather, list_routes
from .visits import Site, Visit, Visitor, expected, heads_of, tells_apart, try_visit, visitors, visits

PARTS = 6
"""A turn makes one in so many of the visits, and always those to what is next door and would be shown at home."""

RECOGNISE = {"applicant", "other applicant", "officer", "approver", "finance", "auditor", "officer next door"}
"""Who must have met words of their own town's: else nobody would have noticed the neighbour's."""
PLANTED = "runde.cli.proofs.matrix.planted_routes"
Table = tuple[list[str], int]
"""What was wrong, and how many visits were made."""


def try_routes(towns: Sequence[Town], found: Findings, turns: int, seed: int) -> None:
    """A part of the table each turn, so `PARTS` turns make it whole; the next as many show things in other states."""
    made = 0
    site, everybody = Site(towns, heads_of(towns)), visitors(*towns)
    with _quiet():
        for turn in range(turns):
            bundles = _bundles(towns, seed + turn // PARTS)
            wrong, count = table(list_routes(), site, everybody, bundles, part=turn % PARTS)
            found.failures += wrong
            made += count
        strangers = RECOGNISE - site.recognised
        found.expect(not strangers, f"saw no word marked as their own town's: {sorted(strangers)}")
        _plant(site, everybody, bundles, found)
    found.figures["routes"], found.figures["visits"] = len(list_routes()), made


@contextmanager
def _quiet() -> Iterator[None]:
    """Refusals are what is asked for here; a page that breaks is told among the failures."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def table(
    routes: Sequence[Route],
    site: Site,
    everybody: Sequence[Visitor],
    bundles: Sequence[Bundle],
    part: int | None = None,
) -> Table:
    """Everybody everywhere, or one `part` of it. A route that nobody has declared, or that cannot be filled in, is
    wrong as it is."""
    wrong, count = [], 0
    (home, neighbour), (mine, theirs) = site.towns, bundles
    for place, route in enumerate(routes):
        if route.kind is None:
            wrong.append(f"{route.pattern}: nobody has said who may come in")
            continue
        try:
            addresses = list(visits(route, home, mine, neighbour, theirs))
        except NotFillable as problem:
            wrong.append(str(problem))
            continue
        for number, visitor in enumerate(everybody):
            chosen = list(_chosen(visitor, addresses, place + number, part))
            for visit, method in chosen:
                wrong += try_visit(visitor, visit, method, site)
            count += len(chosen)
            wrong += _pair(visitor, {one.whose: one for one in addresses if one.town == home.tenant.slug})
    return wrong, count


def _chosen(
    visitor: Visitor, addresses: Sequence[Visit], offset: int, part: int | None
) -> Iterator[tuple[Visit, str]]:
    """This part of the visits, and always a look at what lies next door and would be the visitor's own at home."""
    shown = [one for one in addresses if one.whose != "absent"]
    for number, (visit, method) in enumerate(product(shown, ("get", "post"))):
        tempting = visit.whose == "foreign" and method == "get" and expected(visitor, shown[0]) == "in"
        if part is None or tempting or (number + offset) % PARTS == part:
            yield visit, method


def _pair(visitor: Visitor, here: Mapping[str, Visit]) -> list[str]:
    """Who may see such a thing at home must not learn whether the neighbour has one."""
    if "foreign" in here and expected(visitor, here["own"]) == "in":
        return tells_apart(visitor, here["foreign"], here["absent"])
    return []


def _bundles(towns: Sequence[Town], turn: int) -> list[Bundle]:
    return [gather(town, turn, Random(f"{turn}:{town.tenant.slug}")) for town in towns]  # noqa: S311


def _plant(site: Site, everybody: Sequence[Visitor], bundles: Sequence[Bundle], found: Findings) -> None:
    """The planted routes, each of which breaks one rule, tried alone."""
    with override_settings(ROOT_URLCONF=PLANTED):
        clear_url_caches()
        for route in list_routes():
            if route.pattern.startswith("plantet/") or "/plantet/" in route.pattern:
                wrong, _ = table([route], site, everybody, bundles)
                found.control(f"route {route.pattern}", wrong)
    clear_url_caches()
