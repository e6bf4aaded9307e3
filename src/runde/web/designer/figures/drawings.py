"""A reach as charts, each with its finding in words. What is withheld is drawn as nothing and said to be withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from runde.engine.reference.api import date_text, number_text
from runde.engine.whatif import CriterionReach, Group, Reach, SourceReach
from runde.web.components.charts import (
    Bar,
    BarGroup,
    Figure,
    GroupedBars,
    HorizontalBars,
    LimitBar,
    LimitBars,
    TwoToneBar,
    TwoToneBars,
    Words,
)

from .amounts import (
    WITHHELD,
    companies_text,
    count_text,
    distance_text,
    kroner_text,
    millions,
    money_text,
    percent_text,
    range_text,
    thousands_text,
    without_unit,
)
from .dimensions import DIMENSIONS, Dimension
from .finding import holds_text
from .planned import Planned
from .scope import Scope

MOST_BARS = 15
ESTIMATES = ("Lavt", "Middels", "Høyt")


@dataclass(frozen=True)
class Drawer:
    """Draws one reach. `csv_url` has a place for the figure's name; empty gives no link."""

    reach: Reach
    planned: Planned
    scope: Scope
    csv_url: str = ""

    def words(self, finding: str, measure: str, csv: str) -> Words:
        url = self.csv_url.replace("NAVN", csv) if self.csv_url else ""
        return Words(finding, measure, source_text(self.reach), url)

    def all(self) -> tuple[Figure, ...]:
        """What there is anything to draw of, in the order of the panel."""
        drawn = (self.cost(), self.sources(), self.rules(), *self.by_dimension(), self.near())
        return tuple(figure for figure in drawn if figure is not None)

    def by_dimension(self) -> tuple[Figure | None, ...]:
        return tuple(self.groups(dimension) for dimension in DIMENSIONS)

    def rules(self) -> TwoToneBars | None:
        """Which rule stops whom, the one that stops most alone first."""
        stopping = sorted(self.reach.criteria, key=_stops_most)
        bars = tuple(self._rule(one) for one in stopping if one.not_met != 0)
        if not bars:
            return None
        return TwoToneBars(
            "krav",
            self.words(
                _rules_finding(stopping[0], self.planned),
                f"Virksomheter {self.scope.words} som ikke oppfyller kravet",
                "krav",
            ),
            "Krav",
            ("Stoppes bare av dette", "Stoppes av flere"),
            bars,
        )

    def _rule(self, one: CriterionReach) -> TwoToneBar:
        texts = (count_text(one.alone), count_text(one.together), count_text(one.not_met))
        name = f"{self.planned.number(one.slug)}. {self.planned.requirement(one.slug)}"
        return TwoToneBar(name, one.alone or 0, one.together or 0, texts)

    def groups(self, dimension: Dimension) -> HorizontalBars | None:
        """Nothing for a single group: that is a sentence, not a chart."""
        groups = [group for group in dimension.groups(self.reach) if group.eligible != 0]
        if not self.reach.eligible or len(groups) < 2:  # noqa: PLR2004 - one bar compares with nothing
            return None
        shown = groups if len(groups) <= MOST_BARS else groups[: MOST_BARS - 1]
        top = max((group.eligible or 0 for group in shown), default=0)
        bars = [_bar(dimension.name_of(one.code), one, is_top=one.eligible == top > 0) for one in shown]
        if len(shown) < len(groups):
            bars.append(_rest(groups[len(shown) :]))
        return HorizontalBars(
            dimension.slug,
            self.words(
                _groups_finding(dimension, shown, top),
                f"Virksomheter som kan få støtte {self.scope.words}, {dimension.split}",
                dimension.slug,
            ),
            dimension.head,
            "Kan få støtte",
            tuple(bars),
            more_heads=("Virksomheter", "Kostnad hvis alle søker (kr)"),
        )

    def cost(self) -> LimitBars | None:
        """Low, middle and high, against the money there is."""
        values, applicants = _estimates(self.reach), self.reach.applicants
        if self.reach.eligible == 0:
            return None
        limit = self.reach.budget_nok if self.reach.sources else None
        bars = tuple(
            LimitBar(
                f"{name}: {share} søker",
                value or 0,
                _cost_note(value, count, limit),
                (kroner_text(value), count_text(count), _used(value, limit)),
                limit,
            )
            for name, share, value, count in zip(
                ESTIMATES, self.planned.take_up, values, applicants, strict=True
            )
        )
        return LimitBars(
            "kostnad",
            self.words(_cost_finding(self.reach), f"Anslått kostnad {self.scope.words}, i kroner", "kostnad"),
            ("Anslag", "Kostnad (kr)", "Søkere", "Del av rammen"),
            bars,
            limit_text=f"Rammen: {money_text(limit)}" if limit is not None else "",
        )

    def sources(self) -> LimitBars | None:
        if not self.reach.sources or self.reach.eligible == 0:
            return None
        return LimitBars(
            "kilder",
            self.words(
                _sources_finding(self.reach.sources),
                "Penger fra hver kilde ved middels anslag, med strek fra lavt til høyt. Tabellen i tusen kroner",
                "kilder",
            ),
            ("Kilde", "Beløp", "Lavt", "Middels", "Høyt", "Brukt ved middels"),
            tuple(_source(one) for one in self.reach.sources),
        )

    def near(self) -> GroupedBars | None:
        """Those whom one requirement alone stops, by how far off they are."""
        groups = tuple(group for one in self.reach.criteria if (group := self._near(one)))
        if not groups:
            return None
        return GroupedBars(
            "nesten",
            self.words(
                _near_finding(self.reach.criteria),
                f"Virksomheter {self.scope.words} som bare ett krav stopper, etter hvor mye de mangler",
                "nesten",
            ),
            ("Krav", "Mangler", "Virksomheter"),
            groups,
        )

    def _near(self, one: CriterionReach) -> BarGroup | None:
        if not any(band.count != 0 for band in one.near):
            return None
        name = f"{self.planned.number(one.slug)}. {self.planned.requirement(one.slug)}"
        return BarGroup(name, tuple(_bands(one)))


