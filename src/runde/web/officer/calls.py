"""Which call a page is about: the one in the address, or the only one there is."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from runde.grants.casework.api import Lateness, counts_by_call
from runde.grants.schemes.api import Call, get_call, list_calls, scheme_name
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request
from runde.web.staff import count_text, day_and_clock


def chosen_call(request: Request) -> Call | None:
    """None when there is none, or several and none is chosen. Raises NotFound for an unknown one."""
    slug = request.GET.get("utlysning") or request.POST.get("utlysning")
    if slug:
        return get_call(slug)
    calls = worked_calls()
    return calls[0] if len(calls) == 1 else None


def worked_calls() -> list[Call]:
    """Calls that have been published, the newest deadline first."""
    return [call for call in list_calls() if call.state != Call.State.DRAFT]


def name_of(call: Call) -> str:
    return scheme_name(call.scheme_version, "nb")


def page_url(name: str, slug: str, call: Call, **more: str) -> str:
    """The address of a page about a call."""
    asked = {"utlysning": call.slug, **{key: value for key, value in more.items() if value}}
    return f"{reverse(name, args=[slug])}?{urlencode(asked)}"


def calls_table(name: str, slug: str, *, late: Mapping[UUID, Lateness] | None = None) -> Table:
    """The calls to choose between, with what waits in each; with `late`, also how each keeps its time."""
    waiting = counts_by_call()
    columns = [Column("Ordning"), Column("Søknadsfrist"), Column("Åpne saker", "number")]
    if late is not None:
        columns += [Column("Over fristen", "number"), Column("Foreløpig svar", "number")]
    rows = tuple(
        Row(
            (
                Cell(name_of(call), url=page_url(name, slug, call)),
                Cell(day_and_clock(call.closes_at)),
                Cell(count_text(sum(waiting.get(call.id, {}).values()), "sak", "saker")),
                *_late_cells(late, call),
            ),
            tone="warning" if late and late.get(call.id, Lateness()).overdue else "",
        )
        for call in worked_calls()
    )
    return Table("Utlysninger", tuple(columns), rows)


def _late_cells(late: Mapping[UUID, Lateness] | None, call: Call) -> tuple[Cell, ...]:
    if late is None:
        return ()
    found = late.get(call.id, Lateness())
    return (Cell(count_text(found.overdue, "sak", "saker")), Cell(count_text(found.told, "sak", "saker")))
