"""A second officer and a second approver, who took no part, and an appeal from the party."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from runde.foundation.people.api import (
    Actor,
    Person,
    Role,
    get_actor,
    get_person,
    grant_role,
    register_person,
)
from runde.foundation.trust.api import fence
from runde.grants.casework.api import (
    Appeal,
    Case,
    Decision,
    Line,
    approve_proposal,
    confirm_reading,
    draft_appeal,
    propose,
    send_appeal,
)

from .region import Town, hashed

OTHERS = {
    "other_officer": ("Eli Foss", Role.OFFICER),
    "other_approver": ("Jon Vang", Role.APPROVER),
}


def add_others(town: Town, at: datetime) -> dict[str, Person]:
    """People of the town who have had nothing to do with any case."""
    made = {}
    for nickname, (name, role) in OTHERS.items():
        person = register_person(
            email=f"{nickname}@{town.slug}.example",
            name=name,
            hashed_password=hashed(),
            home_tenant=town.tenant,
        )
        with fence(town.tenant.id):
            grant_role(person=person, role=role, valid_from=timezone.localdate(at), by=None, at=at)
        made[nickname] = person
    return made


def refuse(town: Town, case: Case, at: datetime) -> Decision:
    """The case refused by the town's first officer and approver, and read by the party."""
    with fence(town.tenant.id):
        officer, approver = town.actor("officer", at), town.actor("approver", at)
        line = Line(case.id, "refused", "discretion_refused", None, "Forholdene er ikke særlige.")
        proposal = propose(lines=[line], by=officer, at=at, declares_impartial=True)
        approve_proposal(proposal_id=proposal.id, key=f"refused:{case.id}", by=approver, at=at)
        decision = Decision.objects.get(case=case)
        confirm_reading(decision_id=decision.id, by=party(case, at), at=at)
    return decision


def appeal_by_party(town: Town, case: Case, at: datetime, *, wants_wait: bool = False) -> Appeal:
    with fence(town.tenant.id):
        newest: UUID = Decision.objects.filter(case=case).order_by("-number")[0].id
        by = party(case, at)
        draft = draft_appeal(decision_id=newest, by=by, at=at)
        return send_appeal(
            appeal_id=draft.id, text="Tallene for november er feil.", wants_wait=wants_wait, by=by, at=at
        )


def party(case: Case, at: datetime) -> Actor:
    return get_actor(get_person(case.application.applicant_id), on=timezone.localdate(at))
