"""Aid and its ceiling in words: what is left, who holds room, what the company said beside what we know."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from runde.engine.reference.api import amount_text, date_text, number_text
from runde.grants.aid.api import Entry
from runde.grants.casework.api import EarlierSupport
from runde.web.components.tables import Cell, Column, Row, Table

COLUMNS = (Column("Fra"), Column("Dato"), Column("Beløp (kr)", "number"))
ORIGINS = {
    "award": "",
    "reserved": "holdt av, venter på penger",
    "register": "fra støtteregisteret",
    "declared": "oppgitt av virksomheten",
}


def support_table(entries: Sequence[Entry], own: str, *, names: dict[str, str] | None = None) -> Table | None:
    """Each award with where it is told of; with `names` also which unit of the undertaking got it."""
    if not entries:
        return None
    rows = tuple(Row(_cells(one, own, names or {})) for one in entries)
    return Table("Støtte som er gitt", COLUMNS, rows, hide_caption=True, tight=True)


def _cells(one: Entry, own: str, names: dict[str, str]) -> tuple[Cell, ...]:
    notes = [one.title, ORIGINS[one.origin]]
    if one.organisation_number != own:
        notes.append(f"til {names.get(one.organisation_number, one.organisation_number)}")
    if one.same_costs:
        notes.append("samme kostnader")
    note = ", ".join(filter(None, notes))
    return (
        Cell(one.giver, note=note),
        Cell(date_text(one.right_arose_date)),
        Cell(number_text(one.amount_nok)),
    )


def room_text(found: EarlierSupport) -> str:
    """ "38 400 euro igjen av 300 000. Av dette er 20 000 euro holdt av for Moss kommune. Regnet over 3 år (…)." """
    room = found.room
    if room is None:
        return found.why_no_room
    unused = room.left_eur + room.reserved_eur
    years = room.ceiling.window_years
    return (
        f"{number_text(unused)} euro igjen av {number_text(room.most_eur)}.{_reserved_text(found)} "
        f"Regnet over {years} år ({room.ceiling.regulation})."
    )


def _reserved_text(found: EarlierSupport) -> str:
    if found.room is None or not found.room.reserved_eur:
        return ""
    by: dict[str, Decimal] = {}
    for one in found.room.counted:
        if one.origin == "reserved":
            by[one.giver] = by.get(one.giver, Decimal(0)) + one.amount_eur
    each = [f"{number_text(amount)} euro holdt av for {giver}" for giver, amount in by.items()]
    return f" Av dette er {' og '.join(each)}."


def total_text(entries: Sequence[Entry]) -> str:
    """ "117 400 kroner fra én kommune" """
    if not entries:
        return ""
    givers = {one.giver for one in entries}
    ours = all(one.origin in ("award", "reserved") for one in entries)
    one, many = ("én kommune", "kommuner") if ours else ("én giver", "givere")
    places = one if len(givers) == 1 else f"{len(givers)} {many}"
    return f"{amount_text(sum((each.amount_nok for each in entries), Decimal(0)))} fra {places}"


def declared_text(found: EarlierSupport) -> str:
    """What the company said where it is not what we know; empty when it said no more than we know of."""
    if found.declared_nok is None:
        return ""
    said, known = found.declared_nok, found.known_nok
    if found.room is not None and found.room.unknown_eur:
        return (
            f"Virksomheten oppga {amount_text(said)}. Vi kjenner til {amount_text(known)}. "
            f"Det vi ikke kjenner, teller som brukt: {number_text(found.room.unknown_eur)} euro."
        )
    return (
        f"Virksomheten oppga {amount_text(said)}." if said else "Virksomheten oppga ingen tidligere støtte."
    )


def group_text(found: EarlierSupport) -> str:
    others = found.undertaking.other_companies
    if others < 1:
        return ""
    units = "én annen virksomhet" if others == 1 else f"{others} andre virksomheter"
    return f"Regnet sammen med {units} som eies eller styres sammen med søkeren."
