"""The work list in the words, lanes and rows that the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from runde.engine.reference.api import date_text, number_text
from runde.foundation.people.api import Actor
from runde.grants.casework.api import Case, Filters, Lane, Row, Worklist
from runde.grants.schemes.api import Call, FundingSource
from runde.web.components import navigation, tables
from runde.web.components.tables import Cell, Column, Table
from runde.web.staff import million_text

LANES: Mapping[str, str] = {"klare": Lane.GREEN, "vurderes": Lane.YELLOW, "oppfyller-ikke": Lane.RED}
LANE_WORDS: Mapping[str, str] = {Lane.GREEN: "Klare", Lane.YELLOW: "Må vurderes", Lane.RED: "Oppfyller ikke"}
STATES: Mapping[str, str] = {
    "apne": Case.State.OPEN,
    "til-godkjenning": Case.State.PROPOSED,
    "vedtatt": Case.State.DECIDED,
    "trukket": Case.State.WITHDRAWN,
}
STATE_WORDS: Mapping[str, str] = {
    Case.State.OPEN: "Åpne",
    Case.State.PROPOSED: "Til godkjenning",
    Case.State.DECIDED: "Vedtatt",
    Case.State.WITHDRAWN: "Trukket",
}
SETTLED = (Lane.GREEN, Lane.RED)  # what the rules alone lead to; the others are weighed one by one


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a lane of open cases, or cases in another state."""

    lane: str = "klare"
    state: str = "apne"
    text: str = ""
    mine: bool = False
    page: int = 1
    everything: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        page = query.get("side", "1")
        return cls(
            lane=query.get("ko", "klare") if query.get("ko") in LANES else "klare",
            state=query.get("tilstand", "apne") if query.get("tilstand") in STATES else "apne",
            text=query.get("sok", "").strip()[:100],
            mine=query.get("mine") == "ja",
            page=int(page) if page.isdecimal() and len(page) < 7 else 1,
            everything=query.get("valg") == "alle",
        )

    @property
    def lane_code(self) -> str | None:
        """The lane, for open cases only; other states are listed whole."""
        return LANES[self.lane] if self.state == "apne" else None

    @property
    def state_code(self) -> str:
        return STATES[self.state]

    def filters(self, actor: Actor) -> Filters:
        return Filters(text=self.text, assigned_to=actor.person_id if self.mine else None)

    def url(self, slug: str, call: Call) -> str:
        asked = {"utlysning": call.slug}
        asked |= {"ko": self.lane} if self.state == "apne" else {"tilstand": self.state}
        asked |= {"sok": self.text} if self.text else {}
        asked |= {"mine": "ja"} if self.mine else {}
        asked |= {"valg": "alle"} if self.everything else {}
        return f"{reverse('worklist', args=[slug])}?{urlencode(asked)}"

    @property
    def words(self) -> str:
        return LANE_WORDS[LANES[self.lane]] if self.state == "apne" else STATE_WORDS[self.state_code]


def lanes_of(asked: Asked, found: Worklist, slug: str, call: Call) -> list[navigation.Lane]:
    """The three lanes of open cases, then where the others are."""
    bare = Asked()
    open_lanes = [
        navigation.Lane(
            LANE_WORDS[code],
            replace(bare, lane=name).url(slug, call),
            found.counts.lanes[code].count,
            asked.state == "apne" and asked.lane == name,
        )
        for name, code in LANES.items()
    ]
    others = [
        navigation.Lane(
            STATE_WORDS[code],
            replace(bare, state=name).url(slug, call),
            found.counts.states[code].count,
            asked.state == name,
        )
        for name, code in STATES.items()
        if name != "apne" and (found.counts.states[code].count or asked.state == name)
    ]
    return open_lanes + others


def chips_of(asked: Asked, slug: str, call: Call) -> list[navigation.FilterChip]:
    chips = []
    if asked.text:
        chips.append(navigation.FilterChip(f"«{asked.text}»", replace(asked, text="").url(slug, call)))
    if asked.mine:
        chips.append(navigation.FilterChip("Mine saker", replace(asked, mine=False).url(slug, call)))
    return chips


def money_line(found: Worklist, sources: list[FundingSource]) -> str:
    """ "Beregnet for åpne saker 27,9 · ramme 30,0 mill. kroner, av dem 2,0 ikke vedtatt" """
    calculated = sum((lane.recommended_nok for lane in found.counts.lanes.values()), Decimal(0))
    standing = [one for one in sources if one.state != FundingSource.State.WITHDRAWN]
    frame = sum((one.amount_nok for one in standing), Decimal(0))
    waiting = [one for one in standing if one.state == FundingSource.State.SUBJECT_TO_DECISION]
    line = f"Beregnet for åpne saker {million_text(calculated)} · ramme {million_text(frame)} mill. kroner"
    if waiting:
        undecided = sum((one.amount_nok for one in waiting), Decimal(0))
        line += f", av dem er {million_text(undecided)} ikke vedtatt"
    return line


def cases_table(asked: Asked, found: Worklist, slug: str, call: Call, *, may_mark: bool) -> Table:
    columns = (
        Column("Virksomhet"),
        Column("Sak"),
        Column("Kontroll"),
        Column("Beregnet (kr)", "number"),
        Column("Dager", "number"),
        Column("Svarfrist"),
        Column("Ansvarlig"),
    )
    due = date_text(call.answer_by_date)
    marks = may_mark and not asked.everything
    return Table(
        f"Saker i «{asked.words}»",
        columns,
        tuple(_row(row, slug, due, marks=marks) for row in found.rows),
        hide_caption=True,
        tight=True,
        mark_name="case" if marks else "",
    )


def _row(row: Row, slug: str, due: str, *, marks: bool) -> tables.Row:
    cells = (
        Cell(row.company_name, url=reverse("case", args=[slug, row.case_id])),
        Cell(row.number),
        Cell("Du kan ikke behandle saken" if row.has_interest else _control(row)),
        Cell("" if row.recommended_nok is None else number_text(row.recommended_nok)),
        Cell(number_text(row.age_days)),
        Cell(due),
        Cell(row.assigned_to or "Ingen"),
    )
    can_be_marked = marks and row.state == Case.State.OPEN and row.lane in SETTLED and not row.has_interest
    return tables.Row(
        cells,
        mark_value=str(row.case_id) if can_be_marked else "",
        mark_label=f"sak {row.number}, {row.company_name}",
    )


def _control(row: Row) -> str:
    return f"✓ {row.reason}" if row.lane == Lane.GREEN else row.reason
