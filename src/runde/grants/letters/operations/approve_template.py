from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.approvals.api import approve, ask_approval, return_
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise

from ..domain.content import lacks_of
from ..domain.kinds import get_kind
from ..domain.refusals import OwnText, TemplateNotReady, WrongState
from ..models import LetterTemplateVersion
from ..queries.templates import lock_version

State = LetterTemplateVersion.State
KIND = "letter_template_version"


@transaction.atomic
def ask_template_approval(*, version_id: UUID, by: Actor, at: datetime) -> LetterTemplateVersion:
    """Lay a draft before somebody who has not written in it. Raises NotAllowed, WrongState, TemplateNotReady."""
    authorise(by, "letters.write")
    version = _in_state(version_id, State.DRAFT)
    problems = lacks_of(version.content, get_kind(version.template.kind))
    if problems:
        raise TemplateNotReady("Malen mangler noe før den kan godkjennes.", problems=problems)
    version.state = State.PENDING
    version.save(update_fields=["state"])
    ask_approval(kind=KIND, subject_id=version.id, by=by, at=at)
    return version


@transaction.atomic
def approve_template(*, version_id: UUID, by: Actor, at: datetime) -> LetterTemplateVersion:
    """Say yes to the words. Raises NotAllowed, OwnText for one who has written in it, WrongState."""
    authorise(by, "letters.approve")
    version = _in_state(version_id, State.PENDING)
    if str(by.person_id) in version.writers:
        raise OwnText("Du har skrevet i malen selv, og kan ikke godkjenne den. En annen må gjøre det.")
    approve(kind=KIND, subject_id=version.id, by=by, at=at)
    version.state, version.approved_at, version.approved_by = State.APPROVED, at, by.person_id
    version.save(update_fields=["state", "approved_at", "approved_by"])
    return version


@transaction.atomic
def return_template(*, version_id: UUID, reason: str, by: Actor, at: datetime) -> LetterTemplateVersion:
    """Send a draft back with what must be changed. Raises NotAllowed, OwnText, WrongState, Refused."""
    authorise(by, "letters.approve")
    version = _in_state(version_id, State.PENDING)
    return_(kind=KIND, subject_id=version.id, reason=reason, by=by, at=at)
    version.state = State.DRAFT
    version.save(update_fields=["state"])
    return version


@transaction.atomic
def take_in_use(*, version_id: UUID, by: Actor, at: datetime) -> LetterTemplateVersion:
    """From now on letters are written from this version; the one before is kept as it was.

    Raises NotAllowed, WrongState.
    """
    authorise(by, "letters.write")
    version = _in_state(version_id, State.APPROVED)
    standing = LetterTemplateVersion.objects.filter(template_id=version.template_id, state=State.IN_USE)
    replaced = list(standing.values_list("id", flat=True))
    standing.update(state=State.REPLACED, replaced_at=at)
    version.state, version.in_use_at, version.in_use_by = State.IN_USE, at, by.person_id
    version.save(update_fields=["state", "in_use_at", "in_use_by"])
    record(
        action="letters.template_taken_in_use",
        subject_kind="letter_template",
        subject_id=version.template_id,
        by=by.person_id,
        at=at,
        version=version.id,
        number=version.number,
        digest=version.digest,
        replaces=replaced[0] if replaced else None,
    )
    return version


@transaction.atomic
def back_to_standard(*, version_id: UUID, by: Actor, at: datetime) -> None:
    """Stop using the municipality's own wording: letters are the standard ones again. Raises NotAllowed, WrongState."""
    authorise(by, "letters.approve")
    version = _in_state(version_id, State.IN_USE)
    version.state, version.replaced_at = State.REPLACED, at
    version.save(update_fields=["state", "replaced_at"])
    record(
        action="letters.template_taken_out",
        subject_kind="letter_template",
        subject_id=version.template_id,
        by=by.person_id,
        at=at,
        version=version.id,
        number=version.number,
    )


def _in_state(version_id: UUID, state: str) -> LetterTemplateVersion:
    version = lock_version(version_id)
    if version.state != state:
        raise WrongState("Malen er ikke der den var. Last siden på nytt og se hva som er gjort.")
    return version
