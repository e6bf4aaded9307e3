"""The work list in the words, lanes and rows that the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from runde.engine.reference.api import UnknownMunicipality, date_text, municipality, number_text
from runde.foundation.people.api import Actor
from runde.grants.casework.api import Case, Lane, Row, SavedView, Tallies, Worklist
from runde.grants.schemes.api import Call, FundingSource
from runde.web.components import navigation, tables
from runde.web.components.fields import Choice, Field
from runde.web.components.tables import Cell, Column, Table
from runde.web.officer.asked import (
    HELD,
    LANE_WORDS,
    LANES,
    LATE,
    MINE,
    NOBODY,
    ORDERS,
    PILE_WORDS,
    STATE_WORDS,
    STATES,
    UNKNOWN_PLACE,
    Asked,
)
from runde.web.staff import million_text

ORDER_WORDS = {"frist": "Nærmeste frist først", "alder": "Eldste først"}


def lanes_of(asked: Asked, counts: Tallies, slug: str, call: Call) -> list[navigation.Lane]:
    """The three lanes of open cases, what is late or on hold, then where the others are."""
    return [*_open_lanes(asked, counts, slug, call), *_other_states(asked, counts, slug, call)]


def _open_lanes(asked: Asked, counts: Tallies, slug: str, call: Call) -> list[navigation.Lane]:
    found = [(name, LANE_WORDS[code], counts.lanes[code].count) for name, code in LANES.items()]
    aside = [(LATE, counts.late.count), (HELD, counts.held.count)]
    found += [(name, PILE_WORDS[name], count) for name, count in aside if count or asked.pile == name]
    return [
        navigation.Lane(
            words,
            Asked(pile=name, order=asked.order).url(slug, call),
            count,
            asked.is_open and asked.pile == name,
        )
        for name, words, count in found
    ]


def _other_states(asked: Asked, counts: Tallies, slug: str, call: Call) -> list[navigation.Lane]:
    return [
        navigation.Lane(
            STATE_WORDS[code],
            Asked(state=name, order=asked.order).url(slug, call),
            counts.states[code].count,
            asked.state == name,
        )
        for name, code in STATES.items()
        if name != "apne" and (counts.states[code].count or asked.state == name)
    ]


def chips_of(asked: Asked, names: Mapping[UUID, str], slug: str, call: Call) -> list[navigation.FilterChip]:
    said = {
        "text": f"«{asked.text}»" if asked.text else "",
        "officer": officer_words(asked.officer, names),
        "place": place_words(asked.place) if asked.place else "",
    }
    return [
        navigation.FilterChip(words, asked.first_page(**{name: ""}).url(slug, call))
        for name, words in said.items()
        if words
    ]


def officer_words(officer: str, names: Mapping[UUID, str]) -> str:
    if officer in ("", MINE, NOBODY):
        return {"": "", MINE: "Mine saker", NOBODY: "Ingen ansvarlig"}[officer]
    return f"Saker hos {names.get(UUID(officer), 'en annen')}"


def place_words(number: str) -> str:
    """The municipality's name; what is not known says so."""
    if number in ("", UNKNOWN_PLACE):
        return "Ukjent kommune"
    try:
        return municipality(number).name
    except UnknownMunicipality:
        return f"Kommune {number}"


def filter_fields(asked: Asked, found: Worklist, actor: Actor) -> list[Field]:
    states = tuple(Choice(name, STATE_WORDS[code]) for name, code in STATES.items())
    orders = tuple(Choice(name, ORDER_WORDS[name]) for name in ORDERS)
    fields = [
        Field("sok", "Navn, org.nr. eller saksnummer", kind="search", value=asked.text),
        Field("ansvarlig", "Ansvarlig", kind="select", value=asked.officer, choices=_officers(found, actor)),
        Field("kommune", "Kommune", kind="select", value=asked.place, choices=_places(found.counts)),
        Field("tilstand", "Status", kind="select", value=asked.state, choices=states),
        Field("rekke", "Rekkefølge", kind="select", value=asked.order, choices=orders),
    ]
    return [one for one in fields if one.name != "kommune" or len(one.choices) > 2]


def _officers(found: Worklist, actor: Actor) -> tuple[Choice, ...]:
    """Those who have open cases now."""
    others = sorted((name, str(one)) for one, name in found.names.items() if one != actor.person_id)
    mine = found.counts.officers.get(actor.person_id, 0)
    return (
        Choice("", "Alle"),
        Choice(MINE, f"Mine saker ({number_text(mine)})"),
        Choice(NOBODY, f"Ingen ({number_text(found.counts.officers.get(None, 0))})"),
        *(Choice(one, name) for name, one in others),
    )


