"""What the address of the work list asks for, and the address that asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from runde.foundation.people.api import Actor
from runde.grants.casework.api import Case, Filters, Lane, Order
from runde.grants.schemes.api import Call

LANES: Mapping[str, str] = {"klare": Lane.GREEN, "vurderes": Lane.YELLOW, "oppfyller-ikke": Lane.RED}
LANE_WORDS: Mapping[str, str] = {Lane.GREEN: "Klare", Lane.YELLOW: "Må vurderes", Lane.RED: "Oppfyller ikke"}
LATE, HELD = "sene", "vent"
PILE_WORDS: Mapping[str, str] = {LATE: "Over fristen", HELD: "På vent"}
PILES = (*LANES, LATE, HELD)
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
ORDERS: Mapping[str, Order] = {"frist": Order.DEADLINE, "alder": Order.AGE}
MINE, NOBODY = "meg", "ingen"
UNKNOWN_PLACE = "ukjent"
SETTLED = (Lane.GREEN, Lane.RED)  # what the rules alone lead to; the others are weighed one by one


@dataclass(frozen=True, slots=True)
class Asked:
    """A pile of open cases or cases in another state, narrowed, sorted, on a page, with a chosen set."""

    pile: str = "klare"
    state: str = "apne"
    text: str = ""
    officer: str = ""
    place: str = ""
    order: str = "frist"
    page: int = 1
    chosen: UUID | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        return cls(
            pile=_one_of(PILES, query.get("ko"), "klare"),
            state=_one_of(STATES, query.get("tilstand"), "apne"),
            text=query.get("sok", "").strip()[:100],
            officer=_officer(query.get("ansvarlig", "")),
            place=_place(query.get("kommune", "")),
            order=_one_of(ORDERS, query.get("rekke"), "frist"),
            page=_page(query.get("side", "1")),
            chosen=_id(query.get("valg", "")),
        )

    @property
    def is_open(self) -> bool:
        return self.state == "apne"

    @property
    def lane_code(self) -> str | None:
        """The lane, for open cases only; other piles and states are listed whole."""
        return LANES.get(self.pile) if self.is_open else None

    @property
    def state_code(self) -> str:
        return STATES[self.state]

    @property
    def order_code(self) -> Order:
        return ORDERS[self.order]

    @property
    def is_settled(self) -> bool:
        """Whether the rules alone lead to an outcome for what is listed, so that many can be proposed at once."""
        return self.is_open and self.lane_code in SETTLED

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.officer or self.place)

    def filters(self, actor: Actor) -> Filters:
        named = actor.person_id if self.officer == MINE else _id(self.officer)
        return Filters(
            text=self.text,
            assigned_to=named,
            unassigned=self.officer == NOBODY,
            municipality=("" if self.place == UNKNOWN_PLACE else self.place) if self.place else None,
            late=self.is_open and self.pile == LATE,
            held=self.is_open and self.pile == HELD,
        )

    def query(self) -> dict[str, str]:
        """The address's own words for all this but call, page and chosen set: what a saved view keeps."""
        asked = {"ko": self.pile} if self.is_open else {"tilstand": self.state}
        more = {"sok": self.text, "ansvarlig": self.officer, "kommune": self.place}
        asked |= {name: value for name, value in more.items() if value}
        return asked | ({"rekke": self.order} if self.order != "frist" else {})

    def url(self, slug: str, call: Call, **more: str) -> str:
        asked = {"utlysning": call.slug} | self.query()
        asked |= {"side": str(self.page)} if self.page > 1 else {}
        asked |= {"valg": str(self.chosen)} if self.chosen else {}
        return f"{reverse('worklist', args=[slug])}?{urlencode(asked | more)}"

    @property
    def words(self) -> str:
        if not self.is_open:
            return STATE_WORDS[self.state_code]
        return PILE_WORDS.get(self.pile) or LANE_WORDS[LANES[self.pile]]

    def plain(self) -> Asked:
        """The same pile from its first page, nothing narrowed or chosen."""
        return Asked(pile=self.pile, state=self.state, order=self.order)

    def first_page(self, **changes: str) -> Asked:
        return replace(self, page=1, **changes)  # type: ignore[arg-type]


def _one_of(known: Mapping[str, object] | tuple[str, ...], given: str | None, usual: str) -> str:
    return given if given is not None and given in known else usual


def _page(given: str) -> int:
    return max(1, int(given)) if given.isdecimal() and len(given) < 7 else 1


def _officer(given: str) -> str:
    return given if given in (MINE, NOBODY) or _id(given) else ""


def _place(given: str) -> str:
    return given if given == UNKNOWN_PLACE or (given.isdecimal() and len(given) == 4) else ""


def _id(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
