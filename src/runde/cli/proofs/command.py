"""`runde prove`: run one proof, and say whether it holds."""

from __future__ import annotations

import json as to_json
from typing import Annotated

import typer

from .frame import Proof, Result, prove
from .ground import enter, leave, open_ground


def prove_command(
    name: Annotated[str, typer.Argument(help="kills, races, matrix eller tamper.")],
    n: Annotated[
        int | None, typer.Option(min=1, help="Hvor mange forsøk. Uten tall: hele kampanjen.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Frø: det samme gir de samme forsøkene.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Svar som ett JSON-objekt.")] = False,
) -> None:
    """Prøv å bryte det Runde lover, på en egen database som fjernes etterpå. 0 bare når alt holdt."""
    proof = _find(name)
    with open_ground(durable=proof.durable) as ground:
        enter(ground)
        try:
            result = prove(proof, ground, n=n or proof.campaign_n, seed=seed)
        finally:
            leave()
    _show(result, as_json=json)
    raise typer.Exit(0 if result.holds else 1)


def _find(name: str) -> Proof:
    from .programme import PROOFS

    if name not in PROOFS:
        raise typer.BadParameter(f"Det finnes ikke noe bevis «{name}». Velg et av: {', '.join(PROOFS)}.")
    return PROOFS[name]


def _show(result: Result, *, as_json: bool) -> None:
    if as_json:
        typer.echo(to_json.dumps(result.to_dict(), ensure_ascii=False))
        return
    for key, value in result.figures.items():
        typer.echo(f"  {key}: {value}")
    for failure in result.failures:
        typer.echo(f"  brudd: {failure}")
    ending = "holder" if result.holds else f"holder IKKE: {len(result.failures)} brudd"
    typer.echo(f"{result.name} (n={result.n}, seed={result.seed}, {result.seconds} s): {ending}")