def _places(counts: Tallies) -> tuple[Choice, ...]:
    named = sorted((place_words(number), number or UNKNOWN_PLACE) for number in counts.municipalities)
    return (Choice("", "Alle"), *(Choice(number, name) for name, number in named))


def money_line(counts: Tallies, sources: list[FundingSource]) -> str:
    """ "Beregnet for åpne saker 27,9 · ramme 30,0 mill. kroner, av dem 2,0 ikke vedtatt" """
    standing = [one for one in sources if one.state != FundingSource.State.WITHDRAWN]
    frame = sum((one.amount_nok for one in standing), Decimal(0))
    waiting = [one for one in standing if one.state == FundingSource.State.SUBJECT_TO_DECISION]
    calculated = million_text(counts.open.recommended_nok)
    line = f"Beregnet for åpne saker {calculated} · ramme {million_text(frame)} mill. kroner"
    if waiting:
        undecided = sum((one.amount_nok for one in waiting), Decimal(0))
        line += f", av dem er {million_text(undecided)} ikke vedtatt"
    return line


def views_of(views: list[SavedView], slug: str, call: Call) -> list[dict[str, str]]:
    base = f"{reverse('worklist', args=[slug])}?utlysning={call.slug}"
    return [
        {
            "name": view.name,
            "url": f"{base}&{view.query}",
            "delete_url": reverse("delete_view", args=[slug, view.id]),
        }
        for view in views
    ]


def cases_table(
    asked: Asked, found: Worklist, slug: str, call: Call, *, may_mark: bool, chosen: frozenset[UUID]
) -> Table:
    columns = (
        Column("Virksomhet"),
        Column("Sak"),
        Column("Kontroll"),
        Column("Beregnet (kr)", "number"),
        _sorted_by("Dager", "alder", "descending", asked, slug, call),
        _sorted_by("Svarfrist", "frist", "ascending", asked, slug, call),
        Column("Ansvarlig"),
    )
    return Table(
        f"Saker i «{asked.words}»",
        columns,
        tuple(_row(row, slug, marks=may_mark, marked=row.case_id in chosen) for row in found.rows),
        hide_caption=True,
        tight=True,
        mark_name="case" if may_mark else "",
    )


def _sorted_by(name: str, order: str, way: str, asked: Asked, slug: str, call: Call) -> Column:
    return Column(
        name,
        "number" if order == "alder" else "text",
        sort_url=asked.first_page(order=order).url(slug, call),
        sorted=way if asked.order == order else "none",  # type: ignore[arg-type]
    )


def _row(row: Row, slug: str, *, marks: bool, marked: bool) -> tables.Row:
    due = date_text(row.answer_by_date)
    cells = (
        Cell(row.company_name, url=reverse("case", args=[slug, row.case_id])),
        Cell(row.number),
        Cell(_control(row)),
        Cell("" if row.recommended_nok is None else number_text(row.recommended_nok)),
        Cell(number_text(row.age_days)),
        Cell(f"{due}, over fristen" if row.is_late else due),
        Cell(row.assigned_to or "Ingen"),
    )
    can_be_marked = marks and row.state == Case.State.OPEN and not row.has_interest
    return tables.Row(
        cells,
        tone="warning" if row.is_late else "",
        mark_value=str(row.case_id) if can_be_marked else "",
        mark_label=f"sak {row.number}, {row.company_name}",
        mark_amount=str(row.recommended_nok or 0) if can_be_marked else "",
        marked=marked,
    )


def _control(row: Row) -> str:
    if row.has_interest:
        return "Du kan ikke behandle saken"
    if row.held_until_date:
        return f"På vent til {date_text(row.held_until_date)}: {row.hold_reason}"
    return f"✓ {row.reason}" if row.lane == Lane.GREEN else row.reason


def first_of(asked: Asked, counts: Tallies) -> Asked | None:
    """Where to go when this pile is done: the next lane with cases, or those before an approver."""
    for name, code in LANES.items():
        if counts.lanes[code].count and name != asked.pile:
            return replace(Asked(), pile=name)
    if counts.states[Case.State.PROPOSED].count and asked.is_open:
        return Asked(state="til-godkjenning")
    return None
