"""The ranking as it stands, and what a line in it would mean."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from runde.engine.canonical import canonical_json
from runde.foundation.people.api import Actor, authorise
from runde.grants.casework.api import Case, FundingPreview, Proposal, funding_preview
from runde.grants.schemes.api import Call

from ..domain.line import (
    Effect,
    above_for_count,
    above_for_money,
    above_for_points,
    amount_of,
    effect_of,
)
from ..domain.ranking import Entry, Ranked, Ranking, rank
from ..models import CutLine, Discussion, Panel, PanelCase, RankedProposal
from .panels import rules_of
from .sheets import opened_sheets


@dataclass(frozen=True, slots=True)
class Standings:
    """The ranking, and what belongs to its cases: the case with its application, what the panel has discussed."""

    panel: Panel
    ranking: Ranking
    cases: dict[UUID, PanelCase]
    discussed: frozenset[UUID]
    digest: str
    line: CutLine | None
    proposal: Proposal | None

    @property
    def to_discuss(self) -> tuple[Ranked, ...]:
        """Where scores lie far apart and nobody has written what the panel came to."""
        far = (one for one in self.ranking.ranked if one.far_apart)
        return tuple(one for one in far if one.entry.case_id not in self.discussed)

    @property
    def without_amount(self) -> tuple[Ranked, ...]:
        return tuple(one for one in self.ranking.ranked if one.entry.amount_nok is None)

    @property
    def line_holds(self) -> bool:
        """The line was drawn in the ranking as it is now."""
        return self.line is not None and self.line.ranking_digest == self.digest


@dataclass(frozen=True, slots=True)
class LinePreview:
    """What drawing the line so would do. `funding` has the money before and after, by source.

    `carried` is how many from the top the money carries at most. `missing` are numbers of cases over the line that
    have no amount yet; then there is no effect.
    """

    way: str
    value: Decimal
    above: int
    carried: int
    effect: Effect | None
    funding: FundingPreview | None
    missing: tuple[str, ...]

    @property
    def can_be_drawn(self) -> bool:
        return self.above > 0 and self.effect is not None and self.effect.short_nok == 0 and not self.short

    @property
    def short(self) -> str:
        return self.funding.short if self.funding else ""


def standings(panel: Panel, *, by: Actor) -> Standings:
    """A fixed number of SQL statements. Raises NotAllowed, and StillBlind before the scores are opened."""
    sheets = opened_sheets(panel, by=by)
    cases = {
        one.case_id: one for one in PanelCase.objects.filter(panel=panel).select_related("case__application")
    }
    ranking = rank([_entry(one, sheets) for one in _open(cases.values())], rules_of(panel))
    discussed = Discussion.objects.filter(panel_case__panel=panel).values_list(
        "panel_case__case_id", flat=True
    )
    line = CutLine.objects.filter(panel=panel).order_by("-number").first()
    return Standings(
        panel=panel,
        ranking=ranking,
        cases=cases,
        discussed=frozenset(discussed),
        digest=digest_of(ranking),
        line=line,
        proposal=newest_proposal(panel),
    )


def _open(cases: Any) -> list[PanelCase]:
    """Those who have withdrawn are no longer in it."""
    return [one for one in cases if one.case.state != Case.State.WITHDRAWN]


def newest_proposal(panel: Panel) -> Proposal | None:
    made = RankedProposal.objects.filter(line__panel=panel).select_related("proposal").order_by("-made_at")
    newest = made.first()
    return newest.proposal if newest else None


def _entry(one: PanelCase, sheets: Sequence[Any]) -> Entry:
    application = one.case.application
    given = {sheet.given_by: sheet.points for sheet in sheets if sheet.case_id == one.case_id}
    sent_at = application.submitted_at or one.case.opened_at
    return Entry(one.case_id, one.case.number, sent_at, one.amount_nok, given)


def frozen_rows(ranked: Sequence[Ranked]) -> list[dict[str, Any]]:
    """The ranking as it is kept with a line: exact averages as fractions."""
    return [
        {
            "case_id": str(one.entry.case_id),
            "number": one.entry.number,
            "place": one.place,
            "mean": f"{one.mean.numerator}/{one.mean.denominator}",
            "amount_nok": None if one.entry.amount_nok is None else f"{one.entry.amount_nok:.2f}",
        }
        for one in ranked
    ]


def digest_of(ranking: Ranking) -> str:
    """Names the ranking as it stands: any change of points, amounts or order gives another."""
    rows = canonical_json(frozen_rows(ranking.ranked))
    return hashlib.sha256(rows.encode()).hexdigest()


def preview_line(found: Standings, way: str, value: Decimal, *, by: Actor, at: datetime) -> LinePreview:
    """What the line would mean, before it is drawn. Raises NotAllowed."""
    authorise(by, "panels.read", found.panel)
    ranked, call = found.ranking.ranked, found.panel.call
    free = sum((one.free_nok for one in funding_preview(call, [], at=at).sources), Decimal(0))
    carried = _carried(found, above_for_money(ranked, free), at)
    above = above_of(ranked, way, value, carried)
    missing = tuple(one.entry.number for one in ranked[:above] if one.entry.amount_nok is None)
    if missing:
        return LinePreview(way, value, above, carried, None, None, missing)
    effect = effect_of(ranked, above, free)
    return LinePreview(way, value, above, carried, effect, _funding(found, above, call, at), ())


def above_of(ranked: Sequence[Ranked], way: str, value: Decimal, carried: int) -> int:
    """How many a line drawn this way leaves above. By money: never more than the sources carry."""
    if way == CutLine.Way.MONEY:
        return min(above_for_money(ranked, value), carried)
    if way == CutLine.Way.POINTS:
        return above_for_points(ranked, Fraction(value))
    return above_for_count(ranked, int(value))


def _carried(found: Standings, most: int, at: datetime) -> int:
    """The most from the top that the sources carry, earmarks counted: at most `most`, found by halving."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if _funding(found, middle, found.panel.call, at).short:
            high = middle - 1
        else:
            low = middle
    return low


def _funding(found: Standings, above: int, call: Call, at: datetime) -> FundingPreview:
    """By case number, as the approval shares the money out."""
    chosen = sorted(found.ranking.ranked[:above], key=lambda one: _by_number(one.entry.number))
    grants = [(found.cases[one.entry.case_id].case, amount_of(one)) for one in chosen]
    return funding_preview(call, grants, at=at)


def _by_number(number: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in number.split("/"))
