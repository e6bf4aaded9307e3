"""`runde doctor`: the state of every part, and the cure for what does not work. Starts nothing, changes nothing."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from runde.adapters.postgres import launcher

from .house import DEFAULT_DATABASE, PROJECT

WORKS, LATE, STOPPED, UNKNOWN = "virker", "forsinket", "stoppet", "ukjent"
COLOURS = {WORKS: "green", LATE: "yellow", STOPPED: "red", UNKNOWN: "dim"}
LEAST_ROOM_MB = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: its state in one word, what was seen, and what to do when it does not work."""

    part: str
    state: str
    seen: str
    cure: str = ""


def examine(*, as_json: bool) -> int:
    """Print the findings; 0 when nothing has stopped."""
    findings = [look() for look in LOOKS] + _inside_the_database()
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        Console().print(_table(findings))
    return 1 if any(finding.state == STOPPED for finding in findings) else 0


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    fits = (3, 11) <= sys.version_info[:2] < (3, 14)
    return Finding("Python", WORKS if fits else STOPPED, version, "Installer Python 3.11, 3.12 eller 3.13.")


def _assets() -> Finding:
    built = PROJECT / "src/runde/web/assets/built"
    stands = (built / "runde.css").exists() and (built / "fonts").is_dir()
    seen = "bygget" if stands else "ikke bygget"
    return Finding("Stilark og skrifter", WORKS if stands else STOPPED, seen, "Kjør «make setup».")


def _bank_schema() -> Finding:
    from runde.engine.bank.api import schema_available

    state = WORKS if schema_available() else STOPPED
    return Finding("Skjema for bankfiler", state, "pain.001.001.09", "Kjør «make setup».")


def _browser() -> Finding:
    found = next((p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(p).exists()), None)
    state = WORKS if found else UNKNOWN
    return Finding(
        "Chromium (bare for tester)", state, found or "ikke funnet", "Kjør «make test», som henter den."
    )


def _disk() -> Finding:
    free = shutil.disk_usage(PROJECT).free // 1024 // 1024
    state = WORKS if free > LEAST_ROOM_MB else STOPPED
    return Finding("Plass på disken", state, f"{free} MB ledig", "Frigjør plass før noe mer lagres.")


LOOKS: list[Callable[[], Finding]] = [_python, _assets, _bank_schema, _browser, _disk]


def _inside_the_database() -> list[Finding]:
    if "DATABASE_URL" not in os.environ:
        server = launcher.locate(PROJECT)
        if not server.answers():
            return [Finding("Database", UNKNOWN, "kjører ikke nå", "Kjør «make demo» eller «runde serve».")]
        if not launcher.has_database(server, DEFAULT_DATABASE):
            return [
                Finding("Database", UNKNOWN, "ingen data ennå", "Kjør «make demo» eller «runde migrate».")
            ]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "runde.config.settings")
    import django
    from django.db import OperationalError

    django.setup()
    try:
        return _looked_inside()
    except OperationalError as problem:
        seen = str(problem).strip().splitlines()[0]
        return [Finding("Database", STOPPED, seen, "Sjekk at den kjører, og at DATABASE_URL er riktig.")]


def _looked_inside() -> list[Finding]:
    tables = _tables()
    return [_role(), tables, *(_work() if tables.state == WORKS else [])]


def _role() -> Finding:
    from runde.foundation.trust.api import TooPowerful, refuse_powerful_role

    try:
        refuse_powerful_role()
    except TooPowerful as problem:
        return Finding("Databaserolle", STOPPED, str(problem), "Bruk rollen runde_app.")
    return Finding("Databaserolle", WORKS, "runde_app")


def _tables() -> Finding:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["default"])
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    seen = "oppdatert" if not waiting else f"{waiting} endringer venter"
    return Finding("Tabeller", WORKS if not waiting else STOPPED, seen, "Kjør «runde migrate».")


def _work() -> list[Finding]:
    from django.db import connection

    counts = """
        SELECT count(*) FILTER (WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at < now())),
               count(*) FILTER (WHERE status = 'failed'),
               (SELECT max(register_date) FROM companies_import)
        FROM procrastinate_jobs
    """
    with connection.cursor() as cursor:
        cursor.execute(counts)
        waiting, failed, register_date = cursor.fetchone()
    jobs = Finding(
        "Bakgrunnsjobber", WORKS if not failed else LATE, f"{waiting} venter, {failed} feilet", "Se loggen."
    )
    register = Finding(
        "Virksomhetsregister",
        WORKS if register_date else UNKNOWN,
        f"fra {register_date:%d.%m.%Y}" if register_date else "ikke lest inn",
        "Kjør «runde companies import FIL».",
    )
    return [jobs, register]


def _table(findings: list[Finding]) -> Table:
    table = Table(title="Runde: tilstand", title_justify="left", box=None, pad_edge=False)
    for heading in ("Del", "Tilstand", "Sett", "Dette kan du gjøre"):
        table.add_column(heading)
    for finding in findings:
        state = f"[{COLOURS[finding.state]}]{finding.state}[/]"
        cure = finding.cure if finding.state != WORKS else ""
        table.add_row(finding.part, state, finding.seen, cure)
    return table
