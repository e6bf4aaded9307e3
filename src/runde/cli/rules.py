"""`runde rules`: read a rule set from a file, say what is wrong with it, write it for another engine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from .faults import visible

if TYPE_CHECKING:
    from runde.engine.rules import Problem, RuleSet

app = typer.Typer(help="Kontroller regelsett, og skriv dem for andre motorer.", no_args_is_help=True)

LARGEST_FILE = 2_000_000  # bytes; the largest rule set we know of takes 30 000
WIDEST = 100
LANGUAGE_NAMES = {"nn": "nynorsk", "en": "engelsk"}
OUTCOME_WORDS = {"refuse": "avslag", "refer": "til vurdering"}

File = Annotated[Path, typer.Argument(help="Filen med regelsettet, eller med en hel ordning.")]
AsJson = Annotated[bool, typer.Option("--json", help="Skriv svaret som ett JSON-objekt.")]
Engine = Annotated[str, typer.Option("--to", help="Motoren: postgres, spark eller duckdb.")]
Table = Annotated[str, typer.Option("--table", help="Tabellen med virksomhetene, gjerne med skjema foran.")]
Day = Annotated[
    str, typer.Option("--on", help="Dagen reglene skal gjelde, åååå-mm-dd; i dag når den ikke er nevnt.")
]

Values = Annotated[
    list[str] | None, typer.Option("--set", help="Verdien til en parameter, som scheme_municipality=3103.")
]


@app.command()
def check(file: File, as_json: AsJson = False) -> None:
    """Si alt som er galt i et regelsett, eller hva det inneholder. Slutter med 1 når noe er galt."""
    from runde.engine.rules import RuleError

    data, where = read_rules(file)
    try:
        ruleset = load_rules(data, where)
    except RuleError as error:
        _tell_problems(error.problems, data, where, as_json)
        raise typer.Exit(1) from error
    if as_json:
        typer.echo(json.dumps({"holds": True, "problems": [], **_counts(ruleset)}, ensure_ascii=False))
    else:
        typer.echo("\n".join(visible(line) for line in _summary(ruleset, _today())))


@app.command()
def export(file: File, to: Engine, table: Table = "companies", on: Day = "", values: Values = None) -> None:
    """Skriv regelsettet som én spørring for en annen motor, med samme svar som her."""
    from runde.engine.rules import RuleError
    from runde.engine.rules.exporting import expected_columns, export_sql

    data, where = read_rules(file)
    day = day_of(on)
    try:
        ruleset = load_rules(with_values(data, values or []), where)
        columns = expected_columns(ruleset, to)
        query = export_sql(ruleset, to, table, columns, day)
    except RuleError as error:
        raise typer.BadParameter(visible(error.first.sentence())) from error
    typer.echo("\n".join(_heading(ruleset, table, columns, day)))
    typer.echo(query + ";")


# -- reading ----------------------------------------------------------------------------------------


def read_rules(file: Path) -> tuple[Any, str]:
    """The rule set in the file as plain data, and its place there: "" or "rules" in a scheme's file.

    Raises typer.BadParameter with a sentence for what is no JSON, and OSError for what cannot be opened.
    """
    with file.open("rb") as stream:
        content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise typer.BadParameter(
            f"{file} er større enn {LARGEST_FILE // 1_000_000} MB og kan ikke være et regelsett."
        )
    data = _parsed(content, file)
    if isinstance(data, dict) and "rules" in data:
        return data["rules"], "rules"
    return data, ""


def load_rules(data: Any, where: str) -> RuleSet:
    """The rule set, checked. Raises RuleError, told from its place in the file."""
    from runde.engine.rules import RuleError, RuleSet

    try:
        return RuleSet.from_dict(data)
    except RuleError as error:
        raise (error.at(where) if where else error) from error


def _parsed(content: bytes, file: Path) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise typer.BadParameter(f"{file} er ikke tekst i UTF-8. Et regelsett er en JSON-fil.") from problem
    except json.JSONDecodeError as problem:
        raise typer.BadParameter(
            f"{file} er ikke gyldig JSON: feilen er på linje {problem.lineno}, tegn {problem.colno}."
        ) from problem
    except (RecursionError, ValueError) as problem:
        raise typer.BadParameter(
            f"{file} har for mange nivåer eller for lange tall til å være et regelsett."
        ) from problem


def with_values(data: Any, settings: list[str]) -> Any:
    """The rule set with figures given on the command line, for a scheme that leaves them to each municipality."""
    for setting in settings:
        name, mark, value = setting.partition("=")
        parameter = _parameter(data, name.strip())
        if not mark or parameter is None:
            raise typer.BadParameter(
                f"«{visible(setting)}» passer ikke. Skriv navnet på en parameter i filen, likhetstegn og verdien: "
                "scheme_municipality=3103."
            )
        typed = (
            {"true": True, "false": False}.get(value, value) if parameter.get("type") == "boolean" else value
        )
        parameter["values"] = [{"value": typed}]
    return data


def _parameter(data: Any, name: str) -> dict[str, Any] | None:
    parameters = data.get("parameters") if isinstance(data, dict) else None
    found = (one for one in parameters or [] if isinstance(one, dict) and one.get("name") == name)
    return next(found, None)


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Oslo")).date()


def day_of(text: str) -> date:
    if not text:
        return _today()
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise typer.BadParameter(f"«{visible(text)}» er ikke en dag. Skriv den som 2026-03-01.") from problem


# -- telling ----------------------------------------------------------------------------------------


def _tell_problems(problems: tuple[Problem, ...], data: Any, where: str, as_json: bool) -> None:
    if as_json:
        told = {"holds": False, "problems": [one.to_dict() for one in problems]}
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in problems:
        typer.echo(f"✗ {visible(one.sentence())}")
        for line in _pointed_out(one, data, where):
            typer.echo(f"    {line}")
    typer.echo("1 feil." if len(problems) == 1 else f"{len(problems)} feil.")


def _pointed_out(problem: Problem, data: Any, where: str) -> Iterator[str]:
    """The expression with a mark under the fault."""
    text = _text_at(data, problem.where.removeprefix(f"{where}.") if where else problem.where)
    if text is None or problem.start is None or len(text) > WIDEST:
        return
    length = max(1, min(problem.end or 0, len(text)) - problem.start)
    yield visible(text)
    yield " " * problem.start + "^" * length


def _text_at(data: Any, where: str) -> str | None:
    """What stands at a place such as criteria.industry.expression."""
    match where.split("."):
        case [part, name, field] if isinstance(data, Mapping) and isinstance(data.get(part), list):
            for item in data[part]:
                if isinstance(item, Mapping) and name in (item.get("slug"), item.get("name")):
                    text = item.get(field)
                    return text if isinstance(text, str) else None
    return None


def _counts(ruleset: RuleSet) -> dict[str, object]:
    return {
        "name": ruleset.name,
        "version": ruleset.version,
        "digest": ruleset.digest,
        "facts": len(ruleset.facts),
        "criteria": len(ruleset.criteria),
        "amount_rows": len(ruleset.amount),
        "missing_translations": list(ruleset.missing_translations()),
    }


def _summary(ruleset: RuleSet, on: date) -> Iterator[str]:
    yield f"✓ {ruleset.title['nb']} (versjon {ruleset.version}): ingen feil."
    yield ""
    yield f"Opplysninger ({len(ruleset.facts)}): " + ", ".join(fact.label["nb"] for fact in ruleset.facts)
    yield ""
    yield f"Krav ({len(ruleset.criteria)}):"
    sentences, lacking = _requirements(ruleset, on)
    for criterion in ruleset.criteria:
        outcome = OUTCOME_WORDS[criterion.when_not_met]
        yield f"  – {sentences[criterion.slug]} (ikke oppfylt: {outcome})"
    yield from (f"  ! {sentence}" for sentence in lacking)
    yield ""
    yield f"Beregning ({len(ruleset.amount)} rader): " + " → ".join(row.name for row in ruleset.amount)
    yield ""
    yield from _translations(ruleset)


def _requirements(ruleset: RuleSet, on: date) -> tuple[dict[str, str], list[str]]:
    """The public sentences; and why they still have blanks, when a figure is not decided yet."""
    from runde.engine.rules import RuleError, compile_ruleset

    written = {one.slug: one.texts["requirement"]["nb"] for one in ruleset.criteria}
    for parameter in ruleset.parameters:
        if parameter.type == "text" and not parameter.values:
            label = {"nb": f"«{parameter.label['nb']}»"}
            ruleset = ruleset.with_parameter(parameter.name, parameter.name, label=label)
    try:
        return written | compile_ruleset(ruleset).requirements(on), []
    except RuleError as error:
        return written, [one.sentence() for one in error.problems]


def _translations(ruleset: RuleSet) -> Iterator[str]:
    missing = ruleset.missing_translations()
    if not missing:
        yield "Alle tekstene finnes på bokmål, nynorsk og engelsk."
        return
    yield f"Mangler oversettelse ({len(missing)}):"
    for place in missing:
        path, language = place.rsplit(".", 1)
        yield f"  – {path}: {LANGUAGE_NAMES.get(language, language)}"


def _heading(ruleset: RuleSet, table: str, columns: Mapping[str, str], on: date) -> Iterator[str]:
    yield f"-- {visible(ruleset.title['nb'])}, versjon {visible(ruleset.version)}, regler som gjelder {on.isoformat()}"
    yield f"-- {ruleset.digest}"
    yield f"-- Tabellen {table} må ha disse kolonnene. NULL betyr at opplysningen er ukjent."
    yield from (f"--   {name} {kind}" for name, kind in columns.items())
