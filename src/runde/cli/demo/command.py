"""`runde demo`: once and headless with one JSON object, or once and then served."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from runde.cli import serving
from runde.cli.house import close_database, forget_everything, open_house


def run_once(*, applications: int, seed: int, register: str, as_json: bool) -> int:
    """The whole round in a database and a folder of its own, both gone afterwards. 0 only when every invariant held."""
    database = f"runde_once_{os.getpid()}"
    with tempfile.TemporaryDirectory(prefix="runde-once-") as folder:
        os.environ["RUNDE_VAR"] = folder
        open_house(demo=True, database=database)
        try:
            return _round_and_report(applications, seed, register, as_json=as_json, is_served=False)
        finally:
            close_database(database)


def run_and_serve(*, applications: int, seed: int, register: str, host: str, port: int, fresh: bool) -> int:
    """The round in the demo's own database unless it stands there already; then the site."""
    serving.refuse_taken_port(host, port)
    if fresh:
        forget_everything()
    open_house(demo=True)
    from .round import has_run
    from .summary import show_where_to_click

    if has_run():
        Console().print("Runden er alt kjørt. [dim]Bruk «runde demo --fresh» for å begynne på nytt.[/]")
    elif _round_and_report(applications, seed, register, as_json=False, is_served=True) != 0:
        return 1
    show_where_to_click(host, port)
    return serving.serve(host, port)


def _round_and_report(applications: int, seed: int, register: str, as_json: bool, is_served: bool) -> int:
    from .bare import bare_seconds
    from .invariants import find_breaches
    from .progress import progress
    from .round import leave_work, run_round
    from .summary import show_summary

    with progress(shown=not as_json) as steps:
        account = run_round(
            applications=applications,
            seed=seed,
            register=Path(register) if register else None,
            now=datetime.now(UTC),
            steps=steps,
        )
        steps.begin("Kontrollerer hver krone", 1)
        outcome, breaches = find_breaches(account)
        steps.advance()
        if is_served:
            steps.begin("Legger igjen noe å gjøre", 1)
            leave_work(account, seed)
            steps.advance()
        if as_json:
            outcome.letters_bare_seconds = round(bare_seconds(account.rounds), 2)
    if as_json:
        print(json.dumps(asdict(outcome) if not breaches else {**asdict(outcome), "breaches": breaches}))
    else:
        show_summary(outcome, breaches)
    for breach in breaches:
        print(f"Brudd: {breach}", file=sys.stderr)
    return 1 if breaches else 0
