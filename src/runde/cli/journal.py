"""`runde journal`: does the journal hold, take it out, let others witness it."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn
from uuid import UUID

import typer

from .faults import reason_of
from .house import open_house

if TYPE_CHECKING:
    from runde.foundation.journal.api import ChainReport

app = typer.Typer(no_args_is_help=True, help="Journalen: kontroller den, ta den ut, la andre bevitne den.")

Tenant = Annotated[str, typer.Option(help="Kommunens kortnavn i adressen. Uten: alle.")]
Json = Annotated[bool, typer.Option("--json", help="Skriv resultatet som JSON.")]
OLD_WITNESS_HOURS = 24  # heads are to be witnessed each day; older than that deserves a word


@app.command()
def verify(tenant: Tenant = "", as_json: Json = False) -> None:
    """Kontroller hver kjede fra første hendelse, mot det andre har skrevet ned. Slutter med 1 hvis noe er galt."""
    open_house()
    from runde.foundation.journal.api import last_witnessed_at, verify_all

    wanted = [_tenant_id(tenant)] if tenant else None
    started = time.perf_counter()
    reports = verify_all(wanted)
    seconds = time.perf_counter() - started
    witnessed = last_witnessed_at()
    if as_json:
        typer.echo(json.dumps(_as_json(reports, seconds, witnessed), ensure_ascii=False))
    else:
        _tell(reports, seconds, witnessed)
    if not all(report.holds for report in reports):
        raise typer.Exit(1)


@app.command()
def export(
    tenant: Annotated[str, typer.Argument(help="Kommunens kortnavn i adressen.")],
    out: Annotated[
        Path | None, typer.Option(help="Filen som skal skrives. Uten: skriv til skjermen.")
    ] = None,
) -> None:
    """Ta ut en kommunes journal som JSON-linjer. `tools/verify_journal.py` kontrollerer den med bare Python."""
    open_house()
    from runde.foundation.journal.api import export_lines

    lines = export_lines(_tenant_id(tenant))
    if out is None:
        for line in lines:
            typer.echo(line)
        return
    try:
        with out.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        _refuse(f"Kunne ikke skrive {out}: {reason_of(error)}. Velg en annen fil med --out.")
    typer.echo(f"Journalen er skrevet til {out}.")


@app.command()
def witness() -> None:
    """Skriv ned hvor hver journal står: utenfor databasen, og i alle de andres journaler."""
    open_house()
    from runde.foundation.journal.api import witness as write_heads
    from runde.foundation.organisations.api import list_tenants

    count = write_heads([tenant.id for tenant in list_tenants()], at=datetime.now(UTC))
    typer.echo(f"{count} journaler er bevitnet." if count else "Det er ingen hendelser å bevitne ennå.")


def _tenant_id(slug: str) -> UUID:
    from runde.foundation.organisations.api import find_tenant

    found = find_tenant(slug)
    if found is None:
        _refuse(
            f"Fant ingen kommune med kortnavnet «{slug}». Bruk navnet i nettadressen, for eksempel gjovik."
        )
    return found.id


def _refuse(sentence: str) -> NoReturn:
    typer.echo(f"Runde: {sentence}", err=True)
    raise typer.Exit(2)


def _as_json(reports: list[ChainReport], seconds: float, witnessed: str | None) -> dict[str, object]:
    return {
        "holds": all(report.holds for report in reports),
        "rows": sum(report.rows for report in reports),
        "seconds": round(seconds, 3),
        "witnessed_at": witnessed,
        "chains": [_chain(report) for report in reports],
    }


def _chain(report: ChainReport) -> dict[str, object]:
    return {
        "tenant": report.tenant,
        "chain": report.chain,
        "rows": report.rows,
        "erased": report.erased,
        "head_seq": report.head_seq,
        "head": report.head.hex(),
        "witnesses": report.witnesses,
        "faults": [{"kind": one.kind, "seq": one.seq, "sentence": one.sentence} for one in report.faults],
    }


def _tell(reports: list[ChainReport], seconds: float, witnessed: str | None) -> None:
    names = _names()
    for report in reports:
        verdict = "i orden" if report.holds else "IKKE I ORDEN"
        name = names.get(report.tenant, report.tenant)
        typer.echo(f"{name}, {report.chain}: {report.rows} hendelser, {report.witnesses} vitner, {verdict}")
        for fault in report.faults:
            typer.echo(f"  {fault.sentence}")
    typer.echo(f"{sum(report.rows for report in reports)} hendelser på {seconds:.1f} sekunder.")
    typer.echo(_about_witness(witnessed))


def _about_witness(witnessed: str | None) -> str:
    if witnessed is None:
        return "Ingen har bevitnet journalene. Kjør «runde journal witness», helst hver dag."
    hours = (datetime.now(UTC) - datetime.fromisoformat(witnessed)).total_seconds() / 3600
    if hours > OLD_WITNESS_HOURS:
        return f"Journalene ble sist bevitnet for {hours:.0f} timer siden. Kjør «runde journal witness»."
    return "Journalene er bevitnet det siste døgnet."


def _names() -> dict[str, str]:
    from runde.foundation.organisations.api import list_tenants

    return {str(tenant.id): tenant.name for tenant in list_tenants()}
