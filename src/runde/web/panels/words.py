"""A panel in the words and rows that its pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from runde.engine.reference.api import number_text, weekday_date_text
from runde.grants.panels.api import Panel, PanelCase, Ranked, Standings, criteria_of, points_text
from runde.grants.schemes.api import scheme_name
from runde.web.components.facts import Fact
from runde.web.components.tables import Cell, Column, Row, Table

STATE_TAGS = {"preparing": "neutral", "scoring": "info", "opened": "success"}
WAYS = {
    "money": "Så langt pengene rekker",
    "points": "Alle med minst så mange poeng",
    "count": "Et antall søknader",
}


def name_of(panel: Panel) -> str:
    return scheme_name(panel.call.scheme_version, "nb")


def criteria_table(panel: Panel) -> Table:
    rows = tuple(
        Row((Cell(one.label, note=one.help), Cell(number_text(one.weight)))) for one in criteria_of(panel)
    )
    return Table("Kriterier", (Column("Kriterium"), Column("Teller (prosent)", "number")), rows)


def set_up_facts(panel: Panel) -> list[Fact]:
    each = "Alle vurderer alle" if panel.per_case is None else f"{panel.per_case} vurderer hver søknad"
    return [
        Fact("Poeng", f"Fra {panel.lowest} til {panel.highest}"),
        Fact("Hvem vurderer hva", each),
        Fact("Like mange poeng", panel.get_tie_rule_display()),
        Fact("Drøftes", f"Når poengene ligger {number_of(panel.discuss_from)} eller mer fra hverandre"),
        Fact("Frist for å vurdere", weekday_date_text(panel.score_by_date, "nb")),
    ]


def number_of(value: Decimal) -> str:
    return number_text(value, decimals=0 if value == int(value) else 1)


def amount_cell(amount: Decimal | None) -> str:
    return "Mangler" if amount is None else number_text(amount)


def ranking_table(found: Standings, slug: str, *, above: int | None = None) -> Table:
    """Best first, with what everybody so far would take together. `above`: where a line lies, drawn or tried."""
    columns = [
        Column("Virksomhet"),
        Column("Plass", "number"),
        Column("Snitt", "number"),
        Column("Spredning"),
        Column("Beløp (kr)", "number"),
        Column("Samlet (kr)", "number"),
    ]
    columns += [Column("Linja")] if above is not None else []
    return Table(
        "Rangering", tuple(columns), tuple(_ranked_rows(found, slug, above)), hide_caption=True, tight=True
    )


def _ranked_rows(found: Standings, slug: str, above: int | None) -> Iterable[Row]:
    total = Decimal(0)
    for one in found.ranking.ranked:
        total += one.entry.amount_nok or Decimal(0)
        yield _ranked_row(found, one, total, slug, above)


def _ranked_row(found: Standings, one: Ranked, total: Decimal, slug: str, above: int | None) -> Row:
    case_id = one.entry.case_id
    address = reverse("panel_case", args=[slug, found.panel.id, case_id])
    cells = [
        Cell(company_of(found.cases[case_id]), url=address, note=f"Sak {one.entry.number}"),
        Cell(str(one.place)),
        Cell(points_text(one.mean), note="Likt med andre" if one.shared_with else ""),
        Cell(spread_text(one), note=discussion_text(one, found.discussed)),
        Cell(amount_cell(one.entry.amount_nok)),
        Cell(number_text(total)),
    ]
    if above is not None:
        cells.append(Cell("Over", tag_color="success") if one.place <= above else Cell("Under"))
    waits = one.far_apart and case_id not in found.discussed
    return Row(tuple(cells), tone="warning" if waits else "")


def company_of(held: PanelCase) -> str:
    return held.case.application.company_name


def spread_text(one: Ranked) -> str:
    """ "3,8 til 5,2" """
    if one.lowest == one.highest:
        return points_text(one.lowest)
    return f"{points_text(one.lowest)} til {points_text(one.highest)}"


def discussion_text(one: Ranked, discussed: frozenset[UUID]) -> str:
    if not one.far_apart:
        return ""
    return "Drøftet" if one.entry.case_id in discussed else "Bør drøftes"


def unscored_table(found: Standings) -> Table | None:
    rows = tuple(
        Row((Cell(f"Sak {one.number}"), Cell(company_of(found.cases[one.case_id]))))
        for one in found.ranking.unscored
    )
    columns = (Column("Sak"), Column("Virksomhet"))
    return Table("Ikke rangert", columns, rows, hide_caption=True) if rows else None


def people_names(names: Mapping[UUID, str], people: Iterable[UUID]) -> str:
    return ", ".join(sorted(names.get(one, "") for one in people))
