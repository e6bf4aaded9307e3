"""Roles in words: why somebody acts for a company, and how far."""

from __future__ import annotations

from django.utils.translation import gettext as _

from runde.foundation.people.api import Mandate, PastActing
from runde.web.components.fields import Choice

Source = Mandate.Source


def scope_text(scope: str) -> str:
    if scope == Mandate.Scope.FILLS_IN:
        return _("Fyller ut")
    return _("Fyller ut, sender inn og godtar")


def scope_choices() -> tuple[Choice, ...]:
    return (
        Choice(
            Mandate.Scope.ALL.value,
            scope_text(Mandate.Scope.ALL),
            _("Kan også svare på vedtak, bytte kontonummer og invitere andre."),
        ),
        Choice(
            Mandate.Scope.FILLS_IN.value,
            scope_text(Mandate.Scope.FILLS_IN),
            _("Kan skrive i søknader, men ikke sende dem inn."),
        ),
    )


def ground_text(mandate: Mandate) -> str:
    """Why a person acts for the company, as others in the company read it."""
    if mandate.source == Source.REGISTER_ROLE:
        return _("Rolle i Enhetsregisteret")
    if mandate.source == Source.ALTINN:
        return _("Rettighet i Altinn: %(roles)s") % {"roles": mandate.evidence or _("tilskudd og støtte")}
    if mandate.source == Source.INVITED:
        return _("Invitert av %(name)s") % {"name": _giver(mandate)}
    if mandate.source == Source.APPROVED:
        return _("Godkjent av %(name)s") % {"name": mandate.evidence or _giver(mandate)}
    return _("Har selv sagt: %(role)s") % {"role": mandate.evidence}


def _giver(mandate: Mandate) -> str:
    return mandate.given_by.name if mandate.given_by else _("virksomheten")


def past_text(line: PastActing) -> str:
    """One line of the history as a sentence."""
    facts = {"name": line.name, "by": line.by}
    if line.kind == "given":
        return _given_text(line, facts)
    if line.kind == "ended":
        if not line.by:
            return _("%(name)s mistet rollen: den finnes ikke lenger der vi hentet den") % facts
        return _("%(by)s avsluttet rollen til %(name)s") % facts
    if line.kind == "invited":
        return _("%(by)s inviterte %(name)s") % facts
    if line.kind == "called_back":
        return _("%(by)s trakk tilbake invitasjonen til %(name)s") % facts
    if line.kind == "declined":
        return _("%(name)s takket nei til invitasjonen") % facts
    if line.kind == "asked":
        return _("%(name)s ba om å få handle for virksomheten") % facts
    return _("%(by)s sa nei til %(name)s") % facts


def _given_text(line: PastActing, facts: dict[str, str]) -> str:
    if line.source == Source.DECLARED:
        return _("%(name)s sa at de handler for virksomheten") % facts
    if line.source == Source.INVITED:
        return _("%(name)s godtok invitasjonen fra %(by)s") % facts
    if line.source == Source.APPROVED and line.by:
        return _("%(by)s godkjente %(name)s") % facts
    if line.source == Source.ALTINN:
        return _("%(name)s fikk rollen fra Altinn") % facts
    return _("%(name)s fikk rollen") % facts
