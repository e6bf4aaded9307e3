"""The figures as files for a spreadsheet: plain numbers, nothing under five, and no text that starts a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from runde.engine.whatif import Reach
from runde.web.components.spreadsheet import spreadsheet

from .amounts import WITHHELD, distance_text
from .dimensions import BY_SLUG, Dimension
from .drawings import ESTIMATES
from .planned import Planned

Cell = str | int | Decimal | None
FILES = (*BY_SLUG, "krav", "nesten", "kostnad", "kilder")


def file_of(slug: str, reach: Reach, planned: Planned) -> str:
    """The file as text with a byte-order mark and semicolons. `reach` must be the public one.

    Raises KeyError for a slug that is not in FILES.
    """
    rows = {
        "krav": _rules,
        "nesten": _near,
        "kostnad": _cost,
        "kilder": _sources,
    }
    if slug in BY_SLUG:
        return written(_groups(BY_SLUG[slug], reach))
    return written(rows[slug](reach, planned))


def written(rows: Iterable[tuple[Cell, ...]]) -> str:
    return spreadsheet([_told(cell) for cell in row] for row in rows).decode()


def _told(cell: Cell) -> str:
    if cell is None:
        return WITHHELD
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _groups(dimension: Dimension, reach: Reach) -> Iterator[tuple[Cell, ...]]:
    yield (
        f"{dimension.head} (kode)",
        dimension.head,
        "Virksomheter",
        "Kan få støtte",
        "Kostnad hvis alle søker",
    )
    for group in dimension.groups(reach):
        name = dimension.name_of(group.code)
        yield (f"{group.code}", name, group.companies, group.eligible, group.cost_nok)


def _rules(reach: Reach, planned: Planned) -> Iterator[tuple[Cell, ...]]:
    yield ("Krav", "Tekst", "Stoppes bare av dette", "Stoppes av flere", "Til sammen", "Vet ikke")
    for one in reach.criteria:
        words = planned.requirement(one.slug)
        yield (planned.number(one.slug), words, one.alone, one.together, one.not_met, one.unknown)


def _near(reach: Reach, planned: Planned) -> Iterator[tuple[Cell, ...]]:
    yield ("Krav", "Tekst", "Mangler høyst", "Virksomheter")
    for one in reach.criteria:
        for band in one.near:
            words, distance = planned.requirement(one.slug), distance_text(band.upto, one.unit)
            yield (planned.number(one.slug), words, distance, band.count)


def _cost(reach: Reach, planned: Planned) -> Iterator[tuple[Cell, ...]]:
    yield ("Anslag", "Andel som søker", "Søkere", "Kostnad", "Ramme")
    values = (reach.cost.low_nok, reach.cost.middle_nok, reach.cost.high_nok)
    for name, share, count, value in zip(ESTIMATES, planned.take_up, reach.applicants, values, strict=True):
        yield (name, share, count, value, reach.budget_nok)


def _sources(reach: Reach, planned: Planned) -> Iterator[tuple[Cell, ...]]:
    yield ("Kilde", "Beløp", "Lavt", "Middels", "Høyt")
    for one in reach.sources:
        yield (one.name, one.amount_nok, one.low_nok, one.middle_nok, one.high_nok)
