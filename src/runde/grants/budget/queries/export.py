"""The books of a period as a file for the municipality's own accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.foundation.journal.api import record
from runde.foundation.ledger.api import Posted, postings_between
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Refused, current_tenant
from runde.grants.casework.api import Case

from ..domain.layouts import Codes, Line, as_csv, as_gbat10
from ..errors import NoCoding
from ..models import Coding

LAYOUTS: Mapping[str, Callable[[Sequence[Line], Codes], bytes]] = {"csv": as_csv, "gbat10": as_gbat10}


class Who(NamedTuple):
    number: str
    organisation_number: str
    company_name: str


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, how many lines it has, and what each place moved in the period, in NOK."""

    content: bytes
    count: int
    by_place: Mapping[str, Decimal]


def coding_on(day: date) -> Coding | None:
    """The coding that holds on a day."""
    return Coding.objects.filter(valid_from__lte=day).order_by("-valid_from", "-set_at").first()


def export_books(layout: str, first: date, last: date, *, by: Actor, at: datetime) -> Exported:
    """Every entry from the first to the last day. The fetching is written in the journal.

    Coded as on the last day. Raises NoCoding, Refused on an unknown layout or a period that runs backwards.
    """
    authorise(by, "budget.export")
    if layout not in LAYOUTS:
        raise Refused("Velg ett av formatene i lista.")
    if last < first:
        raise Refused("Den siste dagen må være den samme som den første, eller senere.")
    coding = coding_on(last)
    if coding is None:
        raise NoCoding("Kontoplanen er ikke lagt inn for denne perioden. Legg den inn først.")
    postings = postings_between(first, last)
    content = LAYOUTS[layout](_lines(postings), codes_of(coding))
    with transaction.atomic():
        record(
            action="budget.exported",
            subject_kind="tenant",
            subject_id=current_tenant(),
            by=by.person_id,
            at=at,
            layout=layout,
            first=first,
            last=last,
            lines=len(postings),
        )
    return Exported(content, len(postings), _by_place(postings))


def codes_of(coding: Coding) -> Codes:
    return Codes(
        accounts=coding.accounts,
        function=coding.function,
        responsibility=coding.responsibility,
        project=coding.project,
        projects=coding.projects,
        vat_code=coding.vat_code,
    )


def _lines(postings: Sequence[Posted]) -> list[Line]:
    cases = {posted.case_id for posted in postings if posted.case_id}
    rows = Case.objects.filter(id__in=cases).values_list(
        "id", "number", "organisation_number", "company_name"
    )
    who = {row[0]: Who(*row[1:]) for row in rows}
    return [_line(posted, who) for posted in postings]


def _line(posted: Posted, who: Mapping[UUID, Who]) -> Line:
    concerned = who.get(posted.case_id, Who("", "", "")) if posted.case_id else Who("", "", "")
    return Line(
        voucher=posted.number,
        day=timezone.localdate(posted.at),
        place=posted.place,
        source_id=str(posted.source_id),
        amount_nok=posted.amount_nok,
        text=posted.text,
        reference=posted.key,
        case_number=concerned.number,
        organisation_number=concerned.organisation_number,
        name=concerned.company_name,
    )


def _by_place(postings: Sequence[Posted]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for posted in postings:
        found[posted.place] = found.get(posted.place, Decimal(0)) + posted.amount_nok
    return found