def source_text(reach: Reach) -> str:
    """ "Kilde: Enhetsregisteret 1. november 2026, 1 103 224 virksomheter. Regnet 23. november 2026." """
    snapshot = reach.snapshot
    return (
        f"Kilde: {snapshot.source} {date_text(snapshot.as_of_date)}, {companies_text(snapshot.companies)}. "
        f"Anslag regnet {date_text(reach.on)}."
    )


def _stops_most(one: CriterionReach) -> tuple[int, int]:
    return (-(one.alone or 0), -(one.not_met or 0))


def _rules_finding(first: CriterionReach, planned: Planned) -> str:
    if not first.alone:
        return "Ingen krav stopper noen alene" if first.alone == 0 else "Hvem kravene stopper"
    return f"Krav {planned.number(first.slug)} stopper flest alene: {companies_text(first.alone)}"


def _groups_finding(dimension: Dimension, groups: Sequence[Group], top: int) -> str:
    largest = [group for group in groups if group.eligible == top]
    if not top or len(largest) > 1:
        return f"Fordelt {dimension.split}"
    total = sum(group.eligible or 0 for group in groups)
    name = dimension.name_of(largest[0].code)
    return f"{dimension.most_said(name)}: {number_text(top)}" if total else f"Fordelt {dimension.split}"


def _bar(name: str, group: Group, *, is_top: bool) -> Bar:
    more = (count_text(group.companies), kroner_text(group.cost_nok))
    return Bar(name, group.eligible or 0, count_text(group.eligible), focus=is_top, more=more)


def _rest(groups: Sequence[Group]) -> Bar:
    """The smaller groups as one; withheld as a whole when any of them is."""
    name = f"Andre ({len(groups)})"
    eligible = total([group.eligible for group in groups])
    companies = total([group.companies for group in groups])
    costs = [group.cost_nok for group in groups]
    cost = None if None in costs else sum((one for one in costs if one is not None), Decimal(0))
    return Bar(name, eligible or 0, count_text(eligible), more=(count_text(companies), kroner_text(cost)))


def total(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _estimates(reach: Reach) -> tuple[Decimal | None, ...]:
    return (reach.cost.low_nok, reach.cost.middle_nok, reach.cost.high_nok)


def _cost_note(value: Decimal | None, applicants: int | None, limit: Decimal | None) -> str:
    if value is None:
        return WITHHELD
    parts = [money_text(value)]
    if applicants is not None:
        parts.append("1 søker" if applicants == 1 else f"{number_text(applicants)} søkere")
    if limit is not None and value > limit:
        parts.append(f"{money_text(value - limit)} over rammen")
    return ", ".join(parts)


def _used(value: Decimal | None, limit: Decimal | None) -> str:
    if value is None:
        return WITHHELD
    return percent_text(value, limit) if limit else "–"


def _cost_finding(reach: Reach) -> str:
    low, high = reach.cost.low_nok, reach.cost.high_nok
    if low is None or high is None:
        return "Kostnaden er ikke vist"
    if not reach.sources:
        return f"Ordningen koster {range_text(low, high)}"
    return f"Rammen {holds_text(reach.holds_in)}".removesuffix(".")


def _sources_finding(sources: Sequence[SourceReach]) -> str:
    emptied = [one for one in sources if one.high_nok is not None and one.high_nok >= one.amount_nok]
    if not emptied:
        return "Ingen av kildene brukes helt opp"
    return f"{emptied[0].name} brukes helt opp ved høyt anslag"


def _source(one: SourceReach) -> LimitBar:
    values = (one.low_nok, one.middle_nok, one.high_nok)
    used = _used(one.middle_nok, one.amount_nok)
    if None in values or one.middle_nok is None:
        note = WITHHELD
    else:
        note = f"{millions(one.middle_nok)} av {money_text(one.amount_nok)}: {used}"
    texts = (thousands_text(one.amount_nok), *(thousands_text(value) for value in values), used)
    return LimitBar(
        one.name, one.middle_nok or 0, note, texts, one.amount_nok, one.low_nok or 0, one.high_nok or 0
    )


def _near_finding(criteria: Sequence[CriterionReach]) -> str:
    counts = [band.count for one in criteria for band in one.near]
    just_outside = total(counts)
    if just_outside is None:
        return "Hvem som er nesten innenfor"
    return f"{companies_text(just_outside)} er nesten innenfor"


def _bands(one: CriterionReach) -> list[Bar]:
    bars, before = [], Decimal(0)
    for band in one.near:
        upto = distance_text(band.upto, one.unit)
        name = f"høyst {upto}"
        if before:
            name = f"over {without_unit(distance_text(before, one.unit))} til {upto}"
        bars.append(Bar(name, band.count or 0, count_text(band.count)))
        before = band.upto
    return bars
