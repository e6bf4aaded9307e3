"""The ways on when a batch costs more than there is, each with its effect, before anybody chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from runde.grants.schemes.api import Call

from ..domain.lines import Line
from ..domain.shortage import FIRST, RESERVE, WAYS, Ready, lines_for, reach, sum_of
from ..domain.words import as_language
from ..models import Case
from .cases import number_key
from .funding_preview import FundingPreview, funding_preview


@dataclass(frozen=True, slots=True)
class WayOut:
    """One way: how many are granted, how many wait on the reserve list or are not in it, and what it costs."""

    code: str
    lines: tuple[Line, ...]
    granted: int
    waiting: int
    left_out: int
    sum_nok: Decimal
    funding: FundingPreview


def ways_out(cases: Sequence[Case], call: Call, *, at: datetime) -> list[WayOut]:
    """Those of the ways the sources can carry, for ready cases with their applications. A fixed number of statements,
    and some more for each halving where earmarks stand in the way.
    """
    ordered = sorted(cases, key=lambda case: (case.opened_at, number_key(case.number)))
    ready = [
        Ready(one.id, one.number, one.recommended_nok or Decimal(0), as_language(one.application.language))
        for one in ordered
    ]
    by_id = {case.id: case for case in cases}
    money = sum((one.free_nok for one in funding_preview(call, [], at=at).sources), Decimal(0))
    carried = _carried(ready, reach(ready, money), by_id, call, at)
    found = []
    for code in WAYS:
        lines = lines_for(code, ready, money, carried)
        way = _way(code, lines, len(ready), by_id, call, at)
        if way.granted and not way.funding.short and not (code in (FIRST, RESERVE) and not carried):
            found.append(way)
    return found


def _way(
    code: str, lines: Sequence[Line], count: int, by_id: Mapping[UUID, Case], call: Call, at: datetime
) -> WayOut:
    granted = [line for line in lines if line.outcome == "granted"]
    return WayOut(
        code=code,
        lines=tuple(lines),
        granted=len(granted),
        waiting=len(lines) - len(granted),
        left_out=count - len(lines),
        sum_nok=sum_of(lines),
        funding=_preview(granted, by_id, call, at),
    )


def _preview(lines: Sequence[Line], by_id: Mapping[UUID, Case], call: Call, at: datetime) -> FundingPreview:
    """By case number, as the approval shares the money out."""
    chosen = sorted(lines, key=lambda line: number_key(by_id[line.case_id].number))
    return funding_preview(
        call, [(by_id[line.case_id], line.amount_nok or Decimal(0)) for line in chosen], at=at
    )


def _carried(ready: Sequence[Ready], most: int, by_id: Mapping[UUID, Case], call: Call, at: datetime) -> int:
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        lines = lines_for(FIRST, ready, Decimal(0), middle)
        if _preview(lines, by_id, call, at).short:
            high = middle - 1
        else:
            low = middle
    return low
