"""The matrix: every route, every table and every wall, against everybody who should not pass."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import psycopg

from runde.adapters.postgres import launcher

from ..frame import Findings, Proof
from ..ground import Ground
from .catalog import broken_rules, differences, gather
from .committed import committed
from .fence import empty_tables, leaks_as_site, tables_with_tenants
from .holes import plant


def run(ground: Ground, n: int, seed: int) -> Findings:
    """Catalogue and fence, and `n` parts of the table of routes, with other objects each time it is whole."""
    from ..region import make_region
    from .afterthought import add_the_rest
    from .decided_otherwise import decide_otherwise
    from .everybody import try_routes
    from .standing import COMPANIES, fill

    found, at = Findings(), datetime.now(UTC)
    towns = make_region(companies=COMPANIES, at=at)
    for town in towns:
        fill(town, at)
        add_the_rest(town, at)
        decide_otherwise(town, at)
    _try_walls(ground, found, [town.id for town in towns])
    try_routes(towns, found, n, seed)
    return found


def _try_walls(ground: Ground, found: Findings, tenants: list[UUID]) -> None:
    one, other = tenants
    with psycopg.connect(ground.dsn(launcher.SUPERUSER), autocommit=True) as connection:
        facts = gather(connection)
        found.failures += broken_rules(facts)
        found.failures += differences(facts, committed())
        tables = tables_with_tenants(connection)
        found.failures += empty_tables(connection, tables, tenants)
    found.failures += leaks_as_site(ground, tables, one, other) + leaks_as_site(ground, tables, other, one)
    found.figures["fenced tables"] = len(tables)
    plant(ground, found, one, other)


MATRIX = Proof(
    name="matrix",
    words="ingen kommune ser eller endrer en annens saker: hver rute, hver tabell, hver mur",
    run=run,
    slice_n=1,
    campaign_n=24,
)
