"""`runde payments`: what the bank answers, read from a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from .house import open_house

if TYPE_CHECKING:
    from runde.foundation.organisations.api import Organisation
    from runde.foundation.people.api import Actor
    from runde.grants.payments.api import Reading

app = typer.Typer(no_args_is_help=True, help="Betaling: les svarene fra banken.")
NEEDS_SOMEONE, UNUSABLE = 1, 2
WORDS = {
    "accepted": "mottatt av banken",
    "paid": "betalt",
    "rejected": "avvist av banken",
    "returned": "returnert",
    "repeated": "banken har fått den før",
    "differs": "annet beløp enn sendt",
    "paid_again": "ført to ganger",
    "unknown": "ukjent referanse",
}


@app.callback()
def payments() -> None:
    """Betaling og svar fra banken."""


@app.command()
def reconcile(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Filen fra banken: pain.002 eller camt.054.")],
    tenant: Annotated[str, typer.Option(help="Kommunens kortnavn i adressen. Uten: let hos alle.")] = "",
    by: Annotated[str, typer.Option(help="E-postadressen din. Du må ha rollen økonomi.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Skriv resultatet som JSON.")] = False,
) -> None:
    """Les et svar fra banken. Samme fil to ganger endrer ingenting. Slutter med 1 hvis noe trenger en person."""
    content = _content(file)
    open_house()
    owner, result = _read(content, file.name, _tenants(tenant), by)
    typer.echo(json.dumps(result, ensure_ascii=False) if as_json else _told(owner.name, result))
    if result["exceptions"]:
        raise typer.Exit(NEEDS_SOMEONE)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        _refuse(f"Kan ikke lese {file}: {error.strerror}.")


def _tenants(slug: str) -> list[Organisation]:
    from runde.foundation.organisations.api import find_tenant, list_tenants

    if not slug:
        return list(list_tenants())
    found = find_tenant(slug)
    if found is None:
        _refuse(f"Fant ingen kommune med kortnavnet «{slug}». Bruk navnet i nettadressen, for eksempel moss.")
    return [found]


def _read(
    content: bytes, name: str, tenants: list[Organisation], email: str
) -> tuple[Organisation, dict[str, Any]]:
    """In the one municipality whose payments it answers; each is asked in its own fence."""
    from django.utils import timezone

    from runde.foundation.trust.api import Refused, fence
    from runde.grants.payments.api import ForeignAnswer, list_troubles, read_answer

    sentence, result = "Det finnes ingen kommune her. Ingenting er endret.", None
    for tenant in tenants:
        try:
            with fence(tenant.id):
                at = timezone.now()
                found = read_answer(content=content, file_name=name, by=_actor(email), at=at)
                result = tenant, _as_json(tenant, found, [one.answer for one in list_troubles()])
        except ForeignAnswer as refusal:
            sentence = refusal.sentence
        except Refused as refusal:
            _refuse(refusal.sentence)
        if result:
            return result
    return _refuse(sentence)


def _actor(email: str) -> Actor | None:
    from django.utils import timezone

    from runde.foundation.people.api import Person, get_actor

    if not email:
        return None
    person = Person.objects.filter(email=email.lower(), is_active=True).first()
    if person is None:
        _refuse(f"Fant ingen person med e-postadressen {email}.")
    return get_actor(person, on=timezone.localdate())


def _as_json(tenant: Organisation, found: Reading, troubles: list[Any]) -> dict[str, Any]:
    kinds = sorted({one.kind for one in found.new})
    return {
        "tenant": tenant.slug,
        "file": found.file.file_name,
        "sha256": found.file.sha256,
        "format": found.file.format,
        "read_before": not found.is_new,
        "read_at": found.file.read_at.isoformat(),
        "new": {kind: sum(one.kind == kind for one in found.new) for kind in kinds},
        "known_before": found.repeated,
        "other_lines": found.file.others,
        "exceptions": [
            {"reference": one.named, "kind": one.kind, "reason": one.reason_code, "line": one.line}
            for one in troubles
        ],
    }


def _told(tenant: str, result: dict[str, Any]) -> str:
    if result["read_before"]:
        return f"{tenant}: Denne filen er allerede lest. Ingenting er endret."
    lines = [f"{tenant}: {result['format']} er lest."]
    lines += [f"  {count} {WORDS[kind]}" for kind, count in result["new"].items()]
    if result["known_before"]:
        lines.append(f"  {result['known_before']} svar var kjent fra før")
    if result["other_lines"]:
        lines.append(f"  {result['other_lines']} linjer gjelder ikke betalinger herfra")
    lines += [f"  TRENGER DEG: {one['reference']}, {WORDS[one['kind']]}" for one in result["exceptions"]]
    return "\n".join(lines)


def _refuse(sentence: str) -> NoReturn:
    typer.echo(f"Runde: {sentence}", err=True)
    raise typer.Exit(UNUSABLE)
