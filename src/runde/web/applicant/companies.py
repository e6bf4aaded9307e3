"""The companies a person acts for, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from runde.engine.reference.api import format_orgnr
from runde.foundation.companies.api import CompanyFacts, facts_of_many
from runde.foundation.people.api import Mandate, Person


@dataclass(frozen=True)
class Acting:
    """One company with the ground for acting for it."""

    orgnr: str
    name: str
    number: str
    why: str
    company: CompanyFacts | None
    is_declared: bool


def list_acting(person: Person, *, on: date) -> list[Acting]:
    """The companies a person acts for on the day, by name."""
    valid = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    mandates = {one.organisation_number: one for one in Mandate.objects.filter(valid, person=person)}
    known = facts_of_many(mandates)
    acting = [_acting(one, known.get(one.organisation_number)) for one in mandates.values()]
    return sorted(acting, key=lambda one: one.name)


def _acting(mandate: Mandate, company: CompanyFacts | None) -> Acting:
    number = format_orgnr(mandate.organisation_number)
    return Acting(
        orgnr=mandate.organisation_number,
        name=company.name if company else number,
        number=number,
        why=why(mandate),
        company=company,
        is_declared=mandate.source == Mandate.Source.DECLARED,
    )


def why(mandate: Mandate) -> str:
    if mandate.source == Mandate.Source.REGISTER_ROLE:
        return mandate.evidence or _("Du har en rolle i Enhetsregisteret.")
    if mandate.source == Mandate.Source.APPROVED:
        return _("Kommunen har godkjent at du handler for virksomheten.")
    return _("Du har sagt at du er %(role)s. Kommunen kan be om dokumentasjon.") % {"role": mandate.evidence}
