"""A proposal in the words and rows that its pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse

from runde.engine.reference.api import amount_text, number_text
from runde.grants.casework.api import (
    FundingPreview,
    LineRow,
    ProposalPage,
    ProposalRow,
    get_reason,
)
from runde.web.components.facts import Fact
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.officer.calls import name_of
from runde.web.staff import count_text, day_and_clock

OUTCOME_WORDS = {"granted": "Tilskudd", "refused": "Avslag"}
STATE_WORDS = {"pending": "Venter på godkjenning", "approved": "Godkjent", "returned": "Sendt tilbake"}
STATE_TAGS = {"pending": "warning", "approved": "", "returned": "neutral"}


def prepared_text(page: ProposalPage) -> str:
    return f"{page.prepared_by}, {day_and_clock(page.proposal.prepared_at)}"


def summary_facts(page: ProposalPage) -> list[Fact]:
    return [
        Fact("Ordning", name_of(page.call)),
        Fact("Vedtak", outcome_text(page.granted, page.refused)),
        Fact("Sum", amount_text(page.sum_nok)),
        Fact("Forberedt av", prepared_text(page)),
    ]


def outcome_text(granted: int, refused: int) -> str:
    parts = [f"{number_text(granted)} får tilskudd"] if granted else []
    parts += [f"{number_text(refused)} får avslag"] if refused else []
    return ", ".join(parts) or "Ingen"


def lines_table(
    rows: Iterable[LineRow], caption: str, slug: str, *, mark_name: str = "", letters: bool = False
) -> Table:
    """What is proposed for each case: with `mark_name` a box in front, with `letters` the way to its letter."""
    columns = [
        Column("Virksomhet"),
        Column("Forslag"),
        Column("Begrunnelse"),
        Column("Regnet ut (kr)", "number"),
        Column("Foreslått (kr)", "number"),
    ]
    columns += [Column("Brev")] if letters else []
    return Table(
        caption,
        tuple(columns),
        tuple(_line_row(row, slug, letters=letters) for row in rows),
        hide_caption=True,
        tight=True,
        mark_name=mark_name,
    )


def _line_row(row: LineRow, slug: str, *, letters: bool) -> Row:
    line, case = row.line, row.case
    calculated = "" if case.recommended_nok is None else number_text(case.recommended_nok)
    cells = [
        Cell(row.company_name, url=reverse("case", args=[slug, case.id]), note=f"Sak {case.number}"),
        Cell(OUTCOME_WORDS[line.outcome]),
        Cell(get_reason(line.reason_code).label["nb"], note=_note(row)),
        Cell(calculated or "–"),
        Cell(number_text(line.amount_nok)),
    ]
    if letters:
        address = reverse("proposal_letter", args=[slug, line.proposal_id, case.id])
        cells.append(Cell("Vis brev (PDF)", url=address))
    return Row(
        tuple(cells),
        tone="warning" if row.will_fall_out else "",
        mark_value=str(case.id),
        mark_label=f"sak {case.number}, {row.company_name}",
    )


def _note(row: LineRow) -> str:
    """Why it falls out, or else what is unusual, or else the officer's own words."""
    if row.will_fall_out:
        return row.will_fall_out
    return " ".join([*row.unusual, row.line.reason_text]).strip()


def funding_table(funding: FundingPreview) -> Table:
    """The money before and after, source by source."""
    columns = (
        Column("Kilde"),
        Column("Ledig nå (kr)", "number"),
        Column("Dette tar (kr)", "number"),
        Column("Igjen etterpå (kr)", "number"),
    )
    rows = tuple(
        Row(
            (
                Cell(one.source.name, note=_earmark(one.source.earmark_text)),
                Cell(number_text(one.free_nok)),
                Cell(number_text(one.taken_nok)),
                Cell(number_text(one.left_nok)),
            )
        )
        for one in funding.sources
    )
    return Table("Vedtatte penger, før og etter", columns, rows)


def _earmark(words: str) -> str:
    return f"Bare til {words}" if words else ""


def left_out_table(left_out: Sequence[Mapping[str, Any]], caption: str) -> Table | None:
    rows = tuple(Row((Cell(f"Sak {one['number']}"), Cell(str(one["why"])))) for one in left_out)
    columns = (Column("Sak"), Column("Hvorfor"))
    return Table(caption, columns, rows, hide_caption=True) if rows else None


def apart_table(left_out: Sequence[Mapping[str, Any]], slug: str) -> Table:
    """Cases taken out of a batch, each with the way to it: somebody must look at them."""
    rows = tuple(
        Row(
            (
                Cell(
                    str(one["name"]),
                    url=reverse("case", args=[slug, one["case_id"]]),
                    note=f"Sak {one['number']}",
                ),
                Cell(str(one["why"])),
            )
        )
        for one in left_out
    )
    return Table("Ikke med", (Column("Virksomhet"), Column("Hvorfor")), rows, hide_caption=True)


def proposals_table(rows: Iterable[ProposalRow], caption: str, slug: str) -> Table:
    columns = (
        Column("Forslag"),
        Column("Status"),
        Column("Forberedt av"),
        Column("Saker", "number"),
        Column("Sum (kr)", "number"),
    )
    return Table(caption, columns, tuple(_proposal_row(row, slug) for row in rows))


def _proposal_row(row: ProposalRow, slug: str) -> Row:
    proposal = row.proposal
    return Row(
        (
            Cell(count_text(row.count, "sak", "saker"), url=reverse("proposal", args=[slug, proposal.id])),
            Cell(STATE_WORDS[proposal.state], tag_color=STATE_TAGS[proposal.state]),
            Cell(row.prepared_by, note=day_and_clock(proposal.prepared_at)),
            Cell(number_text(row.count)),
            Cell(number_text(row.sum_nok)),
        )
    )
