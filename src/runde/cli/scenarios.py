"""`runde rules scenarios`: advisers' own cases run against a rule set, row by row."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .faults import visible
from .rules import AsJson, Day, File, Values, day_of, load_rules, read_rules, with_values

if TYPE_CHECKING:
    from runde.engine.rules import RuleSet
    from runde.engine.scenarios import ScenarioReport

Cases = Annotated[Path | None, typer.Argument(help="CSV-filen med saker, én i hver rad.")]
Template = Annotated[
    bool, typer.Option("--template", help="Skriv en CSV-fil å begynne med, i stedet for å kjøre en.")
]
Result = Annotated[Path | None, typer.Option("--csv", help="Skriv også resultatet til denne CSV-filen.")]

MARKS = {"passed": "✓", "differs": "✗", "unreadable": "?"}


def scenarios(
    file: File,
    cases: Cases = None,
    on: Day = "",
    values: Values = None,
    as_json: AsJson = False,
    csv: Result = None,
    template: Template = False,
) -> None:
    """Kjør saker fra et regneark mot et regelsett, rad for rad. Slutter med 1 når en sak får et annet svar."""
    from runde.engine.rules import RuleError

    data, where = read_rules(file)
    day = day_of(on)
    try:
        ruleset = load_rules(with_values(data, values or []), where)
        if template:
            _write_template(ruleset, day)
            return
        report = _run(ruleset, cases, day)
    except RuleError as error:
        raise typer.BadParameter(visible(error.first.sentence())) from error
    if csv is not None:
        _write_result(report, csv)
    _tell(report, as_json)
    if not report.is_clean:
        raise typer.Exit(1)


def _write_template(ruleset: RuleSet, on: date) -> None:
    from runde.engine.scenarios import scenario_template

    typer.echo(scenario_template(ruleset, on), nl=False)


def _run(ruleset: RuleSet, cases: Path | None, on: date) -> ScenarioReport:
    from runde.engine.scenarios import MOST_BYTES, ScenarioError, run_scenarios

    if cases is None:
        raise typer.BadParameter(
            "Si hvilken CSV-fil sakene står i, eller bruk --template for å få en å begynne med."
        )
    with cases.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    try:
        return run_scenarios(ruleset, content, on)
    except ScenarioError as error:
        sentences = "\n".join(visible(problem.sentence()) for problem in error.problems)
        typer.echo(f"{visible(str(cases))} kan ikke kjøres:\n{sentences}", err=True)
        raise typer.Exit(1) from error


def _write_result(report: ScenarioReport, path: Path) -> None:
    from runde.engine.scenarios import as_csv

    path.write_bytes(as_csv(report))


def _tell(report: ScenarioReport, as_json: bool) -> None:
    from runde.engine.scenarios import told

    if as_json:
        typer.echo(json.dumps(report.to_dict(), ensure_ascii=False))
        return
    for note in report.notes:
        typer.echo(visible(note))
    for row in report.rows:
        typer.echo(visible(f"{MARKS[row.state]} {row.name}: {row.story}"))
        for sentence in told(row):
            typer.echo(visible(f"    {sentence}"))
    typer.echo("")
    typer.echo(report.summary())
    for sentence in report.untested:
        typer.echo(visible(sentence))
