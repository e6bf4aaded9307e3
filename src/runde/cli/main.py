"""The `runde` command: one entrance for operators, advisers and the curious.

Each command opens the house itself (`open_house`), so that asking for help touches neither database nor Django.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from . import audit, cases, companies, faults, journal, payments, rules, scenarios, serving
from .bench.command import bench
from .proofs.command import prove_command
from .whatif import whatif

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Runde: støtterunder fra utlysning til bankfil.",
)

app.add_typer(companies.app, name="companies")
app.add_typer(journal.app, name="journal")
app.add_typer(cases.app, name="case")
app.add_typer(audit.app, name="audit")
app.add_typer(payments.app, name="payments")
rules.app.command("scenarios")(scenarios.scenarios)
app.add_typer(rules.app, name="rules")
app.command()(bench)
app.command("prove")(prove_command)
app.command()(whatif)

ABORTED = 130
Host = Annotated[str, typer.Option(help="Adressen nettstedet skal svare på.")]
Port = Annotated[int, typer.Option(min=1, max=65_535, help="Porten nettstedet skal svare på.")]


@app.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Kjør nettstedet og bakgrunnsjobbene til du trykker Ctrl-C."""
    from .house import open_house

    serving.refuse_taken_port(host, port)
    open_house()
    raise typer.Exit(serving.serve(host, port))


@app.command()
def migrate() -> None:
    """Lag eller oppdater tabellene i databasen."""
    from .house import open_house

    open_house(migrates=True)
    typer.echo("Tabellene er oppdatert.")


@app.command()
def doctor(json: bool = typer.Option(False, "--json", help="Svar som JSON.")) -> None:
    """Vis tilstanden til hver del, og hva som må gjøres."""
    from .doctor import examine

    raise typer.Exit(examine(as_json=json))


@app.command()
def demo(
    once: bool = typer.Option(False, help="Kjør runden én gang uten nettsted, i en egen database."),
    json: bool = typer.Option(False, "--json", help="Skriv resultatet som ett JSON-objekt."),
    applications: int = typer.Option(300, min=1, max=100_000, help="Hvor mange søknader runden skal ha."),
    seed: int = typer.Option(1, help="Frø for de tilfeldige valgene: samme frø gir samme runde."),
    register: str = typer.Option(
        "", help="Bruk virksomhetene i denne filen fra Enhetsregisteret som søkere."
    ),
    fresh: bool = typer.Option(False, help="Slett den gamle demoen først, og begynn på nytt."),
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Kjør en hel støtterunde i en oppdiktet region, og vis nettstedet etterpå."""
    from .demo.command import run_and_serve, run_once

    if once:
        raise typer.Exit(run_once(applications=applications, seed=seed, register=register, as_json=json))
    raise typer.Exit(
        run_and_serve(
            applications=applications, seed=seed, register=register, host=host, port=port, fresh=fresh
        )
    )


def main() -> None:
    """Run a command; say what could not be done in one sentence."""
    try:
        sys.exit(app(standalone_mode=False))
    except typer.Abort:
        sys.exit(ABORTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has seen enough
        sys.exit(1)
    except faults.known_faults() as problem:
        faults.show(problem)
        sys.exit(faults.exit_code_of(problem))
