"""Figures about one to four companies are never shown to the public, nor what would give them away.

Nought is shown: it is about nobody. What is withheld in a line of figures with a known sum is always at least
two figures, about five companies or more together, so that the difference tells nothing of fewer than five.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import TypeVar

from runde.engine.whatif.reach import (
    Applicants,
    Cell,
    Cost,
    Count,
    CriterionReach,
    Group,
    Money,
    NearBand,
    Reach,
    SourceReach,
)

FEWEST = 5
_Key = TypeVar("_Key", bound=Hashable)


def few(count: Count) -> bool:
    """Whether the figure is about so few that it is not shown."""
    return count is None or 0 < count < FEWEST


def withhold(reach: Reach) -> Reach:
    """What the public may see. Raises nothing; what was withheld already stays so."""
    lanes = {name: getattr(reach, name) or 0 for name in ("eligible", "refer", "unknown", "refused")}
    hidden = _hidden_with_sum(lanes, spared="eligible")  # the figure the council asks for goes last
    every = hidden is None or few(reach.companies)
    veiled = set(lanes) if hidden is None else hidden
    masks = _Masks() if not every and "eligible" not in veiled else None
    if masks is not None and not masks.settle(reach):
        masks, veiled = None, veiled | {"eligible", "refused"}

    def lane(name: str) -> Count:
        return None if every or name in veiled else lanes[name]

    telling = _telling_of_lanes(reach)
    told = replace(
        reach,
        companies=None if every else reach.companies,
        eligible=lane("eligible"),
        refer=lane("refer"),
        unknown=lane("unknown"),
        refused=lane("refused"),
        criteria=tuple(
            _criterion(one, reach.companies, bool(veiled) and one.slug in telling, every)
            for one in reach.criteria
        ),
    )
    return _with_money(_with_groups(told, masks), masks is not None)


# -- lines of figures -------------------------------------------------------------------------------


def _hidden_with_sum(
    counts: Mapping[_Key, int], already: Set[_Key] = frozenset(), *, spared: _Key | None = None
) -> set[_Key] | None:
    """Which figures of a line with a known sum to withhold; None when the sum itself must go too.

    `spared` is withheld to protect the others only when nothing else will do.
    """
    hidden = {key for key, count in counts.items() if few(count) or key in already}
    while _gives_away(hidden, counts):
        more = _smallest_shown(counts, hidden, spared)
        if more is None:
            return None
        hidden.add(more)
    return hidden


def _gives_away(hidden: set[_Key], counts: Mapping[_Key, int]) -> bool:
    return bool(hidden) and (len(hidden) < 2 or sum(counts[key] for key in hidden) < FEWEST)


def _smallest_shown(counts: Mapping[_Key, int], hidden: set[_Key], spared: _Key | None = None) -> _Key | None:
    shown = [key for key, count in counts.items() if key not in hidden and count]
    return min(shown, key=lambda key: (key == spared, counts[key], str(key)), default=None)


# -- eligible companies by two groupings that cross --------------------------------------------------

_Place = tuple[str, str]


@dataclass(slots=True)
class _Masks:
    """What is withheld of eligible companies and their cost: cells, and groups of each kind."""

    cells: set[_Place] = field(default_factory=set)
    municipality: set[str] = field(default_factory=set)
    section: set[str] = field(default_factory=set)
    size: set[str] = field(default_factory=set)
    age: set[str] = field(default_factory=set)

    def settle(self, reach: Reach) -> bool:
        """Withhold until nothing more can be worked out; False when the total itself would have to go."""
        sizes, ages = (_hidden_with_sum(_eligible(one)) for one in (reach.by_size, reach.by_age))
        if sizes is None or ages is None:
            return False
        self.size, self.age = sizes, ages
        counts = {(one.municipality, one.section): one.eligible or 0 for one in reach.cells}
        self.cells = {place for place, count in counts.items() if few(count)}
        sides = (
            (self.municipality, _eligible(reach.by_municipality), _lines(counts, 0)),
            (self.section, _eligible(reach.by_industry), _lines(counts, 1)),
        )
        while True:
            before = (len(self.cells), len(self.municipality), len(self.section))
            for hidden, groups, lines in sides:
                found = _hidden_with_sum(groups, hidden)
                if found is None:
                    return False
                hidden |= found
                self._settle_lines(hidden, lines)
            if before == (len(self.cells), len(self.municipality), len(self.section)):
                return True

    def _settle_lines(self, hidden: set[str], lines: Mapping[str, Mapping[_Place, int]]) -> None:
        """A shown sum needs two withheld cells or none; a withheld sum needs at least one."""
        for name, counts in lines.items():
            mine = self.cells & counts.keys()
            if name in hidden and not mine:
                self.cells.add(min(counts, key=lambda place: (counts[place], place)))
            while name not in hidden and _gives_away(mine, counts):
                more = _smallest_shown(counts, mine)
                if more is None:
                    hidden.add(name)
                else:
                    mine.add(more)
            self.cells |= mine


def _eligible(groups: Sequence[Group]) -> dict[str, int]:
    return {group.code: group.eligible or 0 for group in groups}


def _lines(counts: Mapping[_Place, int], key: int) -> dict[str, dict[_Place, int]]:
    lines: dict[str, dict[_Place, int]] = defaultdict(dict)
    for place, count in counts.items():
        lines[place[key]][place] = count
    return dict(lines)


def _with_groups(reach: Reach, masks: _Masks | None) -> Reach:
    """Groups and cells with what is withheld left out; without masks every figure of eligible ones goes."""
    known = reach.companies is not None
    return replace(
        reach,
        by_municipality=_groups(reach.by_municipality, masks.municipality if masks else None, known),
        by_industry=_groups(reach.by_industry, masks.section if masks else None, known),
        by_size=_groups(reach.by_size, masks.size if masks else None, known),
        by_age=_groups(reach.by_age, masks.age if masks else None, known),
        cells=tuple(_cell(one, masks) for one in reach.cells),
    )


def _groups(groups: Sequence[Group], hidden: set[str] | None, known: bool) -> tuple[Group, ...]:
    counts = {group.code: group.companies or 0 for group in groups}
    few_companies = _hidden_with_sum(counts)
    if few_companies is None or not known:
        few_companies = set(counts)
    return tuple(
        Group(
            one.code,
            None if one.code in few_companies else one.companies,
            None if hidden is None or one.code in hidden else one.eligible,
            None if hidden is None or one.code in hidden else one.cost_nok,
        )
        for one in groups
    )


def _cell(cell: Cell, masks: _Masks | None) -> Cell:
    if masks is None or (cell.municipality, cell.section) in masks.cells:
        return replace(cell, eligible=None, cost_nok=None)
    return cell


# -- criteria and money -----------------------------------------------------------------------------


def _telling_of_lanes(reach: Reach) -> set[str]:
    """Criteria that can give the number in a lane: those that refer by `alone`, a single one that refuses by both."""
    refusing = [one.slug for one in reach.criteria if one.when_not_met == "refuse"]
    referring = {one.slug for one in reach.criteria if one.when_not_met == "refer"}
    return referring | set(refusing if len(refusing) == 1 else ())


def _criterion(one: CriterionReach, companies: Count, lane_veiled: bool, every: bool) -> CriterionReach:
    """What the number in a veiled lane could be worked out from, goes."""
    not_met, unknown = one.not_met or 0, one.unknown or 0
    met = (companies or 0) - not_met - unknown
    is_the_lane = lane_veiled and one.when_not_met == "refuse"
    hide_not_met = every or is_the_lane or few(not_met) or few(met)
    hide_alone = hide_not_met or lane_veiled or few(one.alone) or few(one.together)
    return replace(
        one,
        not_met=None if hide_not_met else not_met,
        alone=None if hide_alone else one.alone,
        unknown=None if every or few(unknown) else unknown,
        near=tuple(_near(band, hide_alone) for band in one.near),
    )


def _near(band: NearBand, hidden: bool) -> NearBand:
    return replace(band, count=None if few(band.count) or hidden else band.count)


def _with_money(reach: Reach, known: bool) -> Reach:
    if not known:
        nothing = Cost(None, None, None)
        sources = tuple(_veiled(one) for one in reach.sources)
        applicants = Applicants(None, None, None)
        return replace(
            reach, full_cost_nok=None, median_nok=None, cost=nothing, applicants=applicants, sources=sources
        )
    applicants = Applicants(*(None if few(one) else one for one in reach.applicants))
    if any(few(one.companies) for one in reach.sources):
        return replace(reach, applicants=applicants, sources=tuple(_veiled(one) for one in reach.sources))
    return replace(reach, applicants=applicants)


def _veiled(source: SourceReach) -> SourceReach:
    nothing: Money = None
    return replace(source, low_nok=nothing, middle_nok=nothing, high_nok=nothing, companies=None)
