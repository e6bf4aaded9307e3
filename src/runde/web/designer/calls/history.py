"""What has happened to a call, newest first, from the journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from runde.engine.reference.api import format_orgnr
from runde.foundation.journal.api import PastEvent, events_of
from runde.foundation.people.api import names_of
from runde.grants.schemes.api import Call
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.designer.calls.words import moment
from runde.web.staff import day_and_clock

WORDS: Mapping[str, str] = {
    "schemes.call_drafted": "Laget kladden",
    "schemes.call_changed": "Endret kladden",
    "schemes.call_published": "Publiserte utlysningen",
    "schemes.call_withdrawn": "Trakk utlysningen",
    "schemes.call_extended": "Utsatte fristen",
    "schemes.call_moved": "Flyttet utlysningen til en annen versjon",
    "schemes.contact_changed": "Endret kontakten",
    "schemes.file_added": "La til en fil",
    "schemes.funding_attached": "La til penger",
    "schemes.funding_detached": "Tok bort penger",
    "schemes.company_invited": "Inviterte en virksomhet",
}


def history_table(call: Call) -> Table:
    events = [one for one in events_of([("call", call.id)]) if one.action in WORDS]
    names = names_of({one.actor_id for one in events if one.actor_id}) if events else {}
    rows = tuple(
        Row(
            (
                Cell(WORDS[one.action], note=_detail(one)),
                Cell(names.get(one.actor_id, "") if one.actor_id else "Systemet"),
                Cell(day_and_clock(one.at)),
            )
        )
        for one in events
    )
    return Table("Historikk", (Column("Hva"), Column("Hvem"), Column("Når")), rows, hide_caption=True)


def _detail(event: PastEvent) -> str:
    """More about it; empty when there is no more, or when it has been erased."""
    facts: Mapping[str, Any] = event.payload
    if not facts:
        return ""
    match event.action.removeprefix("schemes."):
        case "call_extended":
            until = datetime.fromisoformat(str(facts["closes_at"]))
            return f"Ny frist {moment(until)}. {facts['reason']}"
        case "call_moved":
            return f"Fra versjon {facts['from_number']} til versjon {facts['to_number']}. {facts['reason']}"
        case "call_withdrawn":
            return str(facts["reason"])
        case "company_invited":
            return f"{facts['company']}, {format_orgnr(str(facts['organisation_number']))}"
        case "file_added":
            return str(facts["title"])
        case "funding_detached":
            return str(facts["name"])
    return ""
