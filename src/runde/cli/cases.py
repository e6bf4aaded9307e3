"""`runde case`: a decision judged again from what was frozen with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, NoReturn
from uuid import UUID

import typer

from .house import open_house

if TYPE_CHECKING:
    from runde.foundation.organisations.api import Organisation
    from runde.grants.casework.api import Replayed

app = typer.Typer(no_args_is_help=True, help="Saker: spill av et vedtak på nytt.")

DIFFERENT, UNUSABLE = 1, 2
OUTCOMES = {"granted": "innvilget", "refused": "avslag"}
LANES = {"green": "klar", "yellow": "må vurderes", "red": "oppfyller ikke"}


@app.callback()
def cases() -> None:
    """Saker og vedtak."""


@app.command()
def replay(
    wanted: Annotated[
        str,
        typer.Argument(metavar="ID", help="Saksnummer som 26/1216, eller id-en til en sak eller et vedtak."),
    ],
    tenant: Annotated[str, typer.Option(help="Kommunens kortnavn i adressen. Uten: let hos alle.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Skriv resultatet som JSON.")] = False,
) -> None:
    """Vurder vedtaket på nytt, bare av det som ble frosset da det ble fattet. Slutter med 1 hvis noe er annerledes."""
    open_house()
    found = _replayed(wanted, _tenants(tenant))
    if as_json:
        typer.echo(json.dumps([_as_json(one, owner) for owner, one in found], ensure_ascii=False))
    else:
        for owner, one in found:
            _tell(one, owner)
    if not all(one.is_same for _, one in found):
        raise typer.Exit(DIFFERENT)


def _tenants(slug: str) -> list[Organisation]:
    from runde.foundation.organisations.api import find_tenant, list_tenants

    if not slug:
        return list(list_tenants())
    found = find_tenant(slug)
    if found is None:
        _refuse(
            f"Fant ingen kommune med kortnavnet «{slug}». Bruk navnet i nettadressen, for eksempel gjovik."
        )
    return [found]


def _replayed(wanted: str, tenants: list[Organisation]) -> list[tuple[Organisation, Replayed]]:
    """Every decision meant, in the one municipality that has it; each in its own fence."""
    from runde.foundation.trust.api import fence
    from runde.grants.casework.api import find_decisions, replay_decision

    owners: list[tuple[Organisation, list[UUID]]] = []
    undecided = False
    for tenant in tenants:
        with fence(tenant.id):
            ids = [one.id for one in find_decisions(wanted)]
            undecided = undecided or (not ids and _is_case(wanted))
        owners += [(tenant, ids)] if ids else []
    if not owners:
        _refuse(_nothing(wanted, undecided=undecided))
    if len(owners) > 1:
        names = ", ".join(sorted(owner.slug for owner, _ in owners))
        _refuse(f"Flere kommuner har en sak {wanted}. Velg med --tenant: {names}.")
    [(owner, ids)] = owners
    with fence(owner.id):
        return [(owner, replay_decision(one)) for one in ids]


def _is_case(wanted: str) -> bool:
    from runde.grants.casework.api import is_case

    return is_case(wanted)


def _nothing(wanted: str, *, undecided: bool) -> str:
    if undecided:
        return f"Sak {wanted} er ikke avgjort. Det er ikke noe vedtak å spille av."
    return f"Fant ingen sak eller noe vedtak «{wanted}». Skriv saksnummeret, for eksempel 26/1216."


def _tell(one: Replayed, owner: Organisation) -> None:
    typer.echo(f"{owner.name}, sak {one.case_number}, vedtak {one.number} fattet {one.decided_at:%d.%m.%Y}")
    typer.echo(f"  Vedtatt: {OUTCOMES.get(one.outcome, one.outcome)}, {_kroner(one.decided_nok)}")
    if one.lane:
        typer.echo(
            f"  Vurdert på nytt: {LANES.get(one.lane, one.lane)}, beregnet {_kroner(one.amount_nok)}"
            f" etter «{one.rules_name}» slik reglene var {one.judged_on:%d.%m.%Y}"
        )
    for fault in one.faults:
        typer.echo(f"  FEIL: {fault}")
    for difference in one.differences:
        typer.echo(f"  ULIKT: {difference.sentence()}")
    typer.echo("  Samme resultat. Beviset er helt." if one.is_same else "  IKKE SAMME RESULTAT.")
    typer.echo(f"  Segl {one.seal}")


def _kroner(amount: Any) -> str:
    from runde.engine.reference.api import amount_text

    return "ikke noe beløp" if amount is None else amount_text(amount)


def _as_json(one: Replayed, owner: Organisation) -> dict[str, object]:
    return {
        "tenant": owner.slug,
        "case": one.case_number,
        "decision": str(one.decision_id),
        "number": one.number,
        "decided_at": one.decided_at.isoformat(),
        "same": one.is_same,
        "outcome": one.outcome,
        "decided_nok": str(one.decided_nok),
        "lane": one.lane,
        "calculated_nok": None if one.amount_nok is None else str(one.amount_nok),
        "rules_digest": one.rules_digest,
        "seal": one.seal,
        "faults": list(one.faults),
        "differences": [{"what": d.what, "was": d.was, "now": d.now} for d in one.differences],
    }


def _refuse(sentence: str) -> NoReturn:
    typer.echo(f"Runde: {sentence}", err=True)
    raise typer.Exit(UNUSABLE)
