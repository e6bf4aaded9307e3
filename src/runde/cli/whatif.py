"""`runde whatif NAME`: whom an example scheme would reach in a register, and what it would cost."""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from runde.engine.reference.api import Municipality, list_municipalities
from runde.engine.rules.errors import closest

from .companies import set_up_without_database, stop_with
from .whatif_table import label_of, show

if TYPE_CHECKING:
    from runde.engine.rules import RuleSet
    from runde.engine.whatif import Design, Reach, Register

OSLO = ZoneInfo("Europe/Oslo")
FICTITIOUS = 100_000  # the help text says it too
ASKED_AGAIN = 5
OWN_MUNICIPALITY = "scheme_municipality"
NOT_READ_IN = (
    "Ingen virksomheter er lest inn, så vi bruker {count} oppdiktede. "
    "Les inn Enhetsregisteret med «runde companies import FIL»."
)
ASKED_FOR = (
    "Virksomhetene er {count} oppdiktede. "
    "Les inn Enhetsregisteret med «runde companies import FIL» for å regne på de virkelige."
)
OTHER_STANDARD = (
    "Næringskodene i filen følger SN2007, men ordningen er skrevet for SN2025. "
    "Kravet om næring kan slå feil ut."
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The extract to ask, and what the reader should know about it."""

    path: Path
    fictitious: bool = False
    remark: str = ""


def whatif(
    name: Annotated[str, typer.Argument(help="Ordningen du vil regne på, for eksempel smittevern.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Skriv alle tallene som JSON, til bruk i andre programmer.")
    ] = False,
    municipality: Annotated[
        str,
        typer.Option(
            help="Nummeret på kommunen som har ordningen, for eksempel 3103. Uten: hele landet.",
            metavar="NUMMER",
        ),
    ] = "",
    register: Annotated[
        Path | None,
        typer.Option(
            help="Regn på virksomhetene i en fil du har lastet ned fra Enhetsregisteret.", metavar="FIL"
        ),
    ] = None,
    whole: Annotated[
        bool,
        typer.Option(
            "--whole", help="Regn på alle virksomhetene i registeret, også når én kommune har ordningen."
        ),
    ] = False,
    on: Annotated[
        str,
        typer.Option(
            help="Dagen vi skal bruke reglene for, år-måned-dag. Uten: i dag.", metavar="ÅÅÅÅ-MM-DD"
        ),
    ] = "",
    fictitious: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=8_000_000,
            help="Regn på så mange oppdiktede virksomheter, selv om et register er lest inn. "
            "Uten dette valget og uten register bruker vi 100 000.",
            metavar="ANTALL",
        ),
    ] = None,
) -> None:
    """Regn ut hvem en ordning treffer, hva den koster, og hvem som er nesten innenfor."""
    if register is not None and fictitious is not None:
        raise typer.BadParameter("Velg enten --register eller --fictitious. De kan ikke brukes sammen.")
    day = _day(on)
    place = _place(municipality, day)
    set_up_without_database()
    design = _design(name, place)
    scope = () if whole or place is None else (place.number,)
    with _register(register, fictitious, day) as chosen:
        from runde.engine.whatif import open_register

        with open_register(chosen.path) as opened:
            reach, first, again = _timed(opened, design, day, scope)
    if as_json:
        typer.echo(json.dumps(_as_data(name, place, design, reach, chosen, first, again), ensure_ascii=False))
    else:
        show(design, reach, place, chosen.remark, again)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else datetime.now(OSLO).date()
    except ValueError:
        raise typer.BadParameter(
            f"«{text}» er ikke en dato. Skriv år-måned-dag, for eksempel 2026-03-01."
        ) from None


def _place(number: str, day: date) -> Municipality | None:
    if not number:
        return None
    known = {one.number: one for one in list_municipalities(day)}
    if number in known:
        return known[number]
    names = {one.name.lower(): one.number for one in known.values()}
    near = names.get(number.lower())
    hint = f" Mente du {near}?" if near else " Skriv fire siffer, for eksempel 3103."
    raise typer.BadParameter(f"«{number}» er ikke et kommunenummer i bruk.{hint}")


def _design(name: str, place: Municipality | None) -> Design:
    from runde.engine.rules import load_example
    from runde.engine.rules.examples import EXAMPLES
    from runde.engine.whatif import Design, load_example_plan
    from runde.engine.whatif.examples import EXAMPLES as PLANS

    known = [one for one in EXAMPLES if one in PLANS]
    if name not in known:
        near = closest(name, known)
        hint = f" Mente du «{near}»?" if near else f" Velg {' eller '.join(known)}."
        raise typer.BadParameter(f"Vi har ingen ordning som heter «{name}».{hint}")
    if place is None:
        rules = _for_the_whole_country(load_example(name))
    else:
        rules = load_example(name, place.number, {"nb": place.name, "nn": place.name, "en": place.name})
    return Design.from_dict({"rules": rules.to_dict(), **load_example_plan(name)})


def _for_the_whole_country(ruleset: RuleSet) -> RuleSet:
    """The scheme without what ties it to one municipality."""
    kept = tuple(one for one in ruleset.criteria if OWN_MUNICIPALITY not in one.expression)
    parameters = tuple(one for one in ruleset.parameters if one.name != OWN_MUNICIPALITY)
    return replace(ruleset, criteria=kept, parameters=parameters)


# -- which register ---------------------------------------------------------------------------------


@contextmanager
def _register(file: Path | None, count: int | None, day: date) -> Iterator[Chosen]:
    """What was asked for: a file or so many made-up companies; else the register we hold, else a made-up one."""
    if count is not None:
        yield _made_up(count, ASKED_FOR)
        return
    if file is None:
        yield _held() or _made_up(FICTITIOUS, NOT_READ_IN)
        return
    with TemporaryDirectory(prefix="runde-whatif-") as folder:
        yield _from_file(file, Path(folder), day)


def _from_file(file: Path, folder: Path, today: date) -> Chosen:
    from runde.foundation.companies.api import extract_of_file, register_date_in

    told = register_date_in(file.name, today=today) or today
    made = extract_of_file(file, folder / "extract.duckdb", register_date=told)
    if not made.companies:
        stop_with(f"{file.name} har ingen virksomheter vi kunne lese.")
    return Chosen(made.path, remark=OTHER_STANDARD if made.edition == "SN2007" else "")


def _held() -> Chosen | None:
    """The register in the database; None when there is no database, or nothing in it."""
    from runde.foundation.companies.api import NoRegister, register_extract

    from .house import PROJECT, open_house

    if "DATABASE_URL" not in os.environ and not _has_been_used(PROJECT):
        return None
    open_house()
    try:
        return Chosen(register_extract().path)
    except NoRegister:
        return None


def _has_been_used(project: Path) -> bool:
    from runde.adapters.postgres import launcher

    return (launcher.locate(project).data / "PG_VERSION").exists()


def _made_up(count: int, remark: str) -> Chosen:
    from django.conf import settings

    from runde.foundation.companies.api import fictitious_extract

    path = fictitious_extract(Path(settings.VAR) / "extracts", count)
    spaced = f"{count:,}".replace(",", "\u00a0")
    return Chosen(path, fictitious=True, remark=remark.format(count=spaced))


# -- the answer -------------------------------------------------------------------------------------


def _timed(
    register: Register, design: Design, day: date, scope: tuple[str, ...]
) -> tuple[Reach, float, float]:
    """The answer, the milliseconds it took, and the median of asking again as after an edit."""
    took: list[float] = []
    for _ in range(1 + ASKED_AGAIN):
        started = time.perf_counter()
        reach = register.reach(design, day, scope)
        took.append((time.perf_counter() - started) * 1000)
    return reach, round(took[0], 1), round(statistics.median(took[1:]), 1)


def _as_data(
    name: str,
    place: Municipality | None,
    design: Design,
    reach: Reach,
    chosen: Chosen,
    first: float,
    again: float,
) -> dict[str, Any]:
    told = reach.to_dict()
    criteria = told.pop("criteria")
    for one, criterion in zip(criteria, reach.criteria, strict=True):
        one["together"] = criterion.together
    return {
        "scheme": name,
        "municipality": place.number if place else None,
        "snapshot_date": told["snapshot"]["as_of_date"],
        "fictitious": chosen.fictitious,
        "remark": chosen.remark,
        **told,
        "refused_per_criterion": [
            {key: one[key] for key in ("slug", "when_not_met", "not_met", "alone", "together", "unknown")}
            for one in criteria
        ],
        "near_misses": [
            {key: one[key] for key in ("slug", "unit", "near")} for one in criteria if one["near"]
        ],
        "assumptions": [
            {
                "name": one.name,
                "label": label_of(design, one.name),
                "source": one.source,
                "as_of": one.as_of and one.as_of.isoformat(),
            }
            for one in design.assumptions
        ],
        "milliseconds": again,
        "first_milliseconds": first,
    }
