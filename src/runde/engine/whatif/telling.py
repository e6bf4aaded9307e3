"""From the register's figures to the answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from runde.engine.whatif.asking import Answer, Sums, Tally
from runde.engine.whatif.checking import CheckedDesign
from runde.engine.whatif.classes import age_code, municipality_code, section_code, size_code
from runde.engine.whatif.money import add, applicants_of, cost_of, middle_of, sources_reach, tidy
from runde.engine.whatif.nearness import Nearness
from runde.engine.whatif.parting import Parted
from runde.engine.whatif.reach import Cell, CriterionReach, Group, NearBand, Reach, Snapshot
from runde.engine.whatif.scope import Counts

_NOTHING = (0, Decimal(0))


def tell(
    snapshot: Snapshot,
    on: date,
    municipalities: tuple[str, ...],
    checked: CheckedDesign,
    parted: Parted,
    near: Mapping[str, Nearness],
    counts: Counts,
    answer: Answer,
) -> Reach:
    design = checked.design
    full = add(cost for _, cost in answer.cells.values())
    sources, holds_in = sources_reach(answer.pools, design.sources, design.take_up)
    return Reach(
        snapshot=snapshot,
        on=on,
        municipalities=municipalities,
        companies=counts.companies,
        eligible=answer.eligible,
        refer=answer.refer,
        unknown=answer.unknown,
        refused=answer.refused,
        criteria=tuple(_criteria(parted, near, answer)),
        by_municipality=_groups(counts.municipality, _summed(answer, 0), municipality_code),
        by_industry=_groups(counts.section, _summed(answer, 1), section_code),
        by_size=_groups(counts.size, answer.by_size, size_code),
        by_age=_groups(counts.age, answer.by_age, age_code),
        cells=tuple(_cells(answer)),
        full_cost_nok=tidy(full),
        median_nok=middle_of(*answer.medians) if answer.medians else None,
        cost=cost_of(full, design.take_up),
        applicants=applicants_of(answer.eligible, design.take_up),
        sources=sources,
        budget_nok=tidy(add(source.amount_nok for source in design.sources)),
        holds_in=holds_in,
        missing=parted.missing,
        contradictions=tuple(_contradictions(parted, answer.tallies)),
        met_by_nobody=tuple(
            one.slug for one, tally in zip(parted.criteria, answer.tallies, strict=True) if not tally.met_with
        )
        if counts.companies
        else (),
        assumed=parted.assumed,
    )


def _criteria(parted: Parted, near: Mapping[str, Nearness], answer: Answer) -> Iterator[CriterionReach]:
    for criterion, tally in zip(parted.criteria, answer.tallies, strict=True):
        found = near.get(criterion.slug)
        steps = zip(found.steps, tally.near, strict=True) if found else ()
        yield CriterionReach(
            criterion.slug,
            tally.not_met,
            tally.alone,
            tally.unknown,
            tuple(NearBand(tidy(upto), count) for upto, count in steps),
            found.unit if found else "",
            criterion.when_not_met,
        )


def _summed(answer: Answer, key: int) -> Sums:
    """The cells put together by municipality (0) or section (1)."""
    parts: dict[int, list[tuple[int, Decimal]]] = defaultdict(list)
    for place, cell in answer.cells.items():
        parts[place[key]].append(cell)
    return {
        code: (sum(count for count, _ in cells), add(cost for _, cost in cells))
        for code, cells in parts.items()
    }


def _groups(counts: Mapping[int, int], sums: Sums, name: Callable[[int], str]) -> tuple[Group, ...]:
    return tuple(
        Group(name(code), companies, sums.get(code, _NOTHING)[0], tidy(sums.get(code, _NOTHING)[1]))
        for code, companies in counts.items()
    )


def _cells(answer: Answer) -> Iterator[Cell]:
    for (municipality, section), (count, cost) in answer.cells.items():
        yield Cell(municipality_code(municipality), section_code(section), count, tidy(cost))


def _contradictions(parted: Parted, tallies: tuple[Tally, ...]) -> Iterator[tuple[str, str]]:
    """Pairs that somebody meets each of, and nobody both."""
    slugs = list(parted.bits)
    for place, slug in enumerate(slugs):
        for later in range(place + 1, len(slugs)):
            both_met = tallies[place].met_with and tallies[later].met_with
            if both_met and not tallies[place].met_with >> later & 1:
                yield slug, slugs[later]
