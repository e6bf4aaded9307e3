"""What is known of the company: facts with source and date, and what it has been given before."""

from __future__ import annotations

from django.utils import timezone

from runde.engine.reference.api import amount_text, date_text, number_text
from runde.engine.rules import UsedValue
from runde.grants.casework.api import SET_BY_OFFICER, EarlierSupport, earlier_support, used_in
from runde.web.components.facts import Fact
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.officer.opened import Facts, Opened
from runde.web.verdicts import source_text

SUPPORT_COLUMNS = (Column("Fra"), Column("Dato"), Column("Beløp (kr)", "number"))


def facts_part(opened: Opened) -> Facts | None:
    """Each fact the rules looked at, once, with where it is from and the day it was true."""
    used = known_facts(opened)
    return {"facts": used} if used else None


def known_facts(opened: Opened, *, party: bool = False) -> list[Fact]:
    """`party`: without what the party may not see, and without what officers have set while nothing is decided."""
    used = {one.name: one for one in used_in(opened.page.verdict) if one.source}.values()
    return [_fact(one) for one in used if not party or _party_sees(opened, one)]


def _party_sees(opened: Opened, one: UsedValue) -> bool:
    if one.source == SET_BY_OFFICER and not opened.page.decisions:
        return False
    return opened.page.openness.access("answer", one.name).party_sees


def _fact(one: UsedValue) -> Fact:
    return Fact(one.label["nb"], one.shown("nb"), source=source_text(one.source, one.as_of, "nb"))


def support_part(opened: Opened) -> Facts:
    """Earlier support across municipalities, with the ceiling in words."""
    on = timezone.localdate(opened.page.as_of or opened.request.at)
    found = earlier_support(opened.page.application, on)
    rows = tuple(
        Row(
            (
                Cell(one.giver, note=one.scheme_name),
                Cell(date_text(one.right_arose_date)),
                Cell(number_text(one.amount_nok)),
            )
        )
        for one in found.awards
    )
    table = (
        Table("Støtte som er gitt", SUPPORT_COLUMNS, rows, hide_caption=True, tight=True) if rows else None
    )
    return {"table": table, "room": room_text(found), "total": _total(found)}


def room_text(found: EarlierSupport) -> str:
    """ "261 600 euro igjen av 300 000. Gjelder siste 3 år, etter …" """
    if found.ceiling is None or found.left_eur is None:
        return ""
    left, most = number_text(found.left_eur), number_text(found.ceiling.amount)
    return f"{left} euro igjen av {most}. Regnet over {found.ceiling.window_years} år ({found.ceiling.regulation})."


def _total(found: EarlierSupport) -> str:
    if not found.awards:
        return ""
    givers = len({one.tenant_id for one in found.awards})
    places = "én kommune" if givers == 1 else f"{givers} kommuner"
    return f"{amount_text(sum(one.amount_nok for one in found.awards))} fra {places}"
