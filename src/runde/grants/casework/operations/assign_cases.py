from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.foundation.people.api import Actor, Person, Role, authorise, list_role_holders
from runde.foundation.trust.api import Refused

from ..domain.sharing import shared_evenly
from ..models import BulkAct, Case, MunicipalityOfficer
from ..queries.cases import lock_cases
from ..queries.tallies import open_cases_of
from .bulk import Plan, carry_out, interests_in, workable

ACTION = "casework.assigned"
WHY_NOBODY = "Ingen av de valgte kan behandle saken."
WHY_NO_OFFICER = "Ingen er valgt for kommunen virksomheten ligger i."


def assign_cases(*, case_ids: Collection[UUID], to: UUID | None, by: Actor, at: datetime) -> BulkAct:
    """Give open cases to an officer, or (None) back to everybody.

    Not done and listed: cases that are not open, those the doer or the receiver has declared an interest in. Raises
    NotAllowed, NotFound, and Refused when the receiver is no officer here.
    """
    authorise(by, "casework.assign")
    with transaction.atomic():
        receiver = _officers([to], at)[to] if to else None
        cases = lock_cases(case_ids)
        able, why = workable(cases, by)
        if receiver:
            barred = {case_id for case_id, _ in interests_in(able, [receiver.id])}
            why |= {case_id: _cannot(receiver) for case_id in barred}
        changes = {case.id: {"assigned_to": to} for case in able if case.id not in why}
        facts = {"to": str(to) if to else None, "name": receiver.name if receiver else ""}
        return carry_out(Plan(BulkAct.Kind.ASSIGN, ACTION, changes, why, facts), cases, by, at)


def share_evenly(*, case_ids: Collection[UUID], among: Sequence[UUID], by: Actor, at: datetime) -> BulkAct:
    """Deal open cases out among officers, so that each ends with as nearly the same number of open cases as can be.

    Nobody gets a case they have declared an interest in; where that leaves nobody, the case is listed as not done.
    Raises as `assign_cases`.
    """
    authorise(by, "casework.assign")
    if not among:
        raise Refused("Velg hvem sakene skal fordeles mellom.")
    with transaction.atomic():
        officers = _officers(among, at)
        cases = lock_cases(case_ids)
        able, why = workable(cases, by)
        before = _loads(able, among)
        taken = shared_evenly([case.id for case in able], before, interests_in(able, among))
        why |= {case_id: WHY_NOBODY for case_id, person in taken.items() if person is None}
        changes = {case_id: {"assigned_to": person} for case_id, person in taken.items() if person}
        facts = {"to": [str(person) for person in among], "name": _named(officers.values())}
        return carry_out(Plan(BulkAct.Kind.SHARE, ACTION, changes, why, facts), cases, by, at)


def share_by_municipality(
    *, case_ids: Collection[UUID], officers: Mapping[str, UUID], by: Actor, at: datetime
) -> BulkAct:
    """Give each open case to the officer of the municipality the company is in, and remember who has which.

    `officers` maps municipality numbers to people; "" is for companies whose municipality is not known. Raises as
    `assign_cases`.
    """
    authorise(by, "casework.assign")
    if not officers:
        raise Refused("Velg hvem som skal ha sakene fra minst én kommune.")
    with transaction.atomic():
        people = _officers(list(officers.values()), at)
        _remember(officers, by, at)
        cases = lock_cases(case_ids)
        able, why = workable(cases, by)
        barred = interests_in(able, list(people))
        changes = {}
        for case in able:
            person = officers.get(case.municipality_number)
            if person is None:
                why[case.id] = WHY_NO_OFFICER
            elif (case.id, person) in barred:
                why[case.id] = _cannot(people[person])
            else:
                changes[case.id] = {"assigned_to": person}
        places = {number: str(person) for number, person in officers.items()}
        facts = {"to": sorted(map(str, people)), "name": _named(people.values()), "places": places}
        return carry_out(Plan(BulkAct.Kind.SHARE, ACTION, changes, why, facts), cases, by, at)


def _officers(wanted: Sequence[UUID], at: datetime) -> dict[UUID, Person]:
    found = {person.id: person for person in list_role_holders(Role.OFFICER, on=timezone.localdate(at))}
    if not set(wanted) <= found.keys():
        raise Refused("Saker kan bare gis til saksbehandlere her. Velg en fra lista.")
    return {person_id: found[person_id] for person_id in wanted}


def _loads(cases: Sequence[Case], among: Sequence[UUID]) -> dict[UUID, int]:
    """Each person's open cases besides the ones to be dealt out."""
    dealt = {person: sum(case.assigned_to == person for case in cases) for person in among}
    standing = open_cases_of(among)
    return {person: standing.get(person, 0) - dealt[person] for person in among}


def _remember(officers: Mapping[str, UUID], by: Actor, at: datetime) -> None:
    for number, person in officers.items():
        if number:
            MunicipalityOfficer.objects.update_or_create(
                municipality_number=number,
                defaults={"person_id": person, "chosen_by": by.person_id, "chosen_at": at},
            )


def _cannot(person: Person) -> str:
    return f"{person.name} har meldt fra om at hen ikke kan behandle saken."


def _named(people: Collection[Person]) -> str:
    names = sorted(person.name for person in people)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"
