"""`runde companies`: read the business register in, and make a fictitious one."""

from __future__ import annotations

import csv
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from runde.engine.reference.api import EDITIONS, Edition, list_municipalities

from .faults import reason_of, visible

if TYPE_CHECKING:
    from runde.foundation.companies.api import ImportResult, Rejection

app = typer.Typer(
    no_args_is_help=True, help="Bedriftsregisteret: les inn Enhetsregisteret, eller lag et oppdiktet."
)
OSLO = ZoneInfo("Europe/Oslo")
SHOWN_REJECTIONS = 10
AS_MEASURED = "2026-05-28"
EARLIEST_YEAR = 1900  # before that, nobody in the made-up register could have been registered
MOST_UNITS = 8_000_000
Report = Callable[[int, int, int], None]
_errors = Console(stderr=True, highlight=False)


@app.command("import")
def import_files(
    files: Annotated[
        list[Path], typer.Argument(help="Filer fra Enhetsregisteret: CSV eller JSON, pakket eller ikke.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Skriv resultatet som ett JSON-objekt.")] = False,
    register_date: Annotated[
        str,
        typer.Option(
            help="Dagen filene forteller om, for eksempel 2024-01-15. Ellers: datoen i filnavnet, eller i dag."
        ),
    ] = "",
    report: Annotated[
        Path | None, typer.Option(help="Skriv hver avviste rad med linjenummer og grunn til denne filen.")
    ] = None,
    edition: Annotated[
        str,
        typer.Option(
            help="Næringskodene i filene: SN2007 eller SN2025. Trengs bare når kodene ikke avslører det selv."
        ),
    ] = "",
) -> None:
    """Les inn enheter og underenheter. Gode rader går aldri tapt på grunn av dårlige."""
    now = datetime.now(OSLO)
    day = _day(register_date, now.date())
    standard = _edition(edition)
    open_register()
    with _report_file(report) as write_rejection:
        summary = _import_all(files, day, standard, now, write_rejection)
    _make_extract()
    if as_json:
        typer.echo(json.dumps(summary, ensure_ascii=False))
    else:
        _tell(summary)
    if summary["errors"]:
        raise typer.Exit(1)


@app.command()
def synthesise(
    count: Annotated[int, typer.Option(help="Antall virksomheter.", min=1, max=MOST_UNITS)],
    seed: Annotated[int, typer.Option(help="Samme frø gir samme register.")] = 1,
    out: Annotated[
        Path, typer.Option(help="Filen som skal skrives; pakkes når navnet slutter på .gz.")
    ] = Path("oppdiktet-register.csv.gz"),
    municipalities: Annotated[
        str, typer.Option(help="Bare disse kommunene, om ønsket med vekt: 3203,3201=2. Ellers hele landet.")
    ] = "",
    edition: Annotated[str, typer.Option(help="Næringskoder etter SN2025 eller SN2007.")] = "SN2025",
    as_of: Annotated[
        str, typer.Option(help="Dagen registeret skal vise, for eksempel 2026-05-28.")
    ] = AS_MEASURED,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv resultatet som ett JSON-objekt.")] = False,
) -> None:
    """Lag et oppdiktet register med ekte kolonner og ekte fordelinger. Ingen virkelige navn eller numre."""
    set_up_without_database()
    from runde.foundation.companies.api import SynthesisOrder, write_register

    day = _day(as_of, date.max) or date.fromisoformat(AS_MEASURED)
    if day.year < EARLIEST_YEAR:
        raise typer.BadParameter(f"{as_of} er for lenge siden. Velg en dag i {EARLIEST_YEAR} eller senere.")
    weights = _weights(municipalities, day)
    if out.exists() and not out.is_file():
        stop_with(f"{out} er ikke en vanlig fil. Velg et annet navn med --out.")
    order = SynthesisOrder(count, seed, day, _edition(edition) or "SN2025", weights)
    started = time.monotonic()
    try:
        with _progress(out.name) as progress:
            made = write_register(order, out, progress=_rows_only(progress))
    except OSError as fault:
        stop_with(f"Kan ikke skrive {out}: {reason_of(fault)}. Velg en annen fil med --out.")
    seconds = round(time.monotonic() - started, 3)
    if as_json:
        typer.echo(json.dumps({"file": str(out), "units": made, "seed": seed, "seconds": seconds}))
    else:
        typer.echo(f"{out}: {_number(made)} oppdiktede virksomheter.")


def _rows_only(progress: Report | None) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda made, total: progress(made, total, made)


def _weights(text: str, day: date) -> dict[str, float]:
    """`3203,3201=2` as weights by today's number. Refuses what is no municipality or no weight."""
    known = {place.number for place in list_municipalities(day)}
    weights: dict[str, float] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        number, _, weight = part.partition("=")
        if number not in known:
            raise typer.BadParameter(
                f"«{number}» er ikke et kommunenummer i bruk. Skriv fire siffer, for eksempel 3203."
            )
        try:
            weights[number] = float(weight or 1)
        except ValueError:
            weights[number] = 0
        if not 0 < weights[number] < 1_000_000:
            raise typer.BadParameter(f"Vekten «{weight}» for {number} må være et tall større enn 0.")
    return weights


def open_register() -> None:
    """Make the database ready, or say in one sentence why it cannot be had."""
    from runde.adapters.postgres.launcher import ServerRefused
    from runde.cli.house import open_house

    try:
        open_house()
    except ServerRefused as refusal:
        stop_with(str(refusal))


