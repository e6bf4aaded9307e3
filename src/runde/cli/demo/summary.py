"""The round told to a person: what happened, that every krone is accounted for, and where to click."""

from __future__ import annotations

from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from runde.engine.reference.api import amount_text

from .invariants import Outcome
from .region import PASSWORD, TOWNS, address_of


def show_summary(outcome: Outcome, breaches: list[str]) -> None:
    console = Console(highlight=False)
    console.print()
    console.print(
        Panel(
            _figures(outcome), title="Runden er ferdig", title_align="left", border_style="cyan", expand=False
        )
    )
    if breaches:
        console.print("[red bold]Noe stemmer ikke.[/] Se bruddene under.")
    else:
        console.print(
            f"[green]✓[/] Hver krone er gjort rede for: vedtak = hovedbok = bankfil = {_kroner(outcome.paid_nok)}."
        )


def show_where_to_click(host: str, port: int) -> None:
    console = Console(highlight=False)
    town = TOWNS[0]
    table = Table(
        box=None, pad_edge=False, title=f"Logg inn med passordet [bold]{PASSWORD}[/]", title_justify="left"
    )
    for heading in ("Prøv som", "E-post", "Se dette"):
        table.add_column(heading)
    for who, nickname, task in (
        ("søker", "kari", "hvor saken er, og vedtaksbrevet"),
        ("ordningsansvarlig", "nina", "hvem en ordning treffer, og hva den koster"),
        ("saksbehandler", "ida", "sakene som trenger skjønn"),
        ("godkjenner", "per", "forslag som venter på en annen enn den som laget dem"),
        ("økonomi", "solveig", "betalinger og bankfil"),
        ("revisor", "arne", "alt, uten å kunne endre noe"),
    ):
        table.add_row(who, address_of(nickname, town), task)
    console.print()
    console.print(f"Åpne [bold cyan]http://{host}:{port}/[/]  (Ctrl-C stopper alt)")
    console.print(table)
    others = ", ".join(other.slug for other in TOWNS[1:])
    console.print(
        f"[dim]Bytt «{town.slug}» i adressen med {others} for en annen kommune. Alt er demodata.[/]"
    )


def _figures(outcome: Outcome) -> Table:
    figures = Table.grid(padding=(0, 2))
    figures.add_column()
    figures.add_column(justify="right")
    for words, figure in (
        ("Søknader", _count(outcome.applications)),
        ("  innvilget", _count(outcome.granted)),
        ("  avslag", _count(outcome.refused)),
        ("  venter på skjønn", _count(outcome.referred)),
        ("Innvilget beløp", _kroner(outcome.awarded_nok)),
        ("I bankfil", _kroner(outcome.paid_nok)),
        ("Vedtaksbrev", _count(outcome.letters)),
        ("Bankfiler, én for hver kommune", _count(outcome.bank_files)),
        ("Tid", f"{outcome.seconds:.1f} sekunder".replace(".", ",")),
    ):
        figures.add_row(words, figure)
    return figures


def _kroner(amount: int) -> str:
    return amount_text(amount)


def _count(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
