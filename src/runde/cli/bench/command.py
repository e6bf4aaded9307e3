"""`runde bench [NAME…] [--json]`: run the benchmarks, print a table, keep the figures as JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from runde.cli.house import PROJECT, close_database, open_house

from .measuring import Figure

KEPT = PROJECT / "test-results" / "bench.json"


def benchmarks() -> dict[str, Callable[[], list[Figure]]]:
    """The benchmarks by name; imported late, since they need an open house."""
    from .applying.figures import applying, memory
    from .casework.figures import casework
    from .editing.figures import page_edits
    from .finding import company_finds_calls
    from .letters import letters_per_second
    from .planning.figures import whatif_figures
    from .precedents import similar_cases
    from .register import register_import
    from .rules import register_check, single_case

    return {
        "case": single_case,
        "register-check": register_check,
        "letters": letters_per_second,
        "finding": company_finds_calls,
        "similar-cases": similar_cases,
        "import": register_import,
        "whatif": whatif_figures,
        "page-edit-1.1M": page_edits,
        "applying": applying,
        "applying-memory": memory,
        "casework": casework,
    }


def bench(
    names: Annotated[
        list[str] | None, typer.Argument(help="Hvilke målinger; alle når ingen er nevnt.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv tallene som JSON.")] = False,
) -> None:
    """Mål farten, side om side med den enkleste måten å gjøre det samme på."""
    database = f"runde_bench_{os.getpid()}"
    open_house(demo=True, database=database)
    try:
        figures = [figure for work in _chosen(names or []) for figure in work()]
    finally:
        close_database(database)
    found = [asdict(figure) for figure in figures]
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(found, ensure_ascii=False, indent=2), encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        Console().print(_table(figures, KEPT))


def _chosen(names: list[str]) -> list[Callable[[], list[Figure]]]:
    known = benchmarks()
    for name in names:
        if name not in known:
            raise typer.BadParameter(f"«{name}» finnes ikke. Velg blant: {', '.join(known)}.")
    return [work for name, work in known.items() if not names or name in names]


def _target(figure: Figure) -> str:
    marks = {True: "✓", False: "✗", None: ""}
    return f"{marks[figure.reached]} {figure.target}".strip()


def _table(figures: list[Figure], kept: Path) -> Table:
    table = Table(title="Målinger", caption=f"Skrevet til {kept.relative_to(PROJECT)}", box=None)
    for heading in ("Måling", "Tall", "Enhet", "Forhold", "Mot", "Mål"):
        table.add_column(heading, justify="right" if heading in ("Tall", "Forhold") else "left")
    for one in figures:
        table.add_row(one.name, f"{one.value:,.1f}", one.unit, f"{one.ratio:.2f}×", one.against, _target(one))
    return table
