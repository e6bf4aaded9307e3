"""Read facts about units: present ones, or those we knew on an earlier day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from django.db.models import OuterRef, QuerySet, Subquery

from runde.foundation.companies.domain.facts import CompanyFacts, SubUnitFacts, UnitFacts
from runde.foundation.companies.domain.sort_keys import name_sort_key
from runde.foundation.companies.models import Company, Confirmation, Snapshot, SubUnit, Unit
from runde.foundation.trust.api import NotFound

Facts = TypeVar("Facts", bound=UnitFacts)
_NOT_COLUMNS = ("source", "as_of_date")
_DATES = {
    kind: [f.name for f in fields(kind) if f.type == "date | None"] for kind in (CompanyFacts, SubUnitFacts)
}


class CompanyNotFound(NotFound):
    """The register we hold has no main unit with that number."""

    code = "company_not_found"

    def __init__(self, orgnr: str) -> None:
        super().__init__(
            f"Fant ingen virksomhet med organisasjonsnummer {orgnr}. Sjekk de ni sifrene. "
            "En nystiftet virksomhet kan mangle til registeret er oppdatert.",
            orgnr=orgnr,
        )


def find_company(orgnr: str) -> CompanyFacts | None:
    """The present facts of a main unit, or None."""
    return _find(Company, CompanyFacts, orgnr)


def get_company(orgnr: str) -> CompanyFacts:
    """The present facts of a main unit. Raises CompanyNotFound."""
    return _or_raise(find_company(orgnr), orgnr)


def facts_of(orgnr: str, *, on: date | None = None) -> CompanyFacts:
    """The facts of a main unit: the present ones, or those that stood on the day `on`.

    Raises CompanyNotFound, also when we knew nothing of it yet that day.
    """
    present = get_company(orgnr)
    if on is None or present.known_from <= on:
        return present
    return _or_raise(find_facts_on(orgnr, on), orgnr)


def find_facts_on(orgnr: str, on: date) -> CompanyFacts | None:
    """The facts that stood on that day, or None when the register we hold tells nothing of that day."""
    present = find_company(orgnr)
    if present is None or present.known_from <= on:
        return present
    snapshots = Snapshot.objects.filter(orgnr=orgnr).order_by("valid_from", "id")
    earlier = snapshots.filter(valid_from__lte=on).last()
    if earlier is None:
        return None
    return _from_snapshot(earlier)


def list_facts_history(orgnr: str) -> list[CompanyFacts]:
    """Every version of a company's facts we have known, oldest first, the present one last."""
    present = get_company(orgnr)
    snapshots = Snapshot.objects.filter(orgnr=orgnr).order_by("valid_from", "id")
    return [*(_from_snapshot(snapshot) for snapshot in snapshots), present]


def facts_of_many(orgnrs: Iterable[str]) -> dict[str, CompanyFacts]:
    """The present facts of several main units in one query; those we do not hold are left out."""
    rows = _with_confirmation(Company.objects.filter(orgnr__in=list(orgnrs)))
    return {row["orgnr"]: _facts(CompanyFacts, row) for row in rows}


def list_companies_in(
    municipality: str,
    *,
    industry_prefixes: Iterable[str] = (),
    limit: int = 100,
    after: CompanyFacts | None = None,
) -> list[CompanyFacts]:
    """Main units with a business address in the municipality (today's number), in Norwegian order.

    `industry_prefixes` keeps those whose main industry begins with one of them ("56", "56.1"). `after` is the
    last one of the page before. Deleted units are left out.
    """
    found = Company.objects.filter(municipality=municipality, deleted_date=None)
    prefixes = "|".join(prefix.replace(".", r"\.") for prefix in industry_prefixes)
    if prefixes:
        found = found.filter(industry_1__regex=f"^({prefixes})")
    if after is not None:
        found = found.filter(sort_key__gte=after.sort_key).exclude(
            sort_key=after.sort_key, orgnr__lte=after.orgnr
        )
    rows = _with_confirmation(found.order_by("sort_key", "orgnr")[:limit])
    return [_facts(CompanyFacts, row) for row in rows]


def stream_facts(
    columns: Sequence[str], *, municipalities: Iterable[str] = (), at_a_time: int = 10_000
) -> Iterator[tuple[Any, ...]]:
    """The named facts of every main unit, or of those in some municipalities, in order of number.

    For checks on a million companies: rows are fetched a block at a time and never held all at once. Raises
    ValueError for a column that is no fact.
    """
    unknown = set(columns) - set(_columns(Company))
    if unknown:
        raise ValueError(f"No such facts: {', '.join(sorted(unknown))}")
    found = Company.objects.order_by("orgnr")
    numbers = list(municipalities)
    if numbers:
        found = found.filter(municipality__in=numbers)
    return iter(found.values_list(*columns).iterator(chunk_size=at_a_time))


def find_sub_unit(orgnr: str) -> SubUnitFacts | None:
    """The present facts of a sub-unit, or None."""
    return _find(SubUnit, SubUnitFacts, orgnr)


def list_sub_units(orgnr: str) -> list[SubUnitFacts]:
    """The sub-units of a main unit, in Norwegian order."""
    found = SubUnit.objects.filter(parent_orgnr=orgnr).order_by("sort_key", "orgnr")
    return [_facts(SubUnitFacts, row) for row in _with_confirmation(found)]


def _find(model: type[Unit], kind: type[Facts], orgnr: str) -> Facts | None:
    row = _with_confirmation(model._default_manager.filter(orgnr=orgnr)).first()
    return _facts(kind, row) if row else None


def _with_confirmation(units: QuerySet[Any]) -> QuerySet[Any, dict[str, Any]]:
    confirmed = Confirmation.objects.filter(orgnr=OuterRef("orgnr")).values("as_of_date")
    columns = [*_columns(units.model), "as_of_date"]
    rows: QuerySet[Any, dict[str, Any]] = units.annotate(as_of_date=Subquery(confirmed)).values(*columns)
    return rows


def _columns(model: type[Any]) -> list[str]:
    kind: type[UnitFacts] = CompanyFacts if issubclass(model, Company) else SubUnitFacts
    return [field.name for field in fields(kind) if field.name not in _NOT_COLUMNS]


def _facts(kind: type[Facts], row: Mapping[str, Any]) -> Facts:
    return kind(**row)


def _from_snapshot(snapshot: Snapshot) -> CompanyFacts:
    """Facts as they were. They are known to have stood on their day only: confirmations are not kept back in time."""
    facts = dict(snapshot.facts)
    for name in _DATES[CompanyFacts]:
        facts[name] = date.fromisoformat(facts[name]) if facts[name] else None
    facts |= {"orgnr": snapshot.orgnr, "sort_key": name_sort_key(facts["name"])}
    return CompanyFacts(**facts, known_from=snapshot.valid_from, as_of_date=snapshot.valid_from)


def _or_raise(found: CompanyFacts | None, orgnr: str) -> CompanyFacts:
    if found is None:
        raise CompanyNotFound(orgnr)
    return found
