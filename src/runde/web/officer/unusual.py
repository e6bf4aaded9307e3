"""What is unusual in a proposal, kind by kind: the first thing an approver sees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.urls import reverse

from runde.engine.reference.api import number_text
from runde.grants.casework.api import LineRow, ProposalPage, get_reason, get_why
from runde.web.components.tables import Cell, Column, Row, Table

SHOWN = 20  # of each kind; the rest lies behind a link
OUTCOMES = {"granted": "Tilskudd", "refused": "Avslag"}
Found = tuple[LineRow, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of what is unusual. `more` says how many are not in the table, and is empty when all are."""

    heading: str
    table: Table
    more: str = ""


def unusual_groups(page: ProposalPage, slug: str, *, letters: bool) -> list[Group]:
    """Figures set by hand, criteria gone past, departures from like cases, near the ceiling, and other weighing."""
    rows = page.deviating
    make = partial(_group, slug=slug, letters=letters)
    groups = [
        make("Satt for hånd", ("Tall", "Regnet ut", "Satt til", "Hvorfor"), _set_by_hand(rows)),
        make("Går forbi et krav", ("Krav", "Grunn", "Egne ord"), _gone_past(page)),
        make("Annerledes enn lignende saker", ("Lignende saker", "Grunn", "Egne ord"), _departing(rows)),
        make("Nær taket for støtte", ("Støtte i alt",), _near(rows)),
        make("Vurdert av saksbehandler", ("Grunn", "Egne ord"), _weighed(rows)),
    ]
    return [one for one in groups if one.table.rows]


def largest_group(page: ProposalPage, slug: str, *, letters: bool) -> Group | None:
    found = [(row, (Cell(_reason(row)),)) for row in page.largest]
    made = _group("De fem største beløpene", ("Grunn",), found, slug=slug, letters=letters)
    return made if made.table.rows else None


def _set_by_hand(rows: Iterable[LineRow]) -> list[Found]:
    return [
        (row, tuple(Cell(text) for text in (one["label"], *_was_and_is(one), one["reason"])))
        for row in rows
        for one in row.set_by_hand
    ]


def _was_and_is(one: object) -> tuple[str, str]:
    shown = one.get("shown", {}) if isinstance(one, dict) else {}
    return str(shown.get("was") or "Ukjent"), str(shown.get("is") or "Ukjent")


def _gone_past(page: ProposalPage) -> list[Found]:
    return [
        (
            row,
            (
                Cell(page.criteria.get(one["criterion"], one["criterion"])),
                Cell(_why(one["code"])),
                Cell(one["words"]),
            ),
        )
        for row in page.deviating
        for one in row.line.deviations
    ]


def _departing(rows: Iterable[LineRow]) -> list[Found]:
    return [
        (
            row,
            (
                Cell(str(row.line.departs_from["sentence"])),
                Cell(_why(row.line.departure_code)),
                Cell(row.line.departure_words or "–"),
            ),
        )
        for row in rows
        if row.line.departs_from
    ]


def _near(rows: Iterable[LineRow]) -> list[Found]:
    return [(row, (Cell(row.near_ceiling),)) for row in rows if row.near_ceiling]


def _weighed(rows: Iterable[LineRow]) -> list[Found]:
    """Those not told of under anything above."""
    return [
        (row, (Cell(_reason(row)), Cell(row.line.reason_text or "–")))
        for row in rows
        if not (row.unusual or row.set_by_hand or row.line.deviations)
    ]


def _reason(row: LineRow) -> str:
    return get_reason(row.line.reason_code).label["nb"]


def _why(code: str) -> str:
    return get_why(code).label["nb"] if code else "Ikke begrunnet"


def _group(name: str, heads: Sequence[str], found: Sequence[Found], *, slug: str, letters: bool) -> Group:
    """Those who get most first, so that what is cut off is the least."""
    ordered = sorted(found, key=lambda one: -one[0].line.amount_nok)
    columns = [Column("Virksomhet"), *(Column(head) for head in heads)]
    columns += [Column("Forslag"), Column("Beløp (kr)", "number")]
    columns += [Column("Brev")] if letters else []
    rows = tuple(_row(row, cells, slug, letters) for row, cells in ordered[:SHOWN])
    cases = len({row.case.id for row, _cells in found})
    heading = f"{name}: {number_text(cases)}" if name != "De fem største beløpene" else name
    more = f"Viser {SHOWN} av {number_text(len(found))}." if len(found) > SHOWN else ""
    return Group(heading, Table(name, tuple(columns), rows, hide_caption=True, tight=True), more)


def _row(row: LineRow, cells: tuple[Cell, ...], slug: str, letters: bool) -> Row:
    line, case = row.line, row.case
    whole = [
        Cell(row.company_name, url=reverse("case", args=[slug, case.id]), note=f"Sak {case.number}"),
        *cells,
        Cell(OUTCOMES[line.outcome]),
        Cell(number_text(line.amount_nok)),
    ]
    if letters:
        url = reverse("proposal_letter", args=[slug, line.proposal_id, case.id])
        whole.append(Cell("Vis brev (PDF)", url=url))
    return Row(tuple(whole))
