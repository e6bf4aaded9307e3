"""One source from the inside: its history, its years, and what remains of each commitment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from runde.foundation.ledger.api import Posted, balances, cases_of_source, flows_of, postings_between
from runde.foundation.ledger.api import Standing as Place
from runde.foundation.people.api import Actor, authorise, names_of
from runde.grants.casework.api import Case
from runde.grants.schemes.api import FundingSource, SourceChange, changes_of, get_source

from ..domain.statement import Standing, YearOfSource, over_time, year_of


@dataclass(frozen=True, slots=True)
class Remaining:
    """One commitment as this source carries it, in NOK: not sent to the bank, in a bank file, paid."""

    case_id: UUID
    number: str
    company_name: str
    committed_nok: Decimal
    in_bank_file_nok: Decimal
    paid_nok: Decimal


@dataclass(frozen=True, slots=True)
class SourcePage:
    """`names` by person id; `remaining` by case number; `years` newest first."""

    source: FundingSource
    standing: Place
    changes: tuple[SourceChange, ...]
    names: dict[UUID, str]
    remaining: tuple[Remaining, ...]
    years: tuple[int, ...]
    timeline: tuple[Standing, ...]


def source_page(source_id: UUID, *, by: Actor, at: datetime) -> SourcePage:
    """Raises NotFound. A fixed number of statements."""
    authorise(by, "budget.see")
    source = get_source(source_id)
    changes, flows = changes_of(source), flows_of([source.id])
    years = {flow.day.year for flow in flows} | {timezone.localdate(at).year}
    return SourcePage(
        source=source,
        standing=balances([source.id])[source.id],
        changes=tuple(changes),
        names=names_of({change.made_by for change in changes}),
        remaining=remaining_of(source.id),
        years=tuple(sorted(years, reverse=True)),
        timeline=tuple(over_time(flows)),
    )


def remaining_of(source_id: UUID) -> tuple[Remaining, ...]:
    """What remains of each commitment the source carries, by case number. Two statements."""
    carried = cases_of_source(source_id)
    rows = Case.objects.filter(id__in=carried).order_by("ordinal").values_list("id", "number", "company_name")
    return tuple(
        Remaining(case_id, number, name, stands.committed, stands.in_bank_file, stands.paid)
        for case_id, number, name in rows
        for stands in (carried[case_id],)
    )


@dataclass(frozen=True, slots=True)
class Statement:
    """The year of one source, with each entry behind it, and what was carried over by decisions dated that year."""

    source: FundingSource
    sums: YearOfSource
    postings: tuple[Posted, ...]
    case_numbers: dict[UUID, str]
    carried: tuple[SourceChange, ...]


def year_statement(source_id: UUID, year: int, *, by: Actor) -> Statement:
    """Raises NotFound. A fixed number of statements."""
    authorise(by, "budget.see")
    source = get_source(source_id)
    first, last = date(year, 1, 1), date(year, 12, 31)
    postings = postings_between(first, last, source_id=source.id)
    cases = {posted.case_id for posted in postings if posted.case_id}
    numbers = dict(Case.objects.filter(id__in=cases).values_list("id", "number"))
    carried = [
        one
        for one in changes_of(source)
        if one.kind == SourceChange.Kind.CARRIED_OVER and one.on_date.year == year
    ]
    sums = year_of(flows_of([source.id], until=last), year)
    return Statement(source, sums, tuple(postings), numbers, tuple(carried))
