"""`runde audit`: a second program reads everything again and says what is not as it must be."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import psycopg
import typer

from .house import open_house

if TYPE_CHECKING:
    from runde.adapters.audit.api import Audit, Places

app = typer.Typer(
    help="Kontroller alt på nytt, uavhengig av resten av programmet.", invoke_without_command=True
)

NO_ROLE = "Kontrollrollen er ikke satt opp. Sett DATABASE_CHECK_URL til rollen runde_check."


@app.callback(invoke_without_command=True)
def run(
    as_json: Annotated[bool, typer.Option("--json", help="Skriv resultatet som ett JSON-objekt.")] = False,
) -> None:
    """Kontroller regnskap, vedtak, betalinger, bankfiler og journal. Slutter med 1 hvis noe ikke stemmer."""
    open_house()
    started = time.perf_counter()
    found = run_audit()
    seconds = time.perf_counter() - started
    if as_json:
        typer.echo(json.dumps(as_dict(found, seconds), ensure_ascii=False))
    else:
        _tell(found, seconds)
    if not found.holds:
        raise typer.Exit(1)


def run_audit() -> Audit:
    """Ask every check through the read-only role, all at one moment. For other commands too."""
    from runde.adapters.audit.api import audit

    with checking_connection() as connection:
        return audit(connection, _places())


@contextmanager
def checking_connection() -> Iterator[psycopg.Connection[Any]]:
    """The read-only role's own connection; it sees one moment and can write nothing."""
    from django.db import connections

    if "check" not in connections:
        typer.echo(f"Runde: {NO_ROLE}", err=True)
        raise typer.Exit(2)
    with psycopg.connect(**_address(connections["check"].settings_dict)) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield connection


def _address(settings: dict[str, Any]) -> dict[str, Any]:
    """A connection of its own, without Django's way of reading values."""
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {name: settings[key] for name, key in names.items() if settings.get(key)}


def _places() -> Places:
    from django.conf import settings

    from runde.adapters.audit.api import Places

    return Places(manifests=Path(settings.MANIFESTS), files=Path(settings.FILES))


def as_dict(found: Audit, seconds: float) -> dict[str, object]:
    """The result as plain data."""
    return {
        "holds": found.holds,
        "checks": len(found.checks),
        "findings": sum(found.counts.values()),
        "seconds": round(seconds, 3),
        "by_check": found.counts,
        "shown": [
            {"check": one.check, "tenant": one.tenant, "subject": one.subject, "detail": one.detail}
            for one in found.findings
        ],
    }


def _tell(found: Audit, seconds: float) -> None:
    from runde.adapters.audit.api import promises

    said = promises()
    for name in found.checks:
        count = found.counts.get(name, 0)
        typer.echo(f"{'✗' if count else '✓'} {said[name]}" + (f" {count} avvik:" if count else ""))
        for one in found.findings:
            if one.check == name:
                typer.echo(f"    {one.subject}: {one.detail}")
    total = sum(found.counts.values())
    verdict = "Alt stemmer." if found.holds else f"{total} avvik."
    typer.echo(f"{len(found.checks)} kontroller på {seconds:.1f} sekunder. {verdict}")
