"""What a browser handed in from one page of the form: the answers, and what keeps several pages apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import uuid4

from django.http import QueryDict

from runde.foundation.forms.api import Raw, raw_of
from runde.web.applicant.grids import after_act
from runde.web.applicant.paper import Part
from runde.web.applicant.raw_values import rows_of

LONGEST = 15
TOKEN = re.compile(r"[0-9a-f]{32}")
SLUG = re.compile(r"[a-z][a-z0-9_]{0,60}")


BLANK_ROW = "tom"
"""Names, in the address, the table that gets an empty row at its end."""


@dataclass(frozen=True)
class RowAct:
    """A button at a row, pressed on a page without script."""

    question: str
    act: str
    place: int


@dataclass(frozen=True)
class HandedIn:
    """`page` is the token of the page as it was made, `turn` rises with each save of it, `seen` are the questions
    that stood on it. `mine` and `theirs` are those where somebody has chosen between two answers."""

    raw: dict[str, Raw]
    revision: int
    page: str
    turn: int | None
    seen: frozenset[str]
    mine: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()
    row: RowAct | None = None
    goes_later: bool = False

    @property
    def is_choice(self) -> bool:
        return bool(self.mine or self.theirs)


def new_page() -> str:
    """A token for a page that is shown now: its own saves never quarrel with each other."""
    return uuid4().hex


def handed_in(data: QueryDict, part: Part) -> HandedIn:
    """Read with care: all of it may be made up. What was not on the page is not asked."""
    posted = {name: [str(one) for one in values] for name, values in data.lists()}
    seen = (
        frozenset(data.get("seen", "").split()) & set(part.slugs) if "seen" in data else frozenset(part.slugs)
    )
    theirs = _slugs(posted.get("theirs", []))
    row = _row_act(data.get("row", ""))
    raw = raw_of([one for one in part.questions if one.slug in seen - theirs], posted)
    if row and row.question in raw:
        raw[row.question] = after_act(rows_of(raw[row.question]), row.act, row.place)
    token = data.get("page", "")
    return HandedIn(
        raw=raw,
        revision=_number(data.get("revision", ""), -1) or 0,
        page=token if TOKEN.fullmatch(token) else "",
        turn=_number(data.get("turn", ""), None),
        seen=seen,
        mine=_slugs(posted.get("mine", [])),
        theirs=theirs,
        row=row,
        goes_later=data.get("go") == "later",
    )


def row_address(page: str, row: RowAct) -> str:
    """The page again, at the table whose button was pressed, with an empty row when one was asked for."""
    joint = "&" if "?" in page else "?"
    more = f"{joint}{BLANK_ROW}={row.question}" if row.act == "add" else ""
    return f"{page}{more}#id_{row.question}"


def _slugs(values: list[str]) -> frozenset[str]:
    return frozenset(one for one in values if SLUG.fullmatch(one))


def _number(text: str, otherwise: int | None) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= LONGEST else otherwise


def _row_act(text: str) -> RowAct | None:
    act, _, rest = text.partition(":")
    question, _, place = rest.partition(":")
    if act not in ("add", "remove", "up", "down") or not SLUG.fullmatch(question):
        return None
    return RowAct(question, act, _number(place, -1) or 0)
