"""The panels a person has to do with, and one of them: how it is set up, who is in it, how far it has come."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from runde.engine.reference.api import date_text
from runde.foundation.people.api import may, names_of
from runde.grants.panels.api import (
    MyPanel,
    Panel,
    active_assessors,
    list_panels,
    my_panels,
    not_ready,
    progress,
)
from runde.web.components.fields import Field
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.panels.access import READERS, readable_panel
from runde.web.panels.words import STATE_TAGS, criteria_table, name_of, set_up_facts
from runde.web.staff import count_text, day_and_clock, work_page


@entrance(staff(*READERS))
def index(request: Request) -> HttpResponse:
    slug, mine = request.tenant.slug, my_panels(by=request.actor)
    panels = list_panels(by=request.actor)
    leads = may(request.actor, "panels.lead")
    facts = {
        "h1": _heading(mine, panels),
        "mine": _mine_table(mine, slug) if mine else None,
        "panels": _panels_table(panels, slug) if panels and _sees_more(request) else None,
        "make_url": reverse("make_panel", args=[slug]) if leads else "",
    }
    return work_page(request, "panels/index.html", facts, room="panels")


def _sees_more(request: Request) -> bool:
    """An assessor from outside has the list of their own cases; another list of the same panels says nothing more."""
    return may(request.actor, "casework.list")


def _heading(mine: list[MyPanel], panels: list[Panel]) -> str:
    left = sum(one.left for one in mine)
    if left:
        return f"Du har {count_text(left, 'søknad', 'søknader')} å vurdere"
    if mine:
        return "Du har vurdert alle søknadene dine"
    return "Paneler" if panels else "Ingen paneler ennå"


def _mine_table(mine: list[MyPanel], slug: str) -> Table:
    rows = tuple(
        Row(
            (
                Cell(name_of(one.panel), url=reverse("my_panel", args=[slug, one.panel.id])),
                Cell(f"{len(one.cases) - one.left} av {len(one.cases)}"),
                Cell(date_text(one.panel.score_by_date)),
            )
        )
        for one in mine
    )
    return Table("Dine vurderinger", (Column("Ordning"), Column("Levert"), Column("Frist")), rows)


def _panels_table(panels: list[Panel], slug: str) -> Table:
    rows = tuple(
        Row(
            (
                Cell(name_of(one), url=reverse("panel", args=[slug, one.id])),
                Cell(one.get_state_display(), tag_color=STATE_TAGS[one.state]),
                Cell(date_text(one.score_by_date)),
            )
        )
        for one in panels
    )
    return Table("Alle paneler", (Column("Ordning"), Column("Status"), Column("Frist for å vurdere")), rows)


@entrance(staff(*READERS))
def show(request: Request, panel: UUID) -> HttpResponse:
    return panel_page(request, readable_panel(panel, request.actor))


def panel_page(
    request: Request, panel: Panel, *, errors: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    """With `errors` the invitation is shown again with what was typed."""
    slug, wrong = request.tenant.slug, errors or {}
    fields = _invitation(request, wrong)
    facts = {
        "h1": f"Panel for {name_of(panel)}",
        "back_url": reverse("panels", args=[slug]),
        "back_text": "Paneler",
        "state": (panel.get_state_display(), STATE_TAGS[panel.state]),
        "panel": panel,
        "criteria": criteria_table(panel),
        "facts": set_up_facts(panel),
        "people": _people_table(request, panel),
        "opened": _opened_text(panel),
        "fields": fields if _may_invite(request, panel) else [],
        "errors": fields if wrong else [],
        "has_errors": bool(wrong),
        "invite_url": reverse("invite_assessor", args=[slug, panel.id]),
        **_ways(request, panel),
    }
    return work_page(request, "panels/panel.html", facts, room="panels", status=status)


def _may_invite(request: Request, panel: Panel) -> bool:
    return panel.state != Panel.State.OPENED and may(request.actor, "panels.lead", panel)


def _invitation(request: Request, wrong: dict[str, str]) -> list[Field]:
    return [
        Field(
            "email",
            "E-postadresse",
            kind="email",
            value=request.POST.get("email", ""),
            error=wrong.get("email", ""),
        ),
        Field(
            "name",
            "Navn",
            value=request.POST.get("name", ""),
            description="Bare for dem som ikke har konto hos oss.",
            error=wrong.get("name", ""),
            optional=True,
        ),
    ]


def _people_table(request: Request, panel: Panel) -> Table | None:
    """How far each has come, never what they think."""
    people = active_assessors(panel)
    if not people:
        return None
    names = names_of({one.person_id for one in people})
    done = progress(panel, by=request.actor).by_person
    leads, slug = _may_invite(request, panel), request.tenant.slug
    columns = [Column("Navn"), Column("Levert")] + ([Column("Endre")] if leads else [])
    rows = []
    for one in people:
        given, expected = done.get(one.person_id, (0, 0))
        cells = [
            Cell(names.get(one.person_id, "")),
            Cell(f"{given} av {expected}" if expected else "Ikke begynt"),
        ]
        if leads:
            cells.append(Cell("Ta ut", url=reverse("remove_assessor", args=[slug, panel.id, one.id])))
        rows.append(Row(tuple(cells)))
    return Table("De som vurderer", tuple(columns), tuple(rows), hide_caption=True)


def _opened_text(panel: Panel) -> str:
    if panel.opened_at is None:
        return ""
    when = day_and_clock(panel.opened_at)
    if not panel.opened_why:
        return f"Alle hadde levert {when}. Da ble poengene åpnet for panelet."
    return f"Vurderingen ble avsluttet {when} før alle hadde levert: {panel.opened_why}"


def _ways(request: Request, panel: Panel) -> dict[str, Any]:
    """What can be done next, by where the panel is."""
    slug, leads = request.tenant.slug, may(request.actor, "panels.lead", panel)
    address = [slug, panel.id]
    mine = any(one.panel.id == panel.id for one in my_panels(by=request.actor))
    preparing, scoring = panel.state == Panel.State.PREPARING, panel.state == Panel.State.SCORING
    return {
        "mine_url": reverse("my_panel", args=address) if mine else "",
        "change_url": reverse("change_panel", args=address) if leads and preparing else "",
        "start_url": reverse("start_panel", args=address) if leads and preparing else "",
        "not_ready": not_ready(panel, request.at) if leads and preparing else "",
        "close_url": reverse("close_panel", args=address) if leads and scoring else "",
        "ranking_url": reverse("panel_ranking", args=address) if panel.opened_at else "",
    }
