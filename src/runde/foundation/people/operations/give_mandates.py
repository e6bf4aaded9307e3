from __future__ import annotations

from collections.abc import Iterable
from datetime import date

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
    *, person: Person, organisation_number: str, source: Mandate.Source, valid_from: date, evidence: str = ""
) -> Mandate:
    """Let a person act for a company from a day; harmless when already given."""
    mandate, _ = Mandate.objects.get_or_create(
        person=person,
        organisation_number=organisation_number,
        valid_from=valid_from,
        defaults={"source": source, "evidence": evidence},
    )
    return mandate
