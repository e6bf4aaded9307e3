from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from runde.foundation.people.models import Mandate, Person


def give_mandates(
    *,
    person: Person,
    organisation_numbers: Iterable[str],
    source: Mandate.Source,
    valid_from: date,
    evidence: str,
) -> None:
    """Let a person act for several companies from a day, in one statement; harmless for those already given."""
    Mandate.objects.bulk_create(
        [
            Mandate(
                person=person,
                organisation_number=number,
                source=source,
                evidence=evidence,
                valid_from=valid_from,
            )
            for number in organisation_numbers
        ],
        ignore_conflicts=True,
    )


def give_mandate(
    *,
    person: Person,
    organisation_number: str,
    source: Mandate.Source,
    valid_from: date,
    evidence: str = "",
    scope: Mandate.Scope = Mandate.Scope.ALL,
    valid_to: date | None = None,
    given_by: Person | None = None,
    confirmed_at: datetime | None = None,
) -> Mandate:
    """Let a person act for a company from a day; harmless when already given on the same ground."""
    mandate, _ = Mandate.objects.get_or_create(
        person=person,
        organisation_number=organisation_number,
        source=source,
        ended_at=None,
        defaults={
            "valid_from": valid_from,
            "evidence": evidence,
            "scope": scope,
            "valid_to": valid_to,
            "given_by": given_by,
            "confirmed_at": confirmed_at,
        },
    )
    return mandate


def replace_mandate(
    *,
    person: Person,
    organisation_number: str,
    source: Mandate.Source,
    scope: Mandate.Scope,
    given_by: Person,
    valid_to: date | None,
    evidence: str = "",
    on: date,
    at: datetime,
) -> Mandate:
    """Give a mandate anew: one on the same ground, which may say less or have run out, ends first."""
    standing = Mandate.objects.filter(
        person=person, organisation_number=organisation_number, source=source, ended_at=None
    )
    standing.update(ended_at=at, ended_by=given_by)
    return give_mandate(
        person=person,
        organisation_number=organisation_number,
        source=source,
        valid_from=on,
        evidence=evidence,
        scope=scope,
        valid_to=valid_to,
        given_by=given_by,
    )
