from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from runde.foundation.people.models import Mandate, Person, RightsLook
from runde.foundation.people.queries.acting import valid_on
from runde.foundation.people.rights import Right, RightGone, RightsUnavailable, rights_source

from .give_mandates import give_mandate

REST = timedelta(minutes=10)
"""How long an answer is taken as fresh when pages are opened; acts that bind ask anew."""
TRUSTED_FOR = timedelta(hours=24)
"""How long an earlier answer may stand in for one that does not come."""


class Ground(StrEnum):
    """On what ground a person acts for a company at the moment of a binding act."""

    CONFIRMED = "confirmed"
    """A register or somebody vouched for says so, and the source has just said it again where there is one."""
    NOT_REFRESHED = "not_refreshed"
    """The source does not answer; it said so within the last day."""
    OWN_WORD = "own_word"
    """Only the person says so."""


def refresh_rights(*, person: Person, on: date, at: datetime, even_if_fresh: bool = False) -> bool:
    """Bring a person's rights in step with the source; False when it did not answer. True without any source.

    Rights that the source no longer tells of end now. One that does not answer ends nothing.
    """
    source = rights_source()
    if source is None:
        return True
    look = RightsLook.objects.filter(person=person).first()
    if look and not even_if_fresh and at - look.tried_at < REST:
        return look.answered_at == look.tried_at
    try:
        rights = source.rights_of(person)
    except RightsUnavailable:
        RightsLook.objects.update_or_create(person=person, defaults={"tried_at": at})
        return False
    with transaction.atomic():
        _bring_in_step(person, rights, on, at)
        RightsLook.objects.update_or_create(person=person, defaults={"tried_at": at, "answered_at": at})
    return True


def recheck_rights(person: Person, organisation_number: str, at: datetime) -> Ground:
    """Ask anew, at submission, acceptance and change of account, whether the person still acts for the company.

    Raises RightGone when not, and RightsUnavailable when only a source that has been silent for a day said so.
    """
    on = timezone.localdate(at)
    mandates = _standing(person, organisation_number, on)
    if any(one.source == Mandate.Source.ALTINN for one in mandates):
        answered = refresh_rights(person=person, on=on, at=at, even_if_fresh=True)
        mandates = _standing(person, organisation_number, on)
        others = [
            one for one in mandates if one.source not in (Mandate.Source.ALTINN, Mandate.Source.DECLARED)
        ]
        if not answered and not others:
            return _on_an_earlier_answer(mandates, at)
    if not mandates:
        raise RightGone(organisation_number)
    own_word = all(one.source == Mandate.Source.DECLARED for one in mandates)
    return Ground.OWN_WORD if own_word else Ground.CONFIRMED


def _on_an_earlier_answer(mandates: list[Mandate], at: datetime) -> Ground:
    confirmed = [one.confirmed_at for one in mandates if one.confirmed_at]
    if not confirmed or at - max(confirmed) > TRUSTED_FOR:
        raise RightsUnavailable("silent for a day")
    return Ground.NOT_REFRESHED


def _standing(person: Person, organisation_number: str, on: date) -> list[Mandate]:
    return list(Mandate.objects.filter(valid_on(on), person=person, organisation_number=organisation_number))


def _bring_in_step(person: Person, rights: tuple[Right, ...], on: date, at: datetime) -> None:
    """One mandate for each company: for the whole of it before for a branch."""
    wanted = {one.orgnr: one for one in sorted(rights, key=lambda one: not one.branch)}
    standing = Mandate.objects.select_for_update().filter(
        person=person, source=Mandate.Source.ALTINN, ended_at=None
    )
    for mandate in standing:
        right = wanted.get(mandate.organisation_number)
        if right is None or _scope(right) != mandate.scope:
            Mandate.objects.filter(id=mandate.id).update(ended_at=at)
        else:
            Mandate.objects.filter(id=mandate.id).update(confirmed_at=at)
    for right in wanted.values():
        give_mandate(
            person=person,
            organisation_number=right.orgnr,
            source=Mandate.Source.ALTINN,
            scope=_scope(right),
            evidence=_evidence(right),
            valid_from=on,
            confirmed_at=at,
        )


def _scope(right: Right) -> Mandate.Scope:
    return Mandate.Scope.FILLS_IN if right.branch else Mandate.Scope.ALL


def _evidence(right: Right) -> str:
    return ", ".join([*([right.branch] if right.branch else []), *right.roles])[:200]
