"""Cases of a batch that look like cases with another outcome, each with the way to both."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from runde.engine.reference.api import amount_text
from runde.grants.casework.api import Unlike
from runde.grants.precedents.api import Treated
from runde.web.components.tables import Cell, Column, Row, Table


def unlike_table(found: Iterable[Unlike], slug: str) -> Table:
    columns = (Column("Virksomhet"), Column("Forslag"), Column("Ligner på"), Column("Fikk"), Column("Likt"))
    rows = tuple(_row(one, slug) for one in found)
    return Table("Ligner på saker med annet utfall", columns, rows, hide_caption=True)


def _row(one: Unlike, slug: str) -> Row:
    case, ours, other = one.case, one.pair.first, one.pair.second
    alike = "; ".join(each.label for each in one.pair.comparisons if each.is_alike)
    return Row(
        (
            Cell(
                case.company_name,
                url=reverse("similar_cases", args=[slug, case.id]),
                note=f"Sak {case.number}",
            ),
            Cell(_outcome(ours)),
            Cell(f"Sak {other.case_number}", url=reverse("case", args=[slug, other.case_id])),
            Cell(_outcome(other), note="" if other.is_decided else "Foreslått"),
            Cell(alike or "–"),
        )
    )


def _outcome(one: Treated) -> str:
    return f"Tilskudd, {amount_text(one.amount_nok)}" if one.is_granted else "Avslag"
