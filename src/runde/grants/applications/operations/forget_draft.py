"""Taking a draft away for good: by the applicant, or when its time is up. Numbers are left, nobody is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from runde.foundation.documents.api import remove_all_attachments
from runde.foundation.journal.api import Happening, record_many
from runde.foundation.notices.api import call_back
from runde.foundation.people.api import Actor, authorise, withdraw_links
from runde.foundation.trust.api import Conflict

from ..domain.drafts import tenths_answered
from ..domain.register import known_facts
from ..models import AnswerChange, Application, Beginning, DraftRemnant, Participant
from ..queries.asking import asked_questions
from ..queries.attachments import KIND, having_files
from ..queries.finding import locked
from .participate import PURPOSE

End = DraftRemnant.End


@transaction.atomic
def erase_draft(*, application: Application, by: Actor, at: datetime) -> None:
    """Take the draft away with its answers, history, files and invitations. It cannot be had back.

    Raises NotAllowed, NotFound when it is gone already, and Conflict when it is sent.
    """
    authorise(by, "applications.erase", application)
    current = locked(application.id)
    if current.seal or current.state == Application.State.SUBMITTED:
        raise Conflict("Søknaden er sendt og er en del av saken. Du kan trekke den, men ikke slette den.")
    call_back(subject_kind=KIND, subject_ids=[current.id], by=by, at=at)
    forget([current], end=End.ERASED, by=by, at=at)


def forget(drafts: Sequence[Application], *, end: str, by: Actor | None, at: datetime) -> None:
    """Delete drafts the caller holds, each leaving a remnant without anything to know it by."""
    ids = [one.id for one in drafts]
    DraftRemnant.objects.bulk_create([_remnant(one, end) for one in drafts])
    for application_id in having_files(ids):
        remove_all_attachments(subject_kind=KIND, subject_id=application_id, by=by, at=at)
    invited = Participant.objects.filter(application__in=ids)
    for participant_id in invited.filter(ended_at=None).values_list("id", flat=True):
        withdraw_links(purpose=PURPOSE, subject_id=participant_id, at=at)
    invited.delete()
    AnswerChange.objects.filter(application__in=ids).delete()
    Beginning.objects.filter(application__in=ids).delete()
    Application.objects.filter(id__in=ids, seal="").delete()
    record_many([_forgotten(one, end) for one in drafts], by=by.person_id if by else None, at=at)


def _remnant(draft: Application, end: str) -> DraftRemnant:
    known = known_facts(draft.facts_seen)
    asked = [one.slug for one in asked_questions(draft) if one.type != "information"]
    return DraftRemnant(
        call_id=draft.call_id,
        municipality=str(known.get("municipality", ""))[:4],
        nace_section=str(known.get("nace_section", ""))[:1],
        tenths=tenths_answered(draft.answers.keys(), asked),
        month_date=timezone.localdate(draft.started_at).replace(day=1),
        end=end,
    )


def _forgotten(draft: Application, end: str) -> Happening:
    """That it went, and why; nothing of what it held."""
    return Happening("applications.draft_forgotten", "application", draft.id, {"end": end})
