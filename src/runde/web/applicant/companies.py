"""The companies a person acts for, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from runde.engine.reference.api import format_orgnr
from runde.foundation.companies.api import CompanyFacts, facts_of_many
from runde.foundation.people.api import Mandate, Person, list_mandates


@dataclass(frozen=True)
class Acting:
    """One company with the strongest ground for acting for it. With `fills_in` somebody else signs."""

    orgnr: str
    name: str
    number: str
    why: str
    company: CompanyFacts | None
    is_declared: bool
    fills_in: bool


def list_acting(person: Person, *, on: date) -> list[Acting]:
    """The companies a person acts for on the day, by name: one line for each, however many grounds."""
    strongest: dict[str, list[Mandate]] = {}
    for mandate in list_mandates(person, on=on):
        strongest.setdefault(mandate.organisation_number, []).append(mandate)
    known = facts_of_many(strongest)
    acting = [_acting(grounds, known.get(number)) for number, grounds in strongest.items()]
    return sorted(acting, key=lambda one: one.company.sort_key if one.company else one.name)


def _acting(grounds: list[Mandate], company: CompanyFacts | None) -> Acting:
    first = grounds[0]
    number = format_orgnr(first.organisation_number)
    return Acting(
        orgnr=first.organisation_number,
        name=company.name if company else number,
        number=number,
        why=why(first),
        company=company,
        is_declared=first.source == Mandate.Source.DECLARED,
        fills_in=_only_fills_in(grounds),
    )


def _only_fills_in(grounds: list[Mandate]) -> bool:
    """As the actor: where others have vouched, one's own word does not widen what they said."""
    vouched = [one for one in grounds if one.source != Mandate.Source.DECLARED]
    return all(one.scope == Mandate.Scope.FILLS_IN for one in vouched or grounds)


def why(mandate: Mandate) -> str:
    """Why the reader acts for the company."""
    by = mandate.given_by.name if mandate.given_by else ""
    if mandate.source == Mandate.Source.REGISTER_ROLE:
        return mandate.evidence or _("Du har en rolle i Enhetsregisteret.")
    if mandate.source == Mandate.Source.ALTINN:
        return _("Du har rettigheten i Altinn.")
    if mandate.source == Mandate.Source.INVITED:
        return _("%(by)s har invitert deg.") % {"by": by or _("Virksomheten")}
    if mandate.source == Mandate.Source.APPROVED:
        return _approved(mandate, by)
    return _("Du har sagt at du er %(role)s. Kommunen kan be om dokumentasjon.") % {"role": mandate.evidence}


def _approved(mandate: Mandate, by: str) -> str:
    if mandate.evidence or not by:
        return _("Kommunen har godkjent at du handler for virksomheten.")
    return _("%(by)s har godkjent at du handler for virksomheten.") % {"by": by}