def set_up_without_database() -> None:
    """Making a file needs the rooms, but no database."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "runde.config.settings")
    django.setup()


def stop_with(sentence: str) -> NoReturn:
    _errors.print(visible(sentence), markup=False, soft_wrap=True)
    raise typer.Exit(1)


Write = Callable[[str, "Rejection"], None]


def _import_all(
    files: list[Path], day: date | None, edition: Edition | None, now: datetime, write: Write
) -> dict[str, Any]:
    from runde.foundation.companies.api import FileRefused

    started = time.monotonic()
    results, errors = [], []
    for file in files:
        try:
            result = _import_one(file, day, edition, now, write)
        except FileRefused as refusal:
            errors.append({"file": str(file), "reason": refusal.sentence})
            continue
        results.append(_as_dict(result))
        if result.broken:
            errors.append({"file": str(file), "reason": result.broken})
    totals = {key: sum(result[key] for result in results) for key in ("rows", "imported", "rejected")}
    return {**totals, "seconds": round(time.monotonic() - started, 3), "files": results, "errors": errors}


def _make_extract() -> None:
    """Have the what-if's extract ready, so that nobody waits for it; without one the register is still read in."""
    from runde.foundation.companies.api import ExtractFailed, NoRegister, register_extract

    try:
        register_extract()
    except ExtractFailed as failure:
        _errors.print(visible(failure.sentence), markup=False, soft_wrap=True)
    except NoRegister:
        return  # only sub-units were read in, or nothing


def _import_one(
    file: Path, day: date | None, edition: Edition | None, now: datetime, write: Write
) -> ImportResult:
    from django.db import OperationalError

    from runde.foundation.companies.api import import_register, register_date_in

    told = day or register_date_in(file.name, today=now.date()) or now.date()
    try:
        with _progress(file.name) as progress:
            return import_register(
                file,
                register_date=told,
                at=now,
                edition=edition,
                progress=progress,
                on_rejection=lambda rejection: write(file.name, rejection),
            )
    except OperationalError as fault:
        stop_with(f"Databasen avbrøt innlesingen av {file.name}, og ingenting fra filen ble lagret: {fault}")


def _as_dict(result: ImportResult) -> dict[str, Any]:
    names = ("rows", "imported", "rejected", "duplicates", "added", "changed", "unplaced", "already_imported")
    return {
        "file": result.file_name,
        "register_date": result.register_date.isoformat(),
        **{name: getattr(result, name) for name in names},
        "rejections": [{"line": each.line, "reason": each.reason} for each in result.rejections],
    }


def _tell(summary: dict[str, Any]) -> None:
    for file in summary["files"]:
        again = " Filen er lest inn før, så ingenting ble endret." if file["already_imported"] else ""
        typer.echo(
            f"{file['file']}: {_number(file['imported'])} av {_number(file['rows'])} rader lest inn "
            f"({_number(file['added'])} nye, {_number(file['changed'])} endrede), per {file['register_date']}.{again}"
        )
        if file["unplaced"]:
            typer.echo(f"  {_number(file['unplaced'])} har et kommunenummer som er delt eller ukjent.")
        for rejection in file["rejections"][:SHOWN_REJECTIONS]:
            typer.echo(f"  Linje {rejection['line']} ble avvist: {rejection['reason']}")
        if file["rejected"] > SHOWN_REJECTIONS:
            left = _number(file["rejected"] - SHOWN_REJECTIONS)
            typer.echo(f"  … og {left} rader til. Bruk --report FIL for å få alle.")
    for error in summary["errors"]:
        _errors.print(visible(f"{error['file']}: {error['reason']}"), markup=False, soft_wrap=True)
    typer.echo(
        f"{_number(summary['imported'])} rader på {summary['seconds']:.1f} sekunder.".replace(".", ",", 1)
    )


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\u00a0")


def _day(text: str, today: date) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"«{text}» er ikke en dato. Skriv år-måned-dag, for eksempel 2024-01-15."
        ) from None
    if day > today:
        raise typer.BadParameter(
            f"{text} er frem i tid. Oppgi dagen filen ble hentet, eller en tidligere dag."
        )
    return day


def _edition(text: str) -> Edition | None:
    if not text:
        return None
    for edition in EDITIONS:
        if text.upper() == edition:
            return edition
    raise typer.BadParameter(f"«{text}» er ikke en næringsstandard. Velg {' eller '.join(EDITIONS)}.")


@contextmanager
def _report_file(path: Path | None) -> Iterator[Write]:
    if path is None:
        yield lambda name, rejection: None
        return
    with _open_report(path) as file:
        writer = csv.writer(file)
        writer.writerow(["fil", "linje", "grunn"])
        yield lambda name, rejection: writer.writerow([name, rejection.line, rejection.reason])


def _open_report(path: Path) -> TextIO:
    try:
        return open(path, "w", encoding="utf-8", newline="")
    except OSError as fault:
        stop_with(f"Kan ikke skrive til {path}: {reason_of(fault)}. Velg en annen fil for --report.")


@contextmanager
def _progress(name: str) -> Iterator[Report | None]:
    """A bar on the terminal; nothing where nobody watches."""
    if not _errors.is_terminal:
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]} rader"),
    )
    with Progress(*columns, TimeRemainingColumn(), console=_errors, transient=True) as bar:
        task = bar.add_task(name, rows="0")

        def report(read: int, total: int, rows: int) -> None:
            bar.update(task, completed=read, total=total, rows=_number(rows))

        yield report
