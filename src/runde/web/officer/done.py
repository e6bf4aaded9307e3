"""What was just done to several cases, in words: a line, what was not done and why, and the ways on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from runde.engine.reference.api import date_text
from runde.grants.casework.api import BulkAct
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.staff import count_text

Kind = BulkAct.Kind
LISTED = 20


def told(act: BulkAct, slug: str) -> dict[str, Any]:
    """For the page: `line`, the table of what was not done, and what may be undone or tried again."""
    left = act.not_undone if act.undone_at else act.not_done
    return {
        "line": _undone_line(act) if act.undone_at else _line(act),
        "more": _more(act),
        "left": _left_table(left, slug) if left else None,
        "left_line": f"{count_text(len(left), 'sak', 'saker')} ble ikke med" if left else "",
        "undo_url": reverse("undo_bulk", args=[slug, act.id]) if act.changes and not act.undone_at else "",
        "retry_url": reverse("retry_bulk", args=[slug, act.id]) if act.not_done and not act.undone_at else "",
        "retry_words": f"Prøv de {len(left)} igjen" if len(left) > 1 else "Prøv saken igjen",
        "is_whole": not left,
    }


def _line(act: BulkAct) -> str:
    """ "38 saker er tildelt Ida Lunde." """
    cases = count_text(len(act.changes), "sak er", "saker er")
    name = act.facts.get("name", "")
    match act.kind:
        case Kind.ASSIGN:
            return f"{cases} tildelt {name}." if name else f"{cases} lagt tilbake til alle."
        case Kind.SHARE:
            return f"{cases} fordelt mellom {name}." if " og " in name else f"{cases} fordelt til {name}."
        case Kind.HOLD:
            return f"{cases} lagt på vent til {date_text(date.fromisoformat(act.facts['until']))}."
    return f"{cases} tatt opp igjen."


def _more(act: BulkAct) -> str:
    same = act.facts.get("unchanged", 0)
    if act.undone_at or not same:
        return ""
    return f"{count_text(same, 'sak var', 'saker var')} slik fra før."


def _undone_line(act: BulkAct) -> str:
    back = len(act.changes) - len(act.not_undone)
    return f"Angret. {count_text(back, 'sak er', 'saker er')} som før."


def _left_table(left: Sequence[dict[str, str]], slug: str) -> Table:
    rows = tuple(
        Row(
            (
                Cell(one["name"], url=reverse("case", args=[slug, one["case_id"]])),
                Cell(one["number"]),
                Cell(one["why"]),
            )
        )
        for one in left[:LISTED]
    )
    return Table(
        "Saker som ikke ble med",
        (Column("Virksomhet"), Column("Sak"), Column("Hvorfor")),
        rows,
        hide_caption=True,
    )
