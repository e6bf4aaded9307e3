"""Open an extract so that nothing can be read but the extract, and nothing in it can change."""

from __future__ import annotations

from pathlib import Path

import duckdb

from runde.engine.whatif.extract import LAYOUT, NotAnExtract
from runde.engine.whatif.reach import Snapshot

MEMORY_LIMIT = "256MB"
THREADS = 2
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "access_mode": "READ_ONLY",
    "memory_limit": MEMORY_LIMIT,
    "threads": THREADS,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
    "disabled_optimizers": "join_order,build_side_probe_side",  # ours are in the best order as written
    "lock_configuration": True,
}
"""Given when connecting, so that the same file may be opened several times in one process."""


def open_extract(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection without access to files, other than its own. Temporary tables are allowed.

    Raises FileNotFoundError, or NotAnExtract for a file that is something else.
    """
    if not path.is_file():
        raise FileNotFoundError(f"Fant ikke registeruttrekket {path}.")
    try:
        return duckdb.connect(str(path), config=_CONFIG)
    except (duckdb.IOException, duckdb.CatalogException, duckdb.SerializationException) as fault:
        raise NotAnExtract(f"{path.name} er ikke et registeruttrekk.") from fault


def snapshot_of(connection: duckdb.DuckDBPyConnection, path: Path) -> Snapshot:
    """What the extract says of itself. Raises NotAnExtract for another layout."""
    try:
        row = connection.execute("SELECT layout, source, as_of_date, companies FROM snapshot").fetchone()
    except duckdb.CatalogException as fault:
        raise NotAnExtract(f"{path.name} er ikke et registeruttrekk.") from fault
    if row is None or row[0] != LAYOUT:
        raise NotAnExtract(f"{path.name} er et registeruttrekk av en annen utgave. Bygg det på nytt.")
    return Snapshot(row[1], row[2], row[3])
